import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll } from 'vitest'
import { type Ingested, ingestData } from '#src/ingest/ingest.ts'

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
  const { database, tables, warnings } = await ingestOne(name, content)
  const [table] = tables
  const columns = table?.columns ?? []
  return {
    types: Object.fromEntries(columns.map(c => [c.name, c.type])),
    columns,
    rows: await rowsOf(database, `FROM "${table?.name}"`),
    warnings,
  }
}
