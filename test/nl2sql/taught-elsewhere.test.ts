import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { createPlanCache } from '#src/nl2sql/cache-plans.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import { createLessonsOf } from '#src/review/teach.ts'
import { storedCalls } from '#src/store/calls.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { type Lesson, storedLessons } from '#src/store/lessons.ts'
import { storedPlans } from '#src/store/plans.ts'
import { storedVerifications } from '#src/store/verified.ts'
import { type FakeOpenAi, openFakeOpenAi } from '#test/fakes/openai.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)
const effects = fixedEffects('2024-01-10T10:00:00Z')
const sql = 'SELECT channel, count(*) AS n FROM orders GROUP BY channel ORDER BY channel'

let server: FakeOpenAi
let here: Database
let there: Database
let close: () => Promise<void>
beforeAll(async () => {
  server = await openFakeOpenAi(() => ({ json: { thought: '', step: { kind: 'sql', sql, says: 'Orders' } } }))
  const state = await openTestState()
  here = state.database
  there = connectDatabase(state.address)
  close = state.close
})
afterAll(async () => {
  await there.close()
  await close()
  await server.close()
})

/** A process with its own connections; gives how many calls a question took, and what the model was told. */
const bot = async (database: Database) => {
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const attempt = openModel({ baseUrl: server.url, model: 'm' }, realEffects)
  const complete: Complete = async (request, options) => {
    const reply = await attempt(request, options?.signal)
    if ('problem' in reply) throw reply.problem
    return reply
  }
  const cache = createPlanCache(
    { plans: storedPlans(database, effects), calls: storedCalls(database, effects), model: 'm', warn },
    effects,
  )
  const lessonsOf = createLessonsOf({ lessons: storedLessons(database, effects), warn })
  const workOut = await openAgent(complete, { cache, lessonsOf })
  return async () => {
    const before = server.calls.length
    const { domain } = shop
    const asked = { id: 'q', text: 'Which channels do people like?', today: '2024-01-10', before: [] }
    await workOut({ ...asked, domain, knowledge: await domain.knowledge() }, {})
    const calls = server.calls.slice(before)
    return { calls: calls.length, told: calls.flatMap(({ messages }) => messages.map(m => m.content)).join('\n') }
  }
}

const taught: [string, Lesson, RegExp][] = [
  ['a rule', { kind: 'rule', rule: 'Never count test orders.' }, /Never count test orders\./],
  ['an example', { kind: 'example', question: 'Which channels are liked', sql: 'SELECT 7' }, /SELECT 7/],
]

test.each(taught)(
  '%s that another process was taught counts from the next question on, and so does its end',
  async (_, lesson, words) => {
    const [one, two] = [await bot(here), await bot(there)]
    await one()
    expect((await one()).calls).toBe(0)
    expect((await two()).calls).toBe(0)
    const nth = await storedLessons(there, effects).put('tiny', lesson)
    expect(await one()).toMatchObject({ calls: 1, told: expect.stringMatching(words) })
    expect((await two()).calls).toBe(0)
    await storedLessons(there, effects).remove(nth)
    const again = await one()
    expect(again.told).not.toMatch(words)
  },
)

test('what another process does not hold for verified any more is worked out anew', async () => {
  const [one, two] = [await bot(here), await bot(there)]
  await one()
  const verified = storedVerifications(there, effects)
  const about = { domain: 'tiny', question: 'Which channels do people like?', day: '2024-01-10', modelHash: 'h' }
  const nth = await verified.put({ ...about, name: 'Ann', asked: { sql, says: 'Orders' }, periods: [] })
  expect((await two()).calls).toBe(0)
  await verified.remove(nth)
  expect((await one()).calls).toBe(1)
  expect((await two()).calls).toBe(0)
})
