import { describe, expect, test } from 'vitest'
import { expectRows, query, shopTables, span, worldOf } from './compile-world.ts'

const shop = worldOf('shop', shopTables)
const year = span('2023-01-01', '2024-01-01')
const byMonth = [{ grain: 'month' as const }]
const joined = `lines l join orders o on o.id = l.order_id left join products p on p.id = l.product_id left join customers c on c.id = o.customer_id`
const kept = `o.status <> 'cancelled'`
const monthly = `select cast(date_trunc('month', o.ordered_at) as date) m, sum(l.amount) s from ${joined} where ${kept} group by 1`

describe('shares', () => {
  test('of a split: all parts together are the whole', async () => {
    const q = query({
      measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['category'] } }],
      splits: [{ dimension: 'category' }],
    })
    await expectRows(shop, q, {
      sql: `select p.category, sum(l.amount) / (select sum(l.amount) from ${joined} where ${kept}) from ${joined} where ${kept} group by 1 order by 2 desc`,
      rows: [
        ['Home', 355 / 415],
        ['Paper', 60 / 415],
      ],
    })
  })

  test('of a filter: the whole is without it', async () => {
    const q = query({
      measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['region'] } }],
      filters: [{ op: 'in', dimension: 'region', values: ['South'] }],
    })
    await expectRows(shop, q, {
      sql: `select sum(l.amount) filter (where c.region = 'South') / sum(l.amount) from ${joined} where ${kept}`,
      rows: [[200 / 415]],
    })
  })

  test('other filters hold for part and whole alike', async () => {
    const q = query({
      measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['region'] } }],
      filters: [
        { op: 'in', dimension: 'region', values: ['South'] },
        { op: 'in', dimension: 'category', values: ['Home'] },
      ],
    })
    expect(await shop.rows(q)).toEqual([[200 / 355]])
  })

  test('within a group: the share of each category in its region', async () => {
    const q = query({
      measures: [{ measure: 'units', calc: { kind: 'share', of: ['category'] } }],
      splits: [{ dimension: 'region' }, { dimension: 'category' }],
      filters: [{ op: 'is_not_null', dimension: 'region' }],
    })
    expect(await shop.rows(q)).toEqual([
      ['South', 'Home', 1],
      ['North', 'Paper', 0.6],
      ['North', 'Home', 0.4],
    ])
  })

  test('of a named filter', async () => {
    const q = query({
      measures: [{ measure: 'orders', calc: { kind: 'share', of: ['kept'] } }],
      filters: [{ op: 'named', filter: 'kept' }],
    })
    expect(await shop.rows(q)).toEqual([[5 / 6]])
  })

  test('of things with a measure of their own', async () => {
    const q = query({
      measures: [{ measure: 'orders', calc: { kind: 'share', of: ['orders'] } }],
      filters: [{ op: 'entity', entity: 'orders', measure: 'gross', compare: 'gt', value: 100 }],
    })
    expect(await shop.rows(q)).toEqual([[2 / 6]])
  })

  test('of nothing is empty', async () => {
    const q = query({
      measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['region'] } }],
      filters: [{ op: 'in', dimension: 'region', values: ['South'] }],
      period: span('2020-01-01', '2021-01-01'),
    })
    expect(await shop.rows(q)).toEqual([[null]])
  })

  test('as a formula: of everything it is split by', async () => {
    expect(await shop.rows(query({ measures: [{ measure: 'part' }], splits: [{ dimension: 'region' }] }))).toEqual([
      ['South', 200 / 415],
      [null, 130 / 415],
      ['North', 85 / 415],
    ])
  })
})

describe('running figures', () => {
  test('a running total over all months that have rows', async () => {
    const q = query({ measures: [{ measure: 'revenue', calc: { kind: 'cumulative' } }], splits: byMonth })
    await expectRows(shop, q, {
      sql: `select m, sum(s) over (order by m rows unbounded preceding) from (${monthly}) order by 1`,
      rows: [
        ['2022-12-01', 25],
        ['2023-01-01', 85],
        ['2023-02-01', 215],
        ['2023-04-01', 415],
      ],
    })
  })

  test('it begins with the period', async () => {
    const q = query({ measures: [{ measure: 'revenue', calc: { kind: 'cumulative' } }], splits: byMonth, period: year })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 60],
      ['2023-02-01', 190],
      ['2023-04-01', 390],
    ])
  })

  test('it runs for each part on its own', async () => {
    const q = query({
      measures: [{ measure: 'revenue', calc: { kind: 'cumulative' } }],
      splits: [...byMonth, { dimension: 'category' }],
      period: year,
    })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 'Home', 30],
      ['2023-01-01', 'Paper', 30],
      ['2023-02-01', 'Home', 130],
      ['2023-02-01', 'Paper', 60],
      ['2023-04-01', 'Home', 330],
    ])
  })

  test('the year to date starts anew each year', async () => {
    const q = query({ measures: [{ measure: 'revenue', calc: { kind: 'ytd' } }], splits: byMonth })
    expect(await shop.rows(q)).toEqual([
      ['2022-12-01', 25],
      ['2023-01-01', 60],
      ['2023-02-01', 190],
      ['2023-04-01', 390],
    ])
    expect(await shop.rows(q, { fiscalStart: 2 })).toEqual([
      ['2022-12-01', 25],
      ['2023-01-01', 85],
      ['2023-02-01', 130],
      ['2023-04-01', 330],
    ])
  })

  test('the year to date of a later period knows the months before it, and does not show them', async () => {
    const calc = query({
      measures: [{ measure: 'revenue', calc: { kind: 'ytd' } }],
      splits: byMonth,
      period: span('2023-02-01', '2023-05-01'),
    })
    const formula = { ...calc, measures: [{ measure: 'this_year' }] }
    const rows = [
      ['2023-02-01', 190],
      ['2023-04-01', 390],
    ]
    expect(await shop.rows(calc)).toEqual(rows)
    expect(await shop.rows(formula)).toEqual(rows)
  })

  test('a running figure without a split by time is refused', () => {
    expect(shop.problem(query({ measures: [{ measure: 'revenue', calc: { kind: 'cumulative' } }] }))).toMatchObject({
      code: 'measure/no-time',
      message: 'A running or rolling figure needs a split by time, such as “by month”.',
    })
  })

  test('customers cannot be added up over months: the same one may count in each', () => {
    expect(
      shop.problem(query({ measures: [{ measure: 'buyers', calc: { kind: 'cumulative' } }], splits: byMonth })),
    ).toMatchObject({
      code: 'measure/not-additive',
      message: 'Buyers cannot be added up over time: the same one may count in several buckets.',
    })
  })

  test('orders can: each stands in one month', async () => {
    const q = query({ measures: [{ measure: 'orders', calc: { kind: 'cumulative' } }], splits: byMonth })
    expect((await shop.rows(q)).map(([, n]) => n)).toEqual([1, 3, 5, 6])
  })

  test('an average or a highest value cannot', () => {
    const q = query({
      measures: [{ measure: 'fees', aggregation: 'max', calc: { kind: 'cumulative' } }],
      splits: byMonth,
    })
    expect(shop.problem(q).code).toBe('measure/not-additive')
  })

  test('a ratio of running sums is the ratio so far', async () => {
    const q = query({ measures: [{ measure: 'average_order', calc: { kind: 'cumulative' } }], splits: byMonth })
    expect(await shop.rows(q)).toEqual([
      ['2022-12-01', 25],
      ['2023-01-01', 85 / 3],
      ['2023-02-01', 215 / 4],
      ['2023-04-01', 83],
    ])
  })
})

describe('rolling figures', () => {
  const rolling = (n: number, average = false) => [
    { measure: 'revenue', calc: { kind: 'rolling' as const, n, average } },
  ]

  test('a total of two months goes by the calendar: April’s two months hold no rows of March', async () => {
    await expectRows(shop, query({ measures: rolling(2), splits: byMonth }), {
      sql: `select m, (select sum(s) from (${monthly}) b where b.m > a.m - interval 2 month and b.m <= a.m) from (${monthly}) a order by 1`,
      rows: [
        ['2022-12-01', 25],
        ['2023-01-01', 85],
        ['2023-02-01', 190],
        ['2023-04-01', 200],
      ],
    })
  })

  test('it looks at the months before the period, and does not show them', async () => {
    const q = query({ measures: rolling(2), splits: byMonth, period: year })
    const rows = [
      ['2023-01-01', 85],
      ['2023-02-01', 190],
      ['2023-04-01', 200],
    ]
    expect(await shop.rows(q)).toEqual(rows)
    expect(await shop.rows({ ...q, measures: [{ measure: 'two_months' }] })).toEqual(rows)
  })

  test('a rolling average', async () => {
    expect(
      await shop.rows(query({ measures: rolling(2, true), splits: byMonth, period: span('2023-01-01', '2023-03-01') })),
    ).toEqual([
      ['2023-01-01', 42.5],
      ['2023-02-01', 95],
    ])
  })

  test('quarters are three months each', async () => {
    expect(await shop.rows(query({ measures: rolling(2), splits: [{ grain: 'quarter' }] }))).toEqual([
      ['2022-10-01', 25],
      ['2023-01-01', 215],
      ['2023-04-01', 390],
    ])
  })

  test('a rolling figure beside another one does not make the other look back', async () => {
    const q = query({ measures: [...rolling(2), { measure: 'revenue' }], splits: byMonth, period: year })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 85, 60],
      ['2023-02-01', 190, 130],
      ['2023-04-01', 200, 200],
    ])
  })

  test('two windows of different width, and a running total, each look back as far as they need', async () => {
    const uses = [...rolling(2), ...rolling(3), { measure: 'revenue', calc: { kind: 'cumulative' as const } }]
    const q = query({ measures: uses, splits: byMonth, period: span('2023-02-01', '2023-05-01') })
    expect(await shop.rows(q)).toEqual([
      ['2023-02-01', 190, 215, 130],
      ['2023-04-01', 200, 330, 330],
    ])
  })

  test('compared with a year before, the earlier figure knows its own earlier months', async () => {
    const q = query({
      measures: [{ measure: 'two_months' }],
      splits: byMonth,
      period: span('2023-02-01', '2023-03-01'),
      compare: { period: span('2023-01-01', '2023-02-01'), shift: { n: 1, unit: 'month' } },
    })
    expect(await shop.rows(q)).toEqual([['2023-02-01', 190, 85]])
  })
})
