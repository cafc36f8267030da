import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ask, type Asked, createAsk, type Who } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Outcome } from '#src/nl2sql/outcome.ts'
import { type Owner, storedAnswers } from '#src/store/answers.ts'
import type { Database } from '#src/store/database.ts'
import { latestAnswers } from '#src/store/latest-answer.ts'
import { forget } from '#src/store/person.ts'
import { storedVerifications } from '#src/store/verified.ts'
import { createThreads } from '#src/threads.ts'
import { createUsingVerified } from '#src/verified/using.ts'
import { createVerifying } from '#src/verified/verifying.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'
import { openTestState } from '#test/store/database.ts'

const shop = worldOf('shop', shopTables)

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())
beforeEach(() => database.query('truncate chartroom.verified, chartroom.answers cascade'))

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'ANN' }
const bob: Owner = { platform: 'slack', tenant: 'T1', user: 'BOB' }

/** Ann is the only admin. A model answers what the rules do not read, as `model` says. */
const world = ({ domain = shop.domain, model }: { domain?: Domain; model?: () => Promise<Outcome> } = {}) => {
  const effects = fixedEffects('2023-04-04T10:00:00Z')
  const [threads, answers] = [createThreads(), storedAnswers(database, {}, effects)]
  const asked: string[] = []
  const workOut = async ({ text }: { text: string }) => {
    asked.push(text)
    const outcome = (await model?.()) ?? { kind: 'failed' as const, why: '' }
    return { outcome, steps: [], uses: [], prompt: { name: 'plan', version: 1 } }
  }
  const warned: string[] = []
  const warn = (event: string) => void warned.push(event)
  const verifications = storedVerifications(database, effects)
  const isAdmin = ({ asker }: Who) => asker === undefined || asker.user === ann.user
  const find = async () => domain
  const core = createAsk({ domain: find, threads, workOut: () => workOut, warn, effects })
  const using = createUsingVerified(core, { find, verifications, threads, mayVerify: isAdmin, warn }, effects)
  const ids = (n: number) => `00000000-0000-0000-0000-00000000000${n}`
  let count = 0
  const ask = async (text: string, more: Partial<Asked> = {}): Promise<Answer> => {
    const answer = await using({ text, thread: 't', today: '2023-04-04', asker: ann, ...more })
    const kept = { ...answer, id: ids(++count) }
    effects.advance(1)
    await answers.put({ answer: kept, owner: more.asker ?? ann, thread: more.thread ?? 't' })
    return kept
  }
  const verifying = createVerifying(
    {
      ...{ verifications, answers: latestAnswers(database), find, mayVerify: isAdmin, isOwner: async () => false },
      domains: async () => [{ name: 'tiny', label: 'Tiny' }],
    },
    effects,
  )
  const verify = (
    what: { answer?: string; name?: string } = {},
    asker: Asker | undefined = ann,
    today = '2023-04-04',
  ) => verifying.verify({ thread: 't', today, asker }, what)
  return { ask, using: using as Ask, asked, verify, verifying, warned, effects }
}

const riddle = 'which gizmos made the punters happiest'
const byChannel = 'SELECT channel, count(*) AS orders FROM orders GROUP BY channel ORDER BY channel'

const rows =
  (sql = byChannel, says = 'Orders by channel') =>
  async (): Promise<Outcome> => {
    const result = await shop.domain.runText(sql)
    if (Array.isArray(result)) throw new Error(JSON.stringify(result))
    return { kind: 'rows', result, sql, says, cached: false }
  }

const receipt = (answer: Answer) => {
  if (!('receipt' in answer)) throw new Error(JSON.stringify(answer))
  return answer.receipt
}

describe('an answer of a language model that was verified', () => {
  test('is what the same question gets from then on, without the model, and says by whom', async () => {
    const { ask, asked, verify } = world({ model: rows() })
    const first = await ask(riddle, { asker: ann })
    expect(receipt(first)).not.toHaveProperty('verified')
    expect(await verify({ name: 'Finance' })).toEqual({
      ...{ kind: 'verified', nth: expect.any(Number), question: riddle, name: 'Finance', domain: 'tiny' },
    })
    const again = await ask('Which gizmos made punters happiest?', { asker: bob, thread: 'u' })
    expect(asked).toEqual([riddle])
    expect(again).toMatchObject({
      status: 'answered',
      question: 'Which gizmos made punters happiest?',
      table: { rows: await shop.check(byChannel) },
      receipt: { origin: 'generated', reading: 'Orders by channel', verified: { by: 'Finance', at: '2023-04-04' } },
    })
    expect(receipt(again).notes).toEqual([`Read as the verified question “${riddle}”.`])
  })

  test('is verified for its question alone: the model may give the same SQL to one that asks for something else', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    for (const other of [`${riddle} without the web`, `which gizmos made the kids happiest`]) {
      const answer = await ask(other, { thread: other })
      expect(receipt(answer)).toMatchObject({ origin: 'generated', sql: byChannel })
      expect(receipt(answer)).not.toHaveProperty('verified')
      expect(receipt(answer).notes).toEqual([expect.stringMatching(/written by a language model/)])
    }
    const shared = { text: byChannel, says: 'Orders by channel' }
    expect(receipt(await ask(riddle, { thread: 'v', sql: shared }))).toHaveProperty('verified')
    expect(receipt(await ask(`${riddle} without the web`, { thread: 'v', sql: shared }))).not.toHaveProperty('verified')
  })

  test('is offered for that to those who may, with one click', async () => {
    const { ask } = world({ model: rows() })
    const forAdmin = await ask(riddle, { asker: ann })
    expect(forAdmin).toMatchObject({ next: [{ label: 'Mark as verified' }] })
    expect(await ask(riddle, { asker: bob })).toMatchObject({ next: [] })
  })

  test('is only offered for one that is alike, where nothing is answered', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    const { ask: askOther } = world()
    expect(await askOther('which gizmos made the kids happiest')).toMatchObject({
      status: 'clarify',
      choices: [{ label: `Verified: ${riddle}`, question: riddle }],
    })
    expect(await askOther('frobnicate')).not.toMatchObject({ choices: [{ question: riddle }] })
  })

  test('is not offered where a server chooses the rows: its words may be of rows of another tenant', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    const { ask: askOther } = world({ domain: { ...shop.domain, session: { 'app.tenant': 'globex' } } })
    const answer = await askOther('which gizmos made the kids happiest')
    expect(answer.status).toBe('clarify')
    expect(JSON.stringify(answer)).not.toContain(riddle)
  })

  test('holds in its own domain alone', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    await database.query(`update chartroom.verified set domain = 'another'`)
    expect((await world().ask(riddle)).status).toBe('clarify')
  })

  test('is not used for words that go on from the turn before', async () => {
    const { ask, verify, asked } = world({ model: rows() })
    await ask('and those gizmos')
    await verify()
    await ask('and those gizmos')
    expect(asked).toHaveLength(2)
  })
})

describe('a query that was verified', () => {
  test('goes before the rules, and says so however it is asked', async () => {
    const { ask, verify } = world()
    await ask('revenue by region')
    await verify()
    for (const text of ['revenue by region', 'show me the revenue per region, please'])
      expect(receipt(await ask(text, { thread: 'u' }))).toMatchObject({
        origin: 'certified',
        verified: { by: 'an admin of this workspace' },
      })
    expect(receipt(await ask('revenue by channel', { thread: 'v' }))).not.toHaveProperty('verified')
    const { query } = (await ask('revenue by region')) as Extract<Answer, { status: 'answered' }>
    expect(receipt(await ask('a click', { query }))).toMatchObject({ verified: { by: 'an admin of this workspace' } })
  })

  test('of a follow-up is kept under what was understood', async () => {
    const { ask, verify } = world()
    await ask('revenue by region')
    await ask('only web')
    expect(await verify()).toMatchObject({ question: 'Revenue by region, channel web' })
    expect(receipt(await ask('revenue by regions: channel web', { thread: 'u' }))).toMatchObject({
      verified: { by: 'an admin of this workspace' },
    })
  })

  test('says “last month” of another month on another day', async () => {
    const { ask, verify } = world()
    await ask('revenue by region last month', { today: '2023-03-04' })
    await verify({}, ann, '2023-03-04')
    const now = await ask('revenue by region last month', { today: '2023-02-20', thread: 'u' })
    expect(now).toMatchObject({ query: { period: { start: '2023-01-01', end: '2023-02-01' } } })
    expect(receipt(now)).toMatchObject({ verified: { by: 'an admin of this workspace' } })
  })
})

describe('SQL with dates', () => {
  const within = (from: string, to: string) =>
    `SELECT count(*) AS orders FROM orders WHERE ordered_at >= DATE '${from}' AND ordered_at < DATE '${to}'`

  test('that the question names moves with the day', async () => {
    const { ask, verify } = world({ model: rows(within('2023-02-01', '2023-03-01'), 'Orders, Feb 2023') })
    const asked = 'gizmos that punters liked last month'
    await ask(asked, { today: '2023-03-04' })
    expect(await verify({}, ann, '2023-03-04')).toMatchObject({ kind: 'verified' })
    const now = await ask(asked, { today: '2023-02-20', thread: 'u' })
    expect(receipt(now)).toMatchObject({
      ...{
        sql: within('2023-01-01', '2023-02-01'),
        reading: `${asked} (January 2023)`,
        verified: { by: 'an admin of this workspace' },
      },
    })
    expect(now).toMatchObject({ table: { rows: [[2]] } })
  })

  test.each([
    ['that it does not name', 'gizmos of the punters', within('2023-02-01', '2023-03-01')],
    ['of which it names one', 'gizmos last month', within('2023-02-01', '2023-02-15')],
    ['that are hidden in a year', 'gizmos last year', 'SELECT count(*) AS n FROM orders WHERE year(ordered_at) = 2022'],
    ['that are not there at all', 'gizmos last month', 'SELECT count(*) AS n FROM orders'],
  ])('%s is not verified, and why is said', async (_, text, sql) => {
    const { ask, verify, verifying } = world({ model: rows(sql) })
    await ask(text, { today: '2023-03-04' })
    expect(await verify({}, ann, '2023-03-04')).toMatchObject({
      kind: 'problem',
      problem: expect.stringMatching(/^Its SQL holds dates/),
    })
    expect(await verifying.list({ asker: ann })).toEqual([])
  })

  test('that it names in full stays as it is', async () => {
    const sql = within('2023-01-01', '2023-02-01')
    const { ask, verify } = world({ model: rows(sql) })
    await ask('gizmos in January 2023')
    await verify()
    expect(receipt(await ask('gizmos in January 2023', { today: '2025-09-01', thread: 'u' })).sql).toBe(sql)
  })
})

describe('who may verify', () => {
  test('an admin alone; others can neither list nor remove', async () => {
    const { ask, verify, verifying } = world()
    await ask('revenue by region', { asker: bob })
    const refused = { code: 'access/admins-only' }
    await expect(verify({}, bob)).rejects.toMatchObject(refused)
    await verify({}, ann)
    await expect(verifying.list({ asker: bob })).rejects.toMatchObject(refused)
    const [line] = await verifying.list({ asker: ann })
    expect(line).toEqual({
      ...{
        nth: expect.any(Number),
        domain: 'tiny',
        question: 'revenue by region',
        name: 'an admin of this workspace',
        day: '2023-04-04',
      },
    })
    await expect(verifying.remove({ asker: bob }, line?.nth ?? 0)).rejects.toMatchObject(refused)
    expect(await verifying.remove({ asker: ann }, line?.nth ?? 0)).toMatchObject({ question: 'revenue by region' })
    expect(await verifying.remove({ asker: ann }, line?.nth ?? 0)).toBeUndefined()
    expect(receipt(await ask('revenue by region', { thread: 'u' }))).not.toHaveProperty('verified')
  })

  test('an id of a platform is never shown as a name, also where one was kept', async () => {
    const { ask, verify, verifying } = world()
    await ask('revenue by region')
    expect(await verify({})).toMatchObject({ name: 'an admin of this workspace' })
    await database.query('update chartroom.verified set name = person')
    expect(await verifying.list({ asker: ann })).toMatchObject([{ name: 'an admin of this workspace' }])
    expect(receipt(await ask('revenue by region', { thread: 'u' }))).toMatchObject({
      verified: { by: 'an admin of this workspace' },
    })
  })

  test('who verified it is called by the name that the platform tells', async () => {
    const { ask, verify } = world()
    await ask('revenue by region')
    expect(await verify({}, { ...ann, name: 'Ann Example' })).toMatchObject({ name: 'Ann Example' })
  })

  test('the last answer is meant, one that was clicked when it is named, and never one that was for another alone', async () => {
    const { ask, verify } = world()
    const first = await ask('revenue by region', { asker: bob })
    await ask('orders by channel', { asker: bob })
    expect(await verify()).toMatchObject({ question: 'orders by channel' })
    expect(await verify({ answer: first.id })).toMatchObject({ question: 'revenue by region' })
    await database.query(`update chartroom.answers set answer = answer || '{"onlyForAsker": true}'`)
    expect(await verify()).toEqual({ kind: 'no-answer' })
    expect(await verify({ answer: first.id })).toEqual({ kind: 'no-answer' })
    await database.query(`update chartroom.answers set tenant = 'T2', answer = answer - 'onlyForAsker'`)
    expect(await verify()).toEqual({ kind: 'no-answer' })
  })

  test('what was computed by a program is not verified', async () => {
    const { ask, verify } = world({ model: async () => ({ ...(await rows()()), program: 'rows' }) as Outcome })
    expect(await ask(riddle, { asker: ann })).toMatchObject({ next: [], receipt: { program: 'rows' } })
    expect(await verify()).toMatchObject({ kind: 'problem', problem: expect.stringMatching(/program/) })
  })

  test('what a command gave is not verified', async () => {
    const { ask, verify } = world()
    await ask('revenue by region')
    await database.query(
      `update chartroom.answers set answer = jsonb_set(answer, '{receipt,command}', '"kpi revenue"')`,
    )
    expect(await verify()).toMatchObject({ kind: 'problem', problem: expect.stringMatching(/^A command/) })
  })

  test('forgetting a person takes what they verified', async () => {
    const { ask, verify } = world()
    await ask('revenue by region')
    await verify()
    expect(await forget(database, bob)).toMatchObject({ verified: 0 })
    expect(await forget(database, ann)).toMatchObject({ verified: 1 })
  })
})

describe('when things change', () => {
  const without = (measure: string): Domain =>
    shop.domain.as({
      key: `without ${measure}`,
      narrow: parts => {
        const { [measure]: _, ...measures } = parts.model.measures
        return { ...parts, model: { ...parts.model, measures } }
      },
    })

  test('what does not compile any more is not used, and whoever looks after it is told', async () => {
    const { ask, verify } = world()
    await ask('fees by channel')
    await verify()
    const changed = world({ domain: without('fees') })
    expect((await changed.ask('fees by channel')).status).toBe('clarify')
    expect(await changed.verifying.list({ asker: ann })).toMatchObject([
      { question: 'fees by channel', trouble: expect.stringMatching(/fees/) },
    ])
    expect(await world().verifying.list({ asker: ann })).toEqual([
      expect.not.objectContaining({ trouble: expect.anything() }),
    ])
  })

  test('SQL runs with what the asker may see, and is not used when that is not enough', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    const narrower = shop.domain.as({
      key: 'no channel',
      narrow: parts => {
        const { channel: _, ...dimensions } = parts.model.dimensions
        const { distinct_channel: __, ...measures } = parts.model.measures
        return { ...parts, model: { ...parts.model, dimensions, measures } }
      },
    })
    const seen = world({ domain: narrower })
    expect((await seen.ask(riddle)).status).toBe('clarify')
    await database.query(`update chartroom.verified set model_hash = 'of another'`)
    expect(await seen.verifying.list({ asker: ann })).toMatchObject([{ trouble: expect.stringMatching(/channel/) }])
  })

  test('a database that fails while it runs leaves the question to rules and model', async () => {
    const { ask, verify } = world({ model: rows() })
    await ask(riddle)
    await verify()
    const failing = { ...shop.domain, runText: () => Promise.reject(ChartroomError.of('engine/failed')) }
    const { ask: askAgain, asked, warned } = world({ domain: failing, model: rows() })
    expect((await askAgain(riddle)).status).toBe('answered')
    expect(asked).toEqual([riddle])
    expect(warned).toEqual(['verified/run'])
  })

  test('a store that is away is survived', async () => {
    const { ask, warned } = world()
    await database.query('alter table chartroom.verified rename to away')
    expect((await ask('revenue by region')).status).toBe('answered')
    await database.query('alter table chartroom.away rename to verified')
    expect(warned).toEqual(['verified'])
  })
})
