import type { EngineResult, Param } from '#src/engines/engine.ts'

/** A column of a table that lives in memory only; `type` is a DuckDB type such as `DATE` or `DECIMAL(10,2)`. */
export type MemoryColumn = { name: string; type: string }
export type MemoryTable = { name: string; columns: readonly MemoryColumn[]; rows: readonly (readonly Param[])[] }

/** What the worker reads: a DuckDB file, opened read-only, or small tables that are built in memory at start. */
export type Source = { path: string } | { tables: readonly MemoryTable[] }

/**
 * How tightly a session is locked. `certified` is for SQL that the compiler made: it may spill to `spillDirectory`.
 * `untrusted` is for SQL that a model wrote: no spilling, and the file system is switched off, because with it on the session can still
 * read its own file and write into the spill folder.
 */
export type Profile = 'certified' | 'untrusted'

export type SessionSettings = {
  profile: Profile
  memoryLimitMb: number
  threads: number
  /** Only with `certified`. Without it nothing spills. */
  spillDirectory?: string
}

export type OpenRequest = { kind: 'open'; source: Source; settings: SessionSettings; rssLimitMb: number }
/** `plan`: the text asks for the plan of a SELECT, and nothing else is run. */
export type RunRequest = {
  kind: 'run'
  id: number
  sql: string
  params: readonly Param[]
  maxRows: number
  plan?: boolean
}
export type ParseRequest = { kind: 'parse'; id: number; sql: string }

/** Bot → worker. */
export type Request = OpenRequest | RunRequest | ParseRequest | { kind: 'cancel'; id: number }

/** Why the worker could not do something. `detail` is the driver's own message: for the log and for repairing SQL, never for people. */
export type Fault = {
  reason: 'missing' | 'locked' | 'unreadable' | 'cancelled' | 'out-of-memory' | 'broken' | 'failed'
  detail: string
}

/** Worker → bot. */
export type Reply =
  | { kind: 'opened' }
  | { kind: 'unopened'; fault: Fault }
  | { kind: 'result'; id: number; result: EngineResult }
  | { kind: 'tree'; id: number; json: string }
  | { kind: 'fault'; id: number; fault: Fault }

/** The signal with which a worker ends itself when it grew past its limit: the one way of dying that nobody else chooses. */
export const outgrown = 'SIGUSR2'
