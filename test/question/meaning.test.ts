import { describe, expect, test } from 'vitest'
import { buildLexicon, formsOf } from '#src/question/lexicon.ts'
import { mentionsOf } from '#src/question/mentions.ts'
import { tokenize } from '#src/question/tokens.ts'
import { english, lexicon, model, queryOf, reading } from './shop-words.ts'

/** Each stretch of a text with what it was taken for, fillers left out. */
const cover = (text: string) => {
  const tokens = tokenize(text)
  return mentionsOf(tokens, lexicon)
    .filter(m => m.kind !== 'filler')
    .map(
      m =>
        `${tokens
          .slice(m.from, m.to)
          .map(t => t.lower)
          .join(' ')}: ${m.kind === 'named' ? m.meanings.map(x => x.kind).join('|') : m.kind}`,
    )
}

describe('the best cover of a text', () => {
  test.each<[string, string[]]>([
    ['revenue in New York', ['revenue: measure', 'in: cue', 'new york: value|value|value']],
    ['home and kitchen sales', ['home and kitchen: value', 'sales: measure']],
    ['Home & Kitchen', ['home & kitchen: value']],
    ['toys', ['toys: value']],
    ['average order value', ['average order value: measure']],
    ['units per order', ['units per order: measure']],
    ['credit card orders', ['credit card: value', 'orders: measure|entity']],
    ['revenue last month', ['revenue: measure', 'last month: period']],
    ['top 5 states', ['top 5: rank', 'states: dimension']],
    ['over $500', ['over $500: comparison']],
    ['between 10 and 20', ['between 10 and 20: comparison']],
    ['at least three orders', ['at least three: comparison', 'orders: measure|entity']],
    ['3-month rolling average', ['3 - month rolling average: rolling']],
    ['month over month', ['month over month: change']],
    ['as a pie chart', ['pie chart: chart']],
    ['on weekends', ['on: cue', 'weekends: weekdays']],
    ['by day of week', ['by: cue', 'day of week: timepart']],
    ['over time', ['over time: trend']],
    ['same period last year', ['same period last year: earlier']],
    ['blorbex', ['blorbex: unknown']],
    ['free shipping', ['free shipping: filter']],
    ['how many', ['how many: cue']],
  ])('%s', (text, expected) => {
    expect(cover(text)).toEqual(expected)
  })

  test('every token is in exactly one mention, in order', () => {
    for (const text of [
      'revenue, by state & category!',
      'what % of orders were over $1,000.50 in Q3?',
      '((((',
      'a b c d e f',
    ]) {
      const tokens = tokenize(text)
      const mentions = mentionsOf(tokens, lexicon)
      expect(mentions[0]?.from ?? 0, text).toBe(0)
      expect(mentions.at(-1)?.to ?? 0, text).toBe(tokens.length)
      for (const [i, m] of mentions.slice(1).entries()) expect(m.from, text).toBe(mentions[i]?.to)
    }
  })

  test('two-letter codes of states are meant only in capitals', () => {
    expect(queryOf('revenue in OR').filters).toEqual([{ op: 'in', dimension: 'state', values: ['Oregon'] }])
    expect(queryOf('revenue in IN').filters).toEqual([{ op: 'in', dimension: 'state', values: ['Indiana'] }])
    expect(queryOf('revenue in web or mobile').filters).toEqual([
      { op: 'in', dimension: 'channel', values: ['web', 'mobile'] },
    ])
  })
})

describe('the lexicon', () => {
  test('finds a phrase by any form of its first word', () => {
    const meanings = (word: string) =>
      lexicon
        .starting(word)
        .filter(e => e.words.length === 1)
        .map(e => e.meaning)
    expect(meanings('categories')).toContainEqual({ kind: 'dimension', dimension: 'category' })
    expect(meanings('product')).toContainEqual({ kind: 'entity', table: 'products' })
    expect(meanings('apparel')).toContainEqual({ kind: 'value', dimension: 'category', value: 'Clothing' })
    expect(lexicon.starting('zzqx')).toEqual([])
    expect(lexicon.starting('constructor')).toEqual([])
  })

  test('hidden measures, and values of personal dimensions, are not in it', () => {
    expect(lexicon.starting('distinct').map(e => e.meaning)).not.toContainEqual({
      kind: 'measure',
      measure: 'distinct_category',
    })
    expect([...lexicon.vocabulary].filter(w => w.includes('_'))).toEqual([])
  })

  test('general words for the same thing stand for a value that the data has, and for no other', () => {
    const countries = buildLexicon(model, [{ dimension: 'city', values: ['United States'] }], english)
    expect(countries.starting('usa').map(e => e.meaning)).toContainEqual({
      kind: 'value',
      dimension: 'city',
      value: 'United States',
    })
    expect(countries.starting('germany').filter(e => e.meaning.kind === 'value')).toEqual([])
  })

  test('a word is looked up as itself, its singular and its verb', () => {
    expect([...formsOf('shipped')]).toEqual(expect.arrayContaining(['shipped', 'ship']))
    expect([...formsOf('categories')]).toEqual(expect.arrayContaining(['categories', 'category']))
  })
})

describe('what a question comes to', () => {
  test.each<[string, object]>([
    ['revenue by state and category', { splits: [{ dimension: 'state' }, { dimension: 'category' }] }],
    ['revenue per week', { splits: [{ grain: 'week' }] }],
    ['monthly revenue', { splits: [{ grain: 'month' }] }],
    [
      'best selling product',
      { splits: [{ dimension: 'product' }], order: [{ by: 'revenue', direction: 'desc' }], limit: 1 },
    ],
    ['worst 5 states by revenue', { order: [{ by: 'revenue', direction: 'asc' }], limit: 5 }],
    ['worst 5 states by return rate', { order: [{ by: 'return_rate', direction: 'desc' }], limit: 5 }],
    ['lowest return rate by state, top 2', { limit: 2 }],
    ['revenue without Texas', { filters: [{ op: 'not_in', dimension: 'state', values: ['Texas'] }] }],
    [
      'revenue excluding Texas and Ohio',
      { filters: [{ op: 'not_in', dimension: 'state', values: ['Texas', 'Ohio'] }] },
    ],
    [
      'Texas vs California revenue',
      { splits: [{ dimension: 'state' }], filters: [{ op: 'in', values: ['Texas', 'California'] }] },
    ],
    [
      'revenue of electronics and toys',
      { splits: [], filters: [{ op: 'in', values: ['Electronics', 'Toys & Games'] }] },
    ],
    ['orders by home state', { splits: [{ dimension: 'customer_state' }] }],
    ['states with more than 50 orders', { having: [{ measure: 'orders', op: 'gt', value: 50 }] }],
    [
      'orders under $20',
      { filters: [{ op: 'entity', entity: 'orders', measure: 'gross_revenue', compare: 'lt', value: 20 }] },
    ],
    ['revenue by state as a bar chart', { chart: 'bar' }],
    [
      'what percent of revenue comes from Texas',
      { measures: [{ measure: 'revenue', calc: { kind: 'share', of: ['state'] } }] },
    ],
    ['average discount', { measures: [{ measure: 'discounts', aggregation: 'avg' }] }],
    ['how many customers', { measures: [{ measure: 'customers' }] }],
    ['how many categories', { measures: [{ measure: 'distinct_category' }] }],
    ['running total of orders by month', { measures: [{ measure: 'orders', calc: { kind: 'cumulative' } }] }],
    ['why did revenue drop in March?', { intent: 'why', compare: { period: { start: '2023-02-01' } } }],
    ['revenue in March vs April', { period: { start: '2023-04-01' }, compare: { period: { start: '2023-03-01' } } }],
    [
      'revenue in Q3 compared to the previous quarter',
      { period: { start: '2023-07-01' }, compare: { period: { start: '2023-04-01' } } },
    ],
    [
      'top 3 products in each category by units',
      { measures: [{ measure: 'units' }], limit: 3, limitPer: ['category'] },
    ],
    ['revenue on Mondays and Fridays', { filters: [{ op: 'in', dimension: 'weekday', values: ['Monday', 'Friday'] }] }],
  ])('%s', (text, expected) => {
    expect(reading(text).unused).toEqual([])
    expect(queryOf(text)).toMatchObject(expected)
  })

  test('a word in quotes or capitals is the same word', () => {
    expect(queryOf('REVENUE BY STATE')).toEqual(queryOf('revenue by state'))
    expect(queryOf('revenue for “Texas”')).toEqual(queryOf('revenue for Texas'))
  })
})
