import { openParser } from '#src/engines/duckdb/parser.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard, isRefused } from '#src/guard/guard.ts'
import type { Allowed } from '#src/guard/rule.ts'

/** The real parser, in this process. */
export const read = duckdbReader(await openParser())
export const guard = createGuard({ read })

export const shop: Allowed = { tables: ['orders', 'order_items', 'products'] }

/** `rule: message` of everything that the guard objects to; empty when it lets the text through. */
export const objections = async (sql: string, allowed: Allowed = shop): Promise<string[]> => {
  const verdict = await guard.check(sql, allowed)
  return isRefused(verdict) ? verdict.map(({ rule, message }) => `${rule}: ${message}`) : []
}
