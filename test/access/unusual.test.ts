import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteUnusual, unusualUse } from '#src/access/unusual.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Owner } from '#src/store/answers.ts'
import type { DayOfUse } from '#src/store/audit.ts'
import type { Database } from '#src/store/database.ts'
import { storedNotes } from '#src/store/notes.ts'
import { exportOf, forget } from '#src/store/person.ts'
import { deleteOld } from '#src/store/retention.ts'
import { openTestState } from '#test/store/database.ts'

const ann: Owner = { platform: 'slack', tenant: 'T1', user: 'UANN' }
const bob: Owner = { platform: 'teams', tenant: 't', user: 'bob' }
const today = '2024-03-20'

const use = (owner: Owner, day: string, questions: number, rows = 0): DayOfUse => ({
  day,
  owner,
  questions,
  rows,
  failed: 0,
  ms: 0,
})

/** The days before, one after the other. */
const earlier = (owner: Owner, counts: readonly number[], rows = 0) =>
  counts.map((n, i) => use(owner, `2024-03-${String(10 + i).padStart(2, '0')}`, n, rows))

describe('who is far from usual', () => {
  test('is who asked far more than on their other days', () => {
    const days = [
      ...earlier(ann, [10, 12, 8, 11, 9]),
      use(ann, today, 100),
      ...earlier(bob, [90, 100, 95, 110, 105]),
      use(bob, today, 100),
    ]
    expect(unusualUse(days, today)).toEqual([{ owner: ann, what: 'questions', today: 100, usual: 10 }])
  })

  test('is nobody below the floor, or within three times their usual day', () => {
    expect(unusualUse([...earlier(ann, [1, 1, 1, 1, 1]), use(ann, today, 59)], today)).toEqual([])
    expect(unusualUse([...earlier(ann, [1, 1, 1, 1, 1]), use(ann, today, 60)], today)).toHaveLength(1)
    expect(unusualUse([...earlier(ann, [40, 40, 40, 40, 40]), use(ann, today, 119)], today)).toEqual([])
    expect(unusualUse([...earlier(ann, [40, 40, 40, 40, 40]), use(ann, today, 120)], today)).toHaveLength(1)
  })

  test('is nobody whose days differ as much anyhow', () => {
    // Median 50, median distance 40: 50 + 6 × 1.4826 × 40 = 405.8
    const days = earlier(ann, [10, 50, 90, 5, 200])
    expect(unusualUse([...days, use(ann, today, 405)], today)).toEqual([])
    expect(unusualUse([...days, use(ann, today, 406)], today)).toEqual([
      { owner: ann, what: 'questions', today: 406, usual: 50 },
    ])
  })

  test('is also who was shown far more rows', () => {
    const days = [...earlier(ann, [5, 5, 5, 5, 5], 200), use(ann, today, 6, 250_000)]
    expect(unusualUse(days, today)).toEqual([{ owner: ann, what: 'rows', today: 250_000, usual: 200 }])
  })

  test('whoever is new is held against everybody’s days; the first of all against nothing', () => {
    expect(unusualUse([...earlier(bob, [20, 30, 20, 30]), use(ann, today, 70)], today)).toEqual([])
    expect(unusualUse([...earlier(bob, [20, 30, 20, 30]), use(ann, today, 75)], today)).toEqual([
      { owner: ann, what: 'questions', today: 75, usual: 25 },
    ])
    expect(unusualUse([use(ann, today, 60)], today)).toEqual([{ owner: ann, what: 'questions', today: 60, usual: 0 }])
  })
})

describe('admins are told', () => {
  let database: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ database, close } = await openTestState())
  })
  afterAll(() => close())

  const days = [use(ann, today, 1234), use(bob, today, 3, 100_000)]

  test('once a person and day, by whichever process comes first, and again when nobody could be told', async () => {
    const effects = fixedEffects(`${today}T15:00:00Z`)
    const told: [string, Owner][] = []
    let answer: () => Promise<boolean> = async () => false
    const asked: number[] = []
    const parts = {
      audit: {
        use: async (since: number) => {
          asked.push(since)
          return days
        },
      },
      notes: storedNotes(database, effects),
      tellAdmins: async (words: string, about: Owner) => {
        told.push([words, about])
        return answer()
      },
    }
    await noteUnusual(parts, effects)
    answer = async () => {
      throw new Error('gone')
    }
    await noteUnusual(parts, effects)
    answer = async () => true
    await Promise.all([noteUnusual(parts, effects), noteUnusual(parts, effects)])
    await noteUnusual(parts, effects)
    const both: [string, Owner][] = [
      ['<@UANN> has asked 1,234 questions today; 0 is usual. `data audit slack:T1:UANN today` shows them.', ann],
      ['bob was shown 100,000 rows today; 0 is usual. `data audit teams:t:bob today` shows them.', bob],
    ]
    expect(told.slice(0, 4)).toEqual([...both, ...both])
    expect(told.slice(4).toSorted()).toEqual(both)
    expect(asked[0]).toBe(Date.parse('2024-02-21T15:00:00Z'))
  })

  test('on the next day again', async () => {
    const effects = fixedEffects('2024-03-21T00:10:00Z')
    const told: string[] = []
    await noteUnusual(
      {
        audit: { use: async () => [...days, use(ann, '2024-03-21', 7000)] },
        notes: storedNotes(database, effects),
        tellAdmins: async words => {
          told.push(words)
          return true
        },
      },
      effects,
    )
    expect(told).toEqual([
      '<@UANN> has asked 7,000 questions today; 619 is usual. `data audit slack:T1:UANN today` shows them.',
    ])
  })

  test('what was noted goes with the person, and after the days that traces are kept', async () => {
    const noted = async () => (await database.query<{ n: number }>('select count(*) as n from chartroom.notes'))[0]?.n
    await database.query('delete from chartroom.notes')
    const notes = storedNotes(database, fixedEffects('2024-03-20T00:00:00Z'))
    for (const owner of [ann, bob]) await notes.note(owner, today)
    expect(await exportOf(database, ann)).toMatchObject({ notes: [{ person: 'UANN', day: '2024-03-20' }] })
    expect(await forget(database, ann)).toMatchObject({ notes: 1 })
    expect(await noted()).toBe(1)
    await deleteOld(database, { days: 30 }, fixedEffects('2024-04-20T00:00:00Z'))
    expect(await noted()).toBe(0)
  })
})
