/** Values as generators hold them: money in cents, dates in days and timestamps in seconds since 1970. */
export type ColumnKind = 'integer' | 'text' | 'money' | 'date' | 'timestamp'

export type TableSpec = {
  name: string
  columns: Record<string, ColumnKind>
  primaryKey: string[]
}

/** Takes rows, each with its values in the order of the columns. Nothing can be read before `close`. */
export type Rows = {
  add: (row: readonly (number | string)[]) => void
  /** Resolves when what was added no longer fills the memory. */
  flush: () => Promise<void>
  close: () => Promise<void>
}

/** Makes an empty table and opens it. */
export type OpenTable = (spec: TableSpec) => Promise<Rows>
