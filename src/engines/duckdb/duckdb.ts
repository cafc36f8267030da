import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '#src/engines/engine.ts'
import { explaining } from '#src/guard/guard.ts'
import { fault, sourceFault } from './failures.ts'
import { fingerprint } from './fingerprint.ts'
import { createPool, type Pool } from './pool.ts'
import type { MemoryTable, OpenRequest, Profile, Source } from './protocol.ts'
import { noSpare, type Spare } from './spare.ts'
import { startWorker, WorkerDied } from './worker.ts'

export type DuckdbOptions = {
  /** Default `certified`; `untrusted` for SQL that a model wrote. */
  profile?: Profile
  /** DuckDB processes. Default 1. */
  workers?: number
  /** DuckDB's own limit in each process. Default 512. It is soft: see `rssLimitMb`. */
  memoryLimitMb?: number
  /** A process that grows past this ends itself. Default: the limit above and 700. */
  rssLimitMb?: number
  /** Threads of each process. Default 2. */
  threads?: number
  /** Where `certified` statements may spill; each process makes a folder of its own in it. Default: the system's temporary folder. */
  spillDirectory?: string
  /** For statements without a timeout of their own. Default 30 000. */
  timeoutMs?: number
  /** Rows of statements without a cap of their own. Default 10 000. */
  maxRows?: number
  /** Statements that run at once in one process. Default 4: throughput is flat from there on. */
  perWorker?: number
  /** Statements that may wait for a place. Default 200; the next one gets `engine/busy`. */
  queueLimit?: number
  /** A process that has not opened its source by then is given up. Default 20 000. */
  startTimeoutMs?: number
  /** Where a process is taken from that takes the place of one that ended. Who made it closes it. Default: none, each is started when needed. */
  spare?: Spare
  /** Told of every process that begins to serve; `again` when it takes the place of one that ended. */
  onStart?: (again: boolean) => void
}

/** DuckDB in processes of its own. */
export type DuckdbEngine = Engine & {
  readonly dialect: 'duckdb'
  /** The tree of a SELECT as JSON, for the guard. */
  parse(sql: string): Promise<string>
  /** Ids of the processes that serve, for measuring and tests. */
  pids(): number[]
}

/**
 * Opens a DuckDB file (read-only; a file that is replaced is noticed by itself) or small tables in memory.
 * Throws `source/missing`, `source/locked`, `source/unreadable`.
 */
export const openDuckdb = async (
  source: { path: string } | { tables: readonly MemoryTable[] },
  options: DuckdbOptions = {},
): Promise<DuckdbEngine> => {
  const pool = createPool(poolSettings(source, options))
  try {
    await pool.start()
  } catch (thrown) {
    await pool.close()
    throw fault(thrown, source)
  }
  return engine(source, pool, options)
}

const poolSettings = (source: Source, options: DuckdbOptions) => {
  const { workers = 1, perWorker = 4, queueLimit = 200, startTimeoutMs = 20_000, spare = noSpare } = options
  const start = async (nth: number) => {
    options.onStart?.(nth > workers)
    const request = openRequest(source, options, nth)
    const worker = await spare.take()?.open(request, startTimeoutMs).catch(noneIfDead)
    return worker ?? startWorker(request, startTimeoutMs)
  }
  return { workers, perWorker, queueLimit, start, onProven: spare.keep }
}

/** A spare may have ended just now, with the one whose place it takes. */
const noneIfDead = (thrown: unknown) => {
  if (!(thrown instanceof WorkerDied)) throw thrown
  return undefined
}

const openRequest = (source: Source, options: DuckdbOptions, nth: number): OpenRequest => {
  const { profile = 'certified', memoryLimitMb = 512, rssLimitMb = memoryLimitMb + 700, threads = 2 } = options
  const folder = join(options.spillDirectory ?? tmpdir(), `chartroom-spill-${process.pid}-${nth}`)
  const spill = profile === 'certified' ? { spillDirectory: folder } : {}
  return { kind: 'open', source, rssLimitMb, settings: { profile, memoryLimitMb, threads, ...spill } }
}

/** Time that parsing a text, or planning it, may take; 1 ms is usual. */
const parseTimeout = 5000

const engine = (source: Source, pool: Pool, options: DuckdbOptions): DuckdbEngine => {
  const { timeoutMs: usualTimeout = 30_000, maxRows: usualCap = 10_000 } = options
  const mark = 'path' in source ? undefined : `memory-${hash(JSON.stringify(source.tables))}`
  const told = <T>(answer: Promise<T>) =>
    answer.catch(thrown => {
      throw fault(thrown, source)
    })
  return {
    dialect: 'duckdb',
    run: async (sql, { params = [], signal, timeoutMs = usualTimeout, maxRows = usualCap, session } = {}) => {
      if (session) throw new Error('DuckDB has no row level security')
      return told(pool.ask(worker => worker.run({ sql: sql.text, params, maxRows }), { signal, timeoutMs }))
    },
    explain: async (sql, { params = [], signal } = {}) => {
      const request = { sql: explaining(sql).text, params, maxRows: 1, plan: true }
      const { rows } = await told(pool.ask(worker => worker.run(request), { signal, timeoutMs: parseTimeout }))
      return String(rows[0]?.at(-1))
    },
    parse: sql => told(pool.ask(worker => worker.parse(sql), { timeoutMs: parseTimeout })),
    version: async () => mark ?? fileVersion(source as { path: string }),
    pids: pool.pids,
    close: pool.close,
  }
}

const fileVersion = async ({ path }: { path: string }) => {
  try {
    return await fingerprint(path)
  } catch (thrown) {
    throw sourceFault(thrown, path)
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
