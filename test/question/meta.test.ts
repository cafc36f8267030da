import { describe, expect, test } from 'vitest'
import type { Knowledge } from '#src/domain.ts'
import { type Meta, metaOf, tellMeta } from '#src/question/meta.ts'
import { lexicon, model } from './shop-words.ts'

const knowledge: Knowledge = {
  lexicon,
  range: time => (time === 'ordered_at' ? { first: '2023-01-01', last: '2023-12-31' } : undefined),
  values: dimension =>
    dimension === 'channel'
      ? ['web', 'mobile', 'store']
      : dimension === 'state'
        ? Array.from({ length: 70 }, (_, i) => `State ${i}`)
        : [],
}
const about = (text: string) => metaOf(text, knowledge, model)
const told = (meta: Meta) =>
  tellMeta(meta, { model, knowledge, source: 'a test', warnings: ['Two lines were left out.'] })

describe('questions about the data or the bot', () => {
  test.each<[string, Meta]>([
    ['help', { about: 'help' }],
    ['Hello!', { about: 'help' }],
    ['what can you do?', { about: 'help' }],
    ['who are you', { about: 'help' }],
    ['what questions can I ask', { about: 'help' }],
    ['which KPIs are there?', { about: 'measures' }],
    ['list all metrics', { about: 'measures' }],
    ['what tables do you have', { about: 'data' }],
    ['what data is there', { about: 'data' }],
    ['how fresh is the data', { about: 'fresh' }],
    ['when was the data last updated', { about: 'fresh' }],
    ['what date range is covered', { about: 'fresh' }],
    ['what can I split by', { about: 'dimensions' }],
    ['what is AOV', { about: 'measure', measure: 'average_order_value' }],
    ['What is AOV?', { about: 'measure', measure: 'average_order_value' }],
    ['define gross margin', { about: 'measure', measure: 'gross_margin' }],
    ['how is return rate calculated', { about: 'measure', measure: 'return_rate' }],
    ['what does margin rate mean', { about: 'measure', measure: 'margin_rate' }],
    ['which channels are there', { about: 'values', dimension: 'channel' }],
    ['what payment methods do we have', { about: 'values', dimension: 'payment_method' }],
  ])('%s', (text, meta) => {
    expect(about(text)).toEqual(meta)
  })
})

describe('questions for a number are none of these', () => {
  test.each(
    [
      'revenue last month',
      'what is our AOV',
      'what was the AOV in March',
      'how many orders do we have',
      'which state has the most orders',
      'what is the total revenue',
      'show revenue by channel',
      'which products are there with more than 5 orders',
      'revenue by state as a table',
      'what is revenue by state',
      'data',
    ].filter(text => text !== 'data'),
  )('%s', text => {
    expect(about(text)).toBeUndefined()
  })
})

describe('what is told', () => {
  test('a measure: its definition, its other words, how to ask for it', () => {
    expect(told({ about: 'measure', measure: 'average_order_value' })).toEqual({
      title: 'Average order value',
      paragraphs: [
        'What an order is worth on average: revenue ÷ kept orders. Cancelled and returned orders count on neither side.',
        'Also called AOV, average basket, basket size, average basket size.',
      ],
      items: [],
      choices: [
        { label: 'Our average order value last month', question: 'our average order value last month' },
        { label: 'Average order value by month', question: 'average order value by month' },
      ],
    })
  })

  test('all measures that are not hidden, KPIs first', () => {
    const { items } = told({ about: 'measures' })
    const shown = Object.values(model.measures).filter(m => !m.hidden)
    expect(items).toHaveLength(shown.length)
    expect(items[0]?.term).toBe('revenue')
    expect(items.every(i => i.text !== '' && i.ask?.startsWith('our '))).toBe(true)
  })

  test('dimensions, without personal ones', () => {
    const { items } = told({ about: 'dimensions' })
    expect(items.map(i => i.term)).not.toContain('customer email')
    expect(items.find(i => i.term === 'channel')?.text).toBe('Where the order was placed. web, mobile, store.')
    expect(items.find(i => i.term === 'state')?.text).toContain(
      '70 values, such as State 0, State 1, State 2, State 3, State 4.',
    )
  })

  test('values, as many as fit', () => {
    expect(told({ about: 'values', dimension: 'channel' })).toMatchObject({
      title: 'Channel: 3 values',
      items: [{ term: 'web' }, { term: 'mobile' }, { term: 'store' }],
    })
    expect(told({ about: 'values', dimension: 'state' })).toMatchObject({ title: 'State: 70 values' })
    expect(told({ about: 'values', dimension: 'state' }).items).toHaveLength(60)
  })

  test('the data: its tables, how far it goes, and what could not be used', () => {
    const { paragraphs, items } = told({ about: 'data' })
    expect(items.map(i => i.term)).toEqual(['orders', 'order_items', 'customers', 'products'])
    expect(paragraphs).toContain('Orders go from 2023-01-01 to 2023-12-31 (order date).')
    expect(paragraphs).toContain('Two lines were left out.')
  })

  test('one table', () => {
    expect(told({ about: 'table', table: 'products' })).toMatchObject({
      title: 'What is known of products',
      paragraphs: expect.arrayContaining(['One row per product of the catalogue.']),
    })
  })

  test('how fresh', () => {
    expect(told({ about: 'fresh' }).paragraphs).toEqual([
      'Orders go from 2023-01-01 to 2023-12-31 (order date).',
      'It comes from a test.',
    ])
  })

  test('help names measures and examples', () => {
    const help = told({ about: 'help' })
    expect(help.items).toHaveLength(8)
    expect(help.choices).toHaveLength(4)
  })
})
