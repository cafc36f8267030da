import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type Json } from '@duckdb/node-api'
import { onTestFinished } from 'vitest'
import { ecommerceSample } from '#src/sample/ecommerce/sample.ts'
import type { EcommerceSettingsInput } from '#src/sample/ecommerce.ts'
import type { Sample } from '#src/sample/sample.ts'
import { createTable } from '#src/sample/write.ts'

/** An empty folder that goes away after the test. */
export const emptyFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const filesIn = (folder: string): string[] => readdirSync(folder).sort()

/** Runs SQL on a DuckDB file; opened for writing, so that a test can also prepare one. */
export const runOn = async (path: string, sql: string): Promise<Record<string, Json>[]> => {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** The ecommerce sample of these settings in memory, to be asked in SQL; `setup` runs once it is filled. */
export const ecommerceInMemory = (settings: EcommerceSettingsInput = {}, setup = 'SELECT 1') =>
  sampleInMemory(ecommerceSample(settings), setup)

/** A sample in memory, to be asked in SQL; days are those of UTC. */
export const sampleInMemory = async ({ fill, views }: Sample, setup = 'SELECT 1') => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await fill(spec => createTable(connection, spec))
  for (const { name, select } of views) await connection.run(`CREATE VIEW ${name} AS ${select}`)
  await connection.run(setup)
  return async (sql: string): Promise<unknown[][]> => (await connection.runAndReadAll(sql)).getRowsJson()
}

/** Runs a module's text in another process, from this folder. */
export const inAnotherProcess = (code: string): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  })

/** Another process that has the file open until the test is over. */
export const heldOpen = async (path: string, mode: 'READ_ONLY' | 'READ_WRITE'): Promise<void> => {
  const other = inAnotherProcess(`
    import { DuckDBInstance } from '@duckdb/node-api'
    const instance = await DuckDBInstance.create(${JSON.stringify(path)}, { access_mode: '${mode}' })
    const connection = await instance.connect()
    console.log('open')
    process.stdin.on('end', () => { connection.closeSync(); instance.closeSync() }).resume()
  `)
  onTestFinished(async () => {
    other.stdin!.end()
    if (other.exitCode === null) await once(other, 'exit')
  })
  await once(other.stdout!, 'data')
}
