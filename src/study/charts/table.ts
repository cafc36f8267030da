import type { TableChart } from '#src/vocabulary/chart.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import { bucketLabel } from '../calendar.ts'
import { nameOf, numberAt, type View } from '../view.ts'
import { capital, counted } from '../words.ts'
import { altOf, type Drawing } from './frame.ts'

const mostRows = 12

/** The result as a picture of a table: the first rows, and how many there are beyond. */
export const tableChart = (drawing: Omit<Drawing, 'measure'>): TableChart => {
  const { view, frame } = drawing
  const columns = view.table.columns.map(c => ({
    label: capital(c.label),
    align: isNumber(c.role) ? ('right' as const) : ('left' as const),
  }))
  const rows = view.rows.slice(0, mostRows).map(row => row.map((_, i) => cellText(view, row, i)))
  const alt = altOf(drawing, 'table', `${counted(view.rows.length, 'row')}, ${counted(columns.length, 'column')}`)
  return { kind: 'table', ...frame, alt, columns, rows, more: Math.max(0, view.rows.length - mostRows) }
}

/** Several measures of one row, one under the other. */
export const measuresTable = (drawing: Omit<Drawing, 'measure'>): TableChart => {
  const { view, frame } = drawing
  const row = view.rows[0] ?? []
  const compared = view.measures.some(m => m.previous !== undefined)
  const rows = view.measures.map(m => [
    capital(m.label),
    formatExact(numberAt(row, m.index), m.format),
    ...(compared ? [formatExact(m.previous === undefined ? null : numberAt(row, m.previous), m.format)] : []),
  ])
  const right = { align: 'right' as const }
  const columns = [
    { label: 'Measure', align: 'left' as const },
    { label: view.query.period?.label ?? 'Value', ...right },
    ...(compared ? [{ label: view.query.compare?.period.label ?? 'Before', ...right }] : []),
  ]
  const alt = altOf(drawing, 'table', rows.map(r => `${r[0]} ${r[1]}`).join(', '))
  return { kind: 'table', ...frame, alt, columns, rows, more: 0 }
}

const isNumber = (role: string) => role === 'measure' || role === 'previous'

const cellText = (view: View, row: View['rows'][number], index: number): string => {
  const column = view.table.columns[index]
  if (column && isNumber(column.role)) return formatExact(numberAt(row, index), column.format ?? { kind: 'number' })
  const cell = row[index]
  return column?.role === 'time' && view.time && cell !== null
    ? bucketLabel(String(cell), view.time.grain, view.model)
    : nameOf(cell)
}
