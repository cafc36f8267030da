import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'

describe('a trend', () => {
  test('of a straight line has its slope and both ends', () => {
    // 100, 110 … 170: slope 10, certainty (28 − 1) ÷ √(8·7·21 ÷ 18) = 27 ÷ 8.0829
    const fact = factsOf({ over: 'month', rows: monthly([100, 110, 120, 130, 140, 150, 160, 170]) })['trend:revenue']
    expect(fact).toMatchObject({
      value: 10,
      parts: { buckets: 8, from: 100, to: 170, first: 100, last: 170 },
      tone: 'good',
      words: { from: 'Jan 2023', to: 'Aug 2023' },
    })
    expect(fact?.parts?.certainty).toBeCloseTo(3.3404, 3)
    expect(fact?.parts?.ratio).toBeCloseTo(0.7, 9)
  })
  test('is not bent by one outlier', () => {
    expect(
      factsOf({ over: 'month', rows: monthly([100, 110, 120, 900, 140, 150, 160, 170]) })['trend:revenue']?.value,
    ).toBe(10)
  })
  test('needs six whole buckets', () => {
    expect(factsOf({ over: 'month', rows: monthly([1, 2, 3, 4, 5]) })['trend:revenue']).toBeUndefined()
    expect(
      factsOf({ over: 'month', rows: monthly([1, 2, 3, 4, 5, 6]), today: '2023-06-20' })['trend:revenue'],
    ).toBeUndefined()
  })
  test('is not claimed of noise, of a flat line, or of a move too small to matter', () => {
    expect(factsOf({ over: 'month', rows: monthly([5, 9, 4, 8, 5, 9, 4, 8]) })['trend:revenue']).toBeUndefined()
    expect(factsOf({ over: 'month', rows: monthly([7, 7, 7, 7, 7, 7, 7]) })['trend:revenue']).toBeUndefined()
    expect(
      factsOf({ over: 'month', rows: monthly([1000, 1001, 1002, 1003, 1004, 1005, 1006]) })['trend:revenue'],
    ).toBeUndefined()
  })
  test('ignores the open month at the end', () => {
    const fact = factsOf({ over: 'month', rows: monthly([100, 110, 120, 130, 140, 150, 20]), today: '2023-07-05' })[
      'trend:revenue'
    ]
    expect(fact).toMatchObject({ value: 10, parts: { buckets: 6 }, words: { to: 'Jun 2023' } })
  })
  test('is found for each series', () => {
    const months = monthly([1, 2, 3, 4, 5, 6, 7]).map(r => String(r[0]))
    const rows = months.flatMap((m, i) => [
      [m, 'Texas', 100 + 10 * i],
      [m, 'Ohio', 50],
    ])
    const facts = factsOf({ over: 'month', by: ['state'], rows })
    expect(facts['trend:revenue:Texas']).toMatchObject({ value: 10, about: { state: 'Texas' } })
    expect(facts['trend:revenue:Ohio']).toBeUndefined()
  })
  test('of a measure that should go down is good news when it falls', () => {
    expect(
      factsOf({ over: 'month', rows: monthly([17, 16, 15, 14, 13, 12]), measure: { good: 'down' } })['trend:revenue']
        ?.tone,
    ).toBe('good')
  })
})
