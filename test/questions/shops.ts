import { DuckDBInstance } from '@duckdb/node-api'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { makeSample, modelPath, openGiven } from '#src/open.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase } from '#test/store/database.ts'
import { copyTables, openTwin } from './twins.ts'

/** A sample on both engines, and hand-written queries on its file, past compiler and guard. */
export type Shops = {
  duckdb: Domain
  postgres: Domain
  check: (sql: string) => Promise<Cell[][]>
  close: () => Promise<void>
}

export const openShops = async (home: string, sample: 'ecommerce' | 'support' = 'ecommerce'): Promise<Shops> => {
  const config = readConfig({ CHARTROOM_HOME: home })
  const path = await makeSample(sample, { config })
  const duckdb = await openGiven({ data: path, model: modelPath(sample) }, { config }, realEffects)
  const database = await createTestDatabase()
  const server = { url: urlOf(database.address), schema: 'twin' }
  await copyTables(path, server)
  const postgres = await openTwin(duckdb, { ...server, config })
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  await connection.run("set timezone = 'UTC'")
  return {
    duckdb,
    postgres,
    check: async sql => (await connection.runAndReadAll(sql)).getRowsJson() as Cell[][],
    close: async () => {
      connection.closeSync()
      instance.closeSync()
      await Promise.all([duckdb.close(), postgres.close()])
      await database.drop()
    },
  }
}
