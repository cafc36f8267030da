import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase, type TestDatabase } from '#test/store/database.ts'
import { listedMisses, missesOf } from './misses.ts'
import { runSet, twinSets } from './sets.ts'
import { type Compared, copyTables, openTwin, twinDomain } from './twins.ts'

let home: string
let config: Config
let database: TestDatabase

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-twins-'))
  config = readConfig({ CHARTROOM_HOME: home })
  database = await createTestDatabase()
})
afterAll(async () => {
  rmSync(home, { recursive: true, force: true })
  await database?.drop()
})

describe('the worked questions', () => {
  it.each(twinSets)(
    '%s: all are right but the misses that are listed, and every query gives the same on DuckDB and on PostgreSQL',
    { timeout: 180_000 },
    async set => {
      const compared: Compared = { same: [], different: [] }
      const server = { url: urlOf(database.address), schema: 'twin' }
      const outcomes = await runSet(set, config, {
        exchange: async (domain, path) => {
          await copyTables(path, server)
          const twin = await openTwin(domain, { ...server, config })
          expect(await knownOf(twin)).toEqual(await knownOf(domain))
          const both = twinDomain(domain, twin, compared)
          return { ...both, close: () => domain.close().then(twin.close) }
        },
      })
      expect(missesOf(outcomes)).toEqual(listedMisses(set))
      expect(compared.different).toEqual([])
      expect(compared.same.length).toBeGreaterThan(10)
    },
  )
})

/** Which values may be named, and how far the data goes. */
const knownOf = async ({ model, knowledge }: Domain) => {
  const { values, range } = await knowledge()
  return Object.keys(model.dimensions).map(name => [name, values(name).toSorted(), range(name)])
}
