import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Config } from '#src/config.ts'
import { realEffects } from '#src/effects.ts'
import { openData, openSample } from '#src/open.ts'
import { evaluate, type Outcome, readWorked } from './evaluate.ts'
import { foundTables } from './tables.ts'

/** Sets on the sample shop, on tables found elsewhere, and on tables that were made by others for questions nobody here had seen. */
export const shopSets = ['ecommerce', 'threads', 'odd', 'regressions'] as const
export const tableSets = [
  'aviation',
  'mixed',
  'heldout-subscriptions',
  'heldout-clinic',
  'heldout-logistics',
  'heldout-people_ops',
  'second-energy',
  'second-education',
] as const

/** Asks all questions of a set. `northwind` needs the folder of its CSV files. */
export const runSet = async (set: string, config: Config, northwind = ''): Promise<Outcome[]> => {
  const questions = readWorked(set)
  if ((shopSets as readonly string[]).includes(set)) {
    const domain = await openSample({ config }, realEffects)
    const outcomes = await evaluate(questions, { domain, database: config.duckdbPath, today: '2024-01-01' })
    await domain.close()
    return outcomes
  }
  const folder = folderOf(set, { home: config.home, northwind })
  const domain = await openData(folder, { config }, realEffects)
  const database = await rawTables(folder, join(config.home, `raw-${set}.duckdb`))
  const today = /^(heldout|second)-/.test(set) ? '2024-06-15' : '2026-11-20'
  const outcomes = await evaluate(questions, { domain, database, today })
  await domain.close()
  return outcomes
}

const folderOf = (set: string, { home, northwind }: { home: string; northwind: string }): string => {
  if (set === 'northwind') return northwind
  const folder = /^(?:heldout|second)-(.*)$/.exec(set)?.[1]
  return folder
    ? fileURLToPath(new URL(`../fixtures/tables/${folder}`, import.meta.url))
    : foundTables(set, join(home, 'found'))
}

/** The files as DuckDB's own readers give them: the check queries look at these, never at what was ingested. */
const rawTables = async (folder: string, path: string): Promise<string> => {
  rmSync(path, { force: true })
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const files = await connection.runAndReadAll(`select file from glob('${folder}/*')`)
  for (const [file] of files.getRowsJson()) {
    const name = String(file)
      .replace(/^.*\//, '')
      .replace(/\.[^.]+$/, '')
    const reader = /\.json$/.test(String(file)) ? 'read_json_auto' : 'read_csv_auto'
    await connection.run(`create table "${name}" as select * from ${reader}('${file}')`)
  }
  connection.closeSync()
  instance.closeSync()
  return path
}
