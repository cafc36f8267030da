import { describe, expect, test } from 'vitest'
import type { Dimension } from '#src/semantic/model.ts'
import { study } from '#src/study/study.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Table } from '#src/vocabulary/table.ts'
import { inputOf, type Made, monthly, studyOf } from './made.ts'
import { model, month } from './small-world.ts'

const words = async (made: Made) => {
  const { headline, summary, insights, implications } = (await studyOf(made)).story
  return [headline, ...summary, ...insights, ...implications].map(s => s.text)
}
const orders = { name: 'orders', label: 'Orders', format: { kind: 'integer' as const } }

describe('a story in plain words', () => {
  test('does not call a month open that the data holds wholly, whatever day it is taken to be', async () => {
    const range = { from: '2023-01-01', until: '2023-12-31' }
    const query = { period: month(11, 'November 2023') }
    const [headline] = await words({ rows: [[120]], query, today: '2023-11-15', range })
    expect(headline).toBe('Revenue: $120 in November 2023')
  })
  test('names the whole period that is not over, and says so far only where the words do not say it', async () => {
    const period = {
      start: '2023-11-01',
      end: '2023-11-16',
      label: '1–15 Nov 2023',
      unit: 'month' as const,
      count: 1,
      toDate: true,
    }
    expect(await words({ rows: [[120]], query: { period }, today: '2023-11-15' })).toEqual([
      'Revenue: $120 over 1–15 Nov 2023',
      'Revenue was $120.00 over 1–15 Nov 2023.',
      'November 2023 is not over: 15 of 30 days are in.',
    ])
  })
  test('makes no ratio of a few', async () => {
    const query = { period: month(11, 'November 2023'), compare: { period: month(10, 'October 2023') } }
    expect((await words({ rows: [[33, 32]], measure: orders, query }))[0]).toBe(
      'Orders: 33 in November 2023, up from 32',
    )
  })
  test('does not say that something rose from a later time', async () => {
    const query = { period: month(1, 'January 2023'), compare: { period: month(2, 'February 2023') } }
    expect(await words({ rows: [[120, 100]], query })).toEqual([
      'Revenue was 20% higher than in February 2023: $120',
      'Revenue was $120.00 in January 2023, against $100.00 in February 2023.',
      'Revenue was $79.9k below the target of $80k.',
      'Revenue would have had to be $79.9k higher to reach the target.',
    ])
  })
  test('says a share of one as a part of its whole', async () => {
    const measure = {
      name: 'orders_share',
      label: 'Share of orders',
      format: { kind: 'percent' as const },
      additive: false,
    }
    const query = {
      measures: [{ measure: 'orders', calc: { kind: 'share' as const, of: ['state'] } }],
      filters: [{ op: 'in' as const, dimension: 'state', values: ['Texas', 'Ohio'] }],
    }
    expect(await words({ rows: [[0.081]], measure, query })).toEqual([
      'Texas and Ohio make up 8.1% of orders',
      'Share of orders for Texas and Ohio was 8.1%.',
    ])
  })
  test('says of a running total where it stood on the way', async () => {
    const measure = { name: 'revenue_cumulative', label: 'Revenue, running total' }
    const query = { measures: [{ measure: 'revenue', calc: { kind: 'cumulative' as const } }] }
    expect(await words({ over: 'month', rows: monthly([10, 30, 60, 100]), measure, query })).toEqual([
      'Revenue reached $100 by Apr 2023',
      'It stood at $10 in Jan 2023 and at $60 in Mar 2023.',
    ])
  })
  test('hours are said as times of day', async () => {
    const rows: Cell[][] = [
      [8, 30],
      [9, 50],
      [20, 20],
    ]
    expect((await words({ by: ['hour_of_day'], rows, measure: orders }))[0]).toBe(
      '09:00 has the most orders, 50, 50% of the total',
    )
  })
  test('a bucket a little off the usual is not far off', async () => {
    const values = [100, 101, 99, 100, 102, 98, 100, 101, 99, 115, 100, 101]
    expect((await words({ over: 'month', rows: monthly(values) }))[0]).toBe(
      'Revenue was above usual in Oct 2023: $115, where about $100 is normal',
    )
  })
})

test('weekdays and weekends are set beside each other by the day, five being more than two', async () => {
  // December 2023 has 21 weekdays and 10 days of weekends: 2100 / 21 = 100, 1500 / 10 = 150
  const rows: Cell[][] = [
    ['weekday', 2100],
    ['weekend', 1500],
  ]
  const range = { from: '2023-01-01', until: '2023-12-31' }
  const query = { period: month(12, 'December 2023') }
  const [headline, total, inAll] = await words({ by: ['day_type'], rows, query, range })
  expect([headline, total, inAll]).toEqual([
    'Revenue per day: $100 on weekdays, $150 on weekends in December 2023',
    'Total revenue was $3,600.00 in December 2023.',
    'In all that is $2,100 on weekdays and $1,500 on weekends.',
  ])
})

test('rows cut within each part are a table, not a grid full of holes', async () => {
  const rows: Cell[][] = [
    ['A', 'x', 5],
    ['A', 'y', 4],
    ['B', 'z', 3],
  ]
  const { chart } = await studyOf({ by: ['category', 'state'], rows, query: { limit: 2, limitPer: ['category'] } })
  expect(chart.kind).toBe('table')
})

test('a grid of more rows than a picture holds says how many it shows', async () => {
  const rows = Array.from({ length: 20 }, (_, i): Cell[][] => [
    [`S${i}`, 'web', 100 - i],
    [`S${i}`, 'store', 50 - i],
  ]).flat()
  const { chart, notes } = await studyOf({ by: ['state', 'channel'], rows })
  expect(chart).toMatchObject({ kind: 'heatmap', rows: { length: 13 } })
  expect(chart.subtitle).toBe('Revenue by state and channel · all data · USD · 13 of 20 states')
  expect(notes).toEqual(['The chart shows 13 of 20 states.'])
})

test('a heatmap of months says of which year they are', async () => {
  const rows: Cell[][] = [
    ['2023-01-01', 'A', 1],
    ['2023-02-01', 'A', 2],
  ]
  const { chart } = await studyOf({ over: 'month', by: ['state'], rows, query: { chart: 'heatmap' } })
  expect(chart.subtitle).toBe('Revenue by month and state · all data · USD · 2023')
})

describe('a histogram of one number', () => {
  const shop = {
    ...model,
    tables: { orders: { name: 'orders', label: 'order', synonyms: [], primaryKey: ['order_id'], value: 'revenue' } },
    dimensions: {
      ...model.dimensions,
      order_id: {
        ...(model.dimensions.state as Dimension),
        name: 'order_id',
        expression: { kind: 'name' as const, name: 'order_id' },
      },
    },
  }
  const usd = { kind: 'currency' as const, currency: 'USD' }
  const each = (values: number[]): Table => ({
    columns: [
      { name: 'order_id', type: 'integer', role: 'dimension', label: 'Order' },
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue', format: usd },
    ],
    rows: values.map((v, i) => [i, v]),
    truncated: false,
  })
  test('is of the things it is made of, one by one', async () => {
    const seen: Query[] = []
    // 11 orders of $10, $20 … $110: half are under $60, the middle eighty percent between $20 and $100
    const values = Array.from({ length: 11 }, (_, i) => (i + 1) * 10)
    const input = inputOf({ rows: [[11]], measure: orders, query: { chart: 'histogram' }, model: shop })
    const { story, chart } = await study(input, async q => {
      seen.push(q)
      if (!q.splits.length) throw new Error('not asked')
      return each(values)
    })
    expect(seen[0]).toMatchObject({ measures: [{ measure: 'revenue' }], splits: [{ dimension: 'order_id' }] })
    expect(story.headline.text).toBe('Half of the orders are under $60')
    expect(story.summary[0]?.text).toBe('80% of the 11 orders lie between $20 and $100.')
    expect(chart).toMatchObject({
      kind: 'histogram',
      x: { label: 'Revenue', format: usd },
      subtitle: 'Orders by revenue · all data',
    })
  })
  test('that has no things with a key is told as a number', async () => {
    const { chart, notes } = await studyOf({ rows: [[11]], measure: orders, query: { chart: 'histogram' } })
    expect([chart.kind, notes]).toEqual([
      'kpi',
      ['This result cannot be drawn as a histogram; it is shown as one number.'],
    ])
  })
})

test('a change from a bucket that is cut by the data is not told', async () => {
  const rows: Cell[][] = [
    ['2022-01-01', 50],
    ['2023-01-01', 300],
    ['2024-01-01', 120],
  ]
  const range = { from: '2022-07-04', until: '2024-05-06' }
  expect((await words({ over: 'year', rows, range })).join(' ')).not.toContain('up 500%')
})

test('parts that are only numbers are said with what they number', async () => {
  const made = inputOf({
    by: ['clerk'],
    rows: [
      [4, 50],
      [3, 30],
    ],
    measure: orders,
  })
  const columns = made.table.columns.map((c, i) => (i ? c : { ...c, type: 'integer' as const, label: 'Employee' }))
  const { story, chart } = await study({ ...made, table: { ...made.table, columns } })
  expect(story.headline.text).toBe('Employee 4 is ahead of Employee 3 in orders: 50 against 30, 67% more')
  expect(chart.kind === 'bar' && chart.categories).toEqual(['Employee 4', 'Employee 3'])
})

test('a grid of many ordered rows lies down rather than lose its end', async () => {
  const rows = Array.from({ length: 24 }, (_, h): Cell[][] => [
    [h, 'web', 50 + h],
    [h, 'store', h],
  ]).flat()
  const { chart } = await studyOf({ by: ['hour_of_day', 'channel'], rows, measure: orders })
  expect(chart).toMatchObject({ kind: 'heatmap', rows: ['web', 'store'], columns: { length: 24, 23: '23:00' } })
})

test('one whole bucket and nothing to compare it with is told by the total', async () => {
  const rows: Cell[][] = [
    ['2022-01-01', 50],
    ['2023-01-01', 300],
  ]
  expect((await words({ over: 'year', rows, range: { from: '2022-07-04', until: '2023-12-31' } }))[0]).toBe(
    'Revenue: $350 in all',
  )
})

test('a few far beyond the rest do not flatten a histogram, and the picture says how many it leaves out', async () => {
  // 299 rows worth 1 … 299 and one worth 100,000
  const rows = Array.from({ length: 300 }, (_, i): Cell[] => [`P${i}`, i === 0 ? 100_000 : i])
  const { chart, notes } = await studyOf({ by: ['state'], rows, query: { chart: 'histogram' } })
  expect(chart.kind === 'histogram' && chart.bins.at(-1)?.to).toBe(300)
  expect(chart.kind === 'histogram' && chart.bins.reduce((n, b) => n + b.count, 0)).toBe(299)
  expect(chart.subtitle).toBe('Revenue by state · all data · USD · without 1 above $300')
  expect(notes).toEqual(['The chart leaves out 1 row above $300.'])
})

test('labels stand in pictures with a capital', async () => {
  const made: Made = { by: ['state'], rows: [['Texas', 5]], measure: { label: 'revenue' }, query: { chart: 'table' } }
  const { chart } = await studyOf(made)
  expect(chart.kind === 'table' && chart.columns.map(c => c.label)).toEqual(['State', 'Revenue'])
})
