import type { Engine } from '#src/engines/engine.ts'
import type { Guard } from '#src/guard/guard.ts'
import type { AllowedTable } from '#src/guard/rule.ts'
import type { RunStatement } from './statement.ts'

export type Sealing = {
  engine: Pick<Engine, 'run'>
  guard: Pick<Guard, 'seal'>
  /** The tables as whoever asks may see them; a statement sees only the one that it names. */
  tables: readonly AllowedTable[]
  session?: Readonly<Record<string, string>>
  timeoutMs?: number
}

/** Runs statements of the KPIs through the guard, each on its own table alone. */
export const sealedRun =
  ({ engine, guard, tables, session, timeoutMs }: Sealing): RunStatement =>
  async ({ sql, params, table }, { signal, maxRows }) => {
    const checked = await guard.seal(sql, { tables: tables.filter(({ name }) => name === table) })
    return engine.run(checked, { params, signal, maxRows, timeoutMs, ...(session && { session }) })
  }
