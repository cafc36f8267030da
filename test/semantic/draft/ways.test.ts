import { beforeAll, describe, expect, it } from 'vitest'
import type { Model } from '#src/semantic/model.ts'
import { draftFor, lines, offered } from './drafted.ts'

const depots = lines('depot_id,depot_name,city,region', 6, i => `D${i},Depot ${i},City ${i},r${i % 2}`)

describe('two ways to one table, through another', () => {
  let model: Model
  beforeAll(async () => {
    const lanes = lines(
      'lane_id,origin_depot_id,dest_depot_id,distance_km',
      12,
      i => `${i},D${1 + (i % 6)},D${1 + ((i * 5) % 6)},${100 + i * 7}`,
    )
    const shipments = lines(
      'shipment_id,lane_id,weight_kg,freight_cost_usd',
      30,
      i => `S${i},${1 + (i % 12)},${i}.5,${i * 3}.25`,
    )
    model = (await draftFor({ depots, lanes, shipments })).model
  })

  it('names them origin and destination', () => {
    expect(model.joins.map(j => `${j.name}: ${j.from}.${j.fromColumns}`)).toEqual([
      'origin: lanes.origin_depot_id',
      'destination: lanes.dest_depot_id',
      'lane: shipments.lane_id',
    ])
  })

  it('gives each its own city, region and name', () => {
    expect(model.dimensions.origin_city).toMatchObject({ label: 'Origin city', via: 'origin', table: 'depots' })
    expect(model.dimensions.origin_city?.synonyms).toEqual(
      expect.arrayContaining(['city', 'from city', 'city of origin']),
    )
    expect(model.dimensions.destination_region).toMatchObject({ label: 'Destination region', via: 'destination' })
    expect(model.dimensions.destination_region?.synonyms).toEqual(
      expect.arrayContaining(['to region', 'region of destination']),
    )
    expect(model.dimensions.destination_depot).toMatchObject({ label: 'Destination depot', via: 'destination' })
    expect(model.dimensions.destination_depot?.synonyms).toContain('destination')
  })

  it('takes units and currencies out of labels and keeps the whole header as a synonym', () => {
    const told = ['weight_kg', 'freight_cost_usd', 'distance_km'].map(n => model.measures[n])
    expect(told.map(m => [m?.label, m?.format])).toEqual([
      ['Weight', { kind: 'number', unit: 'kg' }],
      ['Freight cost', { kind: 'currency', currency: 'USD' }],
      ['Distance', { kind: 'number', unit: 'km' }],
    ])
    expect(told.every(m => m?.synonyms.includes(m.name.replaceAll('_', ' ')))).toBe(true)
  })
})

describe('words for ways', () => {
  it('reads from and to as origin and destination', async () => {
    const moves = lines(
      'move_id,from_depot_id,to_depot_id,boxes',
      12,
      i => `${i},D${1 + (i % 6)},D${1 + ((i * 5) % 6)},${i}`,
    )
    const { model } = await draftFor({ depots, moves })
    expect(model.joins.map(j => j.name)).toEqual(['origin', 'destination'])
    expect(model.dimensions.destination_city?.synonyms).toContain('to city')
  })

  it('leaves the name of a single way alone', async () => {
    const moves = lines('move_id,from_depot_id,boxes', 12, i => `${i},D${1 + (i % 6)},${i}`)
    const { model } = await draftFor({ depots, moves })
    expect(model.joins.map(j => j.name)).toEqual(['from_depot'])
    expect(Object.values(model.dimensions).every(d => d.via === undefined)).toBe(true)
  })
})

describe('a table that calls itself by a short form', () => {
  let model: Model
  beforeAll(async () => {
    const departments = lines('DEPT_ID,DEPT_NAME,COST_CENTER', 4, i => `DP${i},Dept no ${i},CC-${i}`)
    const employees = lines('EMP_ID,DEPT_ID,JOB_TITLE', 20, i => `${1000 + i},DP${1 + (i % 4)},t${i % 3}`)
    const reviews = lines('REVIEW_ID,EMP_ID,RATING', 30, i => `${i},${1001 + (i % 20)},${1 + (i % 5)}`)
    model = (await draftFor({ departments, employees, reviews })).model
  })

  it('is shown by its name, under one name', () => {
    expect(model.tables.departments?.display).toBe('department')
    expect(model.dimensions.department).toMatchObject({
      label: 'Department',
      hidden: false,
      expression: { name: 'dept_name' },
    })
    const departments = offered(model).filter(d => [d, ...(model.dimensions[d]?.synonyms ?? [])].includes('department'))
    expect(departments).toEqual(['department'])
  })

  it('is joined for sure by a key of that form, so nothing is confessed', () => {
    expect(model.joins.map(j => `${j.from}.${j.fromColumns} → ${j.to}`)).toEqual([
      'employees.dept_id → departments',
      'reviews.emp_id → employees',
    ])
    expect(Object.values(model.confessions).filter(c => c.includes('is taken to mean'))).toEqual([])
  })

  it('is not called by shouted headers', () => {
    expect(model.dimensions.job_title?.label).toBe('Job title')
    expect(model.dimensions.cost_center?.synonyms).not.toContain('cost')
  })
})

it('shows a status by the name behind its code', async () => {
  const { model } = await draftFor({
    statuses: 'status_code,status_name\nDLV,Delivered\nTRN,In transit\nHLD,On hold\n',
    parcels: lines('parcel_id,status_code', 20, i => `${i},${['DLV', 'TRN', 'HLD'][i % 3]}`),
  })
  expect(model.tables.statuses?.display).toBe('status')
  expect(model.dimensions.status?.expression).toEqual({ kind: 'name', table: 'statuses', name: 'status_name' })
  expect(offered(model)).toEqual(['parcel_id', 'status'])
})
