import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'
import { month } from '../small-world.ts'

describe('what is not whole', () => {
  test('is a month to date: days passed of days in all', () => {
    const period = { ...month(6, 'Jun 2023'), end: '2023-06-15', toDate: true }
    expect(factsOf({ rows: [[1]], query: { period }, today: '2023-06-14' })['partial:period']).toMatchObject({
      value: 14,
      parts: { ofDays: 30 },
      words: { until: '14 Jun 2023' },
    })
  })
  test('is a period that the data ends within', () => {
    const made = { rows: [[1]], query: { period: month(6, 'Jun 2023') }, range: { until: '2023-06-20' } }
    expect(factsOf(made)['partial:period']).toMatchObject({ value: 20, parts: { ofDays: 30 } })
  })
  test('is not a period that is over', () => {
    expect(
      factsOf({ rows: [[1]], query: { period: month(6, 'Jun 2023') }, today: '2023-07-01' })['partial:period'],
    ).toBeUndefined()
  })
  test('is the last bucket beyond today', () => {
    expect(factsOf({ over: 'month', rows: monthly([1, 2, 3]), today: '2023-03-09' })['partial:last']).toMatchObject({
      value: 9,
      parts: { ofDays: 31 },
      words: { at: 'Mar 2023' },
    })
  })
  test('is the first week of a year that starts on a Sunday', () => {
    const period = { start: '2023-01-01', end: '2024-01-01', label: '2023' }
    const rows = [
      ['2022-12-26', 1],
      ['2023-01-02', 7],
      ['2023-01-09', 7],
    ]
    const facts = factsOf({ over: 'week', rows, query: { period } })
    expect(facts['partial:first']).toMatchObject({ value: 1, parts: { ofDays: 7 } })
    expect(facts['partial:last']).toBeUndefined()
  })
})
