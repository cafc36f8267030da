import { beforeAll, describe, expect, it } from 'vitest'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import { rowsOf } from '#test/ingest/made-files.ts'
import { baseOf, draftFor } from './drafted.ts'

const files = {
  categories: 'category_id,category_name\n1,Drinks\n2,Food\n',
  customers: [
    'customer_id,company_name,contact_name,country,phone',
    'ALFKI,Alfreds,Maria Anders,Germany,030-0074321',
    'BONAP,Bon app,Laurence Lebihan,France,91.24.45.40',
    'CHOPS,Chop-suey,Yang Wang,USA,0452-076545',
  ].join('\n'),
  employees: [
    'employee_id,last_name,first_name,birth_date,hire_date,country,reports_to',
    '1,Davolio,Nancy,1948-12-08,1992-05-01,USA,2',
    '2,Fuller,Andrew,1952-02-19,1992-08-14,USA,',
    '3,King,Robert,1960-05-29,1994-01-02,UK,2',
  ].join('\n'),
  order_details: [
    'order_id,product_id,unit_price,quantity,discount',
    '10,1,10,2,0',
    '10,2,5,4,0.25',
    '11,1,10,1,0',
    '12,2,5,10,0',
    '12,1,9.5,2,0.1',
  ].join('\n'),
  orders: [
    'order_id,customer_id,employee_id,order_date,required_date,shipped_date,ship_via,freight,ship_name,ship_country',
    '10,ALFKI,1,1996-07-04,1996-08-01,1996-07-16,1,32.38,Alfreds,Germany',
    '11,BONAP,2,1996-07-05,1996-08-02,1996-07-10,2,11.61,Bon app,France',
    '12,ALFKI,3,1996-07-08,1996-08-05,,1,65.83,Alfreds,Germany',
  ].join('\n'),
  products: [
    'product_id,product_name,category_id,unit_price,units_in_stock,discontinued',
    '1,Chai,1,18,39,1',
    '2,Chang,1,19,17,0',
    '3,Ikura,2,31,31,0',
  ].join('\n'),
  shippers: 'shipper_id,company_name,phone\n1,Speedy,(503) 555-9831\n2,United,(503) 555-3199\n',
}

describe('a model drafted for a shop', () => {
  let model: Model
  let database: string
  beforeAll(async () => {
    ;({ model, database } = await draftFor(files))
  })

  it('joins keys by name, and ship_via by its likeness to shippers', () => {
    expect(model.joins.map(j => `${j.name}: ${j.from}.${j.fromColumns} → ${j.to}.${j.toColumns}`).toSorted()).toEqual([
      'category: products.category_id → categories.category_id',
      'customer: orders.customer_id → customers.customer_id',
      'employee: orders.employee_id → employees.employee_id',
      'order: order_details.order_id → orders.order_id',
      'product: order_details.product_id → products.product_id',
      'ship_via: orders.ship_via → shippers.shipper_id',
    ])
    expect(model.confessions.shipper).toBe(
      'ship_via of orders is taken to mean shipper_id of shippers, by its name and its values.',
    )
  })

  it('finds keys, also of two columns', () => {
    expect(model.tables.orders?.primaryKey).toEqual(['order_id'])
    expect(model.tables.order_details?.primaryKey).toEqual(['order_id', 'product_id'])
  })

  it('names things: one order, an order detail, and shows them by their names', () => {
    expect(model.tables.order_details?.label).toBe('order detail')
    expect(model.tables.order_details?.synonyms).toContain('order line')
    expect(Object.values(model.tables).map(t => [t.name, t.display])).toEqual([
      ['categories', 'category'],
      ['customers', 'customer'],
      ['employees', 'employee_id'],
      ['order_details', undefined],
      ['orders', 'order_id'],
      ['products', 'product'],
      ['shippers', 'shipper'],
    ])
  })

  it('takes the day of the order for the time of an order and of its lines, and says so', () => {
    expect(model.tables.orders?.time).toBe('order_date')
    expect(model.tables.order_details?.time).toBe('order_date')
    expect(model.tables.products?.time).toBeUndefined()
    expect(model.confessions.order_date).toBe('Periods look at order date, not at required date or shipped date.')
  })

  it('works out revenue, and says how', async () => {
    expect(model.measures.amount).toMatchObject({
      label: 'Revenue',
      table: 'order_details',
      aggregation: 'sum',
      good: 'up',
    })
    expect(model.measures.amount?.synonyms).toEqual(expect.arrayContaining(['sales', 'turnover', 'order value']))
    expect(model.confessions.amount).toMatch(
      /^Revenue is worked out as unit price × quantity × \(1 − discount\) of each order detail;/,
    )
    expect(model.defaultMeasure).toBe('amount')
    expect(model.tables.orders?.value).toBe('amount')
    // 20 + 20 × 0.75 + 10 + 50 + 19 × 0.9
    expect(await valueIn('amount')).toBeCloseTo(112.1, 10)
    expect(await valueIn('average_order_value')).toBeCloseTo(112.1 / 3, 10)
  })

  it('counts rows by the name of the table', async () => {
    expect(baseOf(model.measures.orders)).toMatchObject({
      label: 'Orders',
      aggregation: 'count',
      format: { kind: 'integer' },
    })
    expect(baseOf(model.measures.orders).expression).toBeUndefined()
    expect(model.measures.orders?.synonyms).toContain('number of orders')
    expect(await valueIn('orders')).toBe(3)
    expect(await valueIn('active_customers')).toBe(2)
  })

  it('sums money and quantities, averages prices and rates, and never sums ids', () => {
    expect(baseOf(model.measures.freight).aggregations).toEqual(['sum', 'avg', 'min', 'max', 'median'])
    expect(baseOf(model.measures.quantity).aggregation).toBe('sum')
    expect(baseOf(model.measures.units_in_stock).aggregation).toBe('sum')
    expect(baseOf(model.measures.discount)).toMatchObject({
      aggregations: ['avg', 'min', 'max', 'median'],
      format: { kind: 'percent' },
    })
    expect(baseOf(model.measures.product_unit_price)).toMatchObject({
      aggregations: ['avg', 'min', 'max', 'median'],
      format: { kind: 'currency' },
    })
    expect(Object.keys(model.measures)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/_id$|ship_via|reports_to/)]),
    )
  })

  it('tells columns of the same name apart by their things, and lets all answer to the plain word', () => {
    expect(model.measures.product_unit_price?.label).toBe('Product unit price')
    expect(model.measures.order_detail_unit_price?.synonyms).toContain('unit price')
    expect(model.dimensions.customer_country).toMatchObject({ label: 'Customer country', geo: 'country' })
    for (const name of ['customer_country', 'employee_country', 'ship_country'])
      expect(model.dimensions[name]?.synonyms).toContain('country')
  })

  it('hides people: names, birth days, phones, contacts and addresses', () => {
    const personal = Object.values(model.dimensions).filter(d => d.personal)
    expect(personal.map(d => d.name).toSorted()).toEqual([
      'birth_date',
      'contact_name',
      'customer_phone',
      'first_name',
      'last_name',
      'ship_name',
      'shipper_phone',
    ])
    expect(personal.every(d => d.hidden)).toBe(true)
    expect(model.tables.employees?.columns).not.toHaveProperty('last_name')
  })

  it('does not take companies for people', () => {
    expect(model.dimensions.customer).toMatchObject({
      personal: false,
      hidden: false,
      expression: { name: 'company_name' },
    })
    expect(model.dimensions.product?.personal).toBe(false)
  })

  it('makes filters of flags and of dates that some rows lack', () => {
    expect(model.filters.discontinued?.filters).toEqual([{ op: 'in', dimension: 'discontinued', values: [1] }])
    expect(model.filters.shipped?.filters).toEqual([{ op: 'is_not_null', dimension: 'shipped_date' }])
  })

  it('knows other words for countries', () => {
    expect(model.dimensions.customer_country?.valueSynonyms.USA).toEqual(
      expect.arrayContaining(['US', 'United States']),
    )
  })

  it('says that dollars are a guess', () => {
    expect(model.currency).toBeUndefined()
    expect(model.confessions.freight).toBe(
      'The data does not say which currency freight is in; it is shown in dollars.',
    )
  })

  it('gives six questions as examples', () => {
    expect(model.examples).toHaveLength(6)
    expect(model.examples).toEqual(expect.arrayContaining(['How many orders are there?', 'Monthly revenue in 1996']))
  })

  it('runs for every measure by every dimension that it connects with', async () => {
    let ran = 0
    for (const measure of Object.keys(model.measures)) {
      const compiled = Object.keys(model.dimensions).flatMap(dimension => sqlOf(measure, dimension) ?? [])
      const counts = compiled.map((sql, i) => `select count(*) from (${sql}) as q${i}`)
      if (counts.length > 0) ran += (await rowsOf(database, counts.join(' union all '))).length
    }
    expect(ran).toBeGreaterThan(100)
  })

  const sqlOf = (measure: string, dimension?: string) => {
    const splits = dimension ? [{ dimension }] : []
    const compiled = compile(querySchema.parse({ domain: 'test', measures: [{ measure }], splits }), model, 'duckdb')
    return isCompileProblem(compiled) || compiled.params.length ? undefined : compiled.sql
  }

  const valueIn = async (measure: string) => Number((await rowsOf(database, sqlOf(measure) ?? ''))[0]?.[0])
})
