import { formatExact } from '#src/vocabulary/format.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'
import { bar } from './bars.ts'
import { bucketText } from './bucket.ts'
import type { Ink } from './ink.ts'
import { cells, cut, hang, padEnd, padStart } from './measure.ts'

export type TableStyle = { width: number; ink: Ink; grain?: Grain; bars?: boolean }

const mostRows = 20
const gap = '  '
const narrowest = 6
const widest = 40
const barWidths = { least: 8, most: 30 }

/** A result as aligned lines, at most 20 rows; one below the other where the terminal is too narrow for columns. */
export const tableLines = (table: Table, style: TableStyle): string[] => {
  const rows = table.rows.slice(0, mostRows)
  const texts = rows.map(row => table.columns.map((column, i) => cellText(row[i] ?? null, column, style.grain)))
  const lines = fitting(table.columns, texts, style.width)
  const body =
    lines && rows.length > 1
      ? columnLines({ table, rows, texts, ...lines }, style)
      : recordLines(table.columns, texts, style.width)
  return [...body, ...moreLine(table, style.ink)]
}

/** One value of a result as people read it. */
export const cellText = (value: Cell, { type, role, format }: Column, grain?: Grain): string => {
  if (value === null) return role === 'measure' || role === 'previous' ? '–' : '(none)'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (role === 'time') return bucketText(String(value), grain)
  if (typeof value === 'string' || role === 'dimension') return String(value)
  return formatExact(value, format ?? { kind: type === 'integer' ? 'integer' : 'number' })
}

const moreLine = ({ rows, truncated }: Table, ink: Ink) => {
  const more = rows.length - mostRows
  if (more <= 0) return truncated ? [ink.dim('… and more that were not read')] : []
  return [ink.dim(`… ${more.toLocaleString('en-US')} more${truncated ? ', and others that were not read' : ''}`)]
}

/** Widths of the columns, text columns narrowed as far as needed; nothing when they cannot stand side by side. */
const fitting = (
  columns: Column[],
  texts: string[][],
  width: number,
): { widths: number[]; left: number } | undefined => {
  const natural = columns.map((c, i) => Math.max(cells(c.label), ...texts.map(row => cells(row[i]!))))
  const widths = natural.map((w, i) => (isNumber(columns[i]!) ? w : Math.min(w, widest)))
  let left = width - widths.reduce((sum, w) => sum + w, 0) - gap.length * (columns.length - 1)
  while (left < 0) {
    const at = widestText(columns, widths)
    if (at === undefined) return undefined
    widths[at]!--
    left++
  }
  return { widths, left }
}

const widestText = (columns: Column[], widths: number[]): number | undefined => {
  const narrowable = columns.map((_, i) => i).filter(i => !isNumber(columns[i]!) && widths[i]! > narrowest)
  return narrowable.sort((a, b) => widths[b]! - widths[a]!)[0]
}

type Layout = { table: Table; rows: Cell[][]; texts: string[][]; widths: number[]; left: number }

const columnLines = (
  { table: { columns }, rows, texts, widths, left }: Layout,
  { ink, bars }: TableStyle,
): string[] => {
  const line = (texts: string[]) =>
    texts.map((text, i) => (isNumber(columns[i]!) ? padStart : padEnd)(cut(text, widths[i]!), widths[i]!)).join(gap)
  const drawn = bars ? barsOf(columns, rows, left - gap.length) : []
  return [
    ink.dim(line(columns.map(c => c.label)).trimEnd()),
    ink.dim(widths.map(w => '─'.repeat(w)).join(gap)),
    ...texts.map((row, i) => (line(row) + (drawn[i] ? gap + ink.blue(drawn[i]) : '')).trimEnd()),
  ]
}

const barsOf = (columns: Column[], rows: Cell[][], room: number): string[] => {
  const at = columns.findIndex(c => c.role === 'measure')
  if (at < 0 || room < barWidths.least) return []
  const values = rows.map(row => (typeof row[at] === 'number' ? row[at] : null))
  const most = Math.max(...values.map(v => Math.abs(v ?? 0)))
  return values.map(v => bar(v, most, Math.min(room, barWidths.most)))
}

const recordLines = (columns: Column[], texts: string[][], page: number): string[] => {
  const width = Math.max(...columns.map(c => cells(c.label)))
  return texts.flatMap((row, i) => [
    ...(i > 0 ? [''] : []),
    ...columns.flatMap((c, at) => hang(padEnd(c.label, width) + gap, row[at]!, page)),
  ])
}

const isNumber = ({ role, type }: Column) =>
  role === 'measure' || role === 'previous' || (role !== 'dimension' && (type === 'number' || type === 'integer'))
