import { describe, expect, test } from 'vitest'
import { reachOf } from '#src/access/reach.ts'
import { readRows } from '#src/access/row-rules.ts'
import type { Model } from '#src/semantic/model.ts'
import { flights, shop } from './models.ts'

const read = (set: Record<string, unknown>, model: Model = shop) => {
  const problems: string[] = []
  const rules = readRows(set, model, {
    at: ['rows'],
    report: (path, message) => void problems.push(`${path.slice(1).join('.')}: ${message}`),
  })
  return { ...rules, problems }
}

describe('rules for rows', () => {
  test('name a dimension or a column, and compare it', () => {
    const { rules, open, problems } = read({
      segment: ['Corporate'],
      'orders.discount': { gt: 0, lte: 20.5 },
      'customers.name': { not: ['A', 'B'] },
      signup_date: { gte: '2023-01-01' },
      category: { like: 'Toys%', empty: false },
    })
    expect(problems).toEqual([])
    expect(open).toEqual([])
    expect(rules.map(({ table, filters }) => [table, filters])).toEqual([
      ['customers', [{ op: 'in', dimension: 'segment', values: ['Corporate'] }]],
      [
        'orders',
        [
          { op: 'gt', dimension: 'orders.discount', value: 0 },
          { op: 'lte', dimension: 'orders.discount', value: 20.5 },
        ],
      ],
      ['customers', [{ op: 'not_in', dimension: 'customers.name', values: ['A', 'B'] }]],
      ['customers', [{ op: 'gte', dimension: 'signup_date', value: '2023-01-01' }]],
      [
        'products',
        [
          { op: 'like', dimension: 'category', pattern: 'Toys%' },
          { op: 'is_not_null', dimension: 'category' },
        ],
      ],
    ])
  })

  test('a column that nobody lists is known by what the model says of it', () => {
    expect(read({ 'airports.city': 'Bonn', 'bookings.fare': '3', 'airports.height': 5 }, flights).problems).toEqual([
      'bookings.fare: "3" is not a number',
      'airports.height: unknown column "height" (table airports)',
    ])
    expect(read({ 'flights.late': true, 'flights.miles': { between: [1, 2] } }, flights).problems).toEqual([])
  })

  test('open tables are named with all', () => {
    expect(read({ segment: 'Corporate', products: 'all' })).toMatchObject({ open: ['products'], problems: [] })
  })

  test('all that is wrong is told, with near names', () => {
    expect(
      read({
        segmnt: ['x'],
        'order.discount': 1,
        'orders.discnt': 1,
        products: 'some',
        segment: [],
        status: { each: 'orders', having: 'revenue', gt: 5 },
        channel: { greater: 1 },
        category: 5,
        list_price: ['5'],
        city: { gt: 'A' },
        signup_date: { lt: '2023-02-30' },
        ordered_at: 'yesterday',
        payment_method: 'a\u0000b',
        order_discount: { gt: Number.POSITIVE_INFINITY },
        order_shipping_fee: Number.NaN,
        kept: 'x',
      }).problems,
    ).toEqual([
      'segmnt: unknown dimension or table.column "segmnt"; did you mean "segment"?',
      'order.discount: unknown table "order"; did you mean "orders"?',
      'orders.discnt: unknown column "discnt"; did you mean "discount"? (table orders)',
      'products: products is a table: name one of its columns, or say all to leave it open',
      'segment: must be a value, a list of values, or a comparison such as { not: cancelled }; for no value say { empty: true }',
      'status: unknown comparison "each"',
      'status: unknown comparison "having"',
      'channel: unknown comparison "greater"',
      'category: 5 is not text; put it in quotes',
      'list_price: "5" is not a number',
      'city: gt works on numbers and dates; city is text',
      'signup_date: "2023-02-30" is not a day, such as 2023-12-31',
      'ordered_at: "yesterday" is not a day, such as 2023-12-31',
      'payment_method: holds a character that cannot be seen',
      'order_discount.gt: must be a number or text, not Infinity',
      'order_shipping_fee: NaN is not a number that can be compared',
      'kept: unknown dimension or table.column "kept"',
    ])
  })

  test('a dimension that is made of several tables is none to go by', () => {
    expect(read({ mixed: { gt: 1 } }, flights).problems).toEqual([
      'mixed: mixed is made of columns of several tables; name a column',
    ])
    expect(read({ doubled: { gt: 1 } }, flights).problems).toEqual([])
  })
})

describe('what a rule makes of each table', () => {
  const reach = (set: Record<string, unknown>, model: Model = shop) => {
    const { problems, ...rules } = read(set, model)
    expect(problems).toEqual([])
    return Object.fromEntries(
      Object.keys(model.tables).map(table => {
        const found = reachOf(table, rules, model)
        const ways =
          found.kind === 'restricted' ? found.ways.map(({ path }) => path.map(join => join.to).join('.')) : []
        return [table, found.kind === 'restricted' ? ways : found.kind]
      }),
    )
  }

  test('it holds for the table itself and all that point to it; what those point to is whole', () => {
    expect(reach({ segment: 'Corporate' })).toEqual({
      customers: [''],
      orders: ['customers'],
      order_items: ['orders.customers'],
      products: 'whole',
    })
    expect(reach({ category: 'Books' })).toEqual({
      products: [''],
      order_items: ['products'],
      orders: 'whole',
      customers: 'whole',
    })
    expect(reach({ segment: 'Corporate', category: 'Books', channel: 'web' })).toEqual({
      customers: [''],
      products: [''],
      orders: ['customers', ''],
      order_items: ['orders.customers', 'products', 'orders'],
    })
  })

  test('a table that no rule reaches is closed, unless it is opened by name', () => {
    const whole = { flights: [''], bookings: ['flights'], airports: 'whole' }
    expect(reach({ carrier: 'LH' }, flights)).toEqual({ ...whole, crews: 'closed' })
    expect(reach({ carrier: 'LH', crews: 'all' }, flights)).toEqual({ ...whole, crews: 'whole' })
    expect(reach({ crews: 'all' }, flights)).toEqual({
      flights: 'whole',
      bookings: 'whole',
      airports: 'whole',
      crews: 'whole',
    })
  })

  test('of two ways to a table both must hold; a dimension by one of them goes that way and leaves the table alone', () => {
    const both = { flights: ['airports', 'airports'], bookings: ['flights.airports', 'flights.airports'] }
    expect(reach({ 'airports.city': 'Bonn' }, flights)).toEqual({ ...both, airports: [''], crews: 'closed' })
    expect(reach({ origin: 'Berlin' }, flights)).toEqual({
      flights: ['airports'],
      bookings: ['flights.airports'],
      airports: 'whole',
      crews: 'closed',
    })
  })
})
