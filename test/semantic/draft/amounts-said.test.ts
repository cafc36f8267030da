import { describe, expect, it } from 'vitest'
import { draftFor, draftTable, lines } from './drafted.ts'

/** Phrases that mean the measure of a column. */
const saidOf = (model: Awaited<ReturnType<typeof draftTable>>, column: string): string[] =>
  Object.values(model.measures).find(
    m => m.kind === 'base' && m.expression?.kind === 'name' && m.expression.name === column,
  )?.synonyms ?? []

const n = 30
const day = (i: number) => `2024-03-${String((i % 28) + 1).padStart(2, '0')}`

describe('the amount of a table', () => {
  it('is revenue where rows are sold, fees and discounts beside it are not', async () => {
    const model = await draftTable(
      'orders',
      lines('order_id,ordered_at,fee,discount,total_amount', n, i => `${i},${day(i)},2.5,${i % 3},${40 + i}`),
    )
    expect(saidOf(model, 'total_amount')).toEqual(
      expect.arrayContaining(['revenue', 'sales', 'turnover', 'takings', 'order value']),
    )
    expect(saidOf(model, 'fee')).not.toContain('revenue')
    expect(saidOf(model, 'discount')).not.toContain('revenue')
  })

  it('is no revenue where rows are bought, or where a column is called revenue', async () => {
    const bought = await draftTable(
      'purchases',
      lines('purchase_id,bought_on,total_amount', n, i => `${i},${day(i)},${40 + i}`),
    )
    expect(saidOf(bought, 'total_amount')).not.toContain('revenue')
    const both = await draftTable(
      'orders',
      lines('order_id,ordered_at,revenue,total_amount', n, i => `${i},${day(i)},${30 + i},${40 + i}`),
    )
    expect(saidOf(both, 'total_amount')).not.toContain('revenue')
  })

  it('of payments is what was collected; of rent payments the rent that was paid or collected', async () => {
    const paid = (table: string) =>
      draftTable(
        table,
        lines('payment_id,paid_on,amount', n, i => `${i},${day(i)},${40 + i}`),
      )
    expect(saidOf(await paid('payments'), 'amount')).toContain('collected')
    const rent = saidOf(await paid('rent_payments'), 'amount')
    expect(rent).toEqual(expect.arrayContaining(['rent collected', 'rent paid', 'money collected']))
    expect(rent).not.toContain('collected')
  })
})

describe('payments that go out', () => {
  it('are paid out, never collected', async () => {
    const claims = lines('claim_id,reported_on,cause', n, i => `${i},${day(i)},c${i % 3}`)
    const payments = lines('payment_id,claim_id,paid_on,amount', 60, i => `${i},${1 + (i % n)},${day(i)},${40 + i}`)
    const said = saidOf((await draftFor({ claims, payments })).model, 'amount')
    expect(said).toEqual(expect.arrayContaining(['paid out', 'payouts']))
    expect(said).not.toContain('collected')
  })
})

describe('the pieces of what was sold', () => {
  const tickets = (columns: string, line: (i: number) => string) =>
    draftTable(
      'orders',
      lines(`order_id,ordered_at,${columns}`, n, i => `${i},${day(i)},${line(i)}`),
    )

  it('are called what a price is said per', async () => {
    const model = await tickets('quantity,price_per_ticket,total_amount', i => `${1 + (i % 4)},${20 + i},${90 + i}`)
    expect(saidOf(model, 'quantity')).toEqual(expect.arrayContaining(['tickets sold', 'tickets', 'units sold']))
  })

  it('are units where nothing tells, and none where two columns may be meant', async () => {
    const plain = saidOf(await tickets('quantity,total_amount', i => `${1 + (i % 4)},${90 + i}`), 'quantity')
    expect(plain).toContain('units sold')
    expect(plain).not.toContain('tickets sold')
    const two = await tickets('quantity,items,total_amount', i => `${1 + (i % 4)},${2 + (i % 5)},${90 + i}`)
    expect(saidOf(two, 'quantity')).not.toContain('units sold')
  })

  it('have a price that is money and is averaged', async () => {
    const model = await tickets('quantity,price_per_ticket,total_amount', i => `${1 + (i % 4)},${20 + i},${90 + i}`)
    expect(Object.values(model.measures).find(m => m.label === 'Price per ticket')).toMatchObject({
      aggregation: 'avg',
      format: { kind: 'currency' },
    })
  })
})

describe('a word for a number that another table has more exactly', () => {
  it('is not lent: what was spent is the ad spend of days, not the budget of campaigns', async () => {
    const campaigns = lines('campaign_id,name,budget', n, i => `${i},Campaign ${i},${1000 + i}`)
    const days = lines('date,campaign_id,ad_spend', 60, i => `${day(i)},${1 + (i % n)},${20 + i}`)
    const { model } = await draftFor({ campaigns, days })
    expect(saidOf(model, 'budget')).not.toContain('spend')
    const alone = await draftTable('campaigns', campaigns)
    expect(saidOf(alone, 'budget')).toContain('spend')
  })
})
