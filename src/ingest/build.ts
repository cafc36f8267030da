import type { KnownTable } from '#src/semantic/draft/profile.ts'
import { profileTables } from '#src/semantic/draft/profile-tables.ts'
import type { ChartroomError } from '#src/vocabulary/errors.ts'
import { openCage } from './cage.ts'
import { unpack } from './encoding.ts'
import { readFault, unreadable } from './faults.ts'
import type { IngestedColumn, IngestedTable, Job, JobResult, Progress, SourceFile } from './job.ts'
import { loadJson } from './load-json.ts'
import { loadParquet } from './load-parquet.ts'
import { loadText } from './load-text.ts'
import { type RunRows, settleTypes } from './typing/settle.ts'
import { quoted } from './typing/sql-text.ts'

export type Report = (progress: Progress) => void

/** Makes the database: each file a table, then a look at all of them. A bad file is a warning, unless it is the only one. */
export const build = async (job: Extract<Job, { kind: 'build' }>, report: Report): Promise<JobResult> => {
  const { run, close } = await openCage({ ...job, readOnly: false, files: job.files.map(f => f.path) })
  try {
    const { tables, warnings } = await buildTables(run, job, report)
    report({ file: '', step: 'profiling' })
    const profile = await profileTables(run, tables.map(known))
    await run('CHECKPOINT')
    return { tables, warnings, profile }
  } finally {
    close()
  }
}

const buildTables = async (run: RunRows, { files, staging }: Extract<Job, { kind: 'build' }>, report: Report) => {
  const tables: IngestedTable[] = []
  const warnings: string[] = []
  const faults: ChartroomError[] = []
  for (const file of files) {
    try {
      const made = await buildTable(run, { file, staging, report })
      tables.push(made.table)
      warnings.push(...made.warnings)
    } catch (cause) {
      const fault = readFault(file.file, cause)
      if (fault.code === 'source/no-space') throw fault
      faults.push(fault)
    }
  }
  if (tables.length === 0) throw faults[0] ?? unreadable('The folder', 'it holds no tables')
  return { tables, warnings: [...faults.map(f => f.message), ...warnings] }
}

type One = { file: SourceFile; staging: string; report: Report }

const buildTable = async (
  run: RunRows,
  { file, staging, report }: One,
): Promise<{ table: IngestedTable; warnings: string[] }> => {
  report({ file: file.file, step: 'reading' })
  const source = { ...file, path: await plainPath(file, staging), staging }
  if (file.kind === 'parquet') {
    const { columns, select } = await loadParquet(run, source)
    return { table: await create(run, file, { columns, select }), warnings: [] }
  }
  const raw = await (file.kind === 'json' ? loadJson : loadText)(run, source, `raw_${file.table}`)
  report({ file: file.file, step: 'typing' })
  const settled = await settleTypes(run, raw)
  const columns = settled.columns.filter(c => c.label !== '' || c.filled > 0)
  const list = columns.map(c => `${c.sql} AS ${quoted(c.name)}`).join(', ')
  const select = `SELECT ${list} FROM ${settled.from}${notBlank(raw.columns.map(c => c.raw))}`
  const table = await create(run, file, { columns: columns.map(kept), select })
  await run(`DROP TABLE ${quoted(raw.table)}`)
  return { table, warnings: [...raw.warnings, ...settled.warnings.map(w => `${file.file}: ${w}`)] }
}

/** Lines of delimiters alone are no rows. */
const notBlank = (raw: readonly string[]) =>
  ` WHERE coalesce(${raw.map(c => `nullif(${quoted(c)}, '')`).join(', ')}) IS NOT NULL`

const kept = ({ name, label, type, percent, currency }: IngestedColumn): IngestedColumn => ({
  name,
  label: label || name.replaceAll('_', ' '),
  type,
  percent,
  currency,
})

const plainPath = async (file: SourceFile, staging: string) => {
  if (!file.gzip) return file.path
  const path = `${staging}/${file.table}.unpacked`
  await unpack(file.path, path, file.file)
  return path
}

type Create = { columns: IngestedColumn[]; select: string }

const create = async (
  run: RunRows,
  { table, label, file }: SourceFile,
  { columns, select }: Create,
): Promise<IngestedTable> => {
  await run(`CREATE OR REPLACE TABLE main.${quoted(table)} AS ${select}`)
  const [[rows] = []] = await run(`SELECT count(*) FROM main.${quoted(table)}`)
  if (Number(rows) === 0) {
    await run(`DROP TABLE main.${quoted(table)}`)
    throw unreadable(file, 'it has a header but no rows')
  }
  return { name: table, label, file, rows: Number(rows), columns }
}

const known = ({ name, label, columns }: IngestedTable): KnownTable => ({ name, label, columns })
