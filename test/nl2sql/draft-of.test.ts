import { expect, test } from 'vitest'
import { draftSchema, queryOf } from '#src/nl2sql/draft.ts'
import { draftOf } from '#src/nl2sql/draft-of.ts'
import { loadExamples } from '#src/nl2sql/open-agent.ts'
import { type Query, querySchema } from '#src/vocabulary/query.ts'

const query = (parts: Partial<Query>): Query =>
  querySchema.parse({ domain: 'tiny', measures: [{ measure: 'revenue' }], ...parts })

test('a query and what a language model would write for it are the same', async () => {
  for (const { query: written } of await loadExamples('ecommerce')) {
    if (!written) continue
    const draft = draftSchema.parse(written)
    const meant = queryOf(draft, 'ecommerce')
    if (!meant) throw new Error(JSON.stringify(written))
    expect(draftOf(meant)).toEqual(draft)
  }
})

test('how a period was asked for, and the chart, do not matter', () => {
  const period = { start: '2023-01-01', end: '2023-02-01', label: 'January 2023', unit: 'month' as const, count: 1 }
  expect(draftOf(query({ period, chart: 'bar' }))).toMatchObject({
    period: { start: '2023-01-01', end: '2023-02-01', label: 'January 2023' },
  })
})

test.each<[string, Partial<Query>]>([
  ['a rolling figure', { measures: [{ measure: 'revenue', calc: { kind: 'rolling', n: 3 } }] }],
  ['a figure per something', { measures: [{ measure: 'revenue', per: { grain: 'day' } }] }],
  ['a pattern', { filters: [{ op: 'like', dimension: 'product', pattern: 'Pen%' }] }],
  ['what is not a named filter', { filters: [{ op: 'not_named', filter: 'kept' }] }],
  ['a range', { having: [{ measure: 'revenue', op: 'between', value: 1, to: 2 }] }],
  ['a limit per group', { limit: 3, limitPer: ['region'] }],
  ['why', { intent: 'why' }],
])('%s cannot be written by a language model', (_, parts) => {
  expect(draftOf(query(parts))).toBeUndefined()
})
