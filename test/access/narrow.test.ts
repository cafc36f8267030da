import { describe, expect, test } from 'vitest'
import { conditionsOf } from '#src/access/conditions.ts'
import { narrowModel } from '#src/access/narrow.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { guard, postgresGuard } from '#test/guard/reading.ts'
import { flights, modelFrom, shop } from './models.ts'
import { rightsFrom } from './worlds.ts'

const narrowed = (role: Record<string, unknown>, model: Model = shop): Model =>
  narrowModel(model, rightsFrom(role, model.domain))

const hiding = (names: string[], model: Model = shop) => narrowed({ hide: { [model.domain]: names } }, model)

type Section = 'tables' | 'dimensions' | 'measures' | 'filters' | 'kpis'

/** What is gone, by section, but for what `completeModel` made. */
const gone = (after: Model, before: Model = shop) =>
  Object.fromEntries(
    (['tables', 'dimensions', 'measures', 'filters', 'kpis'] as Section[]).flatMap(section => {
      const lost = Object.keys(before[section]).filter(
        name => !Object.hasOwn(after[section], name) && !/^(distinct|first|last|row)_/.test(name),
      )
      return lost.length > 0 ? [[section, lost]] : []
    }),
  )

describe('a model without what is hidden', () => {
  test('is the same where nothing is', () => {
    expect(narrowed({})).toEqual(shop)
  })

  test('loses with a column all that is made of it: dimensions, measures, formulas, filters, KPIs, examples', () => {
    const model = hiding(['orders.discount'])
    expect(gone(model)).toEqual({
      dimensions: ['order_discount'],
      measures: ['each_order_discount', 'discounts', 'discount_rate'],
      filters: ['discounted'],
      kpis: ['discounts'],
    })
    expect(Object.keys(model.measures)).not.toContain('distinct_order_discount')
    expect(model.tables.orders?.columns).not.toHaveProperty('discount')
    expect(model.tables.orders?.columns).toHaveProperty('shipping_fee')
  })

  test('loses with a dimension its column, and measures that filter by it', () => {
    const model = hiding(['status'])
    expect(gone(model).dimensions).toEqual(['status'])
    expect(gone(model).filters).toEqual(['kept', 'not_kept'])
    expect(gone(model).measures).toEqual(
      expect.arrayContaining(['revenue', 'cancelled_orders', 'average_order_value', 'margin_rate']),
    )
    expect(Object.keys(model.measures)).toEqual(expect.arrayContaining(['gross_revenue', 'orders', 'customers']))
    expect(Object.keys(model.kpis)).toEqual(['orders', 'customers', 'signups'])
    expect(model.tables.orders?.columns).not.toHaveProperty('status')
    expect(model.defaultMeasure).toBeUndefined()
    expect(model.tables.customers).not.toHaveProperty('value')
    expect(model.tables.orders?.value).toBe('gross_revenue')
    expect(model.examples).not.toContain('revenue last month by state')
  })

  test('loses with a measure what needs it, and no column that others use', () => {
    const model = hiding(['cost_of_goods'])
    expect(gone(model)).toEqual({
      measures: ['cost_of_goods', 'gross_margin', 'margin_rate'],
      kpis: ['gross_margin', 'margin_rate'],
    })
    expect(model.examples).not.toContain('gross margin by category, excluding Books')
    expect(model.confessions).not.toHaveProperty('gross_margin')
    // Only the cost was made of it; the pieces count for others as well.
    expect(model.tables.products?.columns).not.toHaveProperty('unit_cost')
    expect(model.tables.order_items?.columns).toHaveProperty('quantity')
  })

  test('loses with a measure of one column its values for single rows', () => {
    const plain = modelFrom(`
domain: plain
tables: { sales: { key: id, columns: { id: number, amount: number, tip: number } } }
measures:
  amount: { table: sales, sum: amount, description: Money. }
  tips: { table: sales, sum: tip, description: More money. }
`)
    expect(Object.keys(plain.dimensions)).toEqual(['row_amount', 'row_tips', 'id'])
    const model = hiding(['tips'], plain)
    expect(Object.keys(model.dimensions)).toEqual(['row_amount', 'id'])
    expect(Object.keys(model.tables.sales?.columns ?? {})).toEqual(['id', 'amount'])
  })

  test('loses with a key the joins by it, and is no longer counted by it', () => {
    const model = hiding(['orders.customer_id'])
    expect(model.joins.map(join => join.to)).toEqual(['orders', 'products'])
    expect(gone(model).measures).toEqual(['customers', 'orders_per_customer', 'average_spend'])
    expect(hiding(['customers.customer_id']).tables.customers?.primaryKey).toEqual([])
    expect(hiding(['products.product_id']).tables.products?.primaryKey).toEqual([])
  })

  test('loses a whole table, and examples that speak of it or of values of what is gone', () => {
    const model = hiding(['customers', 'state'])
    expect(gone(model)).toMatchObject({
      tables: ['customers'],
      dimensions: [
        'state',
        'segment',
        'customer_state',
        'city',
        'customer_id',
        'signup_date',
        'customer_name',
        'customer_email',
      ],
      measures: ['customers', 'orders_per_customer', 'average_spend', 'signups'],
    })
    expect(model.examples).not.toContain('What share of revenue comes from Texas?')
    expect(model.examples).toContain('monthly revenue 2023')
    expect(model.kpis.orders).toMatchObject({ split: 'week' })
    expect(hiding(['segment']).kpis.customers).not.toHaveProperty('split')
  })

  test('loses dimensions by a join that is gone, and times and names of rows', () => {
    expect(gone(hiding(['flights.origin'], flights), flights).dimensions).toEqual(['origin'])
    expect(hiding(['flown_at'], flights).tables.flights).not.toHaveProperty('time')
    expect(hiding(['product']).tables.products).not.toHaveProperty('display')
  })

  test('loses phrases and filters of what is gone, and measures that look at things by one that is gone', () => {
    const model = modelFrom(`
domain: words
tables: { sales: { key: id, columns: { id: number, kind: text, amount: number, sold: date }, time: sold_on } }
dimensions: { kind: { column: sales.kind }, sold_on: { column: sales.sold } }
filters:
  wires: { where: { kind: Wires } }
  weekends: { where: { day_type: weekend } }
  both: { where: [wires, weekends] }
phrases:
  - { phrase: Cables, means: { kind: { like: 'CAB%' } } }
  - { phrase: on weekends, means: weekends }
measures:
  amount: { table: sales, sum: amount, description: Money. }
  large: { table: sales, count: id, where: { each: sales, having: amount, gt: 5 }, description: Large ones. }
`)
    expect(gone(hiding(['kind'], model), model)).toEqual({ dimensions: ['kind'], filters: ['wires', 'both'] })
    expect(hiding(['kind'], model).phrases.map(({ phrase }) => phrase)).toEqual(['on weekends'])
    expect(gone(hiding(['amount'], model), model)).toEqual({ measures: ['amount', 'large'] })
  })

  test('loses tables that no rule for rows reaches', () => {
    const model = narrowed({ rows: { flights: { carrier: 'LH' } } }, flights)
    expect(gone(model, flights)).toEqual({
      tables: ['crews'],
      dimensions: ['crews_id'],
      measures: ['crew_members'],
    })
  })
})

describe('a model with some KPIs', () => {
  test('offers no measures of the others, and keeps them where a formula is made of them', () => {
    const model = narrowed({ kpis: { ecommerce: ['average_order_value', 'units'] } })
    expect(Object.keys(model.kpis)).toEqual(['average_order_value', 'units'])
    expect(model.measures.revenue?.hidden).toBe(true)
    expect(model.measures.average_order_value?.hidden).toBe(false)
    expect(model.measures).not.toHaveProperty('gross_margin')
    expect(model.measures).toHaveProperty('gross_revenue')
    expect(model.defaultMeasure).toBeUndefined()
    expect(model.examples).not.toContain('monthly revenue 2023')
  })
})

describe('every query of a narrowed model', () => {
  const query = (parts: Partial<Query>, { domain }: Model): Query => ({
    domain,
    measures: [],
    splits: [],
    filters: [],
    having: [],
    order: [],
    intent: 'value',
    ...parts,
  })

  test.each([
    'orders.discount',
    'status',
    'cost_of_goods',
    'orders.customer_id',
    'customers',
    'product',
    'ordered_at',
    'order_items.amount',
  ])('is refused in words, or let through by the guard, which knows nothing that is hidden: %s', async name => {
    const rights = rightsFrom({ hide: { ecommerce: [name] }, rows: { ecommerce: { channel: 'web' } } })
    const model = narrowModel(shop, rights)
    const tables = { duckdb: conditionsOf(rights, shop, 'duckdb'), postgres: conditionsOf(rights, shop, 'postgres') }
    const guards = { duckdb: guard, postgres: postgresGuard }
    const dimensions = Object.values(model.dimensions).filter(d => !d.hidden && !d.personal)
    let sealed = 0
    for (const measure of Object.keys(model.measures)) {
      const all = [[], ...dimensions.map(d => [{ dimension: d.name }]), [{ grain: 'month' as const }]]
      for (const [i, splits] of all.entries()) {
        // DuckDB's parser is slower, and reads the same shapes.
        for (const dialect of i % 9 === 0 ? (['duckdb', 'postgres'] as const) : (['postgres'] as const)) {
          const compiled = compile(query({ measures: [{ measure }], splits }, model), model, dialect)
          if (isCompileProblem(compiled)) continue
          await guards[dialect].seal(compiled.sql, { tables: tables[dialect] })
          sealed += 1
        }
      }
    }
    expect(sealed).toBeGreaterThan(50)
  })
})
