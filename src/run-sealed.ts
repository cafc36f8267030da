import type { Engine, EngineResult, Param } from './engines/engine.ts'
import type { Guard } from './guard/guard.ts'
import type { AllowedTable } from './guard/rule.ts'

/** SQL of ours with its values, and the only table that it may read. */
export type OwnStatement = { sql: string; params: readonly Param[]; table: string }

/** Guards and runs a statement of ours on the data of whoever asks. Throws `engine/…`. */
export type RunStatement = (
  statement: OwnStatement,
  options: { signal?: AbortSignal; maxRows?: number },
) => Promise<EngineResult>

export type Sealing = {
  engine: Pick<Engine, 'run'>
  guard: Pick<Guard, 'seal'>
  /** The tables as whoever asks may see them; a statement sees only the one that it names. */
  tables: readonly AllowedTable[]
  session?: Readonly<Record<string, string>>
  timeoutMs?: number
}

/** Runs statements of ours through the guard, each on its own table alone. */
export const sealedRun =
  ({ engine, guard, tables, session, timeoutMs }: Sealing): RunStatement =>
  async ({ sql, params, table }, { signal, maxRows }) => {
    const checked = await guard.seal(sql, { tables: tables.filter(({ name }) => name === table) })
    return engine.run(checked, { params, signal, maxRows, timeoutMs, ...(session && { session }) })
  }
