import { describe, expect, test } from 'vitest'
import type { Query } from '#src/vocabulary/query.ts'
import { queryOf, reading } from './shop-words.ts'

/** The query after several turns of one conversation. */
const talk = (...turns: string[]): Query => {
  let query: Query | undefined
  for (const turn of turns) query = queryOf(turn, query)
  if (!query) throw new Error('no turns')
  return query
}
const inState = (...values: string[]) => ({ op: 'in', dimension: 'state', values })

describe('a follow-up fills the slot that it names and leaves the others', () => {
  test.each<[turns: string[], expected: object]>([
    [
      ['revenue in March by state', 'and by category?'],
      { splits: [{ dimension: 'category' }], period: { start: '2023-03-01' } },
    ],
    [['revenue in March by state', 'also by channel'], { splits: [{ dimension: 'state' }, { dimension: 'channel' }] }],
    [
      ['revenue by state', 'what about orders'],
      { measures: [{ measure: 'orders' }], splits: [{ dimension: 'state' }] },
    ],
    [
      ['revenue by category in March', 'only Texas'],
      { filters: [inState('Texas')], splits: [{ dimension: 'category' }] },
    ],
    [['revenue by category in Texas', 'what about California'], { filters: [inState('California')] }],
    [['revenue by category in Texas', 'and California too'], { filters: [inState('Texas', 'California')] }],
    [['revenue in Texas and Ohio', 'without Ohio'], { filters: [inState('Texas')] }],
    [['revenue by state', 'excluding Texas'], { filters: [{ op: 'not_in', dimension: 'state', values: ['Texas'] }] }],
    [
      ['revenue by state without Texas', 'also without Ohio'],
      { filters: [{ op: 'not_in', values: ['Texas', 'Ohio'] }] },
    ],
    [
      ['revenue in Texas', 'only electronics'],
      { filters: [inState('Texas'), { op: 'in', dimension: 'category', values: ['Electronics'] }] },
    ],
    [
      ['revenue by state in March', 'what about April'],
      { period: { start: '2023-04-01' }, splits: [{ dimension: 'state' }] },
    ],
    [['revenue by month', 'by week'], { splits: [{ grain: 'week' }] }],
    [['revenue by state', 'as a pie'], { chart: 'donut', splits: [{ dimension: 'state' }] }],
    [['top 5 states by revenue', 'top 3 instead'], { limit: 3, order: [{ by: 'revenue', direction: 'desc' }] }],
    [
      ['top 5 states by revenue', 'what about orders'],
      { limit: 5, order: [{ by: 'orders', direction: 'desc' }], measures: [{ measure: 'orders' }] },
    ],
    [
      ['revenue in March', 'compared to the previous month'],
      { period: { start: '2023-03-01' }, compare: { period: { start: '2023-02-01' } } },
    ],
    [
      ['revenue in March vs the month before', 'what about April'],
      { period: { start: '2023-04-01' }, compare: { period: { start: '2023-03-01' } } },
    ],
    [
      ['why did revenue change in March', 'by day'],
      { splits: [{ grain: 'day' }], compare: { period: { start: '2023-02-01' }, shift: { n: 1, unit: 'month' } } },
    ],
    [['revenue by state in Texas', 'drop the state filter'], { filters: [], splits: [{ dimension: 'state' }] }],
    [['revenue by state and month', 'drop the state'], { splits: [{ grain: 'month' }] }],
    [['revenue in Texas by category', 'all states'], { filters: [] }],
    [['revenue in Texas by category', 'remove filters'], { filters: [], splits: [{ dimension: 'category' }] }],
    [['states with more than 50 orders', 'more than 100'], { having: [{ measure: 'orders', op: 'gt', value: 100 }] }],
    [
      ['revenue in March', 'average order value'],
      { measures: [{ measure: 'average_order_value' }], period: { start: '2023-03-01' } },
    ],
    [
      ['revenue in March by channel', 'show it as a table'],
      { chart: 'table', splits: [{ dimension: 'channel' }], period: { start: '2023-03-01' } },
    ],
  ])('%j', (turns, expected) => {
    expect(talk(...turns)).toMatchObject(expected)
  })
})

describe('a turn that stands on its own starts anew', () => {
  test.each<[turns: string[], expected: object]>([
    [
      ['revenue in Texas in March', 'orders by category in April'],
      { measures: [{ measure: 'orders' }], filters: [], period: { start: '2023-04-01' } },
    ],
    [
      ['top 5 states by revenue in March', 'how many customers are there by segment in May?'],
      { measures: [{ measure: 'customers' }], period: { start: '2023-05-01' }, order: [] },
    ],
  ])('%j', (turns, expected) => {
    expect(talk(...turns)).toMatchObject(expected)
  })

  test('what a turn before said does not leak into it', () => {
    const fresh = queryOf('orders by category in April')
    expect(
      talk('top 5 states by revenue in Texas in March vs February as a pie', 'orders by category in April'),
    ).toEqual(fresh)
  })
})

test('without a conversation the same words are no follow-up', () => {
  expect(reading('and by category?').follows).toBe(false)
  expect(reading('and by category?').candidates).toEqual([])
  expect(reading('and by category?', queryOf('revenue')).follows).toBe(true)
})

test('the query of the turn before is left as it was', () => {
  const base = queryOf('revenue in Texas by month in 2023')
  const copy = structuredClone(base)
  reading('only electronics, by week, top 3', base)
  reading('drop the state filter', base)
  expect(base).toEqual(copy)
})
