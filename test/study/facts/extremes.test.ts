import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'
import { month } from '../small-world.ts'

describe('the highest and lowest bucket', () => {
  test('are named beside the usual one', () => {
    const facts = factsOf({ over: 'month', rows: monthly([10, 40, 20, 5, 20]) })
    expect(facts['peak:revenue:2023-02-01']).toMatchObject({
      value: 40,
      parts: { usual: 20, ratio: 1, count: 5 },
      words: { at: 'Feb 2023' },
    })
    expect(facts['low:revenue:2023-04-01']).toMatchObject({ value: 5, parts: { ratio: -0.75 } })
  })
  test('are not told when tied, and never of a month that is not over', () => {
    const facts = factsOf({ over: 'month', rows: monthly([40, 40, 20, 1]), today: '2023-04-03' })
    expect(Object.keys(facts).filter(id => id.startsWith('peak'))).toEqual([])
    expect(facts['low:revenue:2023-03-01']).toMatchObject({ value: 20 })
  })
  test('count a missing month of a sum as 0, but not of an average', () => {
    const rows = monthly([10, 40, 20, 30]).filter((_, i) => i !== 1)
    expect(factsOf({ over: 'month', rows })['low:revenue:2023-02-01']).toMatchObject({ value: 0 })
    expect(factsOf({ over: 'month', rows, measure: { additive: false } })['low:revenue:2023-01-01']).toMatchObject({
      value: 10,
    })
  })
  test('tell of a single number that it is the highest of the buckets before', () => {
    const columns = [
      { name: 'month', type: 'date', role: 'time', label: 'month' },
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue' },
    ] as const
    const history = { columns: [...columns], rows: monthly([10, 12, 11, 13, 12, 14, 30]), truncated: false }
    const facts = factsOf({ rows: [[30]], query: { period: month(7, 'Jul 2023') } }, { history })
    expect(facts['peak:revenue:2023-07-01']).toMatchObject({ value: 30, parts: { count: 7, usual: 12 } })
    expect(
      Object.keys(factsOf({ rows: [[12]], query: { period: month(7, 'Jul 2023') } }, { history })).filter(id =>
        id.startsWith('peak'),
      ),
    ).toEqual([])
  })
})
