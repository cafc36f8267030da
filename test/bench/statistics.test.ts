import { describe, expect, it } from 'vitest'
import { geometricMean, median, quantile } from './statistics.ts'

describe('statistics of the benchmark', () => {
  it('gives the middle, and lies between neighbours in proportion', () => {
    expect(median([30, 10, 20])).toBe(20)
    expect(median([10, 20])).toBe(15)
    expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38)
    expect(quantile([], 0.5)).toBeNaN()
  })

  it('takes ratios together by multiplication', () => {
    expect(geometricMean([0.5, 2])).toBeCloseTo(1)
    expect(geometricMean([4, 16])).toBeCloseTo(8)
  })
})
