import { startsWithHeader } from '../csv-dialect.ts'
import type { Merge, SheetRow } from './sheet-rows.ts'

/** Where a sheet's table begins. `first` is the place of its first row of data among the rows given; a column without a name is ''. */
export type SheetHeader = { labels: string[]; first: number }

/**
 * Finds the header among the first rows of a sheet: titles above it are skipped, a group above several columns is put before their names
 * ("2023 Q1"). Undefined when the rows are no table.
 */
export const findSheetHeader = (given: readonly SheetRow[], merges: readonly Merge[]): SheetHeader | undefined => {
  const rows = spread(given, merges)
  const width = Math.max(0, ...rows.map(r => r.cells.length))
  const top = firstFull(rows)
  const bottom = lastOfHeader(rows, { top, width, merges })
  const row = rows[bottom]
  if (!row) return undefined
  const levels = levelsAbove(rows, { bottom, width, merges })
  if (levels.length === 1 && !startsWithHeader(rows.slice(bottom).map(r => padded(r.cells, width))))
    return { labels: Array<string>(width).fill(''), first: bottom }
  const labels = Array.from({ length: width }, (_, i) => joined(levels.map(cells => cells[i] ?? '')))
  return { labels, first: bottom + 1 }
}

type Around = { width: number; merges: readonly Merge[] }

/** Merged cells hold their value in the first of them only; here all of them have it. */
const spread = (rows: readonly SheetRow[], merges: readonly Merge[]): SheetRow[] => {
  const copies = rows.map(r => ({ number: r.number, cells: [...r.cells] }))
  const byNumber = new Map(copies.map(r => [r.number, r]))
  for (const { top, left, bottom, right } of merges.filter(m => m.right < 1000)) {
    const value = byNumber.get(top + 1)?.cells[left] ?? ''
    for (let n = top; n <= Math.min(bottom, top + 3) && value !== ''; n++) {
      const cells = byNumber.get(n + 1)?.cells
      for (let i = left; cells && i <= right; i++) {
        while (cells.length <= i) cells.push('')
        cells[i] = value
      }
    }
  }
  return copies
}

const padded = (cells: readonly string[], width: number) => [
  ...cells,
  ...Array<string>(Math.max(0, width - cells.length)).fill(''),
]

const filled = ({ cells }: SheetRow) => cells.filter(c => c.trim() !== '').length
const distinct = ({ cells }: SheetRow) => new Set(cells.filter(c => c.trim() !== '')).size

/** The first row that is about as full as most: what stands above is a title. */
const firstFull = (rows: readonly SheetRow[]): number => {
  const counts = rows.map(filled).toSorted((a, b) => a - b)
  const usual = counts[Math.floor(counts.length * 0.8)] ?? 0
  const found = rows.findIndex(r => filled(r) >= usual * 0.6 && distinct(r) >= Math.min(2, usual))
  return Math.max(0, found)
}

const isGroup = (row: SheetRow | undefined, { width, merges }: Around) =>
  row !== undefined &&
  merges.some(m => m.top === row.number - 1 && m.right > m.left && m.right - m.left + 1 < width) &&
  distinct(row) > 0

const lastOfHeader = (rows: readonly SheetRow[], { top, ...around }: Around & { top: number }) => {
  let at = top
  while (at < top + 2 && isGroup(rows[at], around) && rows[at + 1]) at += 1
  return at
}

/** The rows of the header from top to bottom, each cell filled. */
const levelsAbove = (rows: readonly SheetRow[], { bottom, ...around }: Around & { bottom: number }): string[][] => {
  const levels = [rows[bottom]?.cells ?? []]
  for (let at = bottom - 1; at >= Math.max(0, bottom - 2); at--) {
    const above = rows[at]
    if (!above || above.number !== (rows[at + 1]?.number ?? 0) - 1) break
    if (isGroup(above, around)) levels.unshift(above.cells)
    else if (repeats(levels[0] ?? []) && filled(above) > 1) levels.unshift(carried(above.cells, around.width))
    else break
  }
  return levels
}

const repeats = (cells: readonly string[]) => {
  const names = cells.filter(c => c.trim() !== '')
  return names.length - new Set(names).size >= 1
}

/** A group that is not merged stands over its first column only. */
const carried = (cells: readonly string[], width: number) => {
  let last = ''
  return padded(cells, width).map(c => {
    if (c.trim() !== '') last = c
    return last
  })
}

const joined = (parts: readonly string[]) =>
  [...new Set(parts.map(p => p.replace(/\s+/g, ' ').trim()).filter(Boolean))].join(' ')
