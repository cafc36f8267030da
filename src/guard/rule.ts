import type { Outline, Place } from './outline.ts'

/** What one asker may use. */
export type Allowed = {
  /** Tables by name (`orders`, or `sales.orders` in a schema), some with columns that must not be seen. */
  tables: readonly (string | AllowedTable)[]
  /** `compiled`: `$1` … are welcome, their values come with the statement. Default `none`. */
  params?: 'none' | 'compiled'
  /** A text whose outermost query has no LIMIT gets this one. */
  limit?: number
}

export type AllowedTable = { name: string; hidden?: readonly string[] }

/** What a rule objects to. `message` is a clause that begins with what was found: good for people and for a model that tries again. */
export type Objection = Place & { message: string }

/** A rule over the bare text, before it reaches a parser. */
export type TextRule = { name: string; check: (sql: string, allowed: Allowed) => Objection[] }

/** A rule over what was read. */
export type Rule = { name: string; check: (outline: Outline, allowed: Allowed) => Objection[] }

export const allowedTables = ({ tables }: Allowed): AllowedTable[] =>
  tables.map(table => (typeof table === 'string' ? { name: table } : table))
