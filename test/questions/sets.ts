import { rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Config } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { ingestData } from '#src/ingest/ingest.ts'
import { modelPath, openGiven, openSample } from '#src/open.ts'
import { ensureSupportSample } from '#src/sample/support.ts'
import { evaluate, type Outcome, readWorked, type Worked } from './evaluate.ts'
import { foundTables } from './tables.ts'

/** Sets on the sample shop, on tables found elsewhere, and on tables that were made by others for questions nobody here had seen. */
export const shopSets = ['ecommerce', 'threads', 'odd', 'regressions', 'fourth-shop'] as const
export const supportSets = ['support', 'fourth-support'] as const
export const tableSets = [
  'aviation',
  'mixed',
  'heldout-subscriptions',
  'heldout-clinic',
  'heldout-logistics',
  'heldout-people_ops',
  'second-energy',
  'second-education',
  'third-hotels',
  'third-factory',
  'third-library',
  'third-permits',
  'fourth-property',
  'fourth-tickets',
  'fourth-claims',
  'fourth-campaigns',
  'fourth-charity',
  'fifth-school',
  'fifth-bikes',
  'fifth-cycles',
  'fifth-vets',
] as const

/** Sets whose tables were made for them, and their folder. */
const madeFor = /^(?:heldout|second|third|fourth|fifth)-(.*)$/

/** Sets whose queries run on both engines, by `postgres.test.ts`; the others are asked so by `npm run eval -- --engine postgres`. */
export const twinSets: readonly string[] = [...shopSets, ...supportSets, 'mixed', 'heldout-clinic']

export type SetOptions = {
  /** The folder of the CSV files of `northwind`. */
  northwind?: string
  /** Puts another domain in the place of DuckDB's; `path` is the file with its tables. See `twins.ts`. */
  exchange?: (domain: Domain, path: string) => Promise<Domain>
}

/** Asks all questions of a set. */
export const runSet = async (
  set: string,
  config: Config,
  { northwind = '', exchange = async domain => domain }: SetOptions = {},
): Promise<Outcome[]> => {
  const questions = readWorked(set)
  if ((supportSets as readonly string[]).includes(set)) return runSupport(questions, config, exchange)
  const isShop = (shopSets as readonly string[]).includes(set)
  const folder = isShop ? '' : folderOf(set, { home: config.home, northwind })
  const opened = isShop
    ? await openSample({ config }, realEffects)
    : await openGiven({ data: folder }, { config }, realEffects)
  const database = isShop ? config.duckdbPath : await rawTables(folder, join(config.home, `raw-${set}.duckdb`))
  const today = isShop ? '2024-01-01' : madeFor.test(set) ? '2024-06-15' : '2026-11-20'
  const tables = isShop ? config.duckdbPath : (await ingestData({ path: folder, home: config.home })).database
  const domain = await exchange(opened, tables)
  const outcomes = await evaluate(questions, { domain, database, today })
  await domain.close()
  return outcomes
}

/** The sample of the support bots with the model that comes with it. */
const runSupport = async (
  questions: Worked[],
  config: Config,
  exchange: NonNullable<SetOptions['exchange']>,
): Promise<Outcome[]> => {
  const database = join(config.home, 'support.duckdb')
  await mkdir(config.home, { recursive: true })
  await ensureSupportSample({ path: database })
  const opened = await openGiven({ data: database, model: modelPath('support') }, { config }, realEffects)
  const domain = await exchange(opened, database)
  const outcomes = await evaluate(questions, { domain, database, today: '2023-07-01' })
  await domain.close()
  return outcomes
}

const folderOf = (set: string, { home, northwind }: { home: string; northwind: string }): string => {
  if (set === 'northwind') return northwind
  const folder = madeFor.exec(set)?.[1]
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
