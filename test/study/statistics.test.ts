import { expect, test } from 'vitest'
import { mannKendall, median, robustDeviation, theilSen } from '#src/study/statistics.ts'

test('the median is the middle, or the mean of the two in the middle', () => {
  expect([median([5, 1, 3]), median([4, 1, 3, 2]), median([-1])]).toEqual([3, 2.5, -1])
  expect(median([])).toBeNaN()
})
test('the robust deviation is the median distance × 1.4826, or the mean distance × 1.2533 when that is 0', () => {
  expect(robustDeviation([1, 2, 3, 4, 100])).toBeCloseTo(1.4826, 9)
  expect(robustDeviation([5, 5, 5, 9])).toBeCloseTo(1.2533, 9)
  expect(robustDeviation([5, 5, 5])).toBe(0)
})
test('Theil–Sen is the median of slopes', () => {
  // slopes of 0 10 5 30: 10 2.5 10 −5 10 25 → median 10; levels 0 0 −15 0 → 0
  expect(theilSen([0, 10, 5, 30])).toEqual({ slope: 10, start: 0 })
})
test('Mann–Kendall counts rises less falls, corrected for ties and continuity', () => {
  // 1 2 2 3: S = 5, variance (4·3·13 − 2·1·9) ÷ 18 = 138 ÷ 18
  expect(mannKendall([1, 2, 2, 3])).toBeCloseTo(4 / Math.sqrt(138 / 18), 9)
  expect(mannKendall([4, 4, 4])).toBe(0)
})
