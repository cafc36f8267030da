import { describe, expect, it } from 'vitest'
import { readModel } from '#src/semantic/load.ts'
import type { Measure } from '#src/semantic/model.ts'

const model = await readModel('sql/domains/ecommerce/model.yaml')

const measure = (name: string): Measure => {
  const found = model.measures[name]
  if (!found) throw new Error(`no measure ${name}`)
  return found
}

/** What a word of a question means among measures. */
const meaning = (word: string) =>
  Object.values(model.measures)
    .filter(m =>
      [m.name.replaceAll('_', ' '), m.label, ...m.synonyms].some(w => w.toLowerCase() === word.toLowerCase()),
    )
    .map(m => m.name)

describe('the model of the online shop', () => {
  it('joins lines to orders and products, and orders to customers', () => {
    expect(model.joins).toEqual([
      { name: 'orders', from: 'order_items', fromColumns: ['order_id'], to: 'orders', toColumns: ['order_id'] },
      { name: 'products', from: 'order_items', fromColumns: ['product_id'], to: 'products', toColumns: ['product_id'] },
      { name: 'customers', from: 'orders', fromColumns: ['customer_id'], to: 'customers', toColumns: ['customer_id'] },
    ])
  })

  it('says which time, display and value a table has', () => {
    expect(model.tables.orders).toMatchObject({
      label: 'order',
      primaryKey: ['order_id'],
      time: 'ordered_at',
      display: 'order_id',
      value: 'gross_revenue',
    })
    expect(model.tables.order_items).toMatchObject({ primaryKey: ['order_id', 'line_no'], time: 'ordered_at' })
    expect(model.tables.products).toMatchObject({ display: 'product', time: undefined })
  })

  it('works revenue out from lines of kept orders', () => {
    expect(measure('revenue')).toMatchObject({
      kind: 'base',
      table: 'order_items',
      aggregation: 'sum',
      aggregations: ['sum'],
      expression: { kind: 'name', table: 'order_items', name: 'amount' },
      where: [{ op: 'named', filter: 'kept' }],
      format: { kind: 'currency', currency: 'USD' },
      good: 'up',
      hidden: false,
    })
    expect(model.filters.kept?.filters).toEqual([
      { op: 'not_in', dimension: 'status', values: ['cancelled', 'returned'] },
    ])
  })

  it('counts cancelled orders against all orders', () => {
    expect(measure('cancelled_orders')).toMatchObject({
      aggregation: 'count_distinct',
      where: [{ op: 'in', dimension: 'status', values: ['cancelled'] }],
    })
    expect(measure('cancellation_rate')).toMatchObject({
      kind: 'formula',
      good: 'down',
      format: { kind: 'percent' },
      formula: {
        kind: 'binary',
        op: '/',
        left: { kind: 'name', name: 'cancelled_orders' },
        right: { kind: 'name', name: 'orders' },
      },
    })
  })

  it('takes the cost of a line from its product', () => {
    expect(measure('cost_of_goods')).toMatchObject({
      expression: {
        kind: 'binary',
        op: '*',
        left: { kind: 'name', table: 'order_items', name: 'quantity' },
        right: { kind: 'name', table: 'products', name: 'unit_cost' },
      },
    })
  })

  it('lets discounts and fees be averaged as well', () => {
    expect(measure('discounts')).toMatchObject({ table: 'orders', aggregations: ['sum', 'avg', 'max'] })
    expect(measure('shipping')).toMatchObject({ table: 'orders', aggregations: ['sum', 'avg', 'max'] })
  })

  it.each([
    ['sales', 'revenue'],
    ['turnover', 'revenue'],
    ['AOV', 'average_order_value'],
    ['average basket value', 'average_order_value'],
    ['profit', 'gross_margin'],
    ['gross profit', 'gross_margin'],
    ['profit margin', 'margin_rate'],
    ['returns', 'returned_orders'],
    ['return rate', 'return_rate'],
    ['cancellations', 'cancelled_orders'],
    ['buyers', 'customers'],
  ])('takes “%s” for %s and nothing else', (word, name) => {
    expect(meaning(word)).toEqual([name])
  })

  it('confesses that profit is gross', () => {
    expect(Object.keys(model.confessions)).toEqual(['gross_margin'])
  })

  it('means the shipping state by state, and knows its two letters', () => {
    const { state, customer_state } = model.dimensions
    expect(state).toMatchObject({
      table: 'orders',
      type: 'text',
      geo: 'us-state',
      expression: { table: 'orders', name: 'shipping_state' },
    })
    expect(customer_state).toMatchObject({ table: 'customers', expression: { table: 'customers', name: 'state' } })
    expect(state?.valueSynonyms.Texas).toEqual(['TX'])
    expect(Object.keys(state?.valueSynonyms ?? {})).toHaveLength(51)
  })

  it('keeps names and addresses of people from view', () => {
    const personal = Object.values(model.dimensions).filter(d => d.personal)
    expect(personal.map(d => [d.name, d.hidden])).toEqual([
      ['customer_name', true],
      ['customer_email', true],
    ])
  })

  it('adds hidden dimensions for keys that none declares', () => {
    expect(model.dimensions.line_no).toMatchObject({ hidden: true, table: 'order_items', type: 'number' })
    expect(model.dimensions.product_id).toMatchObject({ hidden: true, table: 'products' })
    expect(model.dimensions.order_id).toMatchObject({ hidden: false, table: 'orders' })
  })

  it('has KPIs with an owner, a period and a team, most with a target', () => {
    const kpis = Object.values(model.kpis)
    expect(kpis).toHaveLength(12)
    expect([...new Set(kpis.map(k => k.owner))]).toEqual([
      'Sales',
      'Finance',
      'Operations',
      'Merchandising',
      'Marketing',
    ])
    expect(kpis.filter(k => !k.target).map(k => k.measure)).toEqual(['units'])
    expect(model.kpis.revenue).toMatchObject({
      period: 'last month',
      split: 'category',
      target: { value: 140000, per: 'month' },
    })
  })

  it('describes every measure that is offered', () => {
    expect(Object.values(model.measures).filter(m => !m.hidden && m.description.length < 20)).toEqual([])
    expect(model.examples.length).toBeGreaterThanOrEqual(12)
  })
})
