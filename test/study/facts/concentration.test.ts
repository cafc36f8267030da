import { describe, expect, test } from 'vitest'
import { factsOf } from '../made.ts'

const parts = (...values: number[]) => values.map((v, i) => [`S${i}`, v])

describe('concentration', () => {
  test('counts how few parts make half', () => {
    // 40 + 20 = 60 of 100; 40 alone is not half
    expect(factsOf({ by: ['state'], rows: parts(20, 40, 10, 10, 10, 10) })['concentration:revenue']).toMatchObject({
      value: 0.6,
      parts: { leading: 2, count: 6 },
    })
  })
  test('needs six parts', () => {
    expect(factsOf({ by: ['state'], rows: parts(80, 10, 5, 3, 2) })['concentration:revenue']).toBeUndefined()
  })
  test('is not told of a limited result, of averages, of negative parts or of nothing', () => {
    const rows = parts(40, 20, 10, 10, 10, 10)
    expect(factsOf({ by: ['state'], rows, query: { limit: 6 } })['concentration:revenue']).toBeUndefined()
    expect(factsOf({ by: ['state'], rows, measure: { additive: false } })['concentration:revenue']).toBeUndefined()
    expect(factsOf({ by: ['state'], rows: parts(40, 20, 10, 10, 10, -10) })['concentration:revenue']).toBeUndefined()
    expect(factsOf({ by: ['state'], rows: parts(0, 0, 0, 0, 0, 0) })['concentration:revenue']).toBeUndefined()
  })
  test('is more noteworthy the fewer they are', () => {
    const few = factsOf({ by: ['state'], rows: parts(90, 2, 2, 2, 2, 2) })['concentration:revenue']?.noteworthy ?? 0
    const even =
      factsOf({ by: ['state'], rows: parts(10, 10, 10, 10, 10, 10) })['concentration:revenue']?.noteworthy ?? 1
    expect(few).toBeGreaterThan(0.6)
    expect(even).toBe(0.25)
  })
})
