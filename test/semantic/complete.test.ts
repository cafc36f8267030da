import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { completeModel, distinctCountOf, rowColumnOf } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import type { Measure } from '#src/semantic/model.ts'

const bare = await readModel(fileURLToPath(new URL('../fixtures/models/compile-shop.yaml', import.meta.url)))
const whole = completeModel(bare)

test('a plain column that a measure adds up can be compared row by row', () => {
  expect(whole.dimensions.row_gross).toMatchObject({
    type: 'number',
    table: 'lines',
    expression: { kind: 'name', name: 'amount' },
    hidden: true,
    comparable: true,
    personal: false,
  })
  expect(rowColumnOf(whole.measures.gross, whole)).toBe('row_revenue')
})

test('a column that the model already has as a dimension is not added again', () => {
  expect(rowColumnOf(bare.measures.fees, bare)).toBe('fee_of_order')
  expect(whole.dimensions).not.toHaveProperty('row_fees')
})

test('counts, expressions and formulas have no row column', () => {
  for (const name of ['orders', 'order_rows', 'cost', 'margin']) {
    expect(rowColumnOf(whole.measures[name], whole), name).toBeUndefined()
    expect(whole.dimensions, name).not.toHaveProperty(`row_${name}`)
  }
  expect(rowColumnOf(undefined, whole)).toBeUndefined()
})

test('each dimension’s different values can be counted, personal ones too', () => {
  expect(whole.measures[distinctCountOf('category')]).toMatchObject({
    kind: 'base',
    aggregation: 'count_distinct',
    table: 'products',
    hidden: true,
    label: 'Number of different categories',
  })
  expect(whole.measures).toHaveProperty('distinct_customer_name')
})

test('each date has a first and a last value', () => {
  expect(whole.measures.first_signed_on).toMatchObject({ aggregation: 'min', table: 'customers', hidden: true })
  expect(whole.measures.last_ordered_at).toMatchObject({ aggregation: 'max', table: 'orders', hidden: true })
  expect(whole.measures).not.toHaveProperty('first_region')
})

test('a measure or dimension of the model is never replaced', () => {
  const own = {
    ...bare,
    measures: {
      ...bare.measures,
      distinct_category: { ...(bare.measures.orders as Measure), name: 'distinct_category', label: 'Mine' },
    },
  } as typeof bare
  expect(completeModel(own).measures.distinct_category?.label).toBe('Mine')
})

test('a model that is complete gets no further dimensions', () => {
  expect(completeModel(whole).dimensions).toEqual(whole.dimensions)
})
