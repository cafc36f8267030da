import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadModel, readModel } from '#src/semantic/load.ts'
import { problemsOf } from './problems.ts'

const text = (name: string) => readFileSync(`test/fixtures/models/${name}`, 'utf8')

describe('the JSON of Analytics Studio', async () => {
  const model = await readModel('test/fixtures/models/studio.json')

  it('is one table with its grain and time', () => {
    expect(model.tables).toEqual({
      sales_analytics: {
        name: 'sales_analytics',
        label: 'invoice line',
        synonyms: [],
        primaryKey: [],
        time: 'sale_date',
        description: 'One row per invoice line.',
      },
    })
    expect(model.dimensions.sale_date?.type).toBe('date')
  })

  it('takes measures with their first aggregation and format', () => {
    expect(model.measures.sales).toMatchObject({
      expression: { kind: 'name', table: 'sales_analytics', name: 'saleamt_ason' },
      aggregation: 'sum',
      aggregations: ['sum', 'avg'],
      format: { kind: 'currency', currency: 'INR' },
      description: 'Sum of saleamt_ason.',
    })
    expect(model.measures.quantity?.format).toEqual({ kind: 'integer' })
    expect(model.measures.distributors).toMatchObject({ aggregation: 'count_distinct' })
  })

  it('takes calculated measures, which name others as the document does', () => {
    expect(model.measures.achievement).toMatchObject({
      kind: 'formula',
      format: { kind: 'percent' },
      formula: { kind: 'binary', op: '/', left: { name: 'sales' }, right: { name: 'target' } },
    })
  })

  it('turns field mappings into synonyms and phrases', () => {
    expect(model.dimensions.region_name?.synonyms).toEqual(['zone'])
    expect(model.measures.sales?.synonyms).toEqual(['turnover'])
    expect(model.dimensions.distributor?.synonyms).toEqual(['dealer', 'stockist'])
    expect(model.phrases).toEqual([
      {
        phrase: 'Building Wires',
        synonyms: [],
        filter: { op: 'like', dimension: 'itemgroup', pattern: 'CABLES : BUILDING WIRES%' },
      },
      { phrase: 'LT cables', synonyms: [], filter: { op: 'in', dimension: 'itemgroup', values: ['CABLES : LT'] } },
      { phrase: 'HT cables', synonyms: [], filter: { op: 'in', dimension: 'itemgroup', values: ['CABLES : HT'] } },
    ])
  })

  it('treats names of customers as personal', () => {
    expect(model.dimensions.customer_name).toMatchObject({ personal: true, hidden: true })
  })

  it('takes the name of the file when the document has none', () => {
    const doc = JSON.stringify({
      time_columns: ['day_of_sale'],
      dimensions: [],
      measures: [{ name: 'Year', column: 'year' }],
    })
    const { domain, tables, measures } = loadModel(doc, 'data/shop floor.json')
    expect([domain, Object.keys(tables), Object.keys(measures)]).toEqual(['shop_floor', ['shop floor'], ['total_year']])
  })

  it('is refused with all faults, by line', () => {
    expect(problemsOf(text('studio-broken.json'))).toEqual([
      'line 4: time_columns[2]: must be text or a map, not 5',
      'line 6: dimensions[1]: unknown type "strng"; did you mean "string"?',
      'line 7: dimensions[2]: needs "name"',
      'line 10: measures[1].aggregations: unknown aggregation "summ"; did you mean "sum"?',
      'line 11: measures[2].format: unknown format "curency"; did you mean "currency"?',
      'line 12: measures.rate.formula: unknown measure "margn"; did you mean "margin"?',
      'line 15: field_mappings.zone: unknown field "regoin"; did you mean "region"?',
      `line 16: field_mappings.LT cables: "region LIKE upper('x')" cannot be read; a condition is: column LIKE '…', column = '…' or column IN ('…')`,
      'line 17: field_mappings.odd: must be a field, a condition, or a list of words, not 7',
    ])
  })
})

describe('a document of Apache Ossie', async () => {
  const model = await readModel('test/fixtures/models/ossie.yaml')

  it('gives tables by their physical names, keys, times and joins', () => {
    expect(model.domain).toBe('bike_rental')
    expect(model.tables.rental_facts).toMatchObject({
      label: 'rental',
      primaryKey: ['rental_id'],
      time: 'started',
      description: 'One row per rental',
    })
    expect(model.joins).toEqual([
      {
        name: 'rentals_to_stations',
        from: 'rental_facts',
        fromColumns: ['station_id'],
        to: 'stations',
        toColumns: ['id'],
      },
    ])
    expect(model.examples).toEqual(['rentals by station'])
  })

  it('gives dimensions by their columns, hides keys and personal data, and drops a word that means two of them', () => {
    expect(model.dimensions.started).toMatchObject({
      type: 'timestamp',
      expression: { table: 'rental_facts', name: 'started_at' },
    })
    expect(model.dimensions.station_id?.hidden).toBe(true)
    expect(model.dimensions.rider_email?.personal).toBe(true)
    expect(model.dimensions.district?.synonyms).toEqual(['quarter of town'])
    expect(model.dimensions.capacity?.synonyms).toEqual([])
  })

  it('reads metrics through the fields they name', () => {
    expect(model.measures.total_fare).toMatchObject({
      table: 'rental_facts',
      aggregation: 'sum',
      expression: { kind: 'binary', op: '+', left: { name: 'base_fare' }, right: { name: 'extra_fare' } },
      synonyms: ['income', 'takings'],
    })
  })

  it('makes a ratio a formula over hidden measures', () => {
    expect(model.measures.fare_per_station).toMatchObject({
      kind: 'formula',
      formula: { op: '/', left: { name: 'fare_per_station_part_1' }, right: { name: 'fare_per_station_part_2' } },
    })
    expect(model.measures.fare_per_station_part_2).toMatchObject({
      table: 'stations',
      aggregation: 'count_distinct',
      hidden: true,
    })
  })

  it('leaves out what it cannot say, and confesses it', () => {
    expect(model.confessions).toEqual({
      plan_name: "Left out: upper(plan) || ' plan' is SQL that a semantic model here cannot say.",
      late_share:
        'Left out: AVG(CASE WHEN rentals.minutes > 60 THEN 1 ELSE 0 END) is SQL that a semantic model here cannot say.',
    })
    expect(model.measures.late_share).toBeUndefined()
  })

  it('may stand at the top of the file as well', () => {
    const [, ...lines] = text('ossie.yaml').split('\n').slice(1)
    const top = lines
      .map(line => line.slice(4))
      .join('\n')
      .replace(/^/, 'version: "0.2.0.dev0"\n')
    expect(loadModel(top, 'x')).toEqual(model)
  })

  it('is refused with all faults, by line', () => {
    expect(problemsOf(text('ossie-broken.yaml'))).toEqual([
      'line 6: semantic_model[1].datasets[1].source: is a query; make it a view, only tables and views can be read',
      'line 7: semantic_model[1].datasets[2]: needs "source"',
      'line 14: semantic_model[1].datasets[3].fields[1].expression: must be a map or a list, not text',
      'line 16: semantic_model[1].datasets[3].fields[2]: needs "name"',
      'line 18: semantic_model[1].relationships[1]: unknown dataset "rental"; did you mean "rentals"?',
      'line 21: semantic_model[1].metrics[1].expression.dialects: must not be empty',
    ])
  })
})
