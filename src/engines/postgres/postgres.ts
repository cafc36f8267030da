import type pg from 'pg'
import { explaining } from '#src/guard/guard.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Engine, RunOptions } from '../engine.ts'
import { readAddress } from './address.ts'
import { type Connections, openConnections } from './connections.ts'
import { statementFault } from './failures.ts'
import { watchFreshness } from './freshness.ts'
import { createPlaces } from './places.ts'
import { lookAtServer } from './session.ts'
import { type Runner, runReadOnly } from './transaction.ts'

export type PostgresOptions = {
  /** For statements without a timeout of their own. Default 30 000; never longer than the role's own `statement_timeout`. */
  timeoutMs?: number
  /** Rows of statements without a cap of their own. Default 10 000. */
  maxRows?: number
  /** Statements that run at once, each on a connection; one more connection looks whether data has changed. Default 6. */
  places?: number
  /** Statements that may wait for a place. Default 200; the next one gets `engine/busy`. */
  queueLimit?: number
  /** For making a connection. Default 5000. */
  connectMs?: number
  /** How often the server is asked whether data has changed: so long an answer may be old, and no longer. Default 30 000. */
  freshMs?: number
}

/** A PostgreSQL server, asked in transactions that only read and are always rolled back. */
export type PostgresEngine = Engine & {
  readonly dialect: 'postgres'
  /** What it calls itself, such as `PostgreSQL 18.4 on …`. */
  readonly server: string
}

/** A database, and the schemas in which tables are looked for when they are not where the role looks. */
export type PostgresSource = { url: string; schemas?: readonly string[] }

/** Connects to a database. Throws `source/address`, `source/refused`, `engine/unreachable`, `engine/busy`. */
export const openPostgres = async (
  source: PostgresSource,
  options: PostgresOptions,
  effects: { ticks: () => number },
): Promise<PostgresEngine> => {
  const { places = 6, queueLimit = 200, connectMs = 5000 } = options
  const connections = openConnections(readAddress(source.url), { most: places + 1, connectMs })
  try {
    const server = await looking(connections, lookAtServer)
    const runner = { connections, places: createPlaces({ places, queueLimit }), ticks: effects.ticks }
    return engine(source, options, { runner, server })
  } catch (thrown) {
    await connections.close()
    throw thrown
  }
}

/** Uses a connection for a look at the server itself. */
const looking = async <T>({ take }: Connections, look: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  const found: T[] = []
  const client = await take(async taken => void found.push(await look(taken))).catch(thrown => {
    throw statementFault(thrown)
  })
  client.release()
  return found[0]!
}

type Parts = { runner: Runner; server: Awaited<ReturnType<typeof lookAtServer>> }

/** Time that planning may take. */
const planTimeout = 5000

const engine = (
  { schemas }: PostgresSource,
  { timeoutMs: usual = 30_000, maxRows: usualCap = 10_000, freshMs = 30_000 }: PostgresOptions,
  { runner, server }: Parts,
): PostgresEngine => {
  const stops = new Set<AbortController>()
  let closing: Promise<void> | undefined
  const open = () => {
    if (closing) throw ChartroomError.of('engine/cancelled')
  }
  const run: Engine['run'] = async (
    sql,
    { params = [], maxRows = usualCap, signal, session, timeoutMs: given = usual } = {},
  ) => {
    open()
    const timeoutMs = Math.min(given, server.timeoutMs)
    const { stop, done } = stopWhen({ signal, timeoutMs, stops })
    const work = { text: sql.text, params, maxRows, server, timeoutMs, schemas, session, stop }
    return runReadOnly(runner, work).finally(done)
  }
  const fresh = watchFreshness(look => looking(runner.connections, look), { everyMs: freshMs }, runner)
  return {
    dialect: 'postgres',
    server: server.version,
    run,
    explain: async (sql, options) => {
      const { rows } = await run(explaining(sql), { ...options, maxRows: 1, timeoutMs: planTimeout })
      return String(rows[0]?.at(-1))
    },
    version: async () => {
      open()
      return fresh()
    },
    close: () => {
      for (const stop of stops) stop.abort(ChartroomError.of('engine/cancelled'))
      closing ??= runner.connections.close()
      return closing
    },
  }
}

type StopCauses = Pick<RunOptions, 'signal'> & { timeoutMs: number; stops: Set<AbortController> }

/** One signal for everything that stops a statement: who asked, its time, the end of the engine. */
const stopWhen = ({ signal, timeoutMs, stops }: StopCauses) => {
  const stop = new AbortController()
  const cancel = () => stop.abort(ChartroomError.of('engine/cancelled'))
  const late = () => stop.abort(ChartroomError.of('engine/timeout', { seconds: timeoutMs / 1000 }))
  const timer = setTimeout(late, timeoutMs)
  signal?.addEventListener('abort', cancel)
  if (signal?.aborted) cancel()
  stops.add(stop)
  const done = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    stops.delete(stop)
  }
  return { stop: stop.signal, done }
}
