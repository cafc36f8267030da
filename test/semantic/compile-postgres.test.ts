import { describe, expect, test } from 'vitest'
import type { Filter, Query } from '#src/vocabulary/query.ts'
import { query, shopTables, worldOf } from './compile-world.ts'

/** The shop as people build it on PostgreSQL: enumerations, fixed-length texts, exact and small numbers. */
const asBuilt = [
  "create type status as enum ('done', 'cancelled')",
  ...shopTables.map(sql =>
    sql
      .replace('status varchar, channel varchar, fee double', 'status status, channel char(8), fee numeric(10, 2)')
      .replace('cost double', 'cost numeric(12, 4)')
      .replace('quantity integer, amount double', 'quantity smallint, amount numeric(12, 2)'),
  ),
]
const shop = worldOf('shop', shopTables, asBuilt)

const orders = [{ measure: 'orders' }]
const count = async (filter: Filter, more: Partial<Query> = {}) =>
  (await shop.rows(query({ measures: orders, filters: [filter], ...more })))[0]?.[0]

describe('on tables with types of PostgreSQL, as on DuckDB', () => {
  test.each<[string, Filter, number]>([
    ['a value of an enumeration', { op: 'in', dimension: 'status', values: ['done'] }, 5],
    ['all but a value of an enumeration', { op: 'not_in', dimension: 'status', values: ['cancelled'] }, 5],
    ['a pattern of an enumeration', { op: 'like', dimension: 'status', pattern: 'canc%' }, 1],
    ['not a pattern of an enumeration', { op: 'not_like', dimension: 'status', pattern: 'canc%' }, 5],
    ['a text of fixed length', { op: 'in', dimension: 'channel', values: ['web'] }, 3],
    ['a pattern of a text of fixed length', { op: 'like', dimension: 'channel', pattern: '%e' }, 2],
    ['a fraction against whole numbers', { op: 'gt', dimension: 'order_number', value: 4.5 }, 2],
    ['between fractions', { op: 'between', dimension: 'order_number', from: 1.5, to: 3.5 }, 2],
    ['an exact number', { op: 'eq', dimension: 'fee_of_order', value: 7.5 }, 1],
    ['a number worked out', { op: 'gte', dimension: 'piece_price', value: 33.3 }, 2],
    ['a flag', { op: 'in', dimension: 'gift', values: [true] }, 2],
    [
      'things with more than a fraction',
      { op: 'entity', entity: 'customers', measure: 'orders', compare: 'gt', value: 1.5 },
      5,
    ],
    [
      'things between fractions',
      { op: 'entity', entity: 'customers', measure: 'orders', compare: 'between', value: 0.5, to: 1.5 },
      1,
    ],
    ['things of a measure', { op: 'entity', entity: 'orders', measure: 'gross', compare: 'gte', value: 29.99 }, 4],
  ])('%s', async (_, filter, n) => {
    expect(await count(filter)).toBe(n)
  })

  test('a condition on the result may be a fraction', async () => {
    const by = query({
      measures: orders,
      splits: [{ dimension: 'region' }],
      having: [{ measure: 'orders', op: 'gt', value: 1.5 }],
    })
    expect(await shop.rows(by)).toEqual([
      ['North', 3],
      ['South', 2],
    ])
    const between = { ...by, having: [{ measure: 'orders', op: 'between' as const, value: 0.5, to: 2.5 }] }
    expect(await shop.rows(between)).toEqual([
      ['South', 2],
      [null, 1],
    ])
  })

  test('splits, medians, shares and spines', async () => {
    const median = [{ measure: 'fees', aggregation: 'median' as const }]
    expect(await shop.rows(query({ measures: median, splits: [{ dimension: 'channel' }] }))).toEqual([
      [null, 7.5],
      ['web', 5],
      ['store', 1.5],
    ])
    const two = query({ measures: [{ measure: 'revenue' }, ...orders], splits: [{ dimension: 'status' }] })
    expect(await shop.rows(two)).toEqual([
      ['done', 415, 5],
      ['cancelled', 0, 1],
    ])
  })
})
