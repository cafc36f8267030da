import { expect, test } from 'vitest'
import { plainHeaders } from '#src/semantic/draft/headers.ts'
import type { ColumnProfile } from '#src/semantic/draft/profile.ts'

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
