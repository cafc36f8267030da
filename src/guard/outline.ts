/** Where something stands: a byte offset into the SQL text as UTF-8, when the parser tells. */
export type Place = { at?: number }

export type TableUse = Place & {
  name: string
  /** Schema, or catalog and schema, as written. */
  qualifier: string[]
  /** It means a CTE that is in scope, not a table. */
  cte: boolean
  alias?: string
  /** `FROM t AS x(a, b)` gives its columns new names by position. */
  renamesColumns: boolean
}

export type FunctionUse = Place & {
  name: string
  qualifier: string[]
  /** It stands where a table stands. */
  asTable: boolean
  /** Number literals among the arguments; undefined where it is something else. */
  numbers: (number | undefined)[]
}

/**
 * Everything in a text of SQL that a rule may object to, free of the parser's own shapes, so that rules need not know the dialect. Names
 * are as written.
 */
export type Outline = {
  statements: number
  /** How many SELECTs, subqueries and parts of a UNION counted. */
  selects: number
  /** Every kind of node that occurs, once: query nodes, table references, modifiers, expression classes. */
  kinds: (Place & { name: string })[]
  tables: TableUse[]
  functions: FunctionUse[]
  ctes: (Place & { name: string })[]
  /** Types that values are cast to. */
  types: (Place & { name: string; qualified: boolean })[]
  columns: (Place & { path: string[] })[]
  stars: Place[]
  /** All other names: aliases of expressions and columns, USING lists. */
  names: (Place & { name: string })[]
  params: Place[]
  /** The outermost query has a LIMIT. */
  limited: boolean
}

/** A text that is no SQL, or no SELECT. */
export type Unreadable = Place & { problem: 'syntax' | 'not-select'; message: string }

/** Reads SQL with the parser of the engine that will run it. Throws only when that engine fails. */
export type Reader = (sql: string) => Promise<Outline | Unreadable>

/** Identifiers compare like this in DuckDB: only ASCII letters lose their case (`K`, the Kelvin sign, is not `k`). */
export const folded = (name: string): string => name.replace(/[A-Z]/g, letter => letter.toLowerCase())
