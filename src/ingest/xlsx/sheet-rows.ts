import { unreadable } from '../faults.ts'
import { serialClock, serialDate } from './cell-format.ts'
import { plainText, type SheetEntry, type Workbook } from './workbook.ts'
import { attribute, scanXml } from './xml.ts'
import { unpackEntry } from './zip-read.ts'

/** One row that holds something: its number as a spreadsheet shows it, and its cells as text; empty ones are ''. */
export type SheetRow = { number: number; cells: string[] }

/** Cells that are shown as one. Rows and columns count from 0. */
export type Merge = { top: number; left: number; bottom: number; right: number }

/** What stands in a column besides its texts. */
export type ColumnForm = { numbers: number; percents: number; currencies: Map<string, number>; texts: number }

/** What was met beside the rows. */
export type SheetNotes = { merges: Merge[]; errors: number; unworked: number; forms: ColumnForm[] }

/** What one workbook may hold, and whether reading it has taken too long. */
export type Budget = { cells: number; isLate: () => boolean }

const columnsMax = 1000
const mergesMax = 50_000

/** Reads the rows of a sheet, in order, in one pass. Throws `source/unreadable` when it is too large, too slow or damaged. */
export const readRows = async (
  book: Workbook,
  sheet: SheetEntry,
  { budget, onRow }: { budget: Budget; onRow: (row: SheetRow) => void },
): Promise<SheetNotes> => {
  const state: State = {
    book,
    notes: { merges: [], errors: 0, unworked: 0, forms: [] },
    budget,
    onRow,
    row: { number: 0, cells: [] },
    cell: { column: -1, type: '', style: 0, text: '', formula: false },
    inCell: false,
    taking: false,
    inAid: false,
  }
  await scanXml(checked(unpackEntry(book, sheet.entry), state), {
    open: (name, attributes) => open(state, name, attributes),
    text: text => takeText(state, text),
    close: name => close(state, name),
  })
  return state.notes
}

/** A cell holds 32,767 characters (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3). */
const takeText = (state: State, text: string) => {
  if (!state.taking) return
  state.cell.text += text
  if (state.cell.text.length > 1 << 20) throw unreadable(state.book.file, 'a cell of it is longer than any cell may be')
}

type Cell = { column: number; type: string; style: number; text: string; formula: boolean }
type State = {
  book: Workbook
  notes: SheetNotes
  budget: Budget
  onRow: (row: SheetRow) => void
  row: SheetRow
  cell: Cell
  inCell: boolean
  /** Inside a value or a text of a cell. */
  taking: boolean
  /** Inside a reading aid. */
  inAid: boolean
}

async function* checked(chunks: AsyncIterable<Buffer>, { budget, book }: State) {
  for await (const chunk of chunks) {
    if (budget.isLate()) throw unreadable(book.file, 'reading it takes too long; save it as CSV')
    yield chunk
  }
}

const open = (state: State, name: string, attributes: string) => {
  switch (name) {
    case 'c':
      return openCell(state, attributes)
    case 'v':
      state.taking = state.inCell
      return
    case 't':
      state.taking = state.inCell && !state.inAid
      return
    case 'f':
      state.cell.formula = true
      return
    case 'rPh':
      state.inAid = true
      return
    case 'row': {
      const number = Number(attribute(attributes, 'r') ?? state.row.number + 1)
      state.row = { number, cells: [] }
      state.cell.column = -1
      return
    }
    case 'mergeCell':
      return takeMerge(state, attribute(attributes, 'ref') ?? '')
  }
}

const openCell = (state: State, attributes: string) => {
  const { budget, book, cell } = state
  budget.cells -= 1
  if (budget.cells < 0) throw unreadable(book.file, 'it has more than 2 million cells; save it as CSV')
  const place = attribute(attributes, 'r')
  const column = place === undefined ? cell.column + 1 : columnOf(place)
  const style = attribute(attributes, 's')
  state.cell = { column, type: attribute(attributes, 't') ?? 'n', style: Number(style ?? 0), text: '', formula: false }
  state.inCell = true
}

/** "AB12" → 27 */
export const columnOf = (place: string): number => {
  let column = 0
  for (let i = 0; i < place.length; i++) {
    const letter = place.charCodeAt(i) & 0xdf
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column - 1
}

const takeMerge = ({ notes, book }: State, ref: string) => {
  const [from = '', to = from] = ref.split(':')
  const row = (place: string) => Number(place.replace(/^\D+/, '')) - 1
  const merge = { top: row(from), left: columnOf(from), bottom: row(to), right: columnOf(to) }
  if (notes.merges.length >= mergesMax) throw unreadable(book.file, 'it has too many merged cells')
  if (merge.top >= 0 && merge.left >= 0 && merge.bottom >= merge.top && merge.right >= merge.left)
    notes.merges.push(merge)
}

const close = (state: State, name: string) => {
  switch (name) {
    case 'v':
    case 't':
      state.taking = false
      return
    case 'rPh':
      state.inAid = false
      return
    case 'c':
      state.inCell = false
      return closeCell(state)
    case 'row':
      if (state.row.cells.length > 0) state.onRow(state.row)
      return
  }
}

const closeCell = (state: State) => {
  const { cell, row, book } = state
  const value = cellValue(state)
  if (value === '') return
  if (cell.column < 0 || cell.column >= columnsMax)
    throw unreadable(book.file, 'it has more than 1,000 columns, and 1,000 is the most that is read')
  while (row.cells.length < cell.column) row.cells.push('')
  row.cells[cell.column] = value
}

const cellValue = (state: State): string => {
  const { cell, notes, book } = state
  const { text } = cell
  if (text === '') {
    if (cell.formula) notes.unworked += 1
    return ''
  }
  if (cell.type === 'e' || (cell.formula && cell.type === 'str' && failed.test(text))) {
    notes.errors += 1
    return ''
  }
  const form = formOf(notes, cell.column)
  if (cell.type === 'n') return numberText(state, form)
  form.texts += 1
  switch (cell.type) {
    case 's':
      return book.texts[Number(text)] ?? ''
    case 'b':
      return /^(1|true)$/i.test(text) ? 'true' : 'false'
    default:
      return plainText(text)
  }
}

const failed = /^#(?:N\/A|DIV\/0!|REF!|VALUE!|NAME\?|NUM!|NULL!)$/

const numberText = ({ cell, book }: State, form: ColumnForm): string => {
  const number = Number(cell.text)
  if (!Number.isFinite(number)) {
    form.texts += 1
    return plainText(cell.text)
  }
  const format = book.formats[cell.style]
  if (format?.kind === 'date') return serialDate(number, book.from1904) ?? String(number)
  if (format?.kind === 'clock') return serialClock(number)
  form.numbers += 1
  if (format?.kind === 'percent') form.percents += 1
  if (format?.kind === 'number' && format.currency)
    form.currencies.set(format.currency, (form.currencies.get(format.currency) ?? 0) + 1)
  return String(number)
}

const formOf = ({ forms }: SheetNotes, column: number): ColumnForm => {
  const at = Math.min(Math.max(column, 0), columnsMax)
  forms[at] ??= { numbers: 0, percents: 0, currencies: new Map(), texts: 0 }
  return forms[at]
}
