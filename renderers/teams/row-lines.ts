import type { TableView } from '../view/view.ts'
import { clipped } from './clipped.ts'

const longest = 120

/** The first rows, one a line: "Texas: $48.00", "Texas: Revenue $48.00 · Orders 3", "Revenue $48.00 · Orders 3". */
export const rowLines = ({ columns, rows }: TableView, most: number): string[] => {
  const isNamed = columns[0]?.align === 'left' && columns.length > 1
  return rows.slice(0, most).map(row => {
    const cells = columns.map((c, i) => ({
      label: clipped(c.label, longest),
      text: clipped(row[i] ?? '', longest) || nothing,
    }))
    const values = isNamed ? cells.slice(1) : cells
    const told =
      isNamed && values.length === 1 ? (values[0]?.text ?? '') : values.map(c => `${c.label} ${c.text}`).join(' · ')
    return isNamed ? `${cells[0]?.text}: ${told}` : told
  })
}

/** What stands for a text that is empty. */
export const nothing = '–'
