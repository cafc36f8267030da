import { openParser } from '#src/engines/duckdb/parser.ts'
import { duckdbReader } from '#src/guard/duckdb-reader.ts'
import { createGuard, type Guard, isRefused } from '#src/guard/guard.ts'
import { openPostgresReader } from '#src/guard/postgres-reader.ts'
import type { Allowed } from '#src/guard/rule.ts'

/** The real parsers, in this process. */
export const read = duckdbReader(await openParser())
export const readPostgres = await openPostgresReader()

export const guard = createGuard({ read })
export const postgresGuard = createGuard({ read: readPostgres })

export const shop: Allowed = { tables: ['orders', 'order_items', 'products'] }

/** `rule: message` of everything that a guard objects to; empty when it lets the text through. */
const objectionsOf =
  (guardian: Guard) =>
  async (sql: string, allowed: Allowed = shop): Promise<string[]> => {
    const verdict = await guardian.check(sql, allowed)
    return isRefused(verdict) ? verdict.map(({ rule, message }) => `${rule}: ${message}`) : []
  }

export const objections = objectionsOf(guard)
export const postgresObjections = objectionsOf(postgresGuard)
