import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { type Owner, storedAnswers } from '#src/store/answers.ts'
import { storedAudit } from '#src/store/audit.ts'
import { storedCalls } from '#src/store/calls.ts'
import { storedClaims } from '#src/store/claims.ts'
import type { Database } from '#src/store/database.ts'
import { storedFeedback } from '#src/store/feedback.ts'
import { storedKeyValues } from '#src/store/key-values.ts'
import { exportOf, forget, readPerson } from '#src/store/person.ts'
import { storedPlans } from '#src/store/plans.ts'
import { deleteOld, startRetention } from '#src/store/retention.ts'
import { storedThreads } from '#src/store/turns.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { told } from '#test/fakes/room-answers.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())

const tables = ['claims', 'answers', 'places', 'turns', 'key_values', 'feedback', 'audit', 'plans', 'calls']
beforeEach(() => database.query(`truncate ${tables.map(t => `chartroom.${t}`).join(', ')}`))

const counts = async () => {
  const found = await Promise.all(
    tables.map(
      async table => (await database.query<{ n: number }>(`select count(*) as n from chartroom.${table}`))[0]?.n,
    ),
  )
  return Object.fromEntries(tables.map((table, i) => [table, found[i]]))
}

const query = querySchema.parse({ domain: 'shop', measures: [{ measure: 'revenue' }] })
const effects = fixedEffects('2024-03-01T10:00:00Z')

const callOf = (owner: Owner) => ({
  ...{ owner, step: 'plan', prompt: 'plan', version: 1, model: 'm', outcome: 'read' },
  ...{ input: 1, cached: 0, output: 1, ms: 1 },
})

const planOf = (question: string) => ({ domain: 'shop', version: '1', question, plan: { kind: 'query', query } })

/** Everything that one question of somebody leaves, in a chat of theirs. */
const leaveTraces = async (owner: Owner) => {
  const name = `${owner.platform}:${owner.tenant}:${owner.user}`
  await storedClaims(database, {}, effects).claim(`${name}:click`)
  const answers = storedAnswers(database, {}, effects)
  await answers.put({ answer: told(name, 'help'), owner, thread: name })
  await answers.place(`${name}:17.01`, name)
  await storedThreads(database, {}, effects).remember(name, query)
  const feedback = storedFeedback(database, effects)
  await feedback({ answerId: name, verdict: 'up' })
  await feedback({ answerId: 'of another', verdict: 'down', reason: 'no', by: owner })
  await storedAudit(database, effects).write({
    id: name,
    owner,
    thread: name,
    question: 'help',
    outcome: 'told',
    ms: 3,
  })
  await storedCalls(database, effects).write({ ...callOf(owner), question: name })
  await storedPlans(database, effects).put(`hash of ${name}`, planOf(name))
  const chats = storedKeyValues(database, { space: 'teams-conversations' }, effects)
  if (owner.platform === 'teams')
    await chats.put(name, { tenant: owner.tenant, user: owner.user, serviceUrl: 'https://x' })
}

const ann: Owner = { platform: 'teams', tenant: 't1', user: 'ann' }
const bob: Owner = { platform: 'teams', tenant: 't1', user: 'bob' }
const annElsewhere: Owner = { platform: 'slack', tenant: 'T9', user: 'ann' }

const one = { claims: 1, answers: 1, places: 1, turns: 1, key_values: 1, feedback: 2, audit: 1, plans: 1, calls: 1 }

describe('forgetting a person', () => {
  test('deletes every trace of them, and nothing of others', async () => {
    for (const owner of [ann, bob]) await leaveTraces(owner)
    const deleted = await forget(database, ann)
    expect(deleted).toEqual({
      claims: 1,
      turns: 1,
      feedback: 2,
      key_values: 1,
      answers: 1,
      audit: 1,
      notes: 0,
      verified: 0,
      lessons: 0,
      said: 0,
      at_work: 0,
      plans: 1,
      calls: 1,
      dataset_versions: 0,
      datasets: 0,
    })
    expect(await counts()).toEqual(one)
    expect(JSON.stringify(await exportOf(database, bob))).not.toContain('ann')
    expect(Object.values(await forget(database, ann))).toEqual(Array(15).fill(0))
  })

  test('with platform and tenant means that one user; without them all of that id', async () => {
    for (const owner of [ann, annElsewhere]) await leaveTraces(owner)
    await forget(database, annElsewhere)
    expect(await counts()).toMatchObject({ answers: 1, turns: 1, audit: 1, feedback: 2, key_values: 1 })
    await leaveTraces(annElsewhere)
    await forget(database, { user: 'ann' })
    expect(Object.values(await counts())).toEqual(tables.map(() => 0))
  })

  test('forgets what was said in threads that they took part in, so that nobody follows up on them', async () => {
    await leaveTraces(ann)
    await storedAudit(database, effects).write({
      id: '2',
      owner: bob,
      thread: 'teams:t1:ann',
      question: 'q',
      outcome: 'told',
      ms: 1,
    })
    await forget(database, bob)
    expect(await storedThreads(database, {}, effects).last('teams:t1:ann')).toBeUndefined()
    expect(await counts()).toMatchObject({ answers: 1, audit: 1 })
  })

  test('a hostile name is nothing but a name', async () => {
    await leaveTraces(ann)
    await forget(database, { user: `ann' or 1=1 --` })
    await forget(database, { user: '%' })
    expect(await counts()).toEqual(one)
  })
})

test('what is handed over is all that is kept of a person', async () => {
  for (const owner of [ann, bob]) await leaveTraces(owner)
  const handed = await exportOf(database, ann)
  expect(Object.entries(handed).map(([table, rows]) => [table, rows.length])).toEqual([
    ['claims', 1],
    ['turns', 1],
    ['feedback', 2],
    ['key_values', 1],
    ['answers', 1],
    ['audit', 1],
    ['notes', 0],
    ['verified', 0],
    ['lessons', 0],
    ['said', 0],
    ['at_work', 0],
    ['plans', 1],
    ['calls', 1],
    ['dataset_versions', 0],
    ['datasets', 0],
  ])
  expect(handed.answers?.[0]).toMatchObject({
    person: 'ann',
    answer: { status: 'told', question: 'help' },
    at: '2024-03-01T10:00:00+00:00',
  })
  expect(JSON.stringify(handed)).not.toContain('bob')
})

test('a person is named alone or with platform and tenant', () => {
  expect(readPerson('U123')).toEqual({ user: 'U123' })
  expect(readPerson('slack:T1:U123')).toEqual({ platform: 'slack', tenant: 'T1', user: 'U123' })
  for (const wrong of ['', 'slack:U123', 'irc:net:bob', 'a b', 'slack:T1:', 'slack:T1:U1:x'])
    expect(readPerson(wrong)).toBeUndefined()
})

describe('what is old', () => {
  const at = async (day: string, owner: Owner) => {
    const then = fixedEffects(`${day}T10:00:00Z`)
    const name = `${owner.user} ${day}`
    await storedClaims(database, {}, then).claim(name)
    await storedAnswers(database, {}, then).put({ answer: told(name, 'help'), owner })
    await storedThreads(database, {}, then).remember(name, query)
    await storedFeedback(database, then)({ answerId: name, verdict: 'up' })
    await storedAudit(database, then).write({ id: name, owner, question: 'help', outcome: 'told', ms: 3 })
    await storedCalls(database, then).write(callOf(owner))
    await storedPlans(database, then).put(name, planOf(name))
    await storedKeyValues(database, { space: 'slack-installations' }, then).put(name, {})
  }

  test('is deleted after so many days; answers after a week, plans after a day, deliveries after an hour, installations never', async () => {
    for (const day of ['2024-01-31', '2024-02-01', '2024-02-23', '2024-03-01']) await at(day, ann)
    const now = fixedEffects('2024-03-02T09:59:59Z')
    expect(await deleteOld(database, { days: 30 }, now)).toEqual({
      claims: 4,
      answers: 3,
      turns: 1,
      said: 0,
      feedback: 1,
      plans: 3,
      deleted: 0,
      at_work: 0,
      audit: 1,
      notes: 0,
      calls: 1,
    })
    expect(await counts()).toEqual({
      ...{ claims: 0, answers: 1, places: 0, turns: 3, key_values: 4, feedback: 3, audit: 3, plans: 1, calls: 3 },
    })
  })

  test('is deleted at the start; trouble is told and survived', async () => {
    await at('2024-01-01', ann)
    const warned: string[] = []
    const warn = (event: string) => void warned.push(event)
    const kept = startRetention(database, { days: 30, warn }, fixedEffects('2024-03-01T00:00:00Z'))
    await expect.poll(async () => (await counts()).audit).toBe(0)
    kept.stop()
    const broken = { ...database, query: () => Promise.reject(new Error('away')) }
    startRetention(broken, { days: 30, warn }, effects).stop()
    await expect.poll(() => warned).toEqual(['retention'])
  })
})
