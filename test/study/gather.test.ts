import { describe, expect, test } from 'vitest'
import { gather } from '#src/study/gather.ts'
import { study } from '#src/study/study.ts'
import { viewOf } from '#src/study/view.ts'
import { measureColumn, type Query } from '#src/vocabulary/query.ts'
import { ask, model, month, runQuery } from './small-world.ts'

const asked = async (query: Query, today = '2024-01-01', range?: { from: string }) => {
  const seen: Query[] = []
  const view = viewOf({ query, table: await runQuery(query), model, today, range })
  const extras = await gather(view, q => {
    seen.push(q)
    return runQuery(q)
  })
  return { seen, extras }
}
const november = month(11, 'November 2023')

describe('further queries', () => {
  test('of one number are its total against the month before, and the months up to it', async () => {
    const { seen } = await asked(ask({ period: november }))
    expect(seen).toMatchObject([
      { splits: [], compare: { period: { start: '2023-10-01', end: '2023-11-01', label: 'October 2023' } } },
      { splits: [{ grain: 'month' }], period: { start: '2022-12-01', end: '2023-12-01' } },
    ])
  })
  test('of a month to date compare the same number of days', async () => {
    const june = { ...month(6, 'June 2023'), end: '2023-06-15', toDate: true }
    const { seen } = await asked(ask({ period: june }), '2023-06-14')
    expect(seen[0]?.compare?.period).toMatchObject({ start: '2023-05-01', end: '2023-05-15', label: '1–14 May 2023' })
  })
  test('do not compare with a time before the data', async () => {
    const { seen } = await asked(ask({ period: month(1, 'January 2023') }), '2024-01-01', { from: '2023-01-01' })
    expect(seen.filter(q => q.compare)).toEqual([])
  })
  test('of parts that add up over all data are none', async () => {
    expect((await asked(ask({ splits: [{ dimension: 'state' }] }))).seen).toEqual([])
  })
  test('of a rate by part are the rate over all', async () => {
    const { seen, extras } = await asked(
      ask({ measures: [{ measure: 'return_rate' }], splits: [{ dimension: 'state' }] }),
    )
    expect(seen).toMatchObject([{ splits: [], measures: [{ measure: 'return_rate' }] }])
    expect(extras.whole?.now.return_rate).toBeGreaterThan(0.05)
  })
  test('of a single best part are the whole and the runners-up', async () => {
    const { seen } = await asked(
      ask({ splits: [{ dimension: 'state' }], limit: 1, order: [{ by: 'revenue', direction: 'desc' }] }),
    )
    expect(seen).toMatchObject([{ splits: [], limit: undefined }, { limit: 5 }])
  })
  test('of why are the total and one split per plausible dimension, none of them personal or what the measure is made by', async () => {
    const { seen } = await asked(
      ask({
        intent: 'why',
        period: november,
        compare: { period: month(10, 'October 2023') },
        filters: [{ op: 'in', dimension: 'channel', values: ['web'] }],
      }),
    )
    expect(seen.map(q => q.splits.map(s => ('dimension' in s ? s.dimension : s.grain)).join())).toEqual([
      '',
      'state',
      'payment',
      'category',
    ])
    expect(seen.every(q => q.compare?.period.label === 'October 2023')).toBe(true)
  })
  test('of why for a ratio bring the weights', async () => {
    const { seen } = await asked(ask({ measures: [{ measure: 'return_rate' }], intent: 'why', period: november }))
    expect(seen.at(-1)?.measures.map(measureColumn)).toEqual(['return_rate', 'orders'])
  })
  test('of why for the first month of the data look at the month after', async () => {
    const { extras } = await asked(ask({ intent: 'why', period: month(1, 'January 2023') }))
    expect(extras.why).toMatchObject({ after: true, versus: { label: 'February 2023' } })
  })
})

test('a study works when every further query fails, and without any', async () => {
  for (const query of [
    ask({ period: november }),
    ask({ intent: 'why', period: november }),
    ask({ splits: [{ dimension: 'state' }], limit: 1 }),
  ]) {
    const input = { query, table: await runQuery(query), model, today: '2024-01-01' }
    const failing = await study(input, () => Promise.reject(new Error('down')))
    expect(failing).toEqual(await study(input))
    expect(failing.story.headline.text).not.toBe('')
  }
})

test('a question why about the only time there is says that nothing can be compared', async () => {
  const query = ask({
    intent: 'why',
    period: { start: '2023-01-01', end: '2024-01-01', label: '2023', unit: 'year', count: 1 },
  })
  const { story } = await study({ query, table: await runQuery(query), model, today: '2024-01-01' }, runQuery)
  expect(story.headline.text).toBe('Revenue: $833k in 2023')
  expect(story.summary.at(-1)?.text).toBe(
    'There is no earlier time in the data to compare with, so no change can be explained.',
  )
})
