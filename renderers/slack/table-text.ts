import stringWidth from 'string-width'
import { cut, plainText } from '../view/plain-text.ts'
import type { TableView } from '../view/view.ts'

/** Cells of a fixed-width font that a phone shows beside one another. */
const widest = 42
const widestCell = 24

/** The first rows in aligned columns where they fit a phone, else as lines. For a fixed-width font. */
export const alignedTable = (table: TableView, most: number): string => {
  const texts = [table.columns.map(c => c.label), ...table.rows.slice(0, most)].map(row =>
    table.columns.map((_, i) => cut(plainText(row[i] ?? ''), widestCell, stringWidth)),
  )
  const widths = table.columns.map((_, i) => Math.max(...texts.map(row => stringWidth(row[i] ?? ''))))
  if (widths.reduce((sum, w) => sum + w + 2, -2) > widest) return tableLines(table, most).join('\n')
  const line = (row: string[]) =>
    row
      .map((text, i) => padded(text, widths[i] ?? 0, table.columns[i]?.align))
      .join('  ')
      .trimEnd()
  return [line(texts[0] ?? []), widths.map(w => '─'.repeat(w)).join('  '), ...texts.slice(1).map(line)].join('\n')
}

/** The first rows, one a line: "Texas: $48.00", "Texas: Revenue $48.00 · Orders 3", "Revenue $48.00 · Orders 3". */
export const tableLines = ({ columns, rows }: TableView, most: number): string[] => {
  const isNamed = columns[0]?.align === 'left' && columns.length > 1
  return rows.slice(0, most).map(row => {
    const cells = columns.map((c, i) => ({ label: plainText(c.label), text: plainText(row[i] ?? '') }))
    const values = isNamed ? cells.slice(1) : cells
    const told =
      isNamed && values.length === 1 ? (values[0]?.text ?? '') : values.map(c => `${c.label} ${c.text}`).join(' · ')
    return isNamed ? `${cells[0]?.text}: ${told}` : told
  })
}

/** "290 more rows: download the CSV.", when there are more than are shown. */
export const moreRows = ({ total, truncated }: TableView, shown: number): string => {
  const more = total - shown
  if (more <= 0) return truncated ? 'There are more rows than were read.' : ''
  const read = truncated ? ', and others that were not read' : ''
  return `${more.toLocaleString('en-US')} more row${more === 1 ? '' : 's'}${read}: download the CSV.`
}

const padded = (text: string, width: number, align: 'left' | 'right' | undefined) => {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}
