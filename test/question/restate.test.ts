import { describe, expect, test } from 'vitest'
import { conditionsOf, restate } from '#src/question/restate.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { model } from './shop-words.ts'

const query = (part: Partial<Query>): Query => ({
  domain: 'ecommerce',
  measures: [{ measure: 'revenue' }],
  splits: [],
  filters: [],
  having: [],
  order: [],
  intent: 'value',
  ...part,
})
const march = { start: '2023-03-01', end: '2023-04-01', label: 'March 2023' }

describe('every part of a query is said', () => {
  test.each<[string, Partial<Query>]>([
    ['Revenue', {}],
    ['Revenue and orders', { measures: [{ measure: 'revenue' }, { measure: 'orders' }] }],
    ['Average discounts', { measures: [{ measure: 'discounts', aggregation: 'avg' }] }],
    ['AOV'.replace('AOV', 'Average order value'), { measures: [{ measure: 'average_order_value' }] }],
    ['Revenue per day', { measures: [{ measure: 'revenue', per: { grain: 'day' } }] }],
    ['Revenue per customers', { measures: [{ measure: 'revenue', per: { measure: 'customers' } }] }],
    [
      'Share of revenue by category',
      {
        measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['category'] } }],
        splits: [{ dimension: 'category' }],
      },
    ],
    [
      'Revenue, running total by month',
      { measures: [{ measure: 'revenue', calc: { kind: 'cumulative' } }], splits: [{ grain: 'month' }] },
    ],
    ['Revenue by category and month', { splits: [{ dimension: 'category' }, { grain: 'month' }] }],
    ['Revenue by weekday', { splits: [{ dimension: 'weekday' }] }],
    ['Revenue by hour of the day', { splits: [{ dimension: 'hour_of_day' }] }],
    ['Revenue, March 2023', { period: march }],
    [
      'Revenue, March 2023, against February 2023',
      { period: march, compare: { period: { ...march, label: 'February 2023' } } },
    ],
    ['Revenue, state Texas', { filters: [{ op: 'in', dimension: 'state', values: ['Texas'] }] }],
    ['Revenue, state Texas and Ohio', { filters: [{ op: 'in', dimension: 'state', values: ['Texas', 'Ohio'] }] }],
    ['Revenue, state not Texas', { filters: [{ op: 'not_in', dimension: 'state', values: ['Texas'] }] }],
    ['Revenue, state Texas', { filters: [{ op: 'eq', dimension: 'state', value: 'Texas' }] }],
    ['Revenue, state not Texas', { filters: [{ op: 'ne', dimension: 'state', value: 'Texas' }] }],
    [
      'Revenue, order date since 2023-03-01',
      { filters: [{ op: 'gte', dimension: 'ordered_at', value: '2023-03-01' }] },
    ],
    [
      'Revenue, order date before 2023-03-01',
      { filters: [{ op: 'lt', dimension: 'ordered_at', value: '2023-03-01' }] },
    ],
    ['Revenue, list price over $10.00', { filters: [{ op: 'gt', dimension: 'list_price', value: 10 }] }],
    [
      'Revenue, list price between $10.00 and $20.00',
      { filters: [{ op: 'between', dimension: 'list_price', from: 10, to: 20 }] },
    ],
    ['Revenue, product like Pen…', { filters: [{ op: 'like', dimension: 'product', pattern: 'Pen%' }] }],
    ['Revenue, product not like …Pen…', { filters: [{ op: 'not_like', dimension: 'product', pattern: '%Pen%' }] }],
    ['Revenue, channel empty', { filters: [{ op: 'is_null', dimension: 'channel' }] }],
    ['Revenue, channel not empty', { filters: [{ op: 'is_not_null', dimension: 'channel' }] }],
    ['Revenue, with free shipping', { filters: [{ op: 'named', filter: 'free_shipping' }] }],
    ['Revenue, not with free shipping', { filters: [{ op: 'not_named', filter: 'free_shipping' }] }],
    [
      'Revenue, weekday Saturday and Sunday',
      { filters: [{ op: 'in', dimension: 'weekday', values: ['Saturday', 'Sunday'] }] },
    ],
    [
      'Revenue by state, orders at least 500',
      { splits: [{ dimension: 'state' }], having: [{ measure: 'orders', op: 'gte', value: 500 }] },
    ],
    [
      'Revenue by state, revenue between $1,000.00 and $2,000.00',
      { splits: [{ dimension: 'state' }], having: [{ measure: 'revenue', op: 'between', value: 1000, to: 2000 }] },
    ],
    [
      'Top 3 by state: revenue',
      { splits: [{ dimension: 'state' }], order: [{ by: 'revenue', direction: 'desc' }], limit: 3 },
    ],
    [
      'Bottom 3 by state: revenue',
      { splits: [{ dimension: 'state' }], order: [{ by: 'revenue', direction: 'asc' }], limit: 3 },
    ],
    [
      'Top 1 by product in each category: revenue',
      {
        splits: [{ dimension: 'category' }, { dimension: 'product' }],
        order: [{ by: 'revenue', direction: 'desc' }],
        limit: 1,
        limitPer: ['category'],
      },
    ],
    [
      'Top 2 by state: change in revenue',
      { splits: [{ dimension: 'state' }], order: [{ by: 'change', direction: 'desc' }], limit: 2 },
    ],
  ])('%s', (said, part) => {
    expect(restate(query(part), model)).toBe(said)
  })

  test('things kept by a measure of their own, in the words of the receipt too', () => {
    const q = query({
      filters: [
        { op: 'entity', entity: 'customers', measure: 'orders', compare: 'gte', value: 3 },
        { op: 'entity', entity: 'orders', measure: 'gross_revenue', compare: 'between', value: 100, to: 200 },
      ],
    })
    const said = conditionsOf(q, model)
    expect(said[0]).toMatch(/customer.*orders at least 3/)
    expect(said[1]).toMatch(/order.*between \$100\.00 and \$200\.00/)
    expect(restate(q, model)).toBe(`Revenue, ${said.join(', ')}`)
  })

  test('a name that the model does not know is said as it is', () => {
    const q = query({
      measures: [{ measure: 'nonsense' }],
      splits: [{ dimension: 'colour' }],
      filters: [
        { op: 'named', filter: 'odd' },
        { op: 'gt', dimension: 'size', value: 3 },
      ],
    })
    expect(restate(q, model)).toContain('by colour, odd, size over 3')
  })
})
