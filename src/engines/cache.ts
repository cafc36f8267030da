import type { CheckedSql } from '#src/guard/checked-sql.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Engine, EngineResult, RunOptions } from './engine.ts'

/** A result that may have been kept, or shared with somebody who asked the same at the same time. */
export type CachedResult = EngineResult & { cached: boolean }

export type CacheStats = { hits: number; misses: number; entries: number; bytes: number }

export type CachedEngine<E extends Engine = Engine> = Omit<E, 'run'> & {
  run(sql: CheckedSql, options?: RunOptions): Promise<CachedResult>
  stats(): CacheStats
}

export type CacheOptions = {
  /** How long a result is good for; 0 keeps nothing. Default 300. */
  seconds?: number
  /** Default 500. */
  maxEntries?: number
  /** Estimated size of everything kept. Default 32 million. */
  maxBytes?: number
}

/**
 * An engine that keeps results until the data changes (`version()`), they grow old, or there are too many. The same question asked
 * again while it runs is run once, with the timeout of the first who asked; it is cancelled only when everybody has left. Failures are not
 * kept. Each caller gets rows of its own.
 */
export const cacheResults = <E extends Engine>(
  engine: E,
  { seconds = 300, maxEntries = 500, maxBytes = 32_000_000 }: CacheOptions,
  { now }: { now: () => number },
): CachedEngine<E> => {
  const cache: Cache = { entries: new Map(), running: new Map(), bytes: 0, hits: 0, misses: 0, version: '' }
  const limits = { milliseconds: seconds * 1000, maxEntries, maxBytes }
  return {
    ...engine,
    run: async (sql, options = {}) => {
      const version = await engine.version()
      if (version !== cache.version) empty(cache, version)
      const key = keyOf(version, sql, options)
      const kept = fresh(cache, key, now() - limits.milliseconds)
      if (kept) return answer(cache, kept, true)
      const shared = cache.running.get(key)
      const flight =
        shared ?? depart(cache, { key, version, limits, now, start: signal => engine.run(sql, { ...options, signal }) })
      return answer(cache, await board(flight, options.signal), shared !== undefined)
    },
    stats: () => ({ hits: cache.hits, misses: cache.misses, entries: cache.entries.size, bytes: cache.bytes }),
  }
}

/** All that a result depends on. */
const keyOf = (version: string, { text }: CheckedSql, { params = [], maxRows, session }: RunOptions) =>
  JSON.stringify([version, text, params, maxRows ?? null, session ?? null])

type Entry = { result: EngineResult; bytes: number; at: number }
/** A statement that runs, and how many wait for it. `giveUp` stops it and makes way for a new one. */
type Flight = { result: Promise<EngineResult>; aboard: number; giveUp: () => void }
type Cache = {
  /** Least recently used first. */
  entries: Map<string, Entry>
  running: Map<string, Flight>
  bytes: number
  hits: number
  misses: number
  version: string
}
type Limits = { milliseconds: number; maxEntries: number; maxBytes: number }

const empty = (cache: Cache, version: string) => {
  cache.entries.clear()
  cache.bytes = 0
  cache.version = version
}

const fresh = (cache: Cache, key: string, notBefore: number): EngineResult | undefined => {
  const entry = cache.entries.get(key)
  if (!entry) return undefined
  remove(cache, key, entry)
  if (entry.at <= notBefore) return undefined
  cache.entries.set(key, entry)
  cache.bytes += entry.bytes
  return entry.result
}

const remove = (cache: Cache, key: string, { bytes }: Entry) => {
  cache.entries.delete(key)
  cache.bytes -= bytes
}

const answer = (cache: Cache, { columns, rows, ...rest }: EngineResult, cached: boolean): CachedResult => {
  if (cached) cache.hits += 1
  else cache.misses += 1
  return { ...rest, columns: columns.map(column => ({ ...column })), rows: rows.map(row => [...row]), cached }
}

type Departure = {
  key: string
  version: string
  limits: Limits
  now: () => number
  start: (signal: AbortSignal) => Promise<EngineResult>
}

const depart = (cache: Cache, { key, version, limits, now, start }: Departure): Flight => {
  const abort = new AbortController()
  const landed = () => {
    if (cache.running.get(key) === flight) cache.running.delete(key)
  }
  const giveUp = () => {
    landed()
    abort.abort()
  }
  const flight: Flight = { aboard: 0, giveUp, result: start(abort.signal) }
  cache.running.set(key, flight)
  flight.result.then(result => {
    landed()
    if (version === cache.version && !abort.signal.aborted)
      keep(cache, limits, { key, entry: { result, bytes: sizeOf(result), at: now() } })
  }, landed)
  return flight
}

const keep = (
  cache: Cache,
  { milliseconds, maxEntries, maxBytes }: Limits,
  { key, entry }: { key: string; entry: Entry },
) => {
  if (milliseconds <= 0 || entry.bytes > maxBytes) return
  cache.entries.set(key, entry)
  cache.bytes += entry.bytes
  for (const [oldest, old] of cache.entries) {
    if (cache.entries.size <= maxEntries && cache.bytes <= maxBytes) return
    remove(cache, oldest, old)
  }
}

/** Waits for a statement that others may wait for too. Whoever leaves last stops it. */
const board = (flight: Flight, signal: AbortSignal | undefined): Promise<EngineResult> => {
  flight.aboard += 1
  if (!signal) return flight.result
  return new Promise((resolve, reject) => {
    const leave = () => {
      flight.aboard -= 1
      if (flight.aboard > 0) return reject(ChartroomError.of('engine/cancelled'))
      flight.giveUp()
    }
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    const stay = () => signal.removeEventListener('abort', leave)
    flight.result.finally(stay).then(resolve, reject)
  })
}

/** Roughly what a result takes in memory. */
const sizeOf = ({ columns, rows }: EngineResult): number => {
  let bytes = 200 + columns.length * 100
  for (const row of rows) for (const cell of row) bytes += typeof cell === 'string' ? 24 + cell.length * 2 : 16
  return bytes
}
