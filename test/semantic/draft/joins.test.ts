import { beforeAll, describe, expect, it } from 'vitest'
import type { Model } from '#src/semantic/model.ts'
import { draftFor, lines } from './drafted.ts'

const codes = Array.from({ length: 14 }, (_, i) => `A${String.fromCharCode(65 + i)}X`)
const airports = [
  'iata,name,city,latitude',
  ...codes.map((c, i) => `${c},Airport ${i},City ${i % 9},${40 + i / 10}`),
].join('\n')
const flights = lines(
  'date,delay,origin,destination',
  40,
  i =>
    `2001/01/${String(1 + (i % 28)).padStart(2, '0')} 10:${String(i).padStart(2, '0')},${i - 9},${codes[i % 14]},${codes[(i * 3 + 1) % 14]}`,
)

describe('links that only values tell', () => {
  let model: Model
  beforeAll(async () => {
    model = (await draftFor({ airports, flights })).model
  })

  it('finds two ways from flights to airports', () => {
    expect(model.joins.map(j => [j.name, j.from, j.fromColumns, j.to, j.toColumns])).toEqual([
      ['origin', 'flights', ['origin'], 'airports', ['iata']],
      ['destination', 'flights', ['destination'], 'airports', ['iata']],
    ])
  })

  it('makes a dimension for each way, and one for airports themselves', () => {
    expect(model.dimensions.origin_city).toMatchObject({ label: 'Origin city', via: 'origin', table: 'airports' })
    expect(model.dimensions.destination_city).toMatchObject({ label: 'Destination city', via: 'destination' })
    expect(model.dimensions.airport_city?.via).toBeUndefined()
    for (const name of ['origin_city', 'destination_city', 'airport_city'])
      expect(model.dimensions[name]?.synonyms).toContain('city')
    expect(model.dimensions.origin).toMatchObject({ hidden: false, table: 'flights' })
  })

  it('confesses the guess', () => {
    expect(model.confessions.origin_city).toBe(
      'origin of flights is taken to mean iata of airports, because the values match.',
    )
  })
})

describe('links that are none', () => {
  it('does not take small numbers for keys', async () => {
    const { model } = await draftFor({
      shops: lines('shop_id,city', 30, i => `${i},c${i % 4}`),
      visits: lines('visit_id,shop_id,guests,rating', 60, i => `${i},${1 + (i % 30)},${1 + (i % 5)},${1 + (i % 10)}`),
    })
    expect(model.joins.map(j => `${j.from}.${j.fromColumns}`)).toEqual(['visits.shop_id'])
    expect(model.measures.guests).toMatchObject({ aggregation: 'sum' })
  })

  it('does not join a count of orders to the orders', async () => {
    const { model } = await draftFor({
      orders: lines('order_id,amount', 40, i => `${i},${i}.5`),
      customers: lines('customer_id,order_count', 12, i => `${i},${1 + (i % 9)}`),
    })
    expect(model.joins).toEqual([])
  })

  it('does not join a table to itself, and does not average who reports to whom', async () => {
    const { model } = await draftFor({
      staff: lines('employee_id,reports_to,dept', 12, i => `${i},${1 + (i % 3)},d${i % 2}`),
    })
    expect(model.joins).toEqual([])
    expect(Object.keys(model.measures)).not.toContain('reports_to')
  })

  it('joins by name although a few keys are unknown, and says how many', async () => {
    const { model } = await draftFor({
      customers: lines('customer_id,segment', 19, i => `${i},s${i % 3}`),
      orders: lines('order_id,customer_id,amount', 60, i => `${i},${1 + (i % 20)},${i}.25`),
    })
    expect(model.joins).toHaveLength(1)
    expect(model.confessions.segment).toBe('5.0% of the values of customer_id of orders do not stand in customers.')
  })

  it('joins two columns to a key of two columns', async () => {
    const { model } = await draftFor({
      lots: lines('plant_id,lot_no,colour', 20, i => `${1 + (i % 4)},${Math.ceil(i / 4)},c${i % 3}`),
      checks: lines(
        'check_id,plant_id,lot_no,passed',
        40,
        i => `${i},${1 + (i % 4)},${1 + (Math.ceil(i / 4) % 5)},${i % 2 ? 'yes' : 'no'}`,
      ),
    })
    expect(model.joins).toEqual([
      {
        name: 'lots',
        from: 'checks',
        fromColumns: ['plant_id', 'lot_no'],
        to: 'lots',
        toColumns: ['plant_id', 'lot_no'],
      },
    ])
  })
})
