import type { DuckdbEngine } from '#src/engines/duckdb/duckdb.ts'
import type { Engine } from '#src/engines/engine.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard } from '#src/guard/guard.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import type { ClusterId } from '#src/kpis/support/classify.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { filterSchema, type SupportFilters } from '#src/kpis/support/filters.ts'
import { type SupportLog, tableOf } from '#src/kpis/support/statement.ts'
import { type OwnStatement, type RunStatement, sealedRun } from '#src/run-sealed.ts'

/** The logs in an engine, and every statement that was run there. */
export type WatchedLog = SupportLog & { seen: OwnStatement[] }

/** Guarded as in the product; only the two logs may be read. */
export const watchedLog = async (engine: Engine, zone: string): Promise<WatchedLog> => {
  const read = engine.dialect === 'duckdb' ? duckdbReader((engine as DuckdbEngine).parse) : await openPostgresReader()
  const tables = Object.values(tableOf).map(name => ({ name }))
  return watched(sealedRun({ engine, guard: createGuard({ read }), tables }), zone)
}

export const watched = (run: RunStatement, zone: string): WatchedLog => {
  const seen: OwnStatement[] = []
  return {
    zone,
    seen,
    run: (statement, options) => {
      seen.push(statement)
      return run(statement, options)
    },
  }
}

/** Filters of the pool bot, read in a zone. */
export const filtersIn = (zone: string, given: Partial<SupportFilters>): SupportFilters =>
  filterSchema(zone).parse({ product_context: 'pool', ...given })

/** Decides by a word that a text holds. */
export const classifyByWords = classifyByKey(async texts => ({
  clusters: new Map(texts.map(text => [text, words.find(([word]) => text.includes(word))?.[1] ?? 0])),
  by: 'rules',
}))

const words: [string, ClusterId][] = [
  ['pump', 1],
  ['o-ring', 2],
  ['340039', 3],
  ['DE filter', 4],
]
