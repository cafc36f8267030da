import type { KnownTable } from '#src/semantic/draft/profile.ts'
import { profileTables } from '#src/semantic/draft/profile-tables.ts'
import type { ChartroomError } from '#src/vocabulary/errors.ts'
import { openCage } from './cage.ts'
import { unpack } from './encoding.ts'
import { readFault, unreadable } from './faults.ts'
import type { IngestedColumn, IngestedTable, Job, JobResult, Progress, SourceFile } from './job.ts'
import { loadJson } from './load-json.ts'
import { loadParquet } from './load-parquet.ts'
import { loadText, type Raw } from './load-text.ts'
import { freeIdentifiers } from './names.ts'
import { allRejects, noRejects } from './rejects.ts'
import { type RunRows, settleTypes } from './typing/settle.ts'
import { quoted } from './typing/sql-text.ts'
import { loadWorkbook } from './xlsx/load-workbook.ts'

export type Report = (progress: Progress) => void

/** Makes the database: each file a table (a workbook: each sheet), then a look at all of them. A bad file is a warning, unless it is the only one. */
export const build = async (job: Extract<Job, { kind: 'build' }>, report: Report): Promise<JobResult> => {
  const { run, close } = await openCage({ ...job, readOnly: false, files: job.files.map(f => f.path) })
  try {
    const made = await buildTables(run, job, report)
    report({ file: '', step: 'profiling' })
    const profile = await profileTables(run, made.tables.map(known))
    await run('CHECKPOINT')
    return { ...made, profile }
  } finally {
    close()
  }
}

type Made = Omit<JobResult, 'profile'>

const buildTables = async (
  run: RunRows,
  { files, staging }: Extract<Job, { kind: 'build' }>,
  report: Report,
): Promise<Made> => {
  const made: Made[] = []
  const faults: ChartroomError[] = []
  const taken = new Set(files.map(f => f.table))
  for (const file of files) {
    try {
      made.push(await buildFile(run, { file, staging, report, taken }))
    } catch (cause) {
      const fault = readFault(file.file, cause)
      if (fault.code === 'source/no-space') throw fault
      faults.push(fault)
    }
  }
  const tables = made.flatMap(m => m.tables)
  if (tables.length === 0) throw faults[0] ?? unreadable('The folder', 'it holds no tables')
  const warnings = [...faults.map(f => f.message), ...made.flatMap(m => m.warnings)]
  return { tables, warnings, rejects: allRejects(made.map(m => m.rejects)) }
}

type One = { file: SourceFile; staging: string; report: Report; taken: Set<string> }

const buildFile = async (run: RunRows, { file, staging, report, taken }: One): Promise<Made> => {
  report({ file: file.file, step: 'reading' })
  const source = { ...file, path: await plainPath(file, staging), staging }
  if (file.kind === 'workbook')
    return buildSheets(run, { file: { ...file, path: source.path }, staging, report, taken })
  if (file.kind === 'parquet') {
    const { columns, select } = await loadParquet(run, source)
    return { tables: [await create(run, file, { columns, select })], warnings: [], rejects: noRejects }
  }
  const raw = await (file.kind === 'json' ? loadJson : loadText)(run, source, `raw_${file.table}`)
  report({ file: file.file, step: 'typing' })
  return typed(run, file, raw)
}

/** A workbook with one table is called as its file, with several as its sheets. */
const buildSheets = async (run: RunRows, { file, staging, report, taken }: One): Promise<Made> => {
  const warnings: string[] = []
  const made: (Made & { sheet: string })[] = []
  for await (const { name, raw } of loadWorkbook(run, { ...file, staging }, words => void warnings.push(words))) {
    report({ file: file.file, step: 'typing' })
    const table = `sheet_${made.length}_of_${file.table}`
    const built = await typed(run, { ...file, table, label: name }, raw).catch(cause => {
      warnings.push(`${file.file}, sheet “${name}” was left out: ${reasonIn(readFault(file.file, cause), file.file)}`)
      return undefined
    })
    if (built) made.push({ ...built, sheet: name })
  }
  if (made.length === 0) throw unreadable(file.file, 'none of its sheets holds a table')
  const tables = await rename(run, made, { file, taken })
  return { tables, warnings: [...warnings, ...made.flatMap(m => m.warnings)], rejects: noRejects }
}

const reasonIn = ({ message }: ChartroomError, file: string) => message.replace(`${file} could not be read: `, '')

const rename = async (
  run: RunRows,
  made: readonly (Made & { sheet: string })[],
  { file, taken }: Pick<One, 'file' | 'taken'>,
): Promise<IngestedTable[]> => {
  const labels = made.length === 1 ? [file.label] : made.map(m => m.sheet)
  if (made.length > 1) taken.delete(file.table)
  const names = made.length === 1 ? [file.table] : freeIdentifiers(labels, 'sheet', taken)
  const tables: IngestedTable[] = []
  for (const [
    i,
    {
      tables: [table],
    },
  ] of made.entries()) {
    const [name, label] = [names[i], labels[i]]
    if (!table || name === undefined || label === undefined) continue
    await run(`ALTER TABLE main.${quoted(table.name)} RENAME TO ${quoted(name)}`)
    tables.push({ ...table, name, label })
  }
  return tables
}

const typed = async (run: RunRows, file: SourceFile, raw: Raw): Promise<Made> => {
  const settled = await settleTypes(run, raw)
  const columns = settled.columns.filter(c => c.label !== '' || c.filled > 0)
  const list = columns.map(c => `${c.sql} AS ${quoted(c.name)}`).join(', ')
  const select = `SELECT ${list} FROM ${settled.from}${notBlank(raw.columns.map(c => c.raw))}`
  const table = await create(run, file, { columns: columns.map(kept), select })
  await run(`DROP TABLE ${quoted(raw.table)}`)
  const warnings = [...raw.warnings, ...settled.warnings.map(w => `${file.file}: ${w}`)]
  return { tables: [table], warnings, rejects: raw.rejects ?? noRejects }
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
