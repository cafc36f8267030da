import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckdbEngine, openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import type { Profile } from '#src/engines/duckdb/protocol.ts'
import { estimateOf } from '#src/guard/cost.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard } from '#src/guard/guard.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { buildFile } from '../engines/duckdb/files.ts'
import { unchecked } from '../engines/unchecked.ts'
import { peakOf } from './peak.ts'
import type { How, Outcome, Sandbox } from './sandbox.ts'

/** MB that DuckDB may take, and that its process may before it is ended. */
export const limits = { memoryLimitMb: 256, rssLimitMb: 600 }

/** DuckDB in a process of its own with the given tables, another database and a CSV file beside it. */
export const openDuckdbSandbox = async (
  tables: readonly string[],
  profile: Profile = 'untrusted',
): Promise<Sandbox> => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-attacks-'))
  const places = placesIn(folder)
  await buildFile(places.file, tables)
  await buildFile(places.other, ['CREATE TABLE t AS SELECT 1'])
  writeFileSync(places.csv, 'a,b\n1,2\n')
  const untouched = readFileSync(places.file)
  const engine = await openDuckdb({ path: places.file }, { ...limits, profile, spillDirectory: folder })
  return {
    dialect: 'duckdb',
    memoryIsLimited: true,
    guard: createGuard({ read: duckdbReader(engine.parse) }),
    placed: sql => sql.replace(/\{(file|other|csv|out)\}/g, (_, name: keyof typeof places) => places[name]),
    estimate: async sql => estimateOf('duckdb', await engine.explain(sql)),
    run: (sql, timeoutMs) => run(engine, sql, timeoutMs),
    isUntouched: async () => {
      if (!readFileSync(places.file).equals(untouched)) throw new Error('the data has changed')
      const left = readdirSync(folder).filter(name => !name.startsWith('chartroom-spill-'))
      if (existsSync(places.out) || left.length !== 3) throw new Error(`something was written: ${left.join(', ')}`)
    },
    heartbeat: async () => {
      const begun = performance.now()
      await engine.run(unchecked('SELECT count(*) FROM orders'), { timeoutMs: patience })
      return performance.now() - begun
    },
    close: async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const placesIn = (folder: string) => ({
  file: join(folder, 'shop.duckdb'),
  other: join(folder, 'other.duckdb'),
  csv: join(folder, 'data.csv'),
  out: join(folder, 'stolen'),
})

/** For what ends by itself, however busy the machine is. */
const patience = 30_000

const run = async (engine: DuckdbEngine, sql: string, timeoutMs: number): Promise<Outcome> => {
  await engine.run(unchecked('SELECT 1'), { timeoutMs: patience })
  const [pid = 0] = engine.pids()
  const peak = peakOf(() => [pid])
  const begun = performance.now()
  const done = (how: How, text = ''): Outcome => ({ how, text, ms: performance.now() - begun, peakMb: peak() })
  try {
    const { columns, rows } = await engine.run(unchecked(sql), { timeoutMs })
    return done('runs', JSON.stringify([columns, rows]))
  } catch (thrown) {
    if (engine.pids()[0] !== pid) return done('stopped by a kill')
    return done(hows[thrown instanceof ChartroomError ? thrown.code : ''] ?? 'refused')
  }
}

const hows: Record<string, How> = {
  'engine/timeout': 'stopped by timeout',
  'engine/out-of-memory': 'stopped by memory',
  'engine/crashed': 'stopped by a kill',
}
