import { counted, moreRows } from '../view/more-rows.ts'
import type { TableView } from '../view/view.ts'
import { type Element, prose, small, type Table, type TableRow } from './elements.ts'
import { cardText } from './escape.ts'
import { nothing } from './row-lines.ts'

/** `columns` that a screen can show beside each other; the CSV has all. */
export type TableSize = { rows: number; columns: number }

/** The first rows as a table, and how many rows and columns it leaves out; nothing when there are none. */
export const tableElements = (table: TableView, { rows, columns }: TableSize): Element[] => {
  if (table.columns.length === 0 || table.rows.length === 0 || rows === 0) return []
  const shown = { columns: Math.min(columns, table.columns.length), rows: Math.min(rows, table.rows.length) }
  return [
    tableOf(table, shown),
    ...small(cardText(moreRows(table, shown.rows))),
    ...small(cardText(moreColumns(table.columns.length - shown.columns))),
  ]
}

const longestCell = 120

const tableOf = (table: TableView, shown: TableSize): Table => {
  const columns = table.columns.slice(0, shown.columns)
  const rows = table.rows.slice(0, shown.rows).map(row => columns.map((_, i) => row[i] ?? ''))
  return {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: columns.map((c, i) => ({
      width: widthOf(
        c.label,
        rows.map(row => row[i] ?? ''),
        c.align,
      ),
      horizontalCellContentAlignment: c.align === 'right' ? 'Right' : 'Left',
    })),
    rows: [rowOf(columns.map(c => c.label)), ...rows.map(rowOf)],
  }
}

/** Teams makes the first row bold by itself, and screen readers take its cells for headers. */
const rowOf = (texts: string[]): TableRow => ({
  type: 'TableRow',
  cells: texts.map(text => {
    const [block] = prose(cardText(text, longestCell))
    return { type: 'TableCell', items: [block ?? { type: 'TextBlock', text: cardText(nothing), wrap: true }] }
  }),
})

/**
 * Shares of the width: a number needs all of its own, a name may wrap, a heading may between words. The addition stands for the padding, which
 * is as wide beside a short text as beside a long one.
 */
const widthOf = (heading: string, texts: string[], align: 'left' | 'right'): number => {
  const longest = Math.max(0, ...texts.map(text => text.length))
  const word = Math.max(...heading.split(/\s+/).map(part => part.length))
  return 3 + Math.min(align === 'right' ? 24 : 16, Math.max(3, word, longest))
}

const moreColumns = (n: number) => (n > 0 ? `${counted(n, 'more column')}: download the CSV.` : '')
