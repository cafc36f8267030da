import type { QueryTree } from './query-tree.ts'

export type DialectName = 'duckdb' | 'postgres'

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

/** A number or a text that stands there as such, a cast around it left off; undefined for everything else. */
export type Literal = number | string | undefined

export type FunctionUse = Place & {
  name: string
  qualifier: string[]
  /** It stands where a table stands. */
  asTable: boolean
  /** It has an OVER. */
  windowed: boolean
  distinct: boolean
  arguments: Literal[]
  /** Columns inside of it, for the outermost of functions that join texts or lists. */
  joined?: string[][]
  select?: SelectUse
}

/** Functions that make one text or list of several. */
export const joining: ReadonlySet<string> = new Set([
  ...['||', 'concat', 'concat_ws', 'array_to_string', 'overlay'],
  ...['list_value', 'array_append', 'array_cat'],
])

/** One thing that a FROM reads, joins taken apart. `name` is what its columns are reached by. */
export type Source = {
  name: string
  table?: TableUse
  series?: FunctionUse
  inner?: SelectUse
}

/** A condition that is joined by AND in WHERE and ON: the columns it mentions, and whether it is `=`. `USING (a)` mentions `a` twice. */
export type Link = { columns: string[][]; equal: boolean }

/** One SELECT, subquery or part of a UNION. */
export type SelectUse = {
  outer?: SelectUse
  from: Source[]
  links: Link[]
  /** Names that it gives to its columns. */
  aliases: string[]
  /** GROUP BY, DISTINCT or LIMIT. */
  reduced: boolean
}

export type ColumnUse = Place & {
  path: string[]
  select?: SelectUse
  /** It stands in WHERE or ON. */
  filters: boolean
  /** It is all of what ORDER BY sorts by. */
  sorts: boolean
}

/** `*`, or `of.*`. */
export type StarUse = Place & { of?: string; select?: SelectUse }

/** A type that a value is cast to; `text` is the value when it is a literal. */
export type TypeUse = Place & { name: string; qualified: boolean; text?: string }

export type CteUse = Place & { name: string; inner?: SelectUse }

/** The LIMIT of the outermost query. `rows` is known when a number stands there. */
export type LimitUse = Place & { rows?: number; none: boolean }

/**
 * Everything in a text of SQL that a rule may object to, free of the parser's own shapes. Names are as the parser gives them: as written in
 * DuckDB, in lower case unless quoted in PostgreSQL.
 */
export type Outline = {
  dialect: DialectName
  statements: number
  selects: SelectUse[]
  /** Every kind of node that occurs, once: query nodes, table references, modifiers, expressions, clauses. */
  kinds: (Place & { name: string })[]
  tables: TableUse[]
  functions: FunctionUse[]
  ctes: CteUse[]
  types: TypeUse[]
  columns: ColumnUse[]
  stars: StarUse[]
  /** All other names: aliases of expressions and columns, USING lists. */
  names: (Place & { name: string })[]
  params: Place[]
  limit?: LimitUse
  /** What the first statement gives, and what that is made of. */
  tree?: () => QueryTree
}

/** A text that is no SQL, or no SELECT. */
export type Unreadable = Place & { problem: 'syntax' | 'not-select'; message: string }

/** Reads SQL with the parser of the engine that will run it. Throws only when that engine fails. */
export type Reader = (sql: string) => Promise<Outline | Unreadable>

export const emptyOutline = (dialect: DialectName, statements: number): Outline => ({
  dialect,
  statements,
  selects: [],
  kinds: [],
  tables: [],
  functions: [],
  ctes: [],
  types: [],
  columns: [],
  stars: [],
  names: [],
  params: [],
})

/** Lower case as DuckDB compares identifiers: only ASCII letters lose their case (`K`, the Kelvin sign, is not `k`). */
export const folded = (name: string): string => name.replace(/[A-Z]/g, letter => letter.toLowerCase())

/** Where in a statement a reader is. */
export type Within = {
  outline: Outline
  /** Names of CTEs. */
  scope: ReadonlySet<string>
  select?: SelectUse
  filters: boolean
  /** The condition that is being read. */
  link?: Link
  /** Columns of the texts that are being joined. */
  joined?: string[][]
  /** What is read next stands where a table stands. */
  asTable?: boolean
  /** What is read next is what ORDER BY sorts by. */
  sorts: boolean
}
