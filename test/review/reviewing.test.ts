import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { fixedEffects } from '#src/effects.ts'
import { createReviewing } from '#src/review/reviewing.ts'
import { type Owner, storedAnswers } from '#src/store/answers.ts'
import { storedComplaints } from '#src/store/complaints.ts'
import type { Database } from '#src/store/database.ts'
import { storedFeedback } from '#src/store/feedback.ts'
import { latestAnswers } from '#src/store/latest-answer.ts'
import { storedLessons } from '#src/store/lessons.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())
beforeEach(() =>
  database.query('truncate chartroom.lessons, chartroom.feedback, chartroom.answers, chartroom.plans cascade'),
)

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'ANN' }
const bob: Owner = { platform: 'slack', tenant: 'T1', user: 'BOB' }
const eve: Owner = { platform: 'slack', tenant: 'T2', user: 'ANN' }

/** Ann is an admin, Eve is one elsewhere. */
const world = () => {
  const effects = fixedEffects('2023-04-04T10:00:00Z')
  const answers = storedAnswers(database, {}, effects)
  const core = createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), effects },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
  let count = 0
  const keep = async (answer: Answer, thread = 't') => {
    const kept = { ...answer, id: `00000000-0000-0000-0000-00000000000${++count}` }
    effects.advance(1)
    await answers.put({ answer: kept, owner: bob, thread })
    return kept
  }
  const ask = async (text: string, thread?: string) => keep(await core({ text, today: '2023-04-04' }), thread)
  const lessons = storedLessons(database, effects)
  const reviewing = createReviewing({
    ...{ complaints: storedComplaints(database), lessons, answers: latestAnswers(database) },
    find: async name => {
      if (name !== undefined && name !== 'tiny') throw ChartroomError.of('domain/unknown', { domain: name, known: [] })
      return shop.domain
    },
    mayManage: ({ asker }) => asker === undefined || asker.user === 'ANN',
  })
  const complain = async (answer: Answer, reason?: string) => {
    await storedFeedback(database, effects)({ answerId: answer.id, verdict: 'down', reason, by: bob })
    return (await reviewing.list({}))[0]?.nth ?? 0
  }
  return { ask, keep, complain, reviewing, lessons, effects }
}

const turn = { asker: ann, thread: 'admin' }

describe('complaints', () => {
  test('are listed, the latest first, with question, reading, reason and who', async () => {
    const { ask, complain, reviewing } = world()
    await complain(await ask('orders by channel'))
    const nth = await complain(await ask('revenue by region'), 'should be gross')
    expect(await reviewing.list({ asker: ann })).toMatchObject([
      {
        ...{ nth, question: 'revenue by region', reason: 'should be gross', by: bob, domain: 'tiny' },
        answer: { receipt: { reading: 'Revenue by region' } },
      },
      { question: 'orders by channel' },
    ])
  })

  test('are for admins, and of their own workspace', async () => {
    const { ask, complain, reviewing } = world()
    const nth = await complain(await ask('revenue by region'))
    const refused = { code: 'access/admins-only' }
    await expect(reviewing.list({ asker: bob })).rejects.toMatchObject(refused)
    await expect(reviewing.open({ asker: bob }, nth)).rejects.toMatchObject(refused)
    await expect(reviewing.settle({ asker: bob }, nth, { deed: 'ignored' })).rejects.toMatchObject(refused)
    await expect(reviewing.lessons({ asker: bob })).rejects.toMatchObject(refused)
    await expect(reviewing.forget({ asker: bob }, 1)).rejects.toMatchObject(refused)
    expect(await reviewing.list({ asker: eve })).toEqual([])
    expect(await reviewing.open({ asker: eve }, nth)).toBeUndefined()
    expect(await reviewing.settle({ asker: eve }, nth, { deed: 'ignored' })).toBeUndefined()
  })

  test.each(['resolved', 'ignored'] as const)('that are %s are not listed any more', async deed => {
    const { ask, complain, reviewing } = world()
    const nth = await complain(await ask('revenue by region'))
    expect(await reviewing.settle(turn, nth, { deed })).toMatchObject({ done: expect.any(String) })
    expect(await reviewing.list(turn)).toEqual([])
  })

  test('about data that the admin does not see can only be put aside', async () => {
    const { ask, keep, complain, reviewing } = world()
    const nth = await complain(await keep({ ...(await ask('revenue by region')), domain: 'of_bob' }))
    expect(await reviewing.open(turn, nth)).toMatchObject({ right: [], synonyms: [] })
    expect(await reviewing.settle(turn, nth, { deed: 'rule', rule: 'x' })).toMatchObject({
      problem: expect.stringMatching(/do not see/),
    })
    expect(await reviewing.settle(turn, nth, { deed: 'ignored' })).toMatchObject({ done: 'Ignored' })
  })
})

describe('what is made of one', () => {
  test('an answer that followed is offered as the right one, and becomes an example', async () => {
    const { ask, complain, reviewing, lessons } = world()
    const wrong = await ask('units by category')
    const right = await ask('revenue by category')
    const nth = await complain(wrong)
    expect(await reviewing.open(turn, nth)).toMatchObject({
      ...{ reading: 'Units by category', right: [{ id: right.id, reading: 'Revenue by category' }] },
    })
    expect(await reviewing.settle(turn, nth, { deed: 'example', answer: right.id })).toMatchObject({
      done: 'The language model is shown: “units by category” is Revenue by category',
    })
    expect(await lessons.of('tiny')).toMatchObject([
      {
        ...{ kind: 'example', question: 'units by category' },
        query: { measures: [{ measure: 'revenue', aggregation: null, look: 'plain' }], splits: ['category'] },
      },
    ])
    expect(await reviewing.list(turn)).toEqual([])
  })

  test('the last answer of the admin’s own conversation can be the right one', async () => {
    const { ask, complain, reviewing, lessons } = world()
    const nth = await complain(await ask('units by category'))
    expect(await reviewing.settle(turn, nth, { deed: 'example' })).toMatchObject({
      problem: expect.stringMatching(/Ask the question here/),
    })
    await ask('orders by region', 'admin')
    expect(await reviewing.settle(turn, nth, { deed: 'example' })).toMatchObject({
      done: expect.stringMatching(/Orders by region/),
    })
    expect(await lessons.of('tiny')).toHaveLength(1)
  })

  test('a word that nobody knows is offered as one for what the right answer has', async () => {
    const { ask, keep, complain, reviewing, lessons } = world()
    const wrong = await keep({ ...(await ask('revenue', 'u')), question: 'revenue by gizmos' })
    await ask('revenue by product')
    const nth = await complain(wrong)
    const review = await reviewing.open(turn, nth)
    expect(review?.synonyms).toEqual([{ word: 'gizmo', name: 'product', label: shop.model.dimensions.product?.label }])
    expect(await reviewing.settle(turn, nth, { deed: 'synonym', word: 'gizmo', name: 'product' })).toMatchObject({
      done: expect.stringMatching(/^“gizmo” now means/),
    })
    expect(await lessons.of('tiny')).toMatchObject([
      { kind: 'synonym', word: 'gizmo', of: 'dimension', name: 'product' },
    ])
  })

  test('a word for what is not there, or that means something else, is not taught', async () => {
    const { ask, complain, reviewing, lessons } = world()
    const nth = await complain(await ask('revenue by region'))
    const settle = (word: string, name: string) => reviewing.settle(turn, nth, { deed: 'synonym', word, name })
    expect(await settle('gizmo', 'frobs')).toEqual({ problem: 'There is no measure or dimension called “frobs”.' })
    expect(await settle('gizmo', 'customer_name')).toMatchObject({
      problem: expect.stringMatching(/no measure or dimension/),
    })
    expect(await settle('Orders', 'revenue')).toMatchObject({ problem: expect.stringMatching(/already means/) })
    expect(await settle('revenue', 'revenue')).toMatchObject({ problem: expect.stringMatching(/means that already/) })
    expect(await lessons.of('tiny')).toEqual([])
    expect(await reviewing.list(turn)).toHaveLength(1)
  })

  test('a reason becomes a rule, as it was given or as the admin says it', async () => {
    const { ask, complain, reviewing } = world()
    const first = await complain(await ask('revenue by region'), 'never count gifts')
    expect(await reviewing.settle(turn, first, { deed: 'rule' })).toMatchObject({
      done: expect.stringMatching(/never count gifts/),
    })
    const second = await complain(await ask('revenue by region'))
    expect(await reviewing.settle(turn, second, { deed: 'rule' })).toMatchObject({
      problem: expect.stringMatching(/No reason/),
    })
    expect(await reviewing.settle(turn, second, { deed: 'rule', rule: ` x  ${'y'.repeat(500)}` })).toMatchObject({
      lesson: expect.any(Number),
    })
    const taught = await reviewing.lessons(turn)
    expect(taught).toMatchObject([
      { kind: 'rule', rule: 'never count gifts' },
      { rule: expect.stringMatching(/^x y{298}$/) },
    ])
    expect(await reviewing.forget(turn, taught[0]?.nth ?? 0)).toBe(true)
    expect(await reviewing.forget(turn, taught[0]?.nth ?? 0)).toBe(false)
  })
})
