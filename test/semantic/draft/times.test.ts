import { describe, expect, it } from 'vitest'
import { draftTable, lines } from './drafted.ts'

const day = (month: number, i: number) =>
  `2024-${String(month).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`

/** The main time of a table of these dates; the first of them is the earliest. */
const timeOf = async (table: string, ...dates: string[]) => {
  const model = await draftTable(
    table,
    lines(`id,${dates.join(',')}`, 20, i => `${i},${dates.map((_, k) => day(k + 1, i)).join(',')}`),
  )
  return model.tables[table]?.time
}

describe('the main time of a table', () => {
  it('is the date named after the thing, though another comes first in its life', async () => {
    expect(await timeOf('visits', 'Booked On', 'Visit Date')).toBe('visit_date')
    expect(await timeOf('shipments', 'created_at', 'shipped_on', 'promised_on')).toBe('shipped_on')
    expect(await timeOf('deliveries', 'order_date', 'delivered_at')).toBe('delivered_at')
    expect(await timeOf('leave_requests', 'start_date', 'requested_on')).toBe('requested_on')
    expect(await timeOf('payments', 'created_at', 'due_date', 'paid_at')).toBe('paid_at')
    expect(await timeOf('orders', 'created_at', 'order_date', 'shipped_date')).toBe('order_date')
    expect(await timeOf('billing', 'opened_on', 'billed_on')).toBe('billed_on')
    expect(await timeOf('sales', 'quoted_on', 'sold_on')).toBe('sold_on')
  })

  it('is no late date that only carries the name of the thing', async () => {
    expect(await timeOf('orders', 'created_at', 'order_shipped_at')).toBe('created_at')
    expect(await timeOf('invoices', 'created_at', 'invoice_due_date')).toBe('created_at')
  })

  it('is the first in the life of a record where no date is named after it', async () => {
    expect(await timeOf('tickets', 'created_at', 'resolved_at')).toBe('created_at')
    expect(await timeOf('subscriptions', 'start_date', 'canceled_at')).toBe('start_date')
  })

  it('may be missing in some rows, which is told, but not in most', async () => {
    const visits = async (every: number) =>
      draftTable(
        'visits',
        lines('id,bookedOn,visitDate', 20, i => `${i},${day(1, i)},${i % every ? '' : day(2, i)}`),
      )
    const most = await visits(4)
    expect(most.tables.visits?.time).toBe('booked_on')
    const half = await visits(2)
    expect(half.tables.visits?.time).toBe('visit_date')
    expect(half.confessions.visit_date).toBe('Periods look at visit date, not at booked on. 10 of 20 visits have none.')
  })
})

describe('what has happened on a date', () => {
  const said = async (header: string) => {
    const model = await draftTable(
      'things',
      lines(`id,made_on,${header}`, 10, i => `${i},${day(1, i)},${i % 2 ? day(2, i) : ''}`),
    )
    return Object.keys(model.filters)
  }
  it('is the past form of its verb or noun', async () => {
    expect(await said('ship_date')).toEqual(['shipped'])
    expect(await said('cancellation_date')).toEqual(['cancelled'])
    expect(await said('terminationDate')).toEqual(['terminated'])
    expect(await said('delivery_date')).toEqual(['delivered'])
    expect(await said('paid_at')).toEqual(['paid'])
  })
  it('is nothing when the word is no verb', async () => {
    expect(await said('due_date')).toEqual([])
    expect(await said('effective_date')).toEqual([])
  })
})
