import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { createDatasets, type Datasets } from '#src/datasets/datasets.ts'
import { realEffects } from '#src/effects.ts'
import type { Database } from '#src/store/database.ts'
import { openTestState } from '#test/store/database.ts'

export type OpenedForTest = {
  datasets: Datasets
  /** As another process would have it, over the same folder and database. */
  another: (settings?: Record<string, string>) => Datasets
  database: Database
  home: string
  close: () => Promise<void>
}

/** Datasets over a database and a home folder of their own. */
export const openForTest = async (): Promise<OpenedForTest> => {
  const home = mkdtempSync(join(tmpdir(), 'chartroom-datasets-'))
  const { database, close } = await openTestState()
  const all: Datasets[] = []
  const another = (settings = {}) => {
    const config = readConfig({ CHARTROOM_HOME: home, ...settings })
    const datasets = createDatasets({ database, config, taken: domain => domain === 'ecommerce' }, realEffects)
    all.push(datasets)
    return datasets
  }
  return {
    datasets: another(),
    another,
    database,
    home,
    close: async () => {
      await Promise.all(all.map(d => d.close()))
      await close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The bytes of a text or buffer, in two pieces. */
export async function* bytesOf(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const half = Math.ceil(bytes.length / 2)
  yield bytes.subarray(0, half)
  yield bytes.subarray(half)
}

/** All files below a folder. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(path => statSync(path).isFile())

/** Where a text stands in the files below a folder or in a database, whatever the table. */
export const findEverywhere = async (text: string, { home, database }: { home: string; database: Database }) => {
  const files = filesBelow(home).filter(path => readFileSync(path).includes(text))
  const tables = await database.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'chartroom'`,
  )
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await database.query<{ n: number }>(
        `select count(*) as n from chartroom.${name} t where strpos(to_jsonb(t)::text, $1) > 0`,
        [text],
      )
      return (row?.n ?? 0) > 0 ? [name] : []
    }),
  )
  return [...files, ...rows.flat()]
}
