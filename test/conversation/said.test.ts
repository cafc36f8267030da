import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { createRemembering } from '#src/conversation/remembering.ts'
import { createSaid, type Said } from '#src/conversation/said.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { openModel } from '#src/nl2sql/client/openai.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'
import type { WrittenStep } from '#src/nl2sql/plan.ts'
import type { Taught } from '#src/nl2sql/taught.ts'
import type { Database } from '#src/store/database.ts'
import { storedSaid } from '#src/store/said.ts'
import { createThreads } from '#src/threads.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { type FakeOpenAi, openFakeOpenAi } from '#test/fakes/openai.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())
beforeEach(() => database.query('truncate chartroom.said'))

const open: FakeOpenAi[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'ANN' }
const bob: Asker = { platform: 'slack', tenant: 'T1', user: 'BOB' }

const sqlOf = (channel: string): WrittenStep => ({
  ...{ kind: 'sql', says: `Orders by ${channel}` },
  sql: `SELECT channel, count(*) AS orders FROM orders WHERE channel = '${channel}' GROUP BY channel`,
})

/** A conversation with a model behind it, over real HTTP, that replies to each question as `reply` says. */
const talking = async (said: Said, reply: (question: string) => WrittenStep, taught?: Taught) => {
  const server = await openFakeOpenAi(call => {
    const question = /Question: (.*)$/s.exec(call.messages[1]?.content ?? '')?.[1] ?? ''
    return { json: { thought: 'so', step: reply(question) } }
  })
  open.push(server)
  const attempt = openModel({ baseUrl: server.url, model: 'm', limits: { retries: 0 } }, realEffects)
  const complete: Complete = async (request, options) => {
    const got = await attempt(request, options?.signal)
    if ('problem' in got) throw got.problem
    return got
  }
  const workOut = await openAgent(complete, taught && { lessonsOf: async () => taught })
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const core = createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), said, workOut: () => workOut, warn },
    effects: fixedEffects(),
  })
  const ask = createRemembering(core, { said, warn })
  return {
    calls: server.calls,
    ask: (text: string, asker: Asker = ann): Promise<Answer> => ask({ text, thread: 't', today: '2023-04-04', asker }),
    /** What the model was told with the last question. */
    told: () => server.calls.at(-1)?.messages[1]?.content ?? '',
  }
}

const kinds: [string, () => Said][] = [
  ['in memory', createSaid],
  ['in the database', () => storedSaid(database, fixedEffects('2023-04-04T10:00:00Z'))],
]

describe.each(kinds)('a conversation %s', (_, make) => {
  test('knows in turn 60 what turn 2 fixed, within its budget', async () => {
    const { ask, told, calls } = await talking(make(), () => sqlOf('web'))
    const definition = 'By regulars I mean customers with at least 2 orders'
    await ask('revenue by region')
    await ask(`${definition}. Which gizmos do regulars like`)
    const asked = ['revenue by category', 'which gizmos did the punters of week', 'orders by channel in January 2023']
    for (let n = 3; n < 60; n++) await ask(`${asked[n % 3]}${n % 3 === 1 ? ` ${n}` : ''}`)
    await ask('and which gizmos do those regulars dislike')
    const lines = told()
    expect(lines).toMatch(new RegExp(`^- Fixed in this conversation: "${definition}\\."$`, 'm'))
    expect(lines).toMatch(/^- The conversation began with: "revenue by region"$/m)
    expect(lines).toMatch(/^- Periods so far: .*January 2023/m)
    expect(lines.match(/^- Revenue by region: found ".+"$/m)).toHaveLength(1)
    expect(lines.match(/^- "/gm)).toHaveLength(6)
    expect(lines).toMatch(/Question: and which gizmos do those regulars dislike$/)
    expect(lines.length).toBeLessThan(13_000)
    expect(calls.length).toBeGreaterThan(15)
  })

  test('knows the domain of the latest turn, of those that somebody may know of', async () => {
    const said = make()
    expect(await said.last('t', ann)).toBeUndefined()
    await said.keep('t', { question: 'sessions' }, { domain: 'support', asker: ann, alone: false })
    await said.keep('t', { question: 'revenue' }, { domain: 'shop', asker: bob, alone: true })
    await said.keep('other', { question: 'wine' }, { domain: 'wines', asker: ann, alone: false })
    expect([await said.last('t', ann), await said.last('t', bob)]).toEqual(['support', 'shop'])
  })

  test('what follows on SQL of a language model goes to the model, with that SQL', async () => {
    const { ask, told, calls } = await talking(make(), question => sqlOf(question === 'only store' ? 'store' : 'web'))
    await ask('revenue by channel')
    await ask('which gizmos made the punters happiest')
    expect(await ask('only store')).toMatchObject({ receipt: { origin: 'generated', reading: 'Orders by store' } })
    expect(calls).toHaveLength(2)
    expect(told().split('\n')).toEqual([
      'Said before in this conversation:',
      expect.stringMatching(/^- "revenue by channel"; read as Revenue by channel; found ".+"$/),
      expect.stringMatching(
        /^- "which gizmos made the punters happiest"; read as Orders by web; SQL: SELECT channel, .+; found ".+"$/,
      ),
      '',
      'Question: only store',
    ])
    expect(await ask('revenue by region')).toMatchObject({ receipt: { origin: 'certified' } })
    expect(await ask('only web')).toMatchObject({
      receipt: { origin: 'certified', reading: 'Revenue by region, channel web' },
    })
  })

  test('what was for one alone is told of to nobody else', async () => {
    const said = make()
    await said.keep('t', { question: 'secret', reading: 'R' }, { domain: 'tiny', asker: ann, alone: true })
    await said.keep('t', { question: 'open', reading: 'R' }, { domain: 'tiny', asker: ann, alone: false })
    await said.keep('t', { question: 'elsewhere', reading: 'R' }, { domain: 'other', asker: ann, alone: false })
    const questions = async (asker?: Asker) => (await said.of('t', { domain: 'tiny', asker })).map(t => t.question)
    expect(await questions(ann)).toEqual(['secret', 'open'])
    expect(await questions(bob)).toEqual(['open'])
    expect(await questions({ ...ann, tenant: 'T2' })).toEqual(['open'])
    expect(await questions()).toEqual(['open'])
    expect(await said.of('u', { domain: 'tiny', asker: ann })).toEqual([])
  })
})

test('what admins taught goes with the question: rules beside it, examples with those of the domain', async () => {
  const taught = { examples: [{ question: 'gizmos of punters', sql: 'SELECT 1 AS x' }], rules: ['Leave gifts out.'] }
  const { ask, told, calls } = await talking(createSaid(), () => sqlOf('web'), taught)
  await ask('which gizmos made the punters happiest')
  expect(told()).toBe('Rules of this domain:\n- Leave gifts out.\n\nQuestion: which gizmos made the punters happiest')
  expect(calls[0]?.messages[0]?.content).toContain('- "gizmos of punters": SELECT 1 AS x')
})

test('an answer is given even when what was said can be neither read nor kept', async () => {
  const warned: string[] = []
  const away = () => Promise.reject(new Error('away'))
  const warn = (event: string) => void warned.push(event)
  const parts = { domain: async () => shop.domain, threads: createThreads(), effects: fixedEffects(), warn }
  const ask = createRemembering(createAsk({ ...parts, said: { of: away } }), { said: { keep: away }, warn })
  expect((await ask({ text: 'revenue by region', thread: 't' })).status).toBe('answered')
  expect(warned).toEqual(['said', 'said'])
})
