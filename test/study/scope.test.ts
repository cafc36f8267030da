import { expect, test } from 'vitest'
import { scopeOf } from '#src/study/scope.ts'
import type { Filter } from '#src/vocabulary/query.ts'
import { ask, model } from './small-world.ts'

const scope = (filters: Filter[], splits: string[] = []) =>
  scopeOf({ query: ask({ filters, splits: splits.map(dimension => ({ dimension })) }), model })

test.each<[Filter[], string]>([
  [[], ''],
  [[{ op: 'in', dimension: 'state', values: ['Texas'] }], ' for Texas'],
  [
    [
      { op: 'in', dimension: 'state', values: ['Texas', 'Ohio'] },
      { op: 'in', dimension: 'category', values: ['Books'] },
    ],
    ' for Texas and Ohio, Books',
  ],
  [[{ op: 'in', dimension: 'state', values: ['A', 'B', 'C', 'D'] }], ' (4 values of state)'],
  [
    [
      { op: 'not_in', dimension: 'channel', values: ['store'] },
      { op: 'not_in', dimension: 'payment', values: ['PayPal'] },
    ],
    ' (without store and PayPal)',
  ],
  [[{ op: 'gt', dimension: 'day', value: 5 }], ' (day over 5)'],
  [[{ op: 'between', dimension: 'day', from: 5, to: 9 }], ' (day 5 to 9)'],
  [[{ op: 'is_null', dimension: 'channel' }], ' (no channel)'],
  [
    [{ op: 'entity', entity: 'orders', measure: 'revenue', compare: 'gt', value: 500 }],
    ' (orders with revenue over $500)',
  ],
  [[{ op: 'entity', entity: 'orders', measure: 'units', compare: 'eq', value: 0 }], ' (orders without units)'],
  [
    [
      {
        op: 'entity',
        entity: 'orders',
        measure: 'units',
        compare: 'gte',
        value: 2,
        where: [{ op: 'in', dimension: 'category', values: ['Books'] }],
        period: { start: '2023-03-01', end: '2023-04-01', label: 'March 2023' },
      },
    ],
    ' (orders with units at least 2 for Books in March 2023)',
  ],
])('filters %j are said as "%s"', (filters, text) => {
  expect(scope(filters)).toBe(text)
})

test('orders that are counted and narrowed are not named twice', () => {
  const over: Filter = { op: 'entity', entity: 'orders', measure: 'revenue', compare: 'gt', value: 500 }
  expect(scopeOf({ query: ask({ measures: [{ measure: 'orders' }], filters: [over] }), model })).toBe(
    ' (with revenue over $500)',
  )
})

test('what the rows name anyway can be left out', () => {
  const query = ask({
    filters: [{ op: 'in', dimension: 'state', values: ['Texas', 'Ohio'] }],
    splits: [{ dimension: 'state' }],
  })
  expect([scopeOf({ query, model }), scopeOf({ query, model }, { parts: false })]).toEqual([' for Texas and Ohio', ''])
})
