import { describe, expect, test } from 'vitest'
import type { DomainResult } from '#src/domain.ts'
import { rangeFor, receiptOf } from '#src/receipt.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { query, shopTables, span, worldOf } from './semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)
const receipt = async (q: Query, notes: string[] = []) => {
  const result = (await shop.domain.run(q)) as DomainResult
  return receiptOf(shop.domain, { query: q, result, notes, range: { first: '2022-12-31', last: '2023-04-03' }, ms: 7 })
}

describe('a receipt', () => {
  test('says what was understood, measured, kept, and from where', async () => {
    const q = query({
      measures: [{ measure: 'revenue' }, { measure: 'average_order' }],
      splits: [{ dimension: 'category' }],
      filters: [{ op: 'in', dimension: 'region', values: ['South', 'North'] }],
      period: span('2023-01-01', '2023-05-01', { label: 'Jan–Apr 2023' }),
    })
    const { sql, ...rest } = await receipt(q, ['A note.', 'A note.'])
    expect(sql).toMatch(/^with /)
    expect(rest).toEqual({
      domain: 'tiny',
      origin: 'certified',
      reading: 'Revenue and average order by category, Jan–Apr 2023, region South and North',
      measures: [
        { name: 'revenue', label: 'revenue', definition: 'Amount of kept orders.' },
        { name: 'average_order', label: 'average order', definition: 'Revenue per kept order.' },
      ],
      filters: ['region South and North'],
      period: 'Jan–Apr 2023',
      notes: ['A note.'],
      params: expect.arrayContaining(['cancelled', 'South', 'North', '2023-01-01', '2023-05-01']),
      rows: 2,
      truncated: false,
      freshness: { dataUntil: '2023-04-03', source: 'a test' },
      cached: false,
      ms: 7,
    })
  })

  test('says that parts may add up to more than the whole, only when they may', async () => {
    const note = 'One of the orders may belong to several rows, so the rows may add up to more than the total.'
    expect(
      (await receipt(query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'category' }] }))).notes,
    ).toEqual([note])
    expect(
      (await receipt(query({ measures: [{ measure: 'orders' }], splits: [{ dimension: 'channel' }] }))).notes,
    ).toEqual([])
    expect(
      (await receipt(query({ measures: [{ measure: 'revenue' }], splits: [{ dimension: 'category' }] }))).notes,
    ).toEqual([])
    expect((await receipt(query({ measures: [{ measure: 'orders' }] }))).notes).toEqual([])
  })

  test('tells what was assumed of the measures and dimensions it uses, and of no others', async () => {
    const q = query({
      measures: [{ measure: 'fees' }],
      splits: [{ dimension: 'channel' }],
      filters: [{ op: 'is_not_null', dimension: 'gift' }],
    })
    shop.model.confessions = {
      fees: 'Fees are a guess.',
      channel: 'Channels are a guess.',
      gift: 'Gifts are a guess.',
      revenue: 'Not this.',
    }
    const { notes } = await receipt(q)
    shop.model.confessions = {}
    expect(notes).toEqual(['Fees are a guess.', 'Channels are a guess.', 'Gifts are a guess.'])
  })
})

describe('the range of the dates that a query looks at', () => {
  const ranges = {
    ordered_at: { first: '2022-12-31', last: '2023-04-03' },
    signed_on: { first: '2022-11-05', last: '2023-03-03' },
    shipped_on: { first: '2023-01-02', last: '2023-04-03' },
  }
  const range = (time: string) => ranges[time as keyof typeof ranges]
  test.each<[string, Partial<Query> & Pick<Query, 'measures'>, keyof typeof ranges | undefined]>([
    ['a measure of lines goes by their order', { measures: [{ measure: 'revenue' }] }, 'ordered_at'],
    ['a formula by its first measure', { measures: [{ measure: 'margin_rate' }] }, 'ordered_at'],
    ['sign-ups by their own date', { measures: [{ measure: 'signups' }] }, 'signed_on'],
    ['another date that the query names', { measures: [{ measure: 'orders' }], time: 'shipped_on' }, 'shipped_on'],
    ['a thing without a date has none', { measures: [{ measure: 'articles' }] }, undefined],
    ['an unknown measure has none', { measures: [{ measure: 'nonsense' }] }, undefined],
  ])('%s', (_, part, time) => {
    expect(rangeFor(query(part), shop.model, range)).toEqual(time && ranges[time])
  })
})
