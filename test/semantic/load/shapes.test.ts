import { describe, expect, it } from 'vitest'
import { loadModel } from '#src/semantic/load.ts'
import { small } from './problems.ts'

const load = (more: string) => loadModel(small(more), 'model.yaml')

describe('what a file leaves out', () => {
  it('is UTC, weeks from Monday, the calendar year, names spoken as they are written', () => {
    expect(load('')).toMatchObject({
      label: 'shop',
      description: '',
      zone: 'UTC',
      weekStart: 1,
      fiscalStart: 1,
      currency: undefined,
    })
    expect(
      load('measures: { net_total: { table: orders, sum: amount, description: M. } }').measures.net_total,
    ).toMatchObject({
      label: 'net total',
      format: { kind: 'number' },
      good: undefined,
      synonyms: [],
    })
  })

  it('is made up for times and keys', () => {
    const { dimensions, tables } = load('')
    expect(Object.keys(dimensions)).toEqual(['order_id', 'customer_id', 'ordered_at'])
    expect(dimensions.ordered_at).toMatchObject({ type: 'timestamp', hidden: false, label: 'ordered at' })
    expect(dimensions.order_id).toMatchObject({ type: 'number', hidden: true })
    expect(tables.orders).toMatchObject({ label: 'order', time: 'ordered_at' })
  })

  it('takes the type of a dimension from its column', () => {
    expect(
      load('dimensions: { day: { column: orders.ordered_at } }'.replace('day', 'moment')).dimensions.moment?.type,
    ).toBe('timestamp')
    expect(
      load('dimensions: { moment: { column: orders.ordered_at, type: timestamptz } }').dimensions.moment,
    ).toMatchObject({ type: 'timestamp', zoned: true })
    expect(load('dimensions: { double: { table: orders, expression: amount * 2 } }').dimensions.double?.type).toBe(
      'number',
    )
  })
})

describe('settings', () => {
  it('read weeks, fiscal year and money', () => {
    expect(load('week_start: sunday\nfiscal_year_start: 4\ncurrency: EUR\nzone: Europe/Berlin')).toMatchObject({
      weekStart: 7,
      fiscalStart: 4,
      currency: 'EUR',
      zone: 'Europe/Berlin',
    })
  })

  it('take a format from a word or from a map', () => {
    const format = (text: string) =>
      load(`currency: EUR\nmeasures: { m: { table: orders, sum: amount, format: ${text}, description: M. } }`).measures
        .m?.format
    expect(format('currency')).toEqual({ kind: 'currency', currency: 'EUR' })
    expect(format('{ kind: currency, currency: USD }')).toEqual({ kind: 'currency', currency: 'USD' })
    expect(format('{ kind: number, unit: kg }')).toEqual({ kind: 'number', unit: 'kg' })
  })
})

describe('filters', () => {
  const where = (text: string) => {
    const dimensions =
      'dimensions: { status: { column: orders.status }, size: { column: orders.amount }, placed: { column: orders.ordered_at } }'
    const measures = 'measures: { total: { table: orders, sum: amount, description: M. } }'
    return load(`${dimensions}\n${measures}\nfilters: { b: { where: { status: x } }, a: { where: ${text} } }`).filters.a
      ?.filters
  }

  it.each([
    ['{ status: open }', [{ op: 'in', dimension: 'status', values: ['open'] }]],
    ['{ status: [open, late] }', [{ op: 'in', dimension: 'status', values: ['open', 'late'] }]],
    ['{ status: { not: open } }', [{ op: 'not_in', dimension: 'status', values: ['open'] }]],
    [
      "{ status: { like: 'A%', not_like: '%B' } }",
      [
        { op: 'like', dimension: 'status', pattern: 'A%' },
        { op: 'not_like', dimension: 'status', pattern: '%B' },
      ],
    ],
    ['{ status: { empty: true } }', [{ op: 'is_null', dimension: 'status' }]],
    ['{ status: { empty: false } }', [{ op: 'is_not_null', dimension: 'status' }]],
    [
      '{ size: { gt: 5, lte: 10 } }',
      [
        { op: 'gt', dimension: 'size', value: 5 },
        { op: 'lte', dimension: 'size', value: 10 },
      ],
    ],
    ['{ size: { between: [1, 2] } }', [{ op: 'between', dimension: 'size', from: 1, to: 2 }]],
    ["{ placed: { gte: '2023-01-01' } }", [{ op: 'gte', dimension: 'placed', value: '2023-01-01' }]],
    ['{ weekday: [Saturday, Sunday] }', [{ op: 'in', dimension: 'weekday', values: ['Saturday', 'Sunday'] }]],
    ['b', [{ op: 'named', filter: 'b' }]],
    ['{ not: b }', [{ op: 'not_named', filter: 'b' }]],
    [
      '[b, { size: 3 }]',
      [
        { op: 'named', filter: 'b' },
        { op: 'in', dimension: 'size', values: [3] },
      ],
    ],
    [
      '{ each: orders, having: total, gte: 500 }',
      [{ op: 'entity', entity: 'orders', measure: 'total', compare: 'gte', value: 500 }],
    ],
    [
      '{ each: customers, having: total, between: [1, 9] }',
      [{ op: 'entity', entity: 'customers', measure: 'total', compare: 'between', value: 1, to: 9 }],
    ],
  ])('%s', (text, filters) => {
    expect(where(text)).toEqual(filters)
  })
})

describe('joins', () => {
  it('may have several columns, and a side that is unique without being the key', () => {
    const text = `domain: air
tables: { legs: { key: id }, gates: { key: [airport, gate] }, planes: { key: id } }
joins:
  - { name: gate, from: [legs.airport, legs.gate], to: [gates.airport, gates.gate] }
  - { from: legs.tail, to: planes.tail_number, unique: true }`
    expect(loadModel(text, 'x').joins).toEqual([
      { name: 'gate', from: 'legs', fromColumns: ['airport', 'gate'], to: 'gates', toColumns: ['airport', 'gate'] },
      { name: 'planes', from: 'legs', fromColumns: ['tail'], to: 'planes', toColumns: ['tail_number'] },
    ])
  })
})

describe('columns with spaces', () => {
  it('can be dimensions and measures', () => {
    const { dimensions, measures } = loadModel(
      `domain: sheet
tables: { sheet: { columns: { Item Group: text, Net Amount: number } } }
dimensions: { item_group: { column: sheet.Item Group } }
measures: { net: { table: sheet, sum: Net Amount, description: Net. } }`,
      'x',
    )
    expect(dimensions.item_group?.expression).toEqual({ kind: 'name', table: 'sheet', name: 'Item Group' })
    expect(measures.net).toMatchObject({ expression: { kind: 'name', table: 'sheet', name: 'Net Amount' } })
  })
})
