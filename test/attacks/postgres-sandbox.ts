import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { realEffects } from '#src/effects.ts'
import { openPostgres, type PostgresEngine } from '#src/engines/postgres/postgres.ts'
import { estimateOf } from '#src/guard/cost.ts'
import { createGuard } from '#src/guard/guard.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import type { Address } from '#src/store/server/seat.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { urlOf } from '../engines/engines.ts'
import { unchecked } from '../engines/unchecked.ts'
import { childrenOf, peakOf } from './peak.ts'
import { canLimitMemory, openPostgresWorld } from './postgres-world.ts'
import type { How, Outcome, Sandbox } from './sandbox.ts'

/** PostgreSQL with the given tables, asked by a hardened role in a read-only transaction that is always rolled back. */
export const openPostgresSandbox = async (tables: readonly string[]): Promise<Sandbox> => {
  const { reader, admin, pid, close } = await openPostgresWorld(tables)
  const out = join(tmpdir(), `chartroom-attack-${process.pid}`)
  const engine = await openPostgres({ url: urlOf(reader) }, {}, realEffects)
  const before = await contents(admin)
  return {
    dialect: 'postgres',
    memoryIsLimited: canLimitMemory,
    guard: createGuard({ read: await openPostgresReader() }),
    placed: sql => sql.replaceAll('{out}', out).replaceAll('{db}', admin.database),
    estimate: async sql => estimateOf('postgres', await engine.explain(sql)),
    run: (sql, timeoutMs) => run({ engine, pid }, sql, timeoutMs),
    isUntouched: async () => {
      if ((await contents(admin)) !== before) throw new Error('the data has changed')
      if (existsSync(out)) throw new Error('a file was written')
    },
    heartbeat: async () => {
      const begun = performance.now()
      await engine.run(unchecked('SELECT count(*) FROM orders'))
      return performance.now() - begun
    },
    close: async () => {
      await engine.close()
      await close()
    },
  }
}

/** Every table, role, setting and function that an attack may have left behind. */
const contents = async (admin: Address): Promise<string> => {
  const client = new pg.Client(admin)
  await client.connect()
  const { rows } = await client.query(
    `SELECT (SELECT json_agg(o ORDER BY id) FROM orders o)::text, (SELECT json_agg(s) FROM secret s)::text,
            (SELECT json_agg(relname ORDER BY oid) FROM pg_class WHERE oid >= 16384)::text, (SELECT json_agg(r ORDER BY oid) FROM pg_roles r)::text,
            (SELECT json_agg(proname ORDER BY oid) FROM pg_proc WHERE oid >= 16384)::text, (SELECT count(*) FROM pg_largeobject_metadata),
            (SELECT json_agg(relacl::text ORDER BY oid) FROM pg_class WHERE relname IN ('orders', 'secret'))::text`,
  )
  await client.end()
  return JSON.stringify(rows)
}

type Running = { engine: PostgresEngine; pid: number }

const run = async ({ engine, pid }: Running, sql: string, timeoutMs: number): Promise<Outcome> => {
  const peak = peakOf(() => childrenOf(pid))
  const begun = performance.now()
  const done = (how: How, text = ''): Outcome => ({ how, text, ms: performance.now() - begun, peakMb: peak() })
  try {
    const { columns, rows } = await engine.run(unchecked(sql), { timeoutMs })
    return done('runs', JSON.stringify([columns, rows]))
  } catch (thrown) {
    return done(howOf(thrown))
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const howOf = (thrown: unknown): How => {
  const { code, cause } = thrown as { code?: string; cause?: { code?: string } }
  if (cause?.code === '53400') return 'stopped by disk'
  if (cause?.code === '54000') return 'refused'
  return (thrown instanceof ChartroomError ? hows[thrown.code] : undefined) ?? (code ? 'refused' : 'stopped by a kill')
}

const hows: Record<string, How> = {
  'engine/timeout': 'stopped by timeout',
  'engine/out-of-memory': 'stopped by memory',
  'engine/lost': 'stopped by a kill',
}
