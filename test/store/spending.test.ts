import { afterAll, beforeAll, expect, test } from 'vitest'
import { usageReport } from '#src/access/usage-report.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import { storedCalls } from '#src/store/calls.ts'
import type { Database } from '#src/store/database.ts'
import { keptStep, storedPlans } from '#src/store/plans.ts'
import { storedSpending } from '#src/store/spending.ts'
import { storedUsage } from '#src/store/usage.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'U1' }

test('what a language model was used for is calls, tokens, dollars, and how often a kept plan was enough', async () => {
  const effects = fixedEffects('2024-05-31T10:00:00Z')
  const [calls, plans] = [storedCalls(database, effects), storedPlans(database, effects)]
  const call = { owner: ann, prompt: 'plan', version: 1, model: 'm', outcome: 'read', cached: 0, ms: 1 }
  await calls.write({ ...call, question: 'q1', step: 'plan', input: 100, output: 10, cost: 0.25 })
  await calls.write({ ...call, question: 'q1', step: 'plan', input: 200, output: 20, cost: 0.5 })
  await calls.write({ ...call, question: 'q2', step: keptStep, input: 0, output: 0 })
  const spending = storedSpending(calls, plans)
  expect(await spending({}, 0)).toEqual({ calls: 2, tokens: 330, cost: 0.75, asked: 2, kept: 1 })
  expect(await spending({ user: 'U2' }, 0)).toEqual({ calls: 0, tokens: 0, cost: 0, asked: 0, kept: 0 })
  const report = { usage: storedUsage(database), spending }
  expect((await usageReport(report, { words: 'today' }, effects)).spending).toMatchObject({ calls: 2 })
  effects.advance(30 * 86_400_000)
  expect((await usageReport(report, { words: 'today' }, effects)).spending).toBeUndefined()
})
