import { describe, expect, test } from 'vitest'
import { expectRows, flightTables, query, rounded, shopTables, worldOf } from './compile-world.ts'

const shop = worldOf('shop', shopTables)
const flights = worldOf('flights', flightTables)
const by = (dimension: string) => [{ dimension }]
const joined = `lines l join orders o on o.id = l.order_id left join products p on p.id = l.product_id left join customers c on c.id = o.customer_id`
const kept = `o.status <> 'cancelled'`

describe('a measure split by what its rows have one of', () => {
  test('one number needs no split', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'revenue' }] }), {
      sql: `select sum(amount) from ${joined} where ${kept}`,
      rows: [[415]],
    })
  })

  test('a sum by a dimension of its own table keeps the group without a value, and the largest comes first', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'fees' }], splits: by('channel') }), {
      sql: `select channel, sum(fee) from orders group by 1 order by 2 desc`,
      rows: [
        ['web', 15],
        [null, 7.5],
        ['store', 3],
      ],
    })
  })

  test('a sum by a dimension two joins away', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'revenue' }], splits: by('region') }), {
      sql: `select c.region, sum(l.amount) from ${joined} where ${kept} group by 1 order by 2 desc`,
      rows: [
        ['South', 200],
        [null, 130],
        ['North', 85],
      ],
    })
  })

  test('two splits give one row per pair that has rows', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'units' }], splits: [...by('category'), ...by('region')] }), {
      sql: `select p.category, c.region, sum(l.quantity) from ${joined} where ${kept} group by 1, 2 order by 3 desc, 1, 2 nulls last`,
      rows: [
        ['Paper', 'North', 3],
        ['Paper', null, 3],
        ['Home', 'North', 2],
        ['Home', 'South', 2],
        ['Home', null, 1],
      ],
    })
  })

  test('a sum over columns of two tables, and a formula over two sums', async () => {
    await expectRows(
      shop,
      query({
        measures: [{ measure: 'cost' }, { measure: 'margin' }, { measure: 'margin_rate' }],
        splits: by('category'),
      }),
      {
        sql: `select p.category, sum(l.quantity * p.cost), sum(l.amount - l.quantity * p.cost), sum(l.amount - l.quantity * p.cost) / sum(l.amount) from ${joined} where ${kept} group by 1 order by 2 desc`,
        rows: [
          ['Home', 204, 151, 151 / 355],
          ['Paper', 24, 36, 0.6],
        ],
      },
    )
  })
})

describe('a measure split by a dimension of a finer table', () => {
  test('a distinct count counts the things that have such a row', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'orders' }], splits: by('category') }), {
      sql: `select p.category, count(distinct o.id) from ${joined} group by 1 order by 2 desc`,
      rows: [
        ['Home', 5],
        ['Paper', 3],
      ],
    })
  })

  test('a count of rows counts each row once, however many finer rows it has', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'order_rows' }], splits: by('category') }), {
      sql: `select p.category, count(distinct o.id) from ${joined} group by 1 order by 2 desc`,
      rows: [
        ['Home', 5],
        ['Paper', 3],
      ],
    })
  })

  test('a ratio takes the things of that part for both sides', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'cancel_rate' }], splits: by('category') }), {
      sql: `select p.category, count(distinct case when o.status = 'cancelled' then o.id end) / count(distinct o.id) from ${joined} group by 1 order by 2 desc`,
      rows: [
        ['Home', 0.2],
        ['Paper', 0],
      ],
    })
  })

  test('a ratio of an amount and a count takes each in its own table', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'average_order' }], splits: by('category') }), {
      sql: `select p.category, sum(l.amount) / count(distinct o.id) from ${joined} where ${kept} group by 1 order by 2 desc`,
      rows: [
        ['Home', 88.75],
        ['Paper', 20],
      ],
    })
  })

  test('the lowest and the highest value do not mind that a row is met twice', async () => {
    await expectRows(
      shop,
      query({
        measures: [
          { measure: 'fees', aggregation: 'max' },
          { measure: 'fees', aggregation: 'min' },
        ],
        splits: by('category'),
      }),
      {
        sql: `select p.category, max(o.fee), min(o.fee) from ${joined} group by 1 order by 1`,
        rows: [
          ['Home', 7.5, 3],
          ['Paper', 7.5, 0],
        ],
      },
    )
  })

  test('an amount that lives once per order is refused, with the reason and what can be asked', () => {
    expect(shop.problem(query({ measures: [{ measure: 'fees' }], splits: by('category') }))).toEqual({
      code: 'measure/not-by-dimension',
      message:
        'Fees is one amount per order, so it cannot be divided among the product details of an order: it would be counted more than once.',
      instead: ['revenue', 'gross', 'units'],
    })
  })

  test('the average of an amount once per order is refused too', () => {
    const average = query({ measures: [{ measure: 'fees', aggregation: 'avg' }], splits: by('category') })
    expect(shop.problem(average).code).toBe('measure/not-by-dimension')
  })

  test('a filter on a finer table refuses such an amount like a split does', () => {
    const filtered = query({
      measures: [{ measure: 'fees' }],
      filters: [{ op: 'in', dimension: 'category', values: ['Paper'] }],
    })
    expect(shop.problem(filtered).code).toBe('measure/not-by-dimension')
  })

  test('customers are counted by what they ordered, through two tables', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'buyers' }], splits: by('category') }), {
      sql: `select p.category, count(distinct o.customer_id) from ${joined} group by 1 order by 2 desc`,
      rows: [
        ['Home', 3],
        ['Paper', 2],
      ],
    })
  })
})

describe('conditions of measures', () => {
  test('a condition that all measures of a table share decides which rows there are', async () => {
    const lamps = query({ measures: [{ measure: 'kept_orders' }], splits: by('status') })
    expect(await shop.rows(lamps)).toEqual([['done', 5]])
  })

  test('a condition that only one has keeps the rows of the others, with 0 for it', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'gross' }, { measure: 'revenue' }], splits: by('status') }), {
      sql: `select status, sum(amount), coalesce(sum(amount) filter (where ${kept}), 0) from ${joined} group by 1 order by 2 desc`,
      rows: [
        ['done', 415, 415],
        ['cancelled', 30, 0],
      ],
    })
  })

  test('it does not matter which of the two is named first', async () => {
    const rows = await shop.rows(
      query({ measures: [{ measure: 'revenue' }, { measure: 'gross' }], splits: by('status') }),
    )
    expect(rows).toEqual([
      ['done', 415, 415],
      ['cancelled', 0, 30],
    ])
  })
})

describe('measures of several tables', () => {
  test('each is aggregated in its own table, and rows of either stand in the result', async () => {
    await expectRows(
      shop,
      query({ measures: [{ measure: 'orders' }, { measure: 'signups' }], splits: [{ grain: 'month' }] }),
      {
        sql: `select coalesce(a.m, b.m), coalesce(a.n, 0), coalesce(b.n, 0)
        from (select cast(date_trunc('month', ordered_at) as date) m, count(*) n from orders group by 1) a
        full join (select cast(date_trunc('month', signed_on) as date) m, count(*) n from customers group by 1) b using (m) order by 1`,
        rows: [
          ['2022-11-01', 0, 1],
          ['2022-12-01', 1, 0],
          ['2023-01-01', 2, 1],
          ['2023-02-01', 2, 1],
          ['2023-03-01', 0, 1],
          ['2023-04-01', 1, 0],
        ],
      },
    )
  })

  test('a fee beside an amount of the lines is not counted once per line', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'fees' }, { measure: 'gross' }], splits: by('channel') }), {
      sql: `select channel, sum(fee), (select sum(amount) from lines l join orders o on o.id = l.order_id where o.channel is not distinct from orders.channel) from orders group by 1 order by 2 desc`,
      rows: [
        ['web', 15, 280],
        [null, 7.5, 130],
        ['store', 3, 35],
      ],
    })
  })

  test('a group without a value meets the same group of the other table', async () => {
    const rows = await shop.rows(
      query({ measures: [{ measure: 'signups' }, { measure: 'revenue' }], splits: by('region') }),
    )
    expect(rows).toEqual([
      ['South', 2, 200],
      ['North', 1, 85],
      [null, 1, 130],
    ])
  })

  test('two tables that nothing links are refused', () => {
    const q = query({ measures: [{ measure: 'signups' }], splits: by('category') })
    expect(shop.problem(q, { joins: [] })).toMatchObject({
      code: 'measure/not-connected',
      message: 'Signups is not connected with category: no table links the two.',
    })
  })
})

describe('two joins to the same table', () => {
  test('each role counts by its own end', async () => {
    expect(await flights.rows(query({ measures: [{ measure: 'flights' }], splits: by('origin_city') }))).toEqual([
      ['Chicago', 2],
      ['New York', 2],
    ])
    expect(await flights.rows(query({ measures: [{ measure: 'flights' }], splits: by('destination_city') }))).toEqual([
      ['Chicago', 2],
      ['Austin', 1],
      ['New York', 1],
    ])
  })

  test('both ends at once', async () => {
    await expectRows(
      flights,
      query({
        measures: [{ measure: 'flights' }, { measure: 'delay' }],
        splits: [...by('origin_city'), ...by('destination_city')],
      }),
      {
        sql: `select a.city, b.city, count(*), avg(delay) from flights f join airports a on a.code = f.origin join airports b on b.code = f.destination group by 1, 2 order by 3 desc, 1, 2`,
        rows: [
          ['New York', 'Chicago', 2, 10],
          ['Chicago', 'Austin', 1, -5],
          ['Chicago', 'New York', 1, 30],
        ],
      },
    )
  })

  test('a filter on one end leaves the other alone', async () => {
    const rows = await flights.rows(
      query({
        measures: [{ measure: 'flights' }],
        splits: by('destination_city'),
        filters: [{ op: 'in', dimension: 'origin_city', values: ['Chicago'] }],
      }),
    )
    expect(rows).toEqual([
      ['Austin', 1],
      ['New York', 1],
    ])
  })
})

describe('per measure, per bucket, and division by nothing', () => {
  test('divided by another measure', async () => {
    await expectRows(
      shop,
      query({ measures: [{ measure: 'revenue', per: { measure: 'buyers' } }], splits: by('channel') }),
      {
        sql: `select o.channel, sum(l.amount) filter (where ${kept}) / count(distinct o.customer_id) from ${joined} group by 1 order by 2 desc nulls last`,
        rows: [
          [null, 130],
          ['web', 125],
          ['store', 35],
        ],
      },
    )
  })

  test('divided by the number of months that have rows', async () => {
    await expectRows(shop, query({ measures: [{ measure: 'revenue', per: { grain: 'month' } }] }), {
      sql: `select sum(l.amount) / count(distinct date_trunc('month', o.ordered_at)) from ${joined} where ${kept}`,
      rows: [[103.75]],
    })
  })

  test('a division by zero is empty', async () => {
    expect(await shop.rows(query({ measures: [{ measure: 'nothing' }] }))).toEqual([[null]])
  })

  test('a division within a row by zero is empty too', async () => {
    const zero = { op: 'is_null' as const, dimension: 'piece_price' }
    expect(await shop.rows(query({ measures: [{ measure: 'gross' }], filters: [zero] }))).toEqual([[null]])
  })
})

describe('other aggregations of a measure', () => {
  test('average, median, lowest and highest of one amount', async () => {
    const uses = (['avg', 'median', 'min', 'max'] as const).map(aggregation => ({ measure: 'fees', aggregation }))
    await expectRows(shop, query({ measures: uses }), {
      sql: `select avg(fee), median(fee), min(fee), max(fee) from orders`,
      rows: [[4.25, 5, 0, 7.5]],
    })
  })

  test('one that the model does not offer is refused', () => {
    expect(shop.problem(query({ measures: [{ measure: 'revenue', aggregation: 'avg' }] }))).toMatchObject({
      code: 'measure/aggregation',
      message: 'The average of revenue makes no sense.',
    })
  })

  test('a formula has no other aggregation', () => {
    expect(shop.problem(query({ measures: [{ measure: 'margin', aggregation: 'max' }] }))).toMatchObject({
      code: 'measure/aggregation',
      message: 'Margin is worked out from other measures, so it has no highest value of its own.',
    })
  })

  test('the number of different values of a dimension is known without being written down', async () => {
    expect(
      await shop.rows(query({ measures: [{ measure: 'distinct_category' }, { measure: 'distinct_region' }] })),
    ).toEqual([[2, 2]])
    expect(rounded((await shop.rows(query({ measures: [{ measure: 'distinct_customer_name' }] })))[0] ?? [])).toEqual([
      4,
    ])
  })

  test('the first and the last moment of the data', async () => {
    const [row] = await shop.rows(query({ measures: [{ measure: 'first_signed_on' }, { measure: 'last_signed_on' }] }))
    expect(row).toEqual(['2022-11-05', '2023-03-03'])
  })
})
