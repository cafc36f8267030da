import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { fixedEffects, realEffects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { createKeepStories } from '#src/nl2sql/keep-stories.ts'
import { openRetell } from '#src/nl2sql/retell.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { storedPlans } from '#src/store/plans.ts'
import { type FakeOpenAi, openFakeOpenAi, type Scripted } from '#test/fakes/openai.ts'
import { openTestState } from '#test/store/database.ts'
import { studyOf } from '#test/study/made.ts'
import { month } from '#test/study/small-world.ts'

let here: Database
let there: Database
let close: () => Promise<void>
beforeAll(async () => {
  const state = await openTestState()
  here = state.database
  there = connectDatabase(state.address)
  close = state.close
})
afterAll(async () => {
  await there.close()
  await close()
})
beforeEach(() => here.query('truncate chartroom.plans'))

const open: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const studied = (texas = 400) =>
  studyOf({
    by: ['state'],
    rows: [
      ['Texas', texas, 500],
      ['Ohio', 330, 300],
    ],
    query: { period: month(11, 'Nov 2023'), compare: { period: month(10, 'Oct 2023') } },
  })

const rose = { text: 'Ohio rose 10%.', cites: ['change:revenue:Ohio'] }
const wrong = { text: 'Ohio fell 10%.', cites: ['change:revenue:Ohio'] }
const reply = (summary = rose): Scripted => ({
  json: { headline: rose, summary: [summary], insights: [], implications: [], chart: null },
})

/** A model behind a server that counts what it is asked, and processes that tell with it. */
const world = async (script: () => Scripted = () => reply()) => {
  const server = await openFakeOpenAi(script)
  open.push(server)
  const found: string[] = []
  const bot = async (database: Database, { model = 'm', effects = fixedEffects() } = {}) => {
    const attempt = openModel({ baseUrl: server.url, model, limits: { retries: 0 } }, realEffects)
    const complete: Complete = async (request, options) => {
      const got = await attempt(request, options?.signal)
      if ('problem' in got) throw got.problem
      return got
    }
    const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
    const onStory = (how: string) => found.push(how)
    const stories = createKeepStories({ plans: storedPlans(database, effects), onStory, warn }, effects)
    const retell = await openRetell(complete, { kept: { stories, model } })
    return async ({
      texas,
      reading = 'Revenue by state',
      domain = 'shop',
    }: {
      texas?: number
      reading?: string
      domain?: string
    } = {}) => retell({ study: await studied(texas), reading, id: 'q1', domain }, {})
  }
  return { bot, calls: server.calls, found }
}

test('the same facts are told once: the second time costs nothing, in this process and in another', async () => {
  const { bot, calls, found } = await world()
  const [first, other] = [await bot(here), await bot(there)]
  const told = await first()
  const again = await first()
  const elsewhere = await other()
  expect(calls).toHaveLength(1)
  expect(found).toEqual(['new', 'kept', 'kept'])
  for (const { story, chart, words, uses, steps } of [again, elsewhere]) {
    expect({ story, chart, words }).toEqual({ story: told.story, chart: told.chart, words: 'model' })
    expect(uses).toEqual([{ model: 'm', input: 0, cached: 0, output: 0, cost: 0, ms: 0 }])
    expect(steps).toEqual([
      'Told by the language model: 2 sentences, each checked against the numbers.',
      'The same facts were told before: no call was made for it.',
    ])
  }
})

test.each([
  ['other numbers', { texas: 401 }],
  ['other words for what was asked', { reading: 'Revenue by region' }],
  ['another domain', { domain: 'other' }],
])('%s are told anew', async (_, changed) => {
  const { bot, calls } = await world()
  const tell = await bot(here)
  await tell()
  await tell(changed)
  expect(calls).toHaveLength(2)
})

test('another model tells anew, and so does the same one a day later', async () => {
  const { bot, calls } = await world()
  const effects = fixedEffects()
  await (await bot(here, { effects }))()
  await (await bot(here, { effects, model: 'larger' }))()
  expect(calls).toHaveLength(2)
  effects.advance(86_400_000)
  await (await bot(here, { effects }))()
  expect(calls).toHaveLength(3)
})

test('a story of which nothing held is not kept', async () => {
  const { bot, calls } = await world(() => reply(wrong))
  const tell = await bot(here)
  expect((await tell()).words).toBe('computed')
  await tell()
  expect(calls).toHaveLength(2)
  expect(await here.query('select 1 from chartroom.plans')).toEqual([])
})

test('what was kept is checked once more: a number that somebody put there is not told', async () => {
  const { bot, calls } = await world()
  const tell = await bot(here)
  await tell()
  await here.query(`update chartroom.plans set plan = replace(plan::text, '10%', '90%')::jsonb`)
  const { words, story } = await tell()
  expect(calls).toHaveLength(1)
  expect(words).toBe('computed')
  expect(JSON.stringify(story)).not.toContain('90%')
})

test('it goes with the person whose question it was told for, and with the data', async () => {
  const { bot } = await world()
  await (await bot(here))()
  expect(await here.query('select domain, question from chartroom.plans')).toEqual([{ domain: 'shop', question: 'q1' }])
})

test('a store that is away costs a call, not the story', async () => {
  const away = async () => {
    throw new Error('away')
  }
  const warned: string[] = []
  const warn = (event: string) => warned.push(event)
  const stories = createKeepStories({ plans: { get: away, put: away }, warn }, fixedEffects())
  const server = await openFakeOpenAi(() => reply())
  open.push(server)
  const attempt = openModel({ baseUrl: server.url, model: 'm' }, realEffects)
  const complete = (async request => attempt(request)) as Complete
  const retell = await openRetell(complete, { kept: { stories, model: 'm' } })
  const { words } = await retell({ study: await studied(), reading: 'Revenue', id: 'q', domain: 'shop' }, {})
  expect(words).toBe('model')
  expect(warned).toEqual(['model/stories', 'model/stories'])
})
