import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createPool } from '#src/postgres-pool.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { isLost } from './lost.ts'
import type { Address } from './server/seat.ts'

/** Runs one statement of ours; values are bound. Throws `state/unavailable`, `state/failed`. */
export type Query = <R extends Record<string, unknown> = Record<string, never>>(
  sql: string,
  values?: readonly unknown[],
) => Promise<R[]>

/** Where everything that outlives the process is kept. */
export type Database = {
  query: Query
  /** All of it or nothing. */
  transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** Connections of one process. */
const most = 10

const mostTries = 20
/** Milliseconds between tries. */
const pause = 100

/**
 * Connects when something is asked. `address` says where; it is asked again when nobody answers there, and may wait until somebody does.
 */
export const connectDatabase = (config: pg.PoolConfig, address?: () => Promise<Address>): Database => {
  const pool = createPool({
    max: most,
    connectionTimeoutMillis: 5000,
    query_timeout: 15_000,
    types: { getTypeParser },
    ...config,
  })
  const connect = async (tries = 0): Promise<pg.PoolClient> => {
    try {
      return await pool.connect()
    } catch (error) {
      if (!address || !isLost(error) || tries >= mostTries) throw error
      // It may have died so lately that nobody has noticed.
      await sleep(tries && pause)
      const { host, port } = await address()
      Object.assign(pool.options, { host, port })
      return connect(tries + 1)
    }
  }
  const using = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await connect().catch(told)
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      const refused = error instanceof pg.DatabaseError
      client.release(!refused)
      if (refused || isLost(error)) return told(error)
      throw error
    }
  }
  return {
    query: (sql, values) => using(client => run(client)(sql, values)),
    transaction: work => using(client => within(client, work)),
    close: () => pool.end(),
  }
}

/** Whole numbers of 64 bits as numbers: ours are counts. All else as `pg` reads it. */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (
  id: number,
  format?: 'text' | 'binary',
): ((value: string) => unknown) => (id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format))

const run =
  (client: pg.ClientBase): Query =>
  async <R extends Record<string, unknown>>(sql: string, values: readonly unknown[] = []) =>
    (await client.query<R>(sql, values.map(storable))).rows

/** PostgreSQL keeps no NUL in a text (https://www.postgresql.org/docs/18/datatype-character.html). */
const storable = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value)

const within = async <T>(client: pg.PoolClient, work: (query: Query) => Promise<T>): Promise<T> => {
  await client.query('begin')
  try {
    const result = await work(run(client))
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const told = (error: unknown): never => {
  throw ChartroomError.of(isLost(error) ? 'state/unavailable' : 'state/failed', undefined, error)
}
