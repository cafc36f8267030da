/**
 * Values as generators hold them: money in cents, seconds in milliseconds, dates in days and timestamps in seconds since 1970 (a timestamp has no
 * zone), instants in milliseconds since 1970 (stored with zone).
 */
export type ColumnKind = 'integer' | 'text' | 'boolean' | 'money' | 'seconds' | 'date' | 'timestamp' | 'instant'

export type Value = number | string | boolean | null

export type TableSpec = {
  name: string
  columns: Record<string, ColumnKind>
  primaryKey: string[]
  /** Columns that may be empty; all others never are. */
  nullable?: readonly string[]
}

/** A view over the tables; `select` means the same in both engines. */
export type ViewSpec = { name: string; select: string }

/** Takes rows, each with its values in the order of the columns. Nothing can be read before `close`. */
export type Rows = {
  add: (row: readonly Value[]) => void
  /** Resolves when what was added no longer fills the memory. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

/** Makes an empty table and opens it. */
export type OpenTable = (spec: TableSpec) => Promise<Rows>

/** What stands behind the type of a column. */
export const constraintOf = ({ nullable = [] }: TableSpec, column: string): '' | ' NOT NULL' =>
  nullable.includes(column) ? '' : ' NOT NULL'
