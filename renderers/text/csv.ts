import type { Cell, Table } from '#src/vocabulary/table.ts'

/** A result as CSV (RFC 4180). A text that a spreadsheet would run as a formula gets a leading apostrophe. */
export const toCsv = ({ columns, rows }: Table): string =>
  [columns.map(c => field(c.name)), ...rows.map(row => row.map(field))].map(cells => `${cells.join(',')}\r\n`).join('')

const field = (value: Cell): string => {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
