import type { EngineResult } from '#src/engines/engine.ts'
import type { Cell } from '#src/vocabulary/table.ts'

/** Rows of a result that a model is shown, and how long a value may be. */
const [mostRows, longest] = [5, 60]

/** What is odd about a result, in a few words each; none when it may be the answer. */
export const remarksOn = ({
  rows,
  columns,
  truncated,
}: Pick<EngineResult, 'rows' | 'columns' | 'truncated'>): string[] => {
  if (rows.length === 0)
    return ['It has no rows. Is a value spelt otherwise in the data, or is the period outside of it?']
  const numeric = columns.flatMap(({ type }, i) => (type === 'number' || type === 'integer' ? [i] : []))
  const empty = (i: number) => rows.every(row => row[i] === null)
  return [
    ...(truncated ? [`It has more rows than may be read (${rows.length}). Aggregate further.`] : []),
    ...(numeric.length > 0 && numeric.every(empty) ? ['All its numbers are empty.'] : []),
    ...repeated(rows),
  ]
}

/** The same row twice and more is mostly a join that multiplies. */
const repeated = (rows: readonly Cell[][]) => {
  const different = new Set(rows.map(row => JSON.stringify(row))).size
  return rows.length > 1 && different < rows.length * 0.5
    ? ['Most of its rows occur more than once. Does a join multiply them?']
    : []
}

/** The beginning of a result, for a model. */
export const shownTo = ({ columns, rows }: Pick<EngineResult, 'rows' | 'columns'>): string => {
  const records = rows
    .slice(0, mostRows)
    .map(row => Object.fromEntries(columns.map(({ name }, i) => [name, cut(row[i] ?? null)])))
  return `${rows.length} rows; columns: ${columns.map(({ name, type }) => `${name} ${type}`).join(', ')}; first: ${JSON.stringify(records)}`
}

const cut = (cell: Cell) => (typeof cell === 'string' && cell.length > longest ? `${cell.slice(0, longest)}…` : cell)
