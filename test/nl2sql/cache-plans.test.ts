import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Domain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { createPlanCache } from '#src/nl2sql/cache-plans.ts'
import type { Outcome, Worked } from '#src/nl2sql/outcome.ts'
import type { Taught } from '#src/nl2sql/taught.ts'
import type { Unread } from '#src/nl2sql/unread.ts'
import type { Owner } from '#src/store/answers.ts'
import { storedCalls } from '#src/store/calls.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { forget } from '#src/store/person.ts'
import { storedPlans } from '#src/store/plans.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)

let database: Database
let other: Database
let close: () => Promise<void>
beforeAll(async () => {
  const state = await openTestState()
  ;({ database, close } = state)
  other = connectDatabase(state.address)
})
afterAll(async () => {
  await other.close()
  await close()
})
beforeEach(() => database.query('truncate chartroom.plans, chartroom.calls'))

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'U1' }
const sql = 'SELECT channel, count(*) AS n FROM orders GROUP BY channel ORDER BY channel'
const prompt = { name: 'plan', version: 1, text: '' }
const nothingTaught: Taught = { examples: [], rules: [] }

/** A process with a cache of its own; `asks` is how often the language model was needed. */
const world = ({ effects = fixedEffects('2024-01-10T10:00:00Z'), model = 'm' } = {}) => {
  const found: string[] = []
  const cache = createPlanCache(
    {
      plans: storedPlans(database, effects),
      calls: storedCalls(database, effects),
      model,
      onPlan: how => found.push(how),
      warn: (event, error) => expect.fail(`${event}: ${error}`),
    },
    effects,
  )
  let asked = 0
  const ask = async (
    changed: Partial<Unread> & { outcome?: Outcome; version?: number; taught?: Taught } = {},
  ): Promise<Worked> => {
    const { outcome, version = 1, taught = nothingTaught, ...unread } = changed
    const domain = unread.domain ?? shop.domain
    const made = { ...prompt, version }
    const work = async (): Promise<Worked> => {
      asked += 1
      const result = await domain.runText(sql)
      if (Array.isArray(result)) throw new Error('refused')
      const rows = { kind: 'rows' as const, result, sql, says: 'Orders by channel', cached: result.cached }
      return { outcome: outcome ?? rows, steps: ['Ran SQL.'], uses: [], prompt: { name: 'plan', version } }
    }
    const knowledge = await domain.knowledge()
    const question = { id: `q${asked}`, text: 'Which channels do people like?', today: '2024-01-10', before: [] }
    return cache({ ...question, domain, knowledge, ...unread }, { prompt: made, taught, work }, {})
  }
  return { ask, found, effects, asked: () => asked }
}

describe('a question whose plan is kept', () => {
  test('runs again without the language model, and says so', async () => {
    const { ask, found, asked } = world()
    const first = await ask()
    const again = await ask({ id: 'q9', owner: ann })
    expect(asked()).toBe(1)
    expect(found).toEqual(['new', 'kept'])
    if (first.outcome.kind !== 'rows' || again.outcome.kind !== 'rows') throw new Error('no rows')
    expect(again.outcome.result.rows).toEqual(await shop.check(sql))
    expect(again).toMatchObject({
      outcome: { sql, says: 'Orders by channel' },
      steps: ['Took what the same question was worked out to before, and ran it again.'],
      uses: [{ model: 'm', input: 0, output: 0, cost: 0 }],
      prompt: { name: 'plan', version: 1 },
    })
  })

  test('is the same however it is written, and for every process', async () => {
    await world().ask()
    const { ask, asked } = world()
    await ask({ text: '  which CHANNELS do   people like ?' })
    await ask({ text: 'Which channels do people like' })
    expect(asked()).toBe(0)
  })

  test('may be a query, or a program over the rows', async () => {
    const { ask, asked } = world()
    const query = querySchema.parse({ domain: 'tiny', measures: [{ measure: 'orders' }] })
    await ask({ text: 'a', outcome: { kind: 'query', query } })
    expect((await ask({ text: 'a' })).outcome).toEqual({ kind: 'query', query })
    const result = { rows: [], columns: [], truncated: false }
    const program = 'rows.map(r => ({ name: r.channel, twice: r.n * 2 }))'
    await ask({ text: 'b', outcome: { kind: 'rows', result, sql, says: 'Twice', cached: false, program } })
    const { outcome } = await ask({ text: 'b' })
    const twice = (await shop.check(sql)).map(([channel, n]) => [channel, Number(n) * 2])
    expect(outcome).toMatchObject({ kind: 'rows', result: { rows: twice }, program })
    expect(asked()).toBe(2)
  })

  test('is counted, by whom too: two questions, one of them kept', async () => {
    const { ask, effects } = world()
    await ask({ id: 'q1', owner: ann })
    const calls = storedCalls(database, effects)
    const made = { owner: ann, domain: 'tiny', question: 'q1', step: 'plan', prompt: 'plan', version: 1, model: 'm' }
    await calls.write({ ...made, outcome: 'read', input: 9, cached: 0, output: 1, ms: 1 })
    await ask({ id: 'q2', owner: ann })
    const plans = storedPlans(database, effects)
    expect(await plans.use(ann, 0)).toEqual({ asked: 2, kept: 1 })
    expect(await plans.use({ ...ann, user: 'U2' }, 0)).toEqual({ asked: 0, kept: 0 })
    expect(await calls.spent(ann, 0)).toBe(0)
  })
})

describe('a plan is not taken', () => {
  const other: [string, Parameters<ReturnType<typeof world>['ask']>[0]][] = [
    ['for another question', { text: 'Which channels do people hate?' }],
    ['on another day', { today: '2024-01-11' }],
    ['after something else was said', { before: ['Revenue in March 2023'] }],
    ['for another version of the text', { version: 2 }],
    ['after a rule was taught', { taught: { examples: [], rules: ['Never count test orders.'] } }],
    ['after an example was taught', { taught: { examples: [{ question: 'a', sql: 'SELECT 1' }], rules: [] } }],
  ]
  test.each(other)('%s', async (_, changed) => {
    const { ask, asked } = world()
    await ask()
    await ask(changed)
    expect(asked()).toBe(2)
  })

  test('of another model', async () => {
    await world().ask()
    const { ask, asked } = world({ model: 'larger' })
    await ask()
    expect(asked()).toBe(1)
  })

  test('by somebody who sees other columns, other rows, or knows other values', async () => {
    const { ask, asked } = world()
    await ask()
    const { domain } = shop
    const { revenue: _, ...measures } = domain.model.measures
    const knowledge = await domain.knowledge()
    await ask({ domain: { ...domain, model: { ...domain.model, measures } } })
    await ask({ domain: { ...domain, notes: ['Only rows with region is North are counted: more may not be seen.'] } })
    await ask({ knowledge: { ...knowledge, values: () => ['North'] } })
    expect(asked()).toBe(4)
  })

  test('by somebody for whom a server chooses other rows by the settings of the session', async () => {
    const { ask, asked } = world()
    const of = (session: Record<string, string>) => {
      const sight = shop.domain.as({ key: JSON.stringify(session), narrow: parts => ({ ...parts, session }) })
      return ask({ domain: { ...shop.domain, session: sight.session } })
    }
    await ask()
    await of({ 'app.region': 'North' })
    await of({ 'app.region': 'South' })
    await of({ 'app.region': 'South', 'app.level': '2' })
    expect(asked()).toBe(4)
    await of({ 'app.level': '2', 'app.region': 'South' })
    expect(asked()).toBe(4)
  })

  test('when the data changed; the new one takes its place', async () => {
    const { ask, asked } = world()
    const changed: Domain = { ...shop.domain, version: async () => 'later' }
    await ask()
    await ask({ domain: changed })
    await ask({ domain: changed })
    expect(asked()).toBe(2)
    expect(await database.query('select version from chartroom.plans')).toEqual([{ version: 'later' }])
  })

  test('a day later', async () => {
    const { ask, asked, effects } = world()
    await ask()
    effects.advance(86_399_000)
    await ask()
    expect(asked()).toBe(1)
    effects.advance(1000)
    await ask()
    expect(asked()).toBe(2)
  })

  test.each<[string, Partial<Domain>]>([
    ['the guard refuses it', { runText: async () => [{ rule: 'tables', message: 'no' }] }],
    [
      'the engine fails',
      {
        runText: async () => {
          throw ChartroomError.of('engine/timeout', { seconds: 1 })
        },
      },
    ],
  ])('when %s: it is thrown away, and the question is worked out anew', async (_, changed) => {
    await world().ask()
    const { ask, asked } = world()
    let tries = 0
    const runText: Domain['runText'] = async (text, options) => {
      tries += 1
      return tries === 1 && changed.runText ? changed.runText(text, options) : shop.domain.runText(text, options)
    }
    expect((await ask({ domain: { ...shop.domain, runText } })).outcome.kind).toBe('rows')
    expect(asked()).toBe(1)
  })

  test('that cannot be read any more', async () => {
    await world().ask()
    await database.query(`update chartroom.plans set plan = '{"kind": "older"}'`)
    const { ask, asked } = world()
    await ask()
    expect(asked()).toBe(1)
  })
})

describe('what did not give an answer is not kept', () => {
  test.each<Outcome>([
    { kind: 'failed', why: 'It took too many steps.' },
    { kind: 'ask', message: 'Which?', choices: ['a', 'b'] },
    { kind: 'declined', why: 'There is nothing.' },
    { kind: 'parts', parts: ['a', 'b'] },
  ])('$kind', async outcome => {
    const { ask, asked } = world()
    await ask({ outcome })
    await ask({ outcome })
    expect(asked()).toBe(2)
    expect(await database.query('select 1 from chartroom.plans')).toEqual([])
  })
})

describe('a plan holds nobody', () => {
  test('no rows, no name and no words of the question are kept with it', async () => {
    await world().ask({ owner: ann })
    const [row] = await database.query<Record<string, unknown>>('select * from chartroom.plans')
    expect(Object.keys(row ?? {}).toSorted()).toEqual(['at', 'domain', 'key', 'plan', 'question', 'version'])
    expect(row?.plan).toEqual({ kind: 'sql', sql, says: 'Orders by channel' })
    expect(JSON.stringify(row)).not.toMatch(/U1|people like/)
  })

  test('it goes with the person whose question it was made for, by the calls of that question', async () => {
    const { ask, effects } = world()
    await ask({ id: 'of ann', owner: ann })
    await ask({ id: 'of bob', text: 'another', owner: { ...ann, user: 'U2' } })
    const call = {
      step: 'plan',
      prompt: 'plan',
      version: 1,
      model: 'm',
      outcome: 'read',
      input: 1,
      cached: 0,
      output: 1,
    }
    await storedCalls(database, effects).write({ ...call, owner: ann, question: 'of ann', ms: 1 })
    expect(await forget(database, ann)).toMatchObject({ plans: 1 })
    expect(await database.query('select question from chartroom.plans')).toEqual([{ question: 'of bob' }])
  })

  test('what another process deletes is not taken any more, from that moment on', async () => {
    const { ask, asked } = world()
    await ask()
    await ask()
    expect(asked()).toBe(1)
    await other.query('delete from chartroom.plans')
    await ask()
    expect(asked()).toBe(2)
  })
})

test('a store that is away costs the plan, not the answer', async () => {
  const warned: string[] = []
  const away = async () => {
    throw ChartroomError.of('state/unavailable')
  }
  const cache = createPlanCache(
    {
      plans: { get: away, put: away, remove: away },
      calls: { write: away },
      model: 'm',
      warn: event => warned.push(event),
    },
    fixedEffects(),
  )
  const outcome: Outcome = {
    kind: 'query',
    query: querySchema.parse({ domain: 'tiny', measures: [{ measure: 'orders' }] }),
  }
  const work = async () => ({ outcome, steps: [], uses: [], prompt: { name: 'plan', version: 1 } })
  const unread = { id: 'q', text: 'a', today: '2024-01-10', before: [], domain: shop.domain }
  const knowledge = await shop.domain.knowledge()
  expect((await cache({ ...unread, knowledge }, { prompt, taught: nothingTaught, work }, {})).outcome).toBe(outcome)
  expect(warned).toEqual(['model/plans', 'model/plans'])
})
