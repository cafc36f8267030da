import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { runInChild } from './child.ts'
import { readFault } from './faults.ts'
import type { JobResult, Progress } from './job.ts'
import { findSources, findUpload, type Sources } from './sources.ts'

/** Changes whenever the same files would give another database or profile. */
export const ingestVersion = 3

export type IngestRequest = {
  /** A file or a folder. */
  path: string
  /** Chartroom's own folder; databases are kept in `<home>/data`. */
  home: string
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
  /** Memory that the reading process may use. */
  memoryMb?: number
}

/** `database` is a DuckDB file; `profile` is what a semantic model is drafted from; `reused` when nothing had to be read again. */
export type Ingested = JobResult & { database: string; reused: boolean }

/**
 * Makes a database of data files: each file one table, types proven on all values. The same files (path, size, time) give the database that
 * was made before; a DuckDB file is used as it is. Throws `source/…`, `engine/cancelled`.
 */
export const ingestData = async (request: IngestRequest): Promise<Ingested> => {
  const sources = await findSources(request.path)
  const folder = join(request.home, 'data')
  await makeFolder(folder)
  const key = fingerprint(sources)
  const database = sources.kind === 'database' ? sources.path : join(folder, `${key}.duckdb`)
  const known = existsSync(database) ? await readResult(join(folder, `${key}.json`)) : undefined
  if (known) return { ...known, database, reused: true }
  const result =
    sources.kind === 'database'
      ? await lookInto(sources, request)
      : await buildFrom(sources, { folder, database }, request)
  await writeResult(join(folder, `${key}.json`), result)
  return { ...result, database, reused: false }
}

export type UploadRequest = Omit<IngestRequest, 'home'> & {
  /** What the file is called for people. */
  name: string
  /** What its table is called when it holds just one. Default: like the file. */
  label?: string
  /** Where the database is to be made. */
  database: string
  /** A folder for what lies in between; whoever made it removes it. */
  staging: string
}

/** Makes a database of one file of any ending. Throws `source/…`, `engine/cancelled`. */
export const ingestUpload = async (request: UploadRequest): Promise<JobResult> => {
  const { path, name, label, database, staging, onProgress, signal, memoryMb = 1024 } = request
  const file = await findUpload(path, { name, label })
  return runInChild(
    { kind: 'build', files: [file], database, staging, memoryMb },
    { file: name, onProgress, signal, timeoutMs: 120_000 },
  )
}

const makeFolder = (path: string) =>
  mkdir(path, { recursive: true }).catch(cause => {
    throw ChartroomError.of('source/not-writable', { path }, cause)
  })

const fingerprint = (sources: Sources) => {
  const parts =
    sources.kind === 'database'
      ? [[sources.path, sources.size, sources.modified]]
      : sources.files.map(f => [f.path, f.file, f.size, f.modified])
  return createHash('sha256')
    .update(JSON.stringify([ingestVersion, parts]))
    .digest('hex')
    .slice(0, 32)
}

/** A result that was kept; one that cannot be read is as good as none, and is made anew. */
const readResult = async (path: string): Promise<JobResult | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (!text.endsWith('}')) return undefined
  return JSON.parse(text) as JobResult
}

const writeResult = async (path: string, { tables, warnings, rejects, profile }: JobResult) => {
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, JSON.stringify({ tables, warnings, rejects, profile }))
  await rename(draft, path)
}

const lookInto = (
  { path }: Extract<Sources, { kind: 'database' }>,
  { onProgress, signal, memoryMb = 1024 }: IngestRequest,
) => runInChild({ kind: 'look', database: path, memoryMb }, { file: path, onProgress, signal })

type Place = { folder: string; database: string }

/** Built beside its place and renamed into it, so that a half-made database is never found. */
const buildFrom = async (
  { files, warnings }: Extract<Sources, { kind: 'files' }>,
  { folder, database }: Place,
  request: IngestRequest,
) => {
  const staging = await mkdtemp(join(folder, 'making-')).catch(cause => {
    throw readFault(folder, cause)
  })
  const { onProgress, signal, memoryMb = 1024, path } = request
  const draft = join(staging, 'data.duckdb')
  try {
    const result = await runInChild(
      { kind: 'build', files, database: draft, staging, memoryMb },
      { file: path, onProgress, signal },
    )
    await rename(draft, database)
    return { ...result, warnings: [...warnings, ...result.warnings] }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
