import { describe, expect, it } from 'vitest'
import { bucketText, tableView } from '#renderers/view/table.ts'
import type { Column } from '#src/vocabulary/table.ts'

const text: Column = { name: 'state', type: 'text', role: 'dimension', label: 'State' }
const money: Column = {
  name: 'revenue',
  type: 'number',
  role: 'measure',
  label: 'Revenue',
  format: { kind: 'currency', currency: 'USD' },
}

describe('a table in the room', () => {
  it('writes numbers by their format, puts them on the right, and shows what is missing as a dash', () => {
    const rows = [
      ['Texas', 1234.5],
      [null, null],
    ]
    const view = tableView({ columns: [text, money], rows, truncated: false }, { splits: [] })
    expect(view.columns).toEqual([
      { label: 'State', align: 'left', wide: false },
      { label: 'Revenue', align: 'right', wide: false },
    ])
    expect(view.rows).toEqual([
      ['Texas', '$1,234.50'],
      ['–', '–'],
    ])
  })

  it('does not group the digits of a year or an id', () => {
    const year: Column = { name: 'year', type: 'integer', role: 'dimension', label: 'Year' }
    const orders: Column = { name: 'orders', type: 'integer', role: 'measure', label: 'Orders' }
    expect(tableView({ columns: [year, orders], rows: [[2023, 2023]], truncated: false }, { splits: [] }).rows).toEqual(
      [['2023', '2,023']],
    )
  })

  it('writes time buckets by the grain of the query', () => {
    const month: Column = { name: 'month', type: 'date', role: 'time', label: 'Month' }
    const view = tableView(
      { columns: [month], rows: [['2023-10-01']], truncated: false },
      { splits: [{ grain: 'month' }] },
    )
    expect(view.rows).toEqual([['Oct 2023']])
  })

  it('shows 500 rows and counts the rest', () => {
    const rows = Array.from({ length: 501 }, (_, i) => [`s${i}`, i])
    const view = tableView({ columns: [text, money], rows, truncated: true }, { splits: [] })
    expect([view.rows.length, view.total, view.more, view.truncated]).toEqual([500, 501, 1, true])
  })

  it('lets a column wrap only when one of its texts is longer than 32 characters', () => {
    const wide = (length: number) =>
      tableView({ columns: [text], rows: [['x'.repeat(length)]], truncated: false }, { splits: [] }).columns[0]?.wide
    expect([wide(32), wide(33)]).toEqual([false, true])
  })
})

describe('a time bucket in words', () => {
  it.each([
    ['2023-01-01', 'year', '2023'],
    ['2023-10-01', 'quarter', 'Q4 2023'],
    ['2023-10-01', 'month', 'Oct 2023'],
    ['2023-10-02', 'week', 'Week of 2 Oct 2023'],
    ['2023-10-02', 'day', '2 Oct 2023'],
    ['2023-10-02T14:00:00Z', 'hour', '2 Oct 2023, 14:00'],
  ] as const)('%s by %s is %s', (iso, grain, words) => {
    expect(bucketText(iso, grain)).toBe(words)
  })

  it('leaves what is no date as it is', () => {
    expect(bucketText('never', 'month')).toBe('never')
  })
})
