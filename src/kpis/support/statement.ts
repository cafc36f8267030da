import { readFile } from 'node:fs/promises'
import type { Param } from '#src/engines/engine.ts'
import type { RunStatement } from '#src/run-sealed.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import type { ProductContext, SupportFilters } from './filters.ts'

/** Where the logs lie: how they are asked, and the zone of their days. */
export type SupportLog = { run: RunStatement; zone: string }

export type Asking = { log: SupportLog; signal?: AbortSignal }

/** The two logs. Which one is read is decided here and nowhere else. */
export const tableOf: Record<ProductContext, string> = {
  pool: 'interaction_log',
  landscape: 'landscape_interaction_log',
}

/** One row of a result by the names of its columns. */
export type Row = Readonly<Record<string, Cell>>

type Extra = { params?: readonly Param[]; maxRows?: number }

/**
 * Runs `sql/domains/support/kpis/<kpi>.sql` over one of the two logs: its text reads `log`, which is the text of `log/<product context>.sql`.
 * `params` are its own values, from `$5` on.
 */
export const askLog = async (
  kpi: string,
  { filters, log, signal, params = [], maxRows }: Asking & Extra & { filters: SupportFilters },
): Promise<{ rows: Row[]; truncated: boolean }> => {
  const { product_context: context, from, until, environment = null, user_id = null } = filters
  const [source, text] = await Promise.all([textOf(`log/${context}`), textOf(`kpis/${kpi}`)])
  const statement = {
    sql: `WITH log AS (\n${source})\nSELECT * FROM (\n${text}) AS kpi`,
    params: [from, until, environment, user_id, ...params],
    table: tableOf[context],
  }
  const { columns, rows, truncated } = await log.run(statement, { signal, maxRows })
  return { rows: rows.map(row => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null]))), truncated }
}

const texts = new Map<string, Promise<string>>()

const textOf = (name: string): Promise<string> => {
  const known =
    texts.get(name) ?? readFile(new URL(`../../../sql/domains/support/${name}.sql`, import.meta.url), 'utf8')
  texts.set(name, known)
  known.catch(() => texts.delete(name))
  return known
}
