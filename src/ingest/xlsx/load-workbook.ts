import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unreadable } from '../faults.ts'
import { namedColumns, type Raw } from '../load-text.ts'
import { oldOffice } from '../old-office.ts'
import type { RunRows } from '../typing/settle.ts'
import { literal, quoted, trimmedSpaces } from '../typing/sql-text.ts'
import type { ColumnForm } from './sheet-rows.ts'
import { type StagedSheet, stageSheet } from './stage-sheet.ts'
import { openWorkbook, type SheetEntry, type Workbook } from './workbook.ts'

/** A sheet that holds a table, read into a table of texts. */
export type LoadedSheet = { name: string; raw: Raw }

export type WorkbookSource = { path: string; file: string; staging: string }

const cellsMax = 2_000_000
const sheetsMax = 200
/** Seconds of work, not of waiting for other programs, that reading one workbook may take. */
const patience = 20

/** Reads each sheet of an Excel workbook that can be seen, one after the other. Throws `source/unreadable`. */
export async function* loadWorkbook(
  run: RunRows,
  { path, file, staging }: WorkbookSource,
  warn: (words: string) => void,
): AsyncGenerator<LoadedSheet> {
  const old = oldOffice(path)
  if (old) throw unreadable(file, `it is ${old}`)
  const begun = process.cpuUsage()
  const isLate = () => secondsOf(process.cpuUsage(begun)) > patience
  const book = await openWorkbook(path, file)
  const seen = book.sheets.filter(s => !s.hidden)
  if (seen.length > sheetsMax)
    throw unreadable(file, `it has ${seen.length} sheets, and ${sheetsMax} is the most that is read`)
  for (const { name } of book.sheets.filter(s => s.hidden)) warn(`${file}: the hidden sheet “${name}” was left out.`)
  const budget = { cells: cellsMax, isLate }
  for (const [i, sheet] of seen.entries()) {
    const folder = join(staging, `sheet-${i}`)
    await mkdir(folder, { recursive: true })
    const staged = await stageSheet(book, sheet, { path: folder, budget })
    if (!staged) continue
    for (const words of told(book, sheet, staged)) warn(words)
    yield { name: sheet.name, raw: await read(run, staged, `raw_sheet_${i}`) }
  }
}

const secondsOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1_000_000

const told = ({ file, sheets }: Workbook, { name }: SheetEntry, { errors, unworked }: StagedSheet) => {
  const where = sheets.length > 1 ? `${file}, sheet “${name}”` : file
  return [
    ...(errors > 0
      ? [`${where}: ${cells(errors, 'holds an error', 'hold errors')} and ${are(errors)} read as empty.`]
      : []),
    ...(unworked > 0
      ? [
          `${where}: ${cells(unworked, 'has', 'have')} a formula without a result and ${are(unworked)} read as empty; open the file in Excel and save it.`,
        ]
      : []),
  ]
}

const cells = (n: number, one: string, many: string) =>
  `${n.toLocaleString('en-US')} ${n === 1 ? `cell ${one}` : `cells ${many}`}`
const are = (n: number) => (n === 1 ? 'is' : 'are')

const read = async (run: RunRows, { paths, labels, forms }: StagedSheet, table: string): Promise<Raw> => {
  const columns = namedColumns(labels).map((c, i) => ({ ...c, ...formOf(forms[i]) }))
  const types = columns.map(c => `${literal(c.raw)}: 'VARCHAR'`).join(', ')
  const options = `auto_detect = false, delim = ',', quote = '"', escape = '"', header = false, max_line_size = 16777216, compression = 'none', columns = {${types}}`
  const list = columns.map(c => `${trimmedSpaces(c.raw)} AS ${c.raw}`).join(', ')
  const files = `[${paths.map(literal).join(', ')}]`
  await run(`CREATE OR REPLACE TEMP TABLE ${quoted(table)} AS SELECT ${list} FROM read_csv(${files}, ${options})`)
  return { table, columns, delimiter: ',', comma: 'thousands', warnings: [] }
}

/** What most of its numbers are shown as. */
const formOf = (form: ColumnForm | undefined): { percent?: boolean; currency?: string } => {
  if (!form) return {}
  const most = (n: number) => n > 0 && n >= form.numbers / 2
  const [currency] = [...form.currencies].find(([, n]) => most(n)) ?? []
  return { ...(most(form.percents) ? { percent: true } : {}), ...(currency ? { currency } : {}) }
}
