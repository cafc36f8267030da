import { describe, expect, test } from 'vitest'
import type { Period } from '#src/vocabulary/period.ts'
import { expectRows, flightTables, query, shopTables, span, worldOf } from './compile-world.ts'

const shop = worldOf('shop', shopTables)
const flights = worldOf('flights', flightTables)
const january = span('2023-01-01', '2023-02-01')
const february = span('2023-02-01', '2023-03-01')
const april = span('2023-04-01', '2023-05-01')
const year = span('2023-01-01', '2024-01-01')
const joined = `lines l join orders o on o.id = l.order_id left join products p on p.id = l.product_id left join customers c on c.id = o.customer_id`
const kept = `o.status <> 'cancelled'`
const at = (grain: string) => `cast(date_trunc('${grain}', o.ordered_at) as date)`

describe('periods', () => {
  test('are half open: midnight of the first day is in, midnight of the end is not', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'orders' }], period: january }), {
      sql: `select count(*) from orders where ordered_at >= '2023-01-01' and ordered_at < '2023-02-01'`,
      rows: [[2]],
    })
    expect(await shop.rows(query({ measures: [{ measure: 'orders' }], period: february }))).toEqual([[2]])
  })

  test('look at the date that the query names instead of the measure’s own', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'orders' }], period: january, time: 'shipped_on' }), {
      sql: `select count(*) from orders where shipped_on >= '2023-01-01' and shipped_on < '2023-02-01'`,
      rows: [[2]],
    })
  })

  test('a measure of a table without a date is refused', () => {
    expect(shop.problem(query({ measures: [{ measure: 'articles' }], period: january }), { joins: [] })).toMatchObject({
      code: 'measure/no-time',
      message: 'Articles has no date of its own, so it cannot be asked for a period or over time.',
    })
  })

  test('things without a date are counted by the finer rows that have one: products sold in January', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'articles' }], period: january }), {
      sql: `select count(distinct l.product_id) from lines l join orders o on o.id = l.order_id where o.ordered_at >= '2023-01-01' and o.ordered_at < '2023-02-01'`,
      rows: [[2]],
    })
  })

  test('days are those of the model’s zone', async () => {
    const byDay = query({ measures: [{ measure: 'flights' }], splits: [{ grain: 'day' }] })
    expect(await flights.rows(byDay)).toEqual([
      ['2024-01-29', 1],
      ['2024-01-31', 2],
      ['2024-02-29', 1],
    ])
    expect(await flights.rows(byDay, { zone: 'UTC' })).toEqual([
      ['2024-01-30', 1],
      ['2024-01-31', 1],
      ['2024-02-01', 1],
      ['2024-02-29', 1],
    ])
    const inJanuary = query({ measures: [{ measure: 'flights' }], period: span('2024-01-01', '2024-02-01') })
    expect(await flights.rows(inJanuary)).toEqual([[3]])
    expect(await flights.rows(inJanuary, { zone: 'UTC' })).toEqual([[2]])
  })
})

describe('grains', () => {
  test.each<['day' | 'week' | 'month' | 'quarter' | 'year', [string, number][]]>([
    [
      'day',
      [
        ['2022-12-31', 25],
        ['2023-01-01', 50],
        ['2023-01-31', 10],
        ['2023-02-15', 130],
        ['2023-04-03', 200],
      ],
    ],
    [
      'week',
      [
        ['2022-12-26', 75],
        ['2023-01-30', 10],
        ['2023-02-13', 130],
        ['2023-04-03', 200],
      ],
    ],
    [
      'month',
      [
        ['2022-12-01', 25],
        ['2023-01-01', 60],
        ['2023-02-01', 130],
        ['2023-04-01', 200],
      ],
    ],
    [
      'quarter',
      [
        ['2022-10-01', 25],
        ['2023-01-01', 190],
        ['2023-04-01', 200],
      ],
    ],
    [
      'year',
      [
        ['2022-01-01', 25],
        ['2023-01-01', 390],
      ],
    ],
  ])('%s: a bucket is the date of its first day', async (grain, rows) => {
    await expectRows(shop, query({ measures: [{ measure: 'revenue' }], splits: [{ grain }] }), {
      sql: `select ${at(grain)}, sum(l.amount) from ${joined} where ${kept} group by 1 order by 1`,
      rows,
    })
  })

  test('hour: a bucket is a moment', async () => {
    const rows = await shop.rows(
      query({ measures: [{ measure: 'orders' }], splits: [{ grain: 'hour' }], period: january }),
    )
    expect(rows.map(([hour, n]) => [String(hour).slice(0, 16), n])).toEqual([
      ['2023-01-01T09:00', 1],
      ['2023-01-31T23:00', 1],
    ])
  })

  test('weeks that start on Sunday: 31 December 2022 is a Saturday, the next day begins a week', async () => {
    const weekly = query({ measures: [{ measure: 'orders' }], splits: [{ grain: 'week' }] })
    expect(await shop.rows(weekly, { weekStart: 7 })).toEqual([
      ['2022-12-25', 1],
      ['2023-01-01', 1],
      ['2023-01-29', 2],
      ['2023-02-12', 1],
      ['2023-04-02', 1],
    ])
    expect(await shop.rows(weekly, { weekStart: 6 })).toEqual([
      ['2022-12-31', 2],
      ['2023-01-28', 2],
      ['2023-02-11', 1],
      ['2023-04-01', 1],
    ])
  })

  test('fiscal years and quarters that start in February and in July', async () => {
    const yearly = query({ measures: [{ measure: 'revenue' }], splits: [{ grain: 'year' }] })
    expect(await shop.rows(yearly, { fiscalStart: 2 })).toEqual([
      ['2022-02-01', 85],
      ['2023-02-01', 330],
    ])
    expect(await shop.rows(yearly, { fiscalStart: 7 })).toEqual([['2022-07-01', 415]])
    const quarterly = query({ measures: [{ measure: 'revenue' }], splits: [{ grain: 'quarter' }] })
    expect(await shop.rows(quarterly, { fiscalStart: 2 })).toEqual([
      ['2022-11-01', 85],
      ['2023-02-01', 330],
    ])
  })

  test('a bucket and a dimension: sorted by time, then by name', async () => {
    const rows = await shop.rows(
      query({
        measures: [{ measure: 'revenue' }],
        splits: [{ grain: 'month' }, { dimension: 'category' }],
        period: year,
      }),
    )
    expect(rows).toEqual([
      ['2023-01-01', 'Home', 30],
      ['2023-01-01', 'Paper', 30],
      ['2023-02-01', 'Home', 100],
      ['2023-02-01', 'Paper', 30],
      ['2023-04-01', 'Home', 200],
    ])
  })
})

describe('parts of time', () => {
  test('weekdays stand in calendar order, not in that of the alphabet', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'weekday' }] }), {
      sql: `select dayname(ordered_at), count(*) from orders group by 1, isodow(ordered_at) order by isodow(ordered_at)`,
      rows: [
        ['Monday', 1],
        ['Tuesday', 1],
        ['Wednesday', 2],
        ['Saturday', 1],
        ['Sunday', 1],
      ],
    })
  })

  test('months of the year too', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'month_of_year' }] }), {
      sql: `select monthname(ordered_at), count(*) from orders group by 1, month(ordered_at) order by month(ordered_at)`,
      rows: [
        ['January', 2],
        ['February', 2],
        ['April', 1],
        ['December', 1],
      ],
    })
  })

  test('hours of the day are numbers in order', async () => {
    expect(
      await shop.rows(query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'hour_of_day' }] })),
    ).toEqual([
      [0, 1],
      [9, 2],
      [12, 1],
      [14, 1],
      [23, 1],
    ])
  })

  test('filter like a dimension: at the weekend, and from nine to noon', async () => {
    const weekend = query({
      measures: [{ measure: 'revenue' }],
      filters: [{ op: 'in', dimension: 'weekday', values: ['Saturday', 'Sunday'] }],
    })
    expect(await shop.rows(weekend)).toEqual([[75]])
    const morning = query({
      measures: [{ measure: 'orders' }],
      filters: [{ op: 'between', dimension: 'hour_of_day', from: 9, to: 12 }],
    })
    expect(await shop.rows(morning)).toEqual([[3]])
  })
})

describe('one period against another', () => {
  test('a row for every part that either has; a sum that is missing is 0', async () => {
    await expectRows(
      shop,
      query({
        measures: [{ measure: 'revenue' }],
        splits: [{ dimension: 'category' }],
        period: april,
        compare: { period: february },
      }),
      {
        sql: `select coalesce(a.category, b.category), coalesce(a.s, 0), coalesce(b.s, 0)
          from (select p.category, sum(l.amount) s from ${joined} where ${kept} and o.ordered_at >= '2023-04-01' and o.ordered_at < '2023-05-01' group by 1) a
          full join (select p.category, sum(l.amount) s from ${joined} where ${kept} and o.ordered_at >= '2023-02-01' and o.ordered_at < '2023-03-01' group by 1) b using (category) order by 2 desc`,
        rows: [
          ['Home', 200, 100],
          ['Paper', 0, 30],
        ],
      },
    )
  })

  test('a rate of a part that one period lacks is empty, not 0', async () => {
    const q = query({
      measures: [{ measure: 'cancel_rate' }],
      splits: [{ dimension: 'channel' }],
      period: april,
      compare: { period: february },
    })
    expect(await shop.rows(q)).toEqual([
      ['web', 0, 1],
      [null, null, 0],
    ])
  })

  test('without a split it is one row', async () => {
    expect(
      await shop.rows(
        query({
          measures: [{ measure: 'revenue' }, { measure: 'orders' }],
          period: february,
          compare: { period: january },
        }),
      ),
    ).toEqual([[130, 60, 2, 2]])
  })

  test('buckets meet the bucket a month before', async () => {
    const q = query({
      measures: [{ measure: 'revenue' }],
      splits: [{ grain: 'month' }],
      period: year,
      compare: { period: span('2022-12-01', '2023-12-01'), shift: { n: 1, unit: 'month' } },
    })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 60, 25],
      ['2023-02-01', 130, 60],
      ['2023-04-01', 200, null],
    ])
  })

  test('buckets meet the bucket a year before', async () => {
    const q = query({
      measures: [{ measure: 'revenue' }],
      splits: [{ grain: 'year' }],
      period: year,
      compare: { period: span('2022-01-01', '2023-01-01'), shift: { n: 1, unit: 'year' } },
    })
    expect(await shop.rows(q)).toEqual([['2023-01-01', 390, 25]])
  })

  test('buckets of a period that is not said to be moved meet those that are as far from its start', async () => {
    const days = (period: Period, other: Period) =>
      query({ measures: [{ measure: 'revenue' }], splits: [{ grain: 'day' }], period, compare: { period: other } })
    expect(await shop.rows(days(january, span('2022-12-01', '2023-01-01')))).toEqual([
      ['2023-01-01', 50, null],
      ['2023-01-31', 10, 25],
    ])
    expect(await shop.rows(days(span('2023-01-01', '2023-01-02'), span('2023-02-15', '2023-02-16')))).toEqual([
      ['2023-01-01', 50, 130],
    ])
  })

  test('the last days of a longer month are not heaped on the last day of a shorter one', async () => {
    const days = query({
      measures: [{ measure: 'flights' }],
      splits: [{ grain: 'day' }],
      period: span('2024-02-01', '2024-03-01'),
      compare: { period: span('2024-01-01', '2024-02-01'), shift: { n: 1, unit: 'month' } },
    })
    expect(await flights.rows(days)).toEqual([['2024-02-29', 1, 1]])
  })

  test('weeks against the month before: each week with the same days a month earlier', async () => {
    const weeks = query({
      measures: [{ measure: 'revenue' }],
      splits: [{ grain: 'week' }],
      period: february,
      compare: { period: january, shift: { n: 1, unit: 'month' } },
    })
    expect(await shop.rows(weeks)).toEqual([['2023-02-13', 130, null]])
    const aYear = {
      ...weeks,
      period: january,
      compare: { period: span('2022-12-01', '2023-01-01'), shift: { n: 1, unit: 'month' as const } },
    }
    expect(await shop.rows(aYear)).toEqual([
      ['2022-12-26', 50, null],
      ['2023-01-30', 10, 25],
    ])
  })

  test('months against the thirty days before: shifted by days, counted in the month they fall in', async () => {
    const q = query({
      measures: [{ measure: 'revenue' }],
      splits: [{ grain: 'month' }],
      period: february,
      compare: { period: span('2023-01-01', '2023-01-29'), shift: { n: 31, unit: 'day' } },
    })
    expect(await shop.rows(q)).toEqual([['2023-02-01', 130, 50]])
  })

  test('a change of every bucket against the one before needs no comparison to be named', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'growth' }], splits: [{ grain: 'month' }] }), {
      sql: `select m, (s - prev) / nullif(prev, 0) from (select *, coalesce((select sum(amount) from ${joined} where ${kept} and ${at('month')} + interval 1 month = t.m), 0) prev
        from (select ${at('month')} m, sum(l.amount) s from ${joined} where ${kept} group by 1) t) order by 1`,
      rows: [
        ['2022-12-01', null],
        ['2023-01-01', 1.4],
        ['2023-02-01', 7 / 6],
        ['2023-04-01', null],
      ],
    })
  })

  test('the change of a period needs the period before, and has no change of its own', async () => {
    expect(shop.problem(query({ measures: [{ measure: 'growth' }], period: january }))).toMatchObject({
      code: 'measure/no-time',
      message: 'Revenue of the period before needs a period.',
    })
    expect(
      await shop.rows(query({ measures: [{ measure: 'growth' }], period: february, compare: { period: january } })),
    ).toEqual([[7 / 6]])
  })
})
