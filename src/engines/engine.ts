import type { CheckedSql } from '#src/guard/checked-sql.ts'
import type { Cell, ColumnType } from '#src/vocabulary/table.ts'

/** Values for `$1`, `$2` …; dates as ISO strings. */
export type Param = string | number | boolean | null

export type RunOptions = {
  params?: readonly Param[]
  /** Aborting cancels the statement in the database. */
  signal?: AbortSignal
  timeoutMs?: number
  /** Rows beyond this are not read; `truncated` says so. */
  maxRows?: number
  /** Settings of one statement for row level security, such as `app.tenant`. Only PostgreSQL has them; DuckDB refuses. */
  session?: Readonly<Record<string, string>>
}

export type EngineResult = {
  columns: { name: string; type: ColumnType }[]
  rows: Cell[][]
  truncated: boolean
  /** Milliseconds inside the database. */
  ms: number
}

/** A database that runs checked SELECTs. Throws `ChartroomError` with an `engine/…` or `source/…` code. */
export type Engine = {
  readonly dialect: 'duckdb' | 'postgres'
  run(sql: CheckedSql, options?: RunOptions): Promise<EngineResult>
  /** The plan of a statement as JSON, for `estimateOf` (`src/guard/cost.ts`); it is not run. */
  explain(sql: CheckedSql, options?: Pick<RunOptions, 'params' | 'signal' | 'session'>): Promise<string>
  /** A value that changes whenever the data may have changed; part of the cache key. */
  version(): Promise<string>
  close(): Promise<void>
}
