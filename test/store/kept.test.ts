import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { storedAnswers } from '#src/store/answers.ts'
import { storedClaims } from '#src/store/claims.ts'
import type { Database } from '#src/store/database.ts'
import { storedFeedback } from '#src/store/feedback.ts'
import { storedThreads } from '#src/store/turns.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { createAnswers, createClaims } from '#test/fakes/memory-store.ts'
import { answered, told } from '#test/fakes/room-answers.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
beforeEach(() => database.query('truncate chartroom.claims, chartroom.answers, chartroom.places, chartroom.turns'))
afterAll(() => close())

const ticking = () => {
  const effects = fixedEffects()
  effects.advance(1)
  return effects
}

describe.each([
  ['in memory', createClaims],
  [
    'in the database',
    (...[settings, effects]: Parameters<typeof createClaims>) =>
      storedClaims(database, settings, { ...fixedEffects(), ...effects }),
  ],
] as const)('claims %s', (_, make) => {
  test('a key is given out once, until it is forgotten', async () => {
    const effects = ticking()
    const claims = make({ seconds: 60 }, effects)
    expect((await Promise.all([claims.claim('a'), claims.claim('a'), claims.claim('b')])).toSorted()).toEqual([
      false,
      true,
      true,
    ])
    effects.advance(59_000)
    expect(await claims.claim('a')).toBe(false)
    effects.advance(2_000)
    expect(await claims.claim('a')).toBe(true)
    expect(await claims.claim('a')).toBe(false)
  })
})

describe.each([
  ['in memory', (effects: ReturnType<typeof ticking>) => createAnswers({ seconds: 60 }, effects)],
  ['in the database', (effects: ReturnType<typeof ticking>) => storedAnswers(database, { seconds: 60 }, effects)],
] as const)('answers %s', (_, make) => {
  test('come back as they were put, with who asked and where', async () => {
    const answers = make(ticking())
    const kept = {
      answer: answered('a', 'revenue?'),
      owner: { platform: 'slack', tenant: 'T1', user: 'U1' } as const,
      thread: 'slack:T1:C1:17',
    }
    await answers.put(kept)
    await answers.put({ answer: told('b', 'help') })
    expect(await answers.get('a')).toEqual(kept)
    expect(await answers.get('b')).toEqual({ answer: told('b', 'help') })
    expect(await answers.get('c')).toBeUndefined()
  })

  test('the same id is the same answer', async () => {
    const answers = make(ticking())
    await answers.put({ answer: told('a', 'one') })
    await answers.put({ answer: told('a', 'two') })
    expect((await answers.get('a'))?.answer.question).toBe('two')
  })

  test('an answer is found by the message that it stands in, until it is too old', async () => {
    const effects = ticking()
    const answers = make(effects)
    for (const id of ['a', 'b']) await answers.put({ answer: told(id, 'help'), thread: 't' })
    await answers.place('slack:T1:C1:17.01', 'a')
    expect(await answers.at('slack:T1:C1:17.01')).toMatchObject({ thread: 't', answer: { id: 'a' } })
    await answers.place('slack:T1:C1:17.01', 'b')
    expect(await answers.at('slack:T1:C1:17.01')).toMatchObject({ answer: { id: 'b' } })
    expect(await answers.at('slack:T1:C1:17.02')).toBeUndefined()
    await answers.place('slack:T1:C1:17.03', 'no such answer')
    expect(await answers.at('slack:T1:C1:17.03')).toBeUndefined()
    effects.advance(61_000)
    expect(await answers.at('slack:T1:C1:17.01')).toBeUndefined()
    expect(await answers.get('b')).toBeUndefined()
  })
})

test('in memory the latest answers are kept; the one that was not used for longest goes first', async () => {
  const answers = createAnswers({ seconds: 60, most: 2 }, ticking())
  await answers.put({ answer: told('a', 'help') })
  await answers.put({ answer: told('b', 'help') })
  await answers.get('a')
  await answers.put({ answer: told('c', 'help') })
  expect(await Promise.all(['a', 'b', 'c'].map(async id => (await answers.get(id))?.answer.id))).toEqual([
    'a',
    undefined,
    'c',
  ])
})

describe('in the database', () => {
  test('texts of all kinds come back; what PostgreSQL cannot keep is marked and the rest of it stays', async () => {
    const answers = storedAnswers(database, {}, fixedEffects())
    const texts = ['emoji 🎉 and עברית', 'C:\\u0000 \\ud800', 'a "quote" \\\\', '']
    for (const text of texts) {
      await answers.put({ answer: told('x', text), thread: text })
      expect(await answers.get('x')).toEqual({ answer: told('x', text), thread: text })
    }
    await answers.put({ answer: told('x', 'nul \0 half \ud83c end'), thread: 'nul \0 half \ud83c' })
    expect(await answers.get('x')).toEqual({
      answer: told('x', 'nul \ufffd half \ufffd end'),
      thread: 'nul \ufffd half \ufffd',
    })
  })

  test('a turn of a program that wrote other queries is forgotten', async () => {
    const threads = storedThreads(database, {}, fixedEffects())
    await threads.remember('x', querySchema.parse({ domain: 'shop', measures: [{ measure: 'a' }] }))
    await database.query(`update chartroom.turns set query = '{"domain": "shop", "columns": ["a"]}'`)
    expect(await threads.last('x')).toBeUndefined()
  })

  test('what people think of an answer is kept with who they are', async () => {
    const effects = fixedEffects('2024-03-01T10:00:00Z')
    const feedback = storedFeedback(database, effects)
    await feedback({ answerId: 'a', verdict: 'up' })
    await feedback({
      answerId: 'a',
      verdict: 'down',
      reason: 'wrong month 🙁',
      by: { platform: 'teams', tenant: 't', user: 'u' },
    })
    const rows = await database.query(
      'select answer, verdict, reason, platform, tenant, person, at from chartroom.feedback order by nth',
    )
    const at = new Date('2024-03-01T10:00:00Z')
    expect(rows).toEqual([
      { answer: 'a', verdict: 'up', reason: null, platform: null, tenant: null, person: null, at },
      { answer: 'a', verdict: 'down', reason: 'wrong month 🙁', platform: 'teams', tenant: 't', person: 'u', at },
    ])
  })
})
