import type { CheckedSql } from '#src/guard/checked-sql.ts'
import { costViolation, type Estimate } from '#src/guard/cost.ts'
import type { Guard } from '#src/guard/guard.ts'
import { isRefused } from '#src/guard/guard.ts'
import type { DialectName } from '#src/guard/outline.ts'
import type { Allowed } from '#src/guard/rule.ts'

/** What came of a statement. `text` is all that it gave; `peakMb` the most memory of the process that ran it, as far as it is known. */
export type Outcome = { how: How; text: string; ms: number; peakMb: number }

export type How =
  | 'runs'
  | 'refused'
  | 'stopped by timeout'
  | 'stopped by memory'
  | 'stopped by disk'
  | 'stopped by a kill'

/** A database with a guard before it, for people who mean harm. */
export type Sandbox = {
  dialect: DialectName
  guard: Guard
  /** Whether a statement that fills memory is ended before the machine suffers; without that, floods are not let loose. */
  memoryIsLimited: boolean
  /** Places in the text (`{file}`) are filled in. */
  placed(sql: string): string
  estimate(sql: CheckedSql): Promise<Estimate>
  /** Runs a text as the database's only defence. */
  run(sql: string, timeoutMs: number): Promise<Outcome>
  /** Throws when the data is no longer what it was, or something was written. */
  isUntouched(): Promise<void>
  /** Milliseconds that the plainest question takes, asked beside whatever runs. */
  heartbeat(): Promise<number>
  close(): Promise<void>
}

/** The rules that refuse a text, `cost` when its plan does, or none. */
export const rulesAgainst = async (sandbox: Sandbox, sql: string, allowed: Allowed): Promise<string[]> => {
  const verdict = await sandbox.guard.check(sandbox.placed(sql), allowed)
  if (isRefused(verdict)) return verdict.map(({ rule }) => rule)
  const cost = await planned(sandbox, verdict)
  return cost ? [cost] : []
}

/** A text that cannot even be planned is none that runs. */
const planned = async (sandbox: Sandbox, checked: CheckedSql) => {
  const estimate = await sandbox.estimate(checked).catch(() => undefined)
  return estimate ? costViolation(estimate)?.rule : undefined
}
