import { setTimeout as sleep } from 'node:timers/promises'
import { realEffects } from '#src/effects.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { createSpare, noSpare, type Spare } from '#src/engines/duckdb/spare.ts'
import { startProcess } from '#src/engines/duckdb/worker.ts'
import type { Engine } from '#src/engines/engine.ts'
import { openPostgres } from '#src/engines/postgres/postgres.ts'
import { openServer } from '#src/store/server/server.ts'
import { cutOthers, onDatabase, urlOf } from '#test/engines/engines.ts'
import { unchecked } from '#test/engines/unchecked.ts'
import { fine, print, printTable, type Target } from './print.ts'
import { processSizes } from './pss.ts'
import { median, quantile } from './statistics.ts'

/** Milliseconds of one engine. */
type Times = {
  /** What a statement takes beside its time in the database: the way to the process or the server and back. */
  hop: number[]
  /** Stop asked → the statement is rejected, and nothing of it runs any more. */
  gone: number[]
  /** A process or connection was killed → the next statement is answered. */
  recovered: number[]
}

/** What engines do beside answering; `recoveredBare` is without a spare. Megabytes are of processes at rest. */
export type EngineTimes = {
  duckdb: Times
  postgres: Times
  recoveredBare: number[]
  processMb: number
  spareMb: number
}

const one = unchecked('SELECT 1 AS n')
const normal = (numbers: string) =>
  unchecked(
    `SELECT i % 1000 AS part, sum(i) AS total, count(DISTINCT i % 7919) AS kinds FROM ${numbers} GROUP BY 1 ORDER BY 2`,
  )
/** Does not listen to interrupts. */
const deaf = unchecked(
  'SELECT len(list_transform(range(100000), lambda x: list_sum(list_transform(range(100000), lambda y: y + x))))',
)

export const timeEngines = async (folder: string, rounds: number): Promise<EngineTimes> => {
  const started: number[] = []
  const spare = createSpare(() => {
    const process = startProcess()
    started.push(process.pid ?? 0)
    return process
  })
  const duckdb = await timeDuckdb(spare, rounds)
  await sleep(startingTakes)
  const spareMb = sizeOf(started.at(-1) ?? 0)
  await spare.close()
  const { times: bare } = await timeDuckdb(noSpare, Math.min(rounds, 3))
  const postgres = await timePostgres(folder, rounds)
  return { duckdb: duckdb.times, processMb: duckdb.mb, spareMb, recoveredBare: bare.recovered, postgres }
}

const timeDuckdb = async (spare: Spare, rounds: number): Promise<{ times: Times; mb: number }> => {
  const engine = await openDuckdb({ tables: [] }, { spare })
  try {
    const hop = await timeHops(engine, rounds)
    const mb = sizeOf(engine.pids()[0] ?? 0)
    // What was stopped is rejected when its process says that it has ended.
    const gone = await timeStops(engine, normal('range(200000000) r(i)'), { rounds, isGone: async () => true })
    const recovered: number[] = []
    for (let round = 0; round < rounds; round++) {
      await engine.run(one)
      await sleep(startingTakes)
      await engine.run(deaf, { timeoutMs: 50 }).catch(() => undefined)
      recovered.push(await timed(async () => void (await Promise.all([engine.parse('SELECT 1'), engine.run(one)]))))
    }
    return { times: { hop, gone, recovered }, mb }
  } finally {
    await engine.close()
  }
}

/** A spare is ready by then, even on a busy machine. Milliseconds. */
const startingTakes = 1500

const timePostgres = async (folder: string, rounds: number): Promise<Times> => {
  const server = await openServer({ folder, durable: false }, realEffects)
  const address = await server.address()
  const engine = await openPostgres({ url: urlOf(address) }, {}, realEffects)
  try {
    const hop = await timeHops(engine, rounds)
    const numbers = '(SELECT generate_series(1::bigint, 200000000)) AS r(i)'
    const isGone = async () => (await onDatabase(address, [others]))[0]?.[0] === '0'
    const gone = await timeStops(engine, normal(numbers), { rounds, isGone })
    const recovered: number[] = []
    for (let round = 0; round < rounds; round++) {
      await engine.run(one)
      await onDatabase(address, [cutOthers])
      recovered.push(await timed(() => engine.run(one)))
    }
    return { hop, gone, recovered }
  } finally {
    await engine.close()
    await server.close()
  }
}

const others = `SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%kinds%' AND pid <> pg_backend_pid()`

const timeHops = async (engine: Engine, rounds: number): Promise<number[]> => {
  const hops: number[] = []
  for (let n = 0; n < rounds * 30 + 20; n++) {
    const begun = performance.now()
    const { ms: inside } = await engine.run(one)
    if (n >= 20) hops.push(performance.now() - begun - inside)
  }
  return hops
}

type Stopping = { rounds: number; isGone: () => Promise<boolean> }

const timeStops = async (engine: Engine, sql: typeof one, { rounds, isGone }: Stopping): Promise<number[]> => {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const stop = new AbortController()
    const outcome = engine.run(sql, { signal: stop.signal }).then(
      () => 'it came to its end',
      () => 'stopped',
    )
    await sleep(200)
    const begun = performance.now()
    stop.abort()
    if ((await outcome) !== 'stopped') throw new Error('The statement was too short to be stopped')
    while (!(await isGone()));
    times.push(performance.now() - begun)
  }
  return times
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

const sizeOf = (pid: number) => processSizes(pid).reduce((sum, { mb }) => sum + mb, 0)

/** Prints them and gives the targets of the design. */
export const printEngines = ({ duckdb, postgres, recoveredBare, processMb, spareMb }: EngineTimes): Target[] => {
  const line = (name: string, all: number[]) => [name, fine(median(all)), fine(quantile(all, 0.95)), all.length]
  printTable(
    'Engines: what is not the answer itself, ms',
    ['', 'p50', 'p95', 'times'],
    [
      line('DuckDB: to its process and back', duckdb.hop),
      line('PostgreSQL: transaction, way there and back', postgres.hop),
      line('DuckDB: stopped → gone', duckdb.gone),
      line('PostgreSQL: stopped → gone', postgres.gone),
      line('DuckDB: process killed → next answer', duckdb.recovered),
      line('… without a spare', recoveredBare),
      line('PostgreSQL: connection killed → next answer', postgres.recovered),
    ],
  )
  print(`Memory of a DuckDB process: ${mb(processMb)}; of the spare one: ${mb(spareMb)}`)
  const target = (name: string, measured: number, limit: number): Target => ({
    ...{ name, measured, limit, unit: ' ms', better: 'less' },
  })
  return [
    target('Way to the DuckDB process and back, p50', median(duckdb.hop), 0.5),
    target('Stopped statement gone on DuckDB, worst', Math.max(...duckdb.gone), 250),
    target('Stopped statement gone on PostgreSQL, worst', Math.max(...postgres.gone), 250),
    target('Next answer after a kill on DuckDB, worst', Math.max(...duckdb.recovered), 600),
  ]
}

const mb = (value: number) => (value ? `${value.toFixed(0)} MB` : 'not known on this system')
