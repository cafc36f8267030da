import { expect, test } from 'vitest'
import { plainHeaders } from '#src/semantic/draft/headers.ts'
import type { ColumnProfile } from '#src/semantic/draft/profile.ts'
import { draftTable, lines } from './drafted.ts'

const short_forms = { amt: 'amount', hrs: 'hours', inv: 'invoice', txn: 'transaction' }

/** The names of a table and of its columns, as they are written out. */
const written = (label: string, ...headers: string[]) => {
  const columns = headers.map(header => ({ name: header, label: header }) as ColumnProfile)
  const table = { name: label, label, rows: 1, columns, compositeKeys: [] }
  const [plain] = plainHeaders({ tables: [table], links: [] }, { short_forms }).tables
  return [plain?.label, ...(plain?.columns.map(c => c.label) ?? [])]
}

test.each([
  [
    ['invoices', 'amt_eur', 'inv_no', 'InvStatus', 'hrsBooked'],
    ['invoices', 'amount_eur', 'invoice_no', 'InvoiceStatus', 'hoursBooked'],
  ],
  [
    ['TXNS', 'Amt (EUR)', 'TXN_ID'],
    ['Transactions', 'Amount (EUR)', 'Transaction_ID'],
  ],
  [
    ['txns', 'TXN_AMT', 'TXN_ID', 'HIRE_DATE'],
    ['transactions', 'transaction_amount', 'transaction_id', 'hire_date'],
  ],
  [
    ['inventory', 'Samtgröße', 'invited', 'amtrak'],
    ['inventory', 'Samtgröße', 'invited', 'amtrak'],
  ],
  [
    ['temp', 'temp_min', 'st'],
    ['temp', 'temp_min', 'st'],
  ],
])('%j is written out as %j', (short, long) => {
  const [label = '', ...headers] = short
  expect(written(label, ...headers)).toEqual(long)
})

test('a key of things that have no table is their number and their name, written out', async () => {
  const visits = lines(
    'visit_no,cust_id,visited_on',
    40,
    i => `${i},C${i % 7},2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
  )
  const { measures, dimensions } = await draftTable('visits', visits)
  expect(
    Object.values(measures).find(
      m => m.kind === 'base' && m.expression?.kind === 'name' && m.expression.name === 'cust_id' && !m.hidden,
    )?.label,
  ).toBe('Customers')
  expect(dimensions.cust_id?.label).toBe('Customer')
})
