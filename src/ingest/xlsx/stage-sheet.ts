import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { unreadable } from '../faults.ts'
import { findSheetHeader, type SheetHeader } from './sheet-header.ts'
import { type Budget, type ColumnForm, type Merge, readRows, type SheetNotes, type SheetRow } from './sheet-rows.ts'
import type { SheetEntry, Workbook } from './workbook.ts'

/** The rows of a sheet as CSV files, read one after the other; all lines have as many fields as `labels`. */
export type StagedSheet = { paths: string[]; labels: string[]; forms: ColumnForm[]; errors: number; unworked: number }

/** Rows that are looked at to find the header. */
const headRows = 100
const bytesMax = 1 << 30

/** Writes the rows of a sheet as CSV. Undefined when it holds no rows. Throws `source/unreadable`. */
export const stageSheet = async (
  book: Workbook,
  sheet: SheetEntry,
  { path, budget }: { path: string; budget: Budget },
): Promise<StagedSheet | undefined> => {
  const cells = budget.cells
  const first = await pass(book, sheet, { path, budget, width: 0, merges: [] })
  if (!first.header) return undefined
  const down = first.notes.merges.filter(m => m.bottom > m.top)
  const enough = first.widest <= first.width && down.length === 0
  // Merged cells are listed behind the rows, and a row far down may be the widest: then the rows are read once more.
  budget.cells = enough ? budget.cells : cells
  const done = enough ? first : await pass(book, sheet, { path, budget, width: first.widest, merges: down })
  const { labels } = first.header
  return {
    paths: done.paths,
    labels: [...labels, ...Array<string>(Math.max(0, done.width - labels.length)).fill('')],
    ...done.notes,
  }
}

type Plan = { path: string; budget: Budget; width: number; merges: readonly Merge[] }
type Passed = { header?: SheetHeader; notes: SheetNotes; paths: string[]; width: number; widest: number }

const pass = async (book: Workbook, sheet: SheetEntry, plan: Plan): Promise<Passed> => {
  const head: SheetRow[] = []
  const paths = [join(plan.path, 'head.csv'), join(plan.path, 'rest.csv')] as const
  const rest = openLines(paths[1], book.file)
  let widest = 0
  let width = plan.width
  const filling = fillDown(plan.merges)
  try {
    const notes = await readRows(book, sheet, {
      budget: plan.budget,
      onRow: row => {
        widest = Math.max(widest, row.cells.length)
        if (head.length < headRows) return void head.push(row)
        width ||= Math.max(...head.map(r => r.cells.length))
        rest.write(filling(row), width)
      },
    })
    const header = findSheetHeader(head, notes.merges)
    widest = Math.max(widest, header?.labels.length ?? 0)
    if (rest.lines() === 0) width = Math.max(width, widest)
    const lines = openLines(paths[0], book.file)
    const again = fillDown(plan.merges)
    for (const row of head.slice(header?.first ?? 0)) lines.write(again(row), width)
    lines.close()
    return { header, notes, paths: [...paths], width, widest }
  } finally {
    rest.close()
  }
}

/** A file that takes lines of CSV. */
const openLines = (path: string, file: string) => {
  const handle = openSync(path, 'w')
  let [buffer, bytes, count] = ['', 0, 0]
  const flush = () => {
    bytes += writeSync(handle, buffer)
    buffer = ''
    if (bytes > bytesMax) throw unreadable(file, 'it unpacks to more than 1 GB; save it as CSV, or split it')
  }
  return {
    write: ({ cells }: SheetRow, width: number) => {
      buffer += `${cells.map(field).join(',')}${','.repeat(Math.max(0, width - cells.length))}\n`
      count += 1
      if (buffer.length > 1 << 20) flush()
    },
    lines: () => count,
    close: () => {
      flush()
      closeSync(handle)
    },
  }
}

const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Gives texts that stand in merged cells to every row beside them. Numbers stay once, or sums would count them often. */
const fillDown = (merges: readonly Merge[]) => {
  const waiting = merges.toSorted((a, b) => a.top - b.top)
  let active: (Merge & { value: string })[] = []
  return (row: SheetRow): SheetRow => {
    const at = row.number - 1
    active = active.filter(m => m.bottom >= at)
    for (const { left, value } of active) {
      while (row.cells.length <= left) row.cells.push('')
      row.cells[left] ||= value
    }
    while (waiting[0] && waiting[0].top <= at) {
      const merge = waiting.shift() as Merge
      const value = merge.top === at ? (row.cells[merge.left] ?? '') : ''
      if (value !== '' && !/^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(value)) active.push({ ...merge, value })
    }
    return row
  }
}
