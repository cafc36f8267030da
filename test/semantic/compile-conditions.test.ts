import { describe, expect, test } from 'vitest'
import type { Filter, Query } from '#src/vocabulary/query.ts'
import { expectRows, query, shopTables, span, worldOf } from './compile-world.ts'

const shop = worldOf('shop', shopTables)
const orders = [{ measure: 'orders' }]
const revenue = [{ measure: 'revenue' }]
const by = (dimension: string) => [{ dimension }]
const joined = `lines l join orders o on o.id = l.order_id left join products p on p.id = l.product_id left join customers c on c.id = o.customer_id`
const kept = `o.status <> 'cancelled'`
const year = span('2023-01-01', '2024-01-01')

/** How many of the six orders a filter keeps, and the same by hand. */
const keeps: [words: string, filter: Filter, sql: string, n: number][] = [
  ['one value', { op: 'in', dimension: 'channel', values: ['web'] }, `channel = 'web'`, 3],
  ['several values', { op: 'in', dimension: 'channel', values: ['web', 'store'] }, `channel in ('web', 'store')`, 5],
  [
    'a negation keeps rows without a value',
    { op: 'not_in', dimension: 'channel', values: ['web'] },
    `channel is distinct from 'web'`,
    3,
  ],
  ['no value', { op: 'is_null', dimension: 'channel' }, `channel is null`, 1],
  ['any value', { op: 'is_not_null', dimension: 'channel' }, `channel is not null`, 5],
  ['a pattern', { op: 'like', dimension: 'channel', pattern: 's%' }, `channel like 's%'`, 2],
  [
    'a pattern that must not fit keeps rows without a value',
    { op: 'not_like', dimension: 'channel', pattern: 's%' },
    `channel is null or channel not like 's%'`,
    4,
  ],
  ['more than', { op: 'gt', dimension: 'fee_of_order', value: 5 }, `fee > 5`, 1],
  ['at least', { op: 'gte', dimension: 'fee_of_order', value: 5 }, `fee >= 5`, 4],
  ['less than', { op: 'lt', dimension: 'fee_of_order', value: 5 }, `fee < 5`, 2],
  ['at most', { op: 'lte', dimension: 'fee_of_order', value: 3 }, `fee <= 3`, 2],
  ['exactly', { op: 'eq', dimension: 'fee_of_order', value: 7.5 }, `fee = 7.5`, 1],
  ['not exactly', { op: 'ne', dimension: 'fee_of_order', value: 5 }, `fee <> 5`, 3],
  ['between, both ends in', { op: 'between', dimension: 'fee_of_order', from: 3, to: 5 }, `fee between 3 and 5`, 4],
  ['a number among numbers', { op: 'in', dimension: 'order_number', values: [1, 6] }, `id in (1, 6)`, 2],
  ['a flag', { op: 'in', dimension: 'gift', values: [true] }, `gift`, 2],
  ['a flag that is off or unknown', { op: 'not_in', dimension: 'gift', values: [true] }, `gift is not true`, 4],
  [
    'a day of a moment',
    { op: 'in', dimension: 'ordered_at', values: ['2023-01-31'] },
    `ordered_at::date = '2023-01-31'`,
    1,
  ],
  ['from a day on', { op: 'gte', dimension: 'shipped_on', value: '2023-02-02' }, `shipped_on >= '2023-02-02'`, 3],
  ['a named filter', { op: 'named', filter: 'kept' }, `status <> 'cancelled'`, 5],
  ['not a named filter', { op: 'not_named', filter: 'kept' }, `status = 'cancelled'`, 1],
  [
    'a named filter on a finer table',
    { op: 'named', filter: 'paper_first' },
    `exists (select 1 from lines l join products p on p.id = l.product_id where l.order_id = orders.id and p.category = 'Paper')`,
    3,
  ],
  [
    'a named filter on a thing’s measure',
    { op: 'named', filter: 'big_orders' },
    `(select sum(amount) from lines where order_id = orders.id) > 50`,
    2,
  ],
  [
    'orders by their amount',
    { op: 'entity', entity: 'orders', measure: 'gross', compare: 'gte', value: 50 },
    `(select sum(amount) from lines where order_id = orders.id) >= 50`,
    3,
  ],
  [
    'orders by a formula',
    { op: 'entity', entity: 'orders', measure: 'margin_rate', compare: 'gt', value: 0.5 },
    `id in (1, 2, 6)`,
    3,
  ],
  [
    'orders of customers who ordered at least twice',
    { op: 'entity', entity: 'customers', measure: 'orders', compare: 'gte', value: 2 },
    `customer_id in (1, 2)`,
    5,
  ],
  [
    'orders of customers between',
    { op: 'entity', entity: 'customers', measure: 'orders', compare: 'between', value: 1, to: 2 },
    `customer_id in (2, 3)`,
    3,
  ],
]

describe('filters', () => {
  test.each(keeps)('%s', async (_, filter, sql, n) => {
    await expectRows(shop, query({ measures: orders, filters: [filter] }), {
      sql: `select count(*) from orders where ${sql}`,
      rows: [[n]],
    })
  })

  test('several filters all hold', async () => {
    const filters: Filter[] = [
      { op: 'in', dimension: 'channel', values: ['web'] },
      { op: 'named', filter: 'kept' },
      { op: 'gt', dimension: 'piece_price', value: 20 },
    ]
    await expectRows(shop, query({ measures: revenue, filters }), {
      sql: `select sum(amount) from ${joined} where ${kept} and channel = 'web' and amount / quantity > 20`,
      rows: [[230]],
    })
  })

  test('customers with two orders, asked for by region', async () => {
    const q = query({
      measures: [{ measure: 'buyers' }],
      splits: by('region'),
      filters: [{ op: 'entity', entity: 'customers', measure: 'orders', compare: 'eq', value: 2 }],
    })
    expect(await shop.rows(q)).toEqual([['South', 1]])
  })

  test('products by their revenue in the period asked for', async () => {
    const entity: Filter = { op: 'entity', entity: 'products', measure: 'revenue', compare: 'gt', value: 25 }
    await expectRows(shop, query({ measures: [{ measure: 'articles' }], filters: [entity] }), {
      sql: `select count(*) from (select l.product_id from ${joined} where ${kept} group by 1 having sum(l.amount) > 25)`,
      rows: [[3]],
    })
    await expectRows(
      shop,
      query({ measures: [{ measure: 'articles' }], filters: [entity], period: span('2023-02-01', '2023-03-01') }),
      {
        sql: `select count(*) from (select l.product_id from ${joined} where ${kept} and o.ordered_at >= '2023-02-01' and o.ordered_at < '2023-03-01' group by 1 having sum(l.amount) > 25)`,
        rows: [[2]],
      },
    )
  })

  test.each<[words: string, compare: 'lt' | 'lte' | 'eq' | 'between' | 'gte', value: number, n: number]>([
    ['fewer than two', 'lt', 2, 2],
    ['none', 'eq', 0, 1],
    ['at most one', 'lte', 1, 2],
    ['none or one', 'between', 0, 2],
    ['none or more', 'gte', 0, 4],
  ])('customers with %s: those who never ordered are among them', async (_, compare, value, n) => {
    const to = compare === 'between' ? { to: 1 } : {}
    const filters: Filter[] = [{ op: 'entity', entity: 'customers', measure: 'orders', compare, value, ...to }]
    expect(await shop.rows(query({ measures: [{ measure: 'signups' }], filters }))).toEqual([[n]])
  })

  test('products that sold for little: the one that never sold is among them', async () => {
    const filters: Filter[] = [{ op: 'entity', entity: 'products', measure: 'revenue', compare: 'lt', value: 60 }]
    await expectRows(shop, query({ measures: [{ measure: 'articles' }], filters }), {
      sql: `select count(*) from products p where coalesce((select sum(l.amount) from lines l join orders o on o.id = l.order_id where ${kept} and l.product_id = p.id), 0) < 60`,
      rows: [[2]],
    })
  })

  test('a ratio of nothing is not a small one: the product that never sold has no margin rate', async () => {
    const filters: Filter[] = [{ op: 'entity', entity: 'products', measure: 'margin_rate', compare: 'lt', value: 0.9 }]
    expect(await shop.rows(query({ measures: [{ measure: 'articles' }], filters }))).toEqual([[3]])
  })

  test('a count of a column leaves out rows without it, also when finer rows are counted', async () => {
    const shipped = {
      ...shop.model.measures.order_rows,
      name: 'shipped',
      expression: { kind: 'name' as const, name: 'shipped_on' },
    }
    const changed = { measures: { ...shop.model.measures, shipped } as typeof shop.model.measures }
    expect(await shop.rows(query({ measures: [{ measure: 'shipped' }] }), changed)).toEqual([[5]])
    expect(await shop.rows(query({ measures: [{ measure: 'shipped' }], splits: by('category') }), changed)).toEqual([
      ['Home', 4],
      ['Paper', 3],
    ])
  })
})

describe('conditions on the result', () => {
  test('keep rows by a measure', async () => {
    const q = query({
      measures: revenue,
      splits: by('region'),
      having: [{ measure: 'revenue', op: 'gte', value: 130 }],
    })
    await expectRows(shop, q, {
      sql: `select c.region, sum(l.amount) from ${joined} where ${kept} group by 1 having sum(l.amount) >= 130 order by 2 desc`,
      rows: [
        ['South', 200],
        [null, 130],
      ],
    })
  })

  test('by a measure that is not shown', async () => {
    const q = query({ measures: revenue, splits: by('region'), having: [{ measure: 'orders', op: 'gt', value: 1 }] })
    expect(await shop.rows(q)).toEqual([
      ['South', 200],
      ['North', 85],
    ])
  })

  test('between two numbers, both in', async () => {
    const q = query({
      measures: revenue,
      splits: by('region'),
      having: [{ measure: 'revenue', op: 'between', value: 85, to: 130 }],
    })
    expect((await shop.rows(q)).map(([region]) => region)).toEqual([null, 'North'])
  })
})

describe('order and limit', () => {
  const top = (limit: number, more: Partial<Query> = {}) =>
    query({ measures: revenue, splits: by('product'), order: [{ by: 'revenue', direction: 'desc' }], limit, ...more })

  test('the first n, largest first', async () => {
    await expectRows(shop, top(2), {
      sql: `select p.name, sum(l.amount) from ${joined} where ${kept} group by 1 order by 2 desc limit 2`,
      rows: [
        ['Desk', 300],
        ['Pen', 60],
      ],
    })
  })

  test('smallest first', async () => {
    expect(await shop.rows(top(1, { order: [{ by: 'revenue', direction: 'asc' }] }))).toEqual([['Lamp', 55]])
  })

  test('of equals, the one whose name comes first', async () => {
    const tied = query({
      measures: orders,
      splits: by('product'),
      order: [{ by: 'orders', direction: 'desc' }],
      limit: 2,
    })
    expect(await shop.rows(tied)).toEqual([
      ['Lamp', 3],
      ['Pen', 3],
    ])
  })

  test('a group without a name is no winner of a ranking, and is there without one', async () => {
    const ranked = query({
      measures: revenue,
      splits: by('region'),
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 2,
    })
    expect(await shop.rows(ranked)).toEqual([
      ['South', 200],
      ['North', 85],
    ])
    expect(await shop.rows({ ...ranked, limit: undefined })).toHaveLength(3)
  })

  test('an empty figure stands last, whichever way it is sorted', async () => {
    const rate = (direction: 'asc' | 'desc') =>
      query({
        measures: [{ measure: 'revenue', per: { measure: 'cancelled_orders' } }],
        splits: by('channel'),
        order: [{ by: 'revenue_per_cancelled_orders', direction }],
      })
    expect(await shop.rows(rate('asc'))).toEqual([
      ['web', 250],
      ['store', null],
      [null, null],
    ])
    expect(await shop.rows(rate('desc'))).toEqual([
      ['web', 250],
      ['store', null],
      [null, null],
    ])
  })

  test('the best of each group', async () => {
    const q = query({
      measures: revenue,
      splits: [{ dimension: 'category' }, { dimension: 'product' }],
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 1,
      limitPer: ['category'],
    })
    await expectRows(shop, q, {
      sql: `select category, name, s from (select p.category, p.name, sum(l.amount) s, row_number() over (partition by p.category order by sum(l.amount) desc) n from ${joined} where ${kept} group by 1, 2) where n = 1 order by 1`,
      rows: [
        ['Home', 'Desk', 300],
        ['Paper', 'Pen', 60],
      ],
    })
  })

  test('the best of each month stands in the order of months', async () => {
    const q = query({
      measures: revenue,
      splits: [{ grain: 'month' }, { dimension: 'product' }],
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 1,
      limitPer: ['month'],
      period: year,
    })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 'Lamp', 30],
      ['2023-02-01', 'Desk', 100],
      ['2023-04-01', 'Desk', 200],
    ])
  })

  test('the best of each weekday stands in the order of the week', async () => {
    const q = query({
      measures: revenue,
      splits: [{ dimension: 'weekday' }, { dimension: 'product' }],
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 1,
      limitPer: ['weekday'],
    })
    expect((await shop.rows(q)).map(([day]) => day)).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Saturday', 'Sunday'])
  })

  test('the best month: buckets can be ranked', async () => {
    const q = query({
      measures: revenue,
      splits: [{ grain: 'month' }],
      order: [{ by: 'revenue', direction: 'desc' }],
      limit: 1,
    })
    expect(await shop.rows(q)).toEqual([['2023-04-01', 200]])
  })

  test('by time, backwards', async () => {
    const q = query({ measures: revenue, splits: [{ grain: 'year' }], order: [{ by: 'time', direction: 'desc' }] })
    expect(await shop.rows(q)).toEqual([
      ['2023-01-01', 390],
      ['2022-01-01', 25],
    ])
  })

  test('by the change against the period before', async () => {
    const q = query({
      measures: revenue,
      splits: by('category'),
      period: span('2023-04-01', '2023-05-01'),
      compare: { period: span('2023-02-01', '2023-03-01') },
      order: [{ by: 'change', direction: 'asc' }],
      limit: 1,
    })
    expect(await shop.rows(q)).toEqual([['Paper', 0, 30]])
  })

  test('weekdays sorted by name of a measure, then by the calendar', async () => {
    const q = query({ measures: orders, splits: by('weekday'), order: [{ by: 'orders', direction: 'desc' }] })
    expect((await shop.rows(q)).map(([day]) => day)).toEqual(['Wednesday', 'Monday', 'Tuesday', 'Saturday', 'Sunday'])
  })
})

describe('queries that make no sense are refused, whoever wrote them', () => {
  const refused: [words: string, part: Partial<Query>, code: string, message: string][] = [
    [
      'an unknown measure',
      { measures: [{ measure: 'profit' }] },
      'query/unknown-name',
      'There is no measure called profit.',
    ],
    ['an unknown dimension', { splits: by('colour') }, 'query/unknown-name', 'There is no dimension called colour.'],
    [
      'an unknown filter',
      { filters: [{ op: 'named', filter: 'good' }] },
      'query/unknown-name',
      'There is no filter called good.',
    ],
    [
      'an unknown dimension of a filter',
      { filters: [{ op: 'is_null', dimension: 'colour' }] },
      'query/unknown-name',
      'There is no dimension called colour.',
    ],
    [
      'an unknown thing',
      { filters: [{ op: 'entity', entity: 'ships', measure: 'orders', compare: 'gt', value: 1 }] },
      'query/unknown-name',
      'Ships has no single key to be counted by.',
    ],
    [
      'a thing without a single key',
      { filters: [{ op: 'entity', entity: 'lines', measure: 'gross', compare: 'gt', value: 1 }] },
      'query/unknown-name',
      'Lines has no single key to be counted by.',
    ],
    [
      'an order by what is not shown',
      { splits: by('region'), order: [{ by: 'profit', direction: 'desc' }] },
      'query/unknown-name',
      'The result has no profit to be sorted by.',
    ],
    [
      'an order by a change without a comparison',
      { splits: by('region'), order: [{ by: 'change', direction: 'desc' }] },
      'query/unknown-name',
      'The result has no change to be sorted by.',
    ],
    [
      'a limit per what it is not split by',
      { splits: by('region'), order: [{ by: 'revenue', direction: 'desc' }], limit: 1, limitPer: ['category'] },
      'query/unknown-name',
      'The result is not split by category.',
    ],
    [
      'personal data as a split',
      { splits: by('customer_name') },
      'dimension/personal',
      'Customer name is personal data: it may be counted, but not listed or searched.',
    ],
    [
      'personal data as a filter',
      { filters: [{ op: 'in', dimension: 'customer_name', values: ['Ann'] }] },
      'dimension/personal',
      'Customer name is personal data: it may be counted, but not listed or searched.',
    ],
    [
      'personal data through a pattern',
      { filters: [{ op: 'like', dimension: 'customer_name', pattern: 'A%' }] },
      'dimension/personal',
      'Customer name is personal data: it may be counted, but not listed or searched.',
    ],
    [
      'an unknown time',
      { time: 'paid_on', period: year },
      'query/unknown-name',
      'There is no dimension called paid_on.',
    ],
    [
      'the same split twice',
      { splits: [...by('region'), ...by('region')] },
      'query/unknown-name',
      'The result is split by region twice.',
    ],
  ]
  test.each(refused)('%s', (_, part, code, message) => {
    expect(shop.problem(query({ measures: revenue, ...part }))).toMatchObject({ code, message })
  })
})
