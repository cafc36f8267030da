import type { Outline, Place } from './outline.ts'

/** What one asker may use. */
export type Allowed = {
  /** Tables by name (`orders`, or `sales.orders` in a schema). */
  tables: readonly (string | AllowedTable)[]
  /** `compiled`: `$1` … are welcome, their values come with the statement; nothing is too complex. Default `none`. */
  params?: 'none' | 'compiled'
  /** A text whose outermost query has no LIMIT gets this one, and one with a larger LIMIT too. */
  limit?: number
  /** How complex the text may be; see `rules/complexity.ts`. Default 100. */
  budget?: number
}

export type AllowedTable = {
  name: string
  /** The only columns that may be used. Without it every column may but the hidden ones. */
  columns?: readonly string[]
  /** Columns that must not be seen. */
  hidden?: readonly string[]
  /**
   * The rows that may be seen. With it, `columns` are all that there is for the statement: the guard puts them and the condition around the
   * text (`wrap.ts`), so that no rule has to see to it.
   */
  condition?: RowCondition
  /** About how many rows it has; a guess is better than nothing. */
  rows?: number
  /** The column by which a period is chosen. */
  time?: string
}

/**
 * SQL that is true for the rows that may be seen, made by us alone. In it the row is called `rowName`, and other tables, all of them, by
 * `wholeOf` (`wrap.ts`); `reads` names those.
 */
export type RowCondition = { text: string; reads: readonly string[] }

/** A table of which only some columns and rows are there. */
export type RestrictedTable = AllowedTable & { columns: readonly string[]; condition: RowCondition }

/** How the same could be asked for less. `table` and `column` are set with `add-period`. */
export type Advice = {
  code: 'add-period' | 'join-on' | 'fewer-tables' | 'fewer-steps' | 'shorter-series' | 'aggregate-first'
  words: string
  table?: string
  column?: string
}

/**
 * What a rule objects to. `message` is a clause that begins with what was found: good for people and for a model that tries again. `near` gives
 * names that may have been meant, nearest first; it takes a while, so it is only asked for the first few.
 */
export type Objection = Place & { message: string; near?: () => string[]; advice?: Advice[] }

/** A rule over the bare text, before it reaches a parser. */
export type TextRule = { name: string; check: (sql: string, allowed: Allowed) => Objection[] }

/** A rule over what was read. */
export type Rule = { name: string; check: (outline: Outline, allowed: Allowed) => Objection[] }

/** Throws when it cannot be told apart by its columns and its bare name: a fault of whoever made the list. */
export const isRestricted = (table: AllowedTable): table is RestrictedTable => {
  if (!table.condition) return false
  if (table.columns && !table.name.includes('.')) return true
  throw new Error(`${table.name} has a condition, so it needs columns and a name without a schema.`)
}

export const allowedTables = ({ tables }: Allowed): AllowedTable[] =>
  tables.map(table => (typeof table === 'string' ? { name: table } : table))
