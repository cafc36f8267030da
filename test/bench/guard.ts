import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard, type Guard } from '#src/guard/guard.ts'
import type { DialectName } from '#src/guard/outline.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import { readHarmless } from '#test/attacks/corpus.ts'
import { harmlessAllowed } from '#test/attacks/world.ts'
import { fine, printTable, type Target } from './print.ts'
import { median, quantile } from './statistics.ts'

/** Milliseconds of one check each, of statements that the guard has not seen, with all rules and the row limit. */
export type GuardTimings = Record<DialectName, number[]>

/** Times the guard on the harmless questions of the attacks, `rounds` times; DuckDB's parser works in its own process, as it does in the bot. */
export const timeGuard = async (rounds: number): Promise<GuardTimings> => {
  const engine = await openDuckdb({ tables: [] }, { profile: 'untrusted' })
  try {
    return {
      duckdb: await time(createGuard({ read: duckdbReader(engine.parse), remember: 0 }), 'duckdb', rounds),
      postgres: await time(createGuard({ read: await openPostgresReader(), remember: 0 }), 'postgres', rounds),
    }
  } finally {
    await engine.close()
  }
}

const time = async (guard: Guard, dialect: DialectName, rounds: number): Promise<number[]> => {
  const texts = [...readHarmless('both'), ...readHarmless(dialect)].map(({ sql }) => sql)
  const times: number[] = []
  for (let round = 0; round <= rounds; round++)
    for (const sql of texts) {
      const begun = performance.now()
      await guard.check(sql, harmlessAllowed)
      if (round > 0) times.push(performance.now() - begun)
    }
  return times
}

/** Prints them and gives the targets: half of all within 2 ms (DuckDB) and 0.3 ms (PostgreSQL). */
export const printGuard = (timings: GuardTimings): Target[] => {
  const line = (name: string, times: number[]) => [name, fine(median(times)), fine(quantile(times, 0.95)), times.length]
  printTable(
    'Guard: text → checked SQL, ms',
    ['', 'p50', 'p95', 'statements'],
    [line('DuckDB, parser in its process', timings.duckdb), line('PostgreSQL, parser in the bot', timings.postgres)],
  )
  return [
    { name: 'Guard on DuckDB, p50', measured: median(timings.duckdb), limit: 2, unit: ' ms', better: 'less' },
    { name: 'Guard on PostgreSQL, p50', measured: median(timings.postgres), limit: 0.3, unit: ' ms', better: 'less' },
  ]
}
