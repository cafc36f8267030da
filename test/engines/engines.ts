import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { realEffects } from '#src/effects.ts'
import { type DuckdbEngine, openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import type { Engine } from '#src/engines/engine.ts'
import { openPostgres } from '#src/engines/postgres/postgres.ts'
import type { CheckedSql } from '#src/guard/checked-sql.ts'
import type { Address } from '#src/store/server/seat.ts'
import { createTestDatabase } from '#test/store/database.ts'
import { buildFile } from './duckdb/files.ts'
import { unchecked } from './unchecked.ts'

export type EngineOptions = { timeoutMs?: number; maxRows?: number; places?: number; queueLimit?: number }

/** A database of one kind with the tables of a test, and what can be done to it from outside. */
export type Base = {
  open(options?: EngineOptions): Promise<Engine>
  /** Takes other tables in the place of the ones there are. */
  replace(statements: readonly string[]): Promise<void>
  /** Ends what works for an engine, from outside. */
  ruin(engine: Engine): Promise<void>
  drop(): Promise<void>
}

export type Kind = {
  name: string
  create(statements: readonly string[]): Promise<Base>
  /** Never ends by itself. */
  endless: CheckedSql
  /** Whole numbers from 1. */
  series(to: number): string
}

const duckdb: Kind = {
  name: 'DuckDB',
  endless: unchecked('SELECT count(*) FROM range(1000000000) a, range(1000000000) b'),
  series: to => `range(1, ${to + 1}) r(i)`,
  create: async statements => {
    const folder = mkdtempSync(join(tmpdir(), 'chartroom-contract-'))
    const path = await buildFile(join(folder, 'a.duckdb'), [...statements])
    return {
      open: ({ places, ...options } = {}) => openDuckdb({ path }, { perWorker: places, ...options }),
      replace: async next => renameSync(await buildFile(`${path}.new`, [...next]), path),
      ruin: async engine => void process.kill((engine as DuckdbEngine).pids()[0]!, 'SIGKILL'),
      drop: async () => rmSync(folder, { recursive: true }),
    }
  },
}

const postgres: Kind = {
  name: 'PostgreSQL',
  endless: unchecked('SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000000000) b'),
  series: to => `generate_series(1, ${to}) r(i)`,
  create: async statements => {
    const { address, drop } = await createTestDatabase()
    await onDatabase(address, statements)
    return {
      open: (options = {}) => openPostgres({ url: urlOf(address) }, { ...options, freshMs: 0 }, realEffects),
      replace: async next =>
        void (await onDatabase(address, ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public', ...next])),
      ruin: async () => void (await onDatabase(address, [cutOthers])),
      drop,
    }
  },
}

export const kinds: readonly Kind[] = [duckdb, postgres]

export const cutOthers =
  'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'

/** Statements by the owner of the server, one after another. */
export const onDatabase = async (address: Address, statements: readonly string[]): Promise<unknown[][]> => {
  const client = new pg.Client(address)
  await client.connect()
  try {
    let rows: unknown[][] = []
    for (const text of statements) ({ rows } = await client.query({ text, rowMode: 'array' }))
    return rows
  } finally {
    await client.end()
  }
}

/** The address as people write it. */
export const urlOf = ({ host, port, user, password, database }: Address): string => {
  const at = host.startsWith('/')
    ? `/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `${host}:${port}/${database}`
  return `postgres://${user}:${password}@${at}`
}
