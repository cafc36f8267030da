import { describe, expect, test } from 'vitest'
import { factsOf } from '../made.ts'

const day = (n: number) => `2023-06-${String(n).padStart(2, '0')}`
const days = (...ns: number[]) => ns.map(n => [day(n), 10])

describe('missing buckets', () => {
  test('are counted between the first and last row, with the longest gap', () => {
    // 3, 6, 7 are missing of 1 … 9
    expect(factsOf({ over: 'day', rows: days(1, 2, 4, 5, 8, 9) })['missing:revenue']).toMatchObject({
      value: 3,
      about: { from: day(6), to: day(7) },
      parts: { buckets: 9, longest: 2, runs: 2 },
      words: { at: '6–7 Jun 2023' },
    })
  })
  test('are none when every bucket has a row, even an empty one', () => {
    expect(factsOf({ over: 'day', rows: [...days(1, 2), [day(3), null]] })['missing:revenue']).toBeUndefined()
  })
  test('are not told of results that keep only some rows', () => {
    expect(factsOf({ over: 'day', rows: days(1, 5), query: { limit: 2 } })['missing:revenue']).toBeUndefined()
  })
  test('of hours keep the zone that instants are written in', () => {
    const rows = ['05', '06', '08'].map(h => [`2023-06-01T${h}:00:00-05:00`, 1])
    expect(factsOf({ over: 'hour', rows })['missing:revenue']).toMatchObject({
      value: 1,
      about: { from: '2023-06-01T07:00:00-05:00' },
    })
  })
})
