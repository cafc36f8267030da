import { describe, expect, it } from 'vitest'
import { baseOf, draftFor, draftTable, lines } from './drafted.ts'

/** How a column of numbers is added up, and how it is shown. */
const planOf = async (header: string, value: (i: number) => string | number) => {
  const model = await draftTable(
    'requests',
    lines(`request_id,kind,"${header}"`, 30, i => `${i},k${i % 3},"${value(i)}"`),
  )
  const measure = baseOf(Object.values(model.measures).find(m => m.kind === 'base' && m.expression))
  return {
    label: measure.label,
    aggregation: measure.aggregation,
    format: measure.format,
    confession: model.confessions[measure.name],
  }
}

describe('spans of time', () => {
  it('are added up where the header is nothing but their unit, which is confessed', async () => {
    const confession =
      'Days are taken for a quantity of each request, so they are added up; ask for the average to average them.'
    expect(await planOf('days', i => 1 + (i % 9))).toEqual({
      label: 'Days',
      aggregation: 'sum',
      format: { kind: 'integer' },
      confession,
    })
    expect(await planOf('Hours', i => (i % 16) / 2)).toMatchObject({ aggregation: 'sum', format: { kind: 'number' } })
    expect(await planOf('nights', i => 1 + (i % 4))).toMatchObject({ aggregation: 'sum' })
  })
  it('are averaged where the header says what lasts', async () => {
    expect(await planOf('delay_hours', i => i / 2)).toMatchObject({
      label: 'Delay',
      aggregation: 'avg',
      format: { kind: 'number', unit: 'h' },
    })
    expect(await planOf('Wait (min)', i => i)).toMatchObject({
      label: 'Wait',
      aggregation: 'avg',
      format: { kind: 'number', unit: 'min' },
    })
    expect(await planOf('firstResponseHours', i => i / 4)).toMatchObject({
      aggregation: 'avg',
      format: { kind: 'number', unit: 'h' },
    })
    expect(await planOf('duration', i => i)).toMatchObject({ aggregation: 'avg' })
  })
})

describe('rates', () => {
  it('in percent are averaged whatever else the header says', async () => {
    expect(await planOf('GOALS_MET_PCT', i => 40 + i)).toMatchObject({
      aggregation: 'avg',
      format: { kind: 'number', unit: '%' },
    })
    expect(await planOf('tax_pct', i => i)).toMatchObject({ aggregation: 'avg' })
  })
  it('for an hour are prices', async () => {
    expect(await planOf('Hourly Rate', i => `$${100 + i}.00`)).toMatchObject({
      aggregation: 'avg',
      format: { kind: 'currency', currency: 'USD' },
    })
  })
})

describe('units', () => {
  it('are read from brackets with a degree sign, and from cubic metres', async () => {
    expect(await planOf('Temperature (°C)', i => 36 + i / 10)).toMatchObject({
      label: 'Temperature',
      format: { kind: 'number', unit: '°C' },
    })
    expect(await planOf('capacity_m3', i => 1000 + i)).toMatchObject({
      label: 'Capacity',
      format: { kind: 'integer', unit: 'm³' },
    })
  })
  it('stay in the label where they are the only difference', async () => {
    const model = await draftTable(
      'parcels',
      lines('kind,price_usd,price_eur', 20, i => `k${i % 3},${i}.5,${i}.25`),
    )
    expect([model.measures.price_usd?.label, model.measures.price_eur?.label]).toEqual(['Price usd', 'Price eur'])
    expect(model.measures.price_eur?.format).toEqual({ kind: 'currency', currency: 'EUR' })
  })
})

describe('amounts in several currencies', () => {
  it('are plain numbers, and say so', async () => {
    const { model } = await draftFor({
      invoices: lines(
        'invoice_id,issued_on,amount,currency',
        20,
        i => `${i},2024-01-${10 + (i % 9)},${i}.5,${['USD', 'EUR'][i % 2]}`,
      ),
      payments: lines('payment_id,invoice_id,paid_on,amount_usd', 15, i => `${i},${i},2024-02-${10 + (i % 9)},${i}.75`),
    })
    expect(model.measures.amount).toMatchObject({ label: 'Invoice amount', format: { kind: 'number' } })
    expect(model.confessions.amount).toBe(
      'Amount is in 2 currencies, told by currency; nothing is converted, so look at one of them at a time.',
    )
    expect(model.measures.amount_usd).toMatchObject({
      label: 'Payment amount',
      format: { kind: 'currency', currency: 'USD' },
    })
  })
})
