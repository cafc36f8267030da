import { describe, expect, test } from 'vitest'
import { factsOf } from '../made.ts'

describe('spread', () => {
  test('names both ends and how many times one is the other', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['A', 4],
          ['B', 10],
          ['C', 5],
        ],
        measure: { additive: false },
      })['spread:revenue'],
    ).toMatchObject({
      value: 6,
      parts: { high: 10, low: 4, times: 2.5, ratio: 1.5, median: 5, count: 3 },
      words: { high: 'B', low: 'A' },
    })
  })
  test('has no times when the lowest is 0 or less', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['A', 0],
          ['B', 10],
        ],
      })['spread:revenue'],
    ).toMatchObject({ parts: { times: null, ratio: null } })
  })
  test('is not told when all are equal or rows are cut', () => {
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['A', 4],
          ['B', 4],
        ],
      })['spread:revenue'],
    ).toBeUndefined()
    expect(
      factsOf({
        by: ['state'],
        rows: [
          ['A', 4],
          ['B', 5],
        ],
        truncated: true,
      })['spread:revenue'],
    ).toBeUndefined()
  })
})
