import { formatExact } from '#src/vocabulary/format.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'
import type { TableView } from './view.ts'

/** More rows than this are for the CSV file, not for a page. */
const rowsShown = 500

/** Texts longer than this may wrap. */
const wideText = 32

/** A result written out for people: numbers by their format and on the right, time buckets by the query's grain. */
export const tableView = ({ columns, rows, truncated }: Table, query: Pick<Query, 'splits'>): TableView => {
  const grain = query.splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0]
  const shown = rows.slice(0, rowsShown).map(row => columns.map((c, i) => cellText(row[i] ?? null, c, grain)))
  return {
    columns: columns.map((c, i) => ({
      label: c.label,
      align: isNumeric(c) ? 'right' : 'left',
      wide: shown.some(row => (row[i] ?? '').length > wideText),
    })),
    rows: shown,
    total: rows.length,
    more: rows.length - shown.length,
    truncated,
  }
}

const isNumeric = ({ type }: Column) => type === 'number' || type === 'integer'

const cellText = (cell: Cell, column: Column, grain: Grain | undefined): string => {
  if (cell === null) return '–'
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No'
  if (typeof cell === 'number') return numberText(cell, column)
  if (column.role === 'time' || column.type === 'date') return bucketText(cell, column.role === 'time' ? grain : 'day')
  return cell
}

/** A number of a dimension is a name (a year, an id): no grouping. */
const numberText = (cell: number, { format, role, type }: Column) => {
  if (format) return formatExact(cell, format)
  if (role === 'dimension' || role === 'time') return String(cell)
  return formatExact(cell, { kind: type === 'integer' ? 'integer' : 'number' })
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A bucket by its first day: "Oct 2023", "Q4 2023", "2023", "Week of 2 Oct 2023", "2 Oct 2023". Other texts stay as they are. */
export const bucketText = (iso: string, grain: Grain = 'day'): string => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?/.exec(iso)
  if (!parts) return iso
  const [, year, mm, dd, time] = parts
  const month = months[Number(mm) - 1] ?? mm
  const day = `${Number(dd)} ${month} ${year}`
  const words: Record<Grain, string> = {
    year: `${year}`,
    quarter: `Q${Math.ceil(Number(mm) / 3)} ${year}`,
    month: `${month} ${year}`,
    week: `Week of ${day}`,
    day,
    hour: time ? `${day}, ${time}` : day,
  }
  return words[grain]
}
