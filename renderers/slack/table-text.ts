import stringWidth from 'string-width'
import { cut, plainText } from '../view/plain-text.ts'
import type { TableView } from '../view/view.ts'

/** Cells of a fixed-width font that a phone shows beside one another. */
const widest = 40
const widestCell = 22
const narrowestLabel = 8
const longestCell = 120

/** The first rows in aligned columns, labels broken over lines; nothing when that is wider than a phone. For a fixed-width font. */
export const alignedTable = ({ columns, rows }: TableView, most: number): string | undefined => {
  if (columns.length * 3 - 2 > widest) return undefined
  const texts = rows.slice(0, most).map(row => columns.map((_, i) => cellOf(row[i])))
  const labels = columns.map(({ label }, i) =>
    wrapped(cellOf(label), Math.max(narrowestLabel, ...texts.map(row => stringWidth(row[i] ?? '')))),
  )
  const widths = columns.map((_, i) =>
    Math.max(...[...(labels[i] ?? []), ...texts.map(row => row[i] ?? '')].map(text => stringWidth(text))),
  )
  if (widths.reduce((sum, w) => sum + w + 2, -2) > widest) return undefined
  const line = (row: string[]) =>
    row
      .map((text, i) => padded(text, widths[i] ?? 0, columns[i]?.align))
      .join('  ')
      .trimEnd()
  const height = Math.max(...labels.map(l => l.length))
  const heads = Array.from({ length: height }, (_, at) => line(labels.map(l => l[at - height + l.length] ?? '')))
  return [...heads, widths.map(w => '─'.repeat(w)).join('  '), ...texts.map(line)].join('\n')
}

/**
 * The first rows, one a line: "Texas: $48.00"; with several values a line before says what they are: "State: Revenue · Orders". One row alone has
 * a line per column.
 */
export const tableLines = ({ columns, rows }: TableView, most: number): string[] => {
  const labels = columns.map(c => plainText(c.label))
  const texts = rows.slice(0, most).map(row => columns.map((_, i) => cut(plainText(row[i] ?? ''), longestCell)))
  if (texts.length === 1) return labels.map((label, i) => `${label}: ${texts[0]?.[i]}`)
  const line = ([first = '', ...rest]: string[]) => (rest.length > 0 ? `${first}: ${rest.join(' · ')}` : first)
  return [...(columns.length > 2 && texts.length > 0 ? [line(labels)] : []), ...texts.map(line)]
}

const cellOf = (text = '') => cut(plainText(text), widestCell, stringWidth)

/** Words over lines of at most `width` cells; a longer word has a line of its own. */
const wrapped = (label: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : undefined
    if (longer !== undefined && stringWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

const padded = (text: string, width: number, align: 'left' | 'right' | undefined) => {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)))
  return align === 'right' ? space + text : text + space
}
