import { describe, expect, test } from 'vitest'
import { createLimit, type Taken } from '#src/access/limit.ts'
import type { Refusal } from '#src/access/role-of.ts'
import { fixedEffects } from '#src/effects.ts'
import type { AuditEntry } from '#src/store/audit.ts'
import type { Asker } from '#src/vocabulary/question.ts'

const ann: Asker = { platform: 'slack', tenant: 'T1', user: 'U1' }
const noon = Date.parse('2024-03-01T12:00:00Z')
const minutes = (n: number) => n * 60_000

type Row = AuditEntry & { at: number }
const row = (at: number, code?: string): Row => ({
  id: `${at}`,
  question: 'q',
  outcome: 'answered',
  ms: 1,
  at,
  ...(code && { code }),
})

/** The questions of one person, so many minutes ago. */
const limitWith = (rows: Row[]) => {
  const effects = fixedEffects('2024-03-01T12:00:00Z')
  const within = (since = 0) => rows.filter(({ at }) => at >= since).sort((a, b) => b.at - a.at)
  const audit = {
    count: async (_: object, since: number) => within(since).filter(({ code }) => code !== 'access/too-many').length,
    read: async ({ since, most = 100 }: { since?: number; most?: number } = {}) => within(since).slice(0, most),
  }
  return { limit: createLimit({ audit }, effects), effects, rows }
}

const ago = (...all: number[]) => all.map(n => row(noon - minutes(n)))
const isTaken = (x: Taken | Refusal): x is Taken => 'done' in x

describe('the limit of questions an hour', () => {
  test('is none where the rights name none, and for the machine’s own user', async () => {
    const { limit } = limitWith(ago(1, 2, 3))
    expect(isTaken(await limit.take(ann, {}))).toBe(true)
    const own = await limit.take(undefined, { questionsPerHour: 1 })
    expect(isTaken(own)).toBe(true)
    if (isTaken(own)) own.done()
  })

  test('lets through up to as many, and says then when to ask again', async () => {
    const { limit } = limitWith(ago(50, 40, 70))
    expect(isTaken(await limit.take(ann, { questionsPerHour: 3 }))).toBe(true)
    expect(await limit.take(ann, { questionsPerHour: 2 })).toEqual({
      code: 'access/too-many',
      message: 'You may ask 2 questions an hour, and have. Ask again in 10 minutes.',
    })
    expect(await limit.take(ann, { questionsPerHour: 1 })).toMatchObject({
      message: 'You may ask one question an hour, and have. Ask again in 20 minutes.',
    })
  })

  test('an hour later there is room again', async () => {
    const { limit, effects } = limitWith(ago(59, 30))
    expect(await limit.take(ann, { questionsPerHour: 2 })).toMatchObject({
      message: expect.stringMatching(/in a minute\.$/),
    })
    effects.advance(minutes(2))
    expect(isTaken(await limit.take(ann, { questionsPerHour: 2 }))).toBe(true)
  })

  test('questions that were refused for it do not count, so that trying on does not lock out', async () => {
    const refused = Array.from({ length: 50 }, (_, i) => row(noon - 1000 * i, 'access/too-many'))
    const { limit } = limitWith([...refused, ...ago(45, 15)])
    expect(isTaken(await limit.take(ann, { questionsPerHour: 3 }))).toBe(true)
    expect(await limit.take(ann, { questionsPerHour: 2 })).toMatchObject({
      message: expect.stringContaining('in 15 minutes'),
    })
  })

  test('what runs counts until it is done, each person for themselves', async () => {
    const { limit } = limitWith([])
    const all = await Promise.all([1, 2, 3].map(() => limit.take(ann, { questionsPerHour: 2 })))
    expect(all.map(isTaken)).toEqual([true, true, false])
    expect(all[2]).toMatchObject({ message: 'You may ask 2 questions an hour, and have. Ask again in a minute.' })
    expect(isTaken(await limit.take({ ...ann, user: 'U2' }, { questionsPerHour: 1 }))).toBe(true)
    for (const taken of all) if (isTaken(taken)) taken.done()
    expect(isTaken(await limit.take(ann, { questionsPerHour: 1 }))).toBe(true)
  })

  test('a store that fails takes nothing away', async () => {
    const effects = fixedEffects()
    let fails = true
    const count = async () => {
      if (fails) throw new Error('gone')
      return 0
    }
    const limit = createLimit({ audit: { count, read: async () => [] } }, effects)
    await expect(limit.take(ann, { questionsPerHour: 1 })).rejects.toThrow('gone')
    fails = false
    expect(isTaken(await limit.take(ann, { questionsPerHour: 1 }))).toBe(true)
  })
})
