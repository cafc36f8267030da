import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { readFault, unreadable } from './faults.ts'
import type { SourceFile } from './job.ts'
import { kindOf } from './kinds.ts'
import { uniqueIdentifiers } from './names.ts'

/** What a path holds: an existing database, or files to be read. */
export type Sources =
  | { kind: 'database'; path: string; size: number; modified: number }
  | { kind: 'files'; files: SourceFile[]; warnings: string[] }

const databaseEnding = /\.(duckdb|ddb|db)$/i
const otherData = /\.(arrow|feather|avro|orc|sqlite3?|zip|7z|rar|tar|sas7bdat|sav|dta|rds)(\.gz)?$/i
const filesMax = 200

/** Finds the data files of a path. Throws `source/missing`, `source/unreadable`. */
export const findSources = async (path: string): Promise<Sources> => {
  const info = await stat(path).catch(cause => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : ''
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? ChartroomError.of('source/missing', { path }, cause)
      : readFault(path, cause)
  })
  if (info.isDirectory()) return folder(path)
  if (!info.isFile()) throw unreadable(path, 'it is neither a file nor a folder')
  if (info.size === 0) throw unreadable(path, 'it is empty')
  if (databaseEnding.test(path))
    return { kind: 'database', path: await realpath(path), size: info.size, modified: info.mtimeMs }
  const found = await sourceFile(path, basename(path))
  if (!found) throw unreadable(path, 'files of this kind are not read')
  return { kind: 'files', files: named([found]), warnings: [] }
}

/** One file under the name that its owner gave it, of any ending. Throws `source/unreadable`. */
export const findUpload = async (
  path: string,
  { name, label }: { name: string; label?: string },
): Promise<SourceFile> => {
  const found = await sourceFile(path, name, true)
  if (!found || found.size === 0) throw unreadable(name, 'it is empty')
  return named([{ ...found, label: label ?? found.label }])[0] as SourceFile
}

const folder = async (path: string): Promise<Sources> => {
  const entries = await readdir(path, { withFileTypes: true }).catch(cause => {
    throw readFault(path, cause)
  })
  const names = entries
    .filter(e => !e.isDirectory() && !/^[._~]/.test(e.name))
    .map(e => e.name)
    .toSorted()
  const found = await Promise.all(names.map(name => sourceFile(join(path, name), name).catch(() => undefined)))
  const files = found.filter(f => f !== undefined)
  const databases = names.filter(n => databaseEnding.test(n))
  if (files.length === 0 && databases.length === 1) return findSources(join(path, databases[0]!))
  const filled = files.filter(f => f.size > 0)
  if (files.length > 0 && filled.length === 0) throw unreadable(path, 'all of its data files are empty')
  if (filled.length === 0) throw unreadable(path, 'the folder holds no CSV, TSV, Excel, JSON or Parquet file')
  if (filled.length > filesMax)
    throw unreadable(path, `the folder holds ${filled.length} data files, and ${filesMax} is the most that is read`)
  return { kind: 'files', files: named(filled), warnings: leftOut(names, files, databases) }
}

const leftOut = (names: readonly string[], files: readonly Unnamed[], databases: readonly string[]) => [
  ...files.filter(f => f.size === 0).map(f => `${f.file} was left out: it is empty.`),
  ...databases.map(n => `${n} was left out: a database is read by its own path, not as part of a folder.`),
  ...names
    .filter(n => otherData.test(n))
    .map(n => `${n} was left out: files of this kind are not read; save it as CSV.`),
]

type Unnamed = Omit<SourceFile, 'table'>

const sourceFile = async (path: string, file: string, any = false): Promise<Unnamed | undefined> => {
  const real = await realpath(path)
  const info = await stat(real)
  const found = info.isFile() ? kindOf(real, file, any) : undefined
  return found && { path: real, file, ...found, size: info.size, modified: info.mtimeMs }
}

const named = (files: readonly Unnamed[]): SourceFile[] => {
  const tables = uniqueIdentifiers(
    files.map(f => f.label),
    'table',
  )
  return files.map((f, i) => ({ ...f, table: tables[i]! }))
}
