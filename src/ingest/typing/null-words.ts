/** Words that mean "no value" in a column of numbers, dates or flags. In a text column they may be real values (NA is Namibia). */
export const nullWords: readonly string[] = [
  '',
  'na',
  'n/a',
  '#n/a',
  '#na',
  'n.a.',
  'nan',
  'null',
  'nil',
  'none',
  '(null)',
  '\\n',
  '-',
  '--',
  '–',
  '—',
  '.',
  '..',
  '?',
  '#value!',
  '#div/0!',
  '#ref!',
]

/** Words that mean "no value" even among texts. */
export const textNullWords: readonly string[] = ['', '\\N', 'NULL', 'null', '(null)', '#N/A', 'NaN', 'nan']

const words = new Set(nullWords)

/** Whether a cell of a number, date or flag column says nothing. */
export const isNullWord = (cell: string | null): boolean => cell === null || words.has(cell.trim().toLowerCase())
