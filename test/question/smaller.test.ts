import { beforeAll, describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import type { Domain, Knowledge } from '#src/domain.ts'
import { fixedEffects } from '#src/effects.ts'
import { cutShort, smallerQueries, smallerTexts } from '#src/question/smaller.ts'
import { createThreads } from '#src/threads.ts'
import { query, shopTables, span, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

let knowledge: Knowledge
beforeAll(async () => {
  knowledge = await shop.domain.knowledge()
})

const revenue = { measures: [{ measure: 'revenue' }] }
const range = { first: '2022-12-31', last: '2023-04-03' }
const labels = (...asked: Parameters<typeof smallerQueries>) => smallerQueries(...asked).map(({ label }) => label)

describe('a query with fewer rows', () => {
  test('keeps the first twenty, takes larger buckets, one split, or the last year of the data', () => {
    const byProduct = query({ ...revenue, splits: [{ dimension: 'product' }, { grain: 'day' }] })
    expect(labels(byProduct, shop.model, range)).toEqual([
      'Top 20 by product and day: revenue',
      'Revenue by product and month',
      'Revenue by product',
    ])
    const daily = query({ ...revenue, splits: [{ grain: 'day' }] })
    expect(labels(daily, shop.model, range)).toEqual(['Revenue by month', 'Revenue by day, 2023'])
    expect(smallerQueries(daily, shop.model, range)[1]?.query?.period).toMatchObject({
      ...{ start: '2023-01-01', end: '2024-01-01' },
    })
  })

  test('is none where nothing is left to leave out', () => {
    expect(labels(query({ ...revenue, period: span('2023-01-01', '2023-02-01') }), shop.model, range)).toEqual([])
    expect(labels(query({ ...revenue, splits: [{ grain: 'month' }] }), shop.model)).toEqual([])
  })
})

describe('a question that is too large', () => {
  const texts = (text: string) => smallerTexts(text, { model: shop.model, knowledge }).map(({ question }) => question)

  test('is split into its parts, and asked of the last month and year of the data', () => {
    expect(texts('which gizmos did people like and what did they pay for them?')).toEqual([
      'which gizmos did people like',
      'what did they pay for them',
      'which gizmos did people like and what did they pay for them in April 2023',
      'which gizmos did people like and what did they pay for them in 2023',
    ])
    expect(texts('pairs of products that sell together')).toEqual([
      'pairs of products that sell together in April 2023',
      'pairs of products that sell together in 2023',
    ])
  })

  test('that has a period and one part is left as it is', () => {
    expect(texts('pairs of products in 2023')).toEqual([])
    expect(texts('')).toHaveLength(2)
  })
})

test('a result that reached the row limit says so, and what would be smaller comes first', async () => {
  const cut: Domain = {
    ...shop.domain,
    run: async (asked, options) => {
      const result = await shop.domain.run(asked, options)
      return 'code' in result ? result : { ...result, table: { ...result.table, truncated: true } }
    },
  }
  const warn = (event: string, error: unknown) => expect.fail(`${event}: ${error}`)
  const ask = createAsk({ domain: async () => cut, threads: createThreads(), warn, effects: fixedEffects() })
  const answer = await ask({ text: 'revenue by product', today: '2023-04-04' })
  expect(answer).toMatchObject({
    receipt: { truncated: true, notes: [cutShort(3)] },
    next: [{ label: 'Top 20 by product: revenue' }, { label: 'Revenue by product, 2023' }, {}, {}],
  })
})
