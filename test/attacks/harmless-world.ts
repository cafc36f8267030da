import { costViolation } from '#src/guard/cost.ts'
import { isRefused } from '#src/guard/guard.ts'
import type { DialectName } from '#src/guard/outline.ts'
import { openDuckdbSandbox } from './duckdb-sandbox.ts'
import { openPostgresSandbox } from './postgres-sandbox.ts'
import type { Sandbox } from './sandbox.ts'
import { harmlessAllowed, harmlessTables } from './world.ts'

/** What came of a harmless statement: why it was refused, by which nothing should be, or how many rows it gave. */
export type Answered = { violations: string[]; rows: number }

export type HarmlessWorld = {
  ask: (dialect: DialectName, sql: string) => Promise<Answered>
  close: () => Promise<void>
}

/** Both engines with a shop and a support desk, asked as generated SQL is: by the guard, for the plan, and in the locked session. */
export const openHarmlessWorld = async (): Promise<HarmlessWorld> => {
  const sandboxes: Record<DialectName, Sandbox> = {
    duckdb: await openDuckdbSandbox(harmlessTables('duckdb')),
    postgres: await openPostgresSandbox(harmlessTables('postgres')),
  }
  return {
    ask: (dialect, sql) => ask(sandboxes[dialect], sql),
    close: async () => void (await Promise.all(Object.values(sandboxes).map(sandbox => sandbox.close()))),
  }
}

const ask = async (sandbox: Sandbox, sql: string): Promise<Answered> => {
  const verdict = await sandbox.guard.check(sql, harmlessAllowed)
  if (isRefused(verdict)) return { violations: verdict.map(({ rule, message }) => `${rule}: ${message}`), rows: 0 }
  const cost = costViolation(await sandbox.estimate(verdict))
  if (cost) return { violations: [cost.message], rows: 0 }
  const { how, text } = await sandbox.run(verdict.text, 30_000)
  if (how !== 'runs') return { violations: [how], rows: 0 }
  return { violations: [], rows: (JSON.parse(text) as [unknown, unknown[]])[1].length }
}
