import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll } from 'vitest'
import { build } from '#src/ingest/build.ts'
import { readFault } from '#src/ingest/faults.ts'
import { type Ingested, ingestData } from '#src/ingest/ingest.ts'
import type { JobResult } from '#src/ingest/job.ts'
import { findSources } from '#src/ingest/sources.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A new folder with these files in it, and a home for what is made of them. */
export const makeFiles = (files: Record<string, string | Buffer>): { folder: string; home: string } => {
  const root = mkdtempSync(join(tmpdir(), 'chartroom-ingest-'))
  made.push(root)
  const folder = join(root, 'data')
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return { folder, home: join(root, 'home') }
}

/** Ingests one file. */
export const ingestOne = (name: string, content: string | Buffer): Promise<Ingested> => {
  const { folder, home } = makeFiles({ [name]: content })
  return ingestData({ path: join(folder, name), home })
}

/** Files read as {@link ingestData} reads them, but in this process: starting one takes ten times as long as reading a small file. */
export const ingestHere = async ({ path, home }: { path: string; home: string }) => {
  const found = await findSources(path)
  if (found.kind === 'database') throw new Error('there is nothing to read in a database')
  const database = join(home, 'data.duckdb')
  mkdirSync(join(home, 'staging'), { recursive: true })
  const job = { kind: 'build', files: found.files, database, staging: join(home, 'staging'), memoryMb: 1024 } as const
  const result = await build(job, () => undefined).catch(cause => {
    throw readFault(path, cause)
  })
  // What crosses from process to process is JSON.
  const told = JSON.parse(JSON.stringify(result)) as JobResult
  return { ...told, warnings: [...found.warnings, ...told.warnings], database }
}

/** Rows of a query on a database that was made; big numbers as strings. */
export const rowsOf = async (database: string, sql: string): Promise<unknown[][]> => {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** What became of a CSV text: the type of each column, its rows, and the warnings. */
export const readCsv = async (content: string | Buffer, name = 'data.csv') => {
  const { folder, home } = makeFiles({ [name]: content })
  const { database, tables, warnings } = await ingestHere({ path: join(folder, name), home })
  const [table] = tables
  const columns = table?.columns ?? []
  return {
    types: Object.fromEntries(columns.map(c => [c.name, c.type])),
    columns,
    rows: await rowsOf(database, `FROM "${table?.name}"`),
    warnings,
  }
}
