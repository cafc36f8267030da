import { expect, test } from 'vitest'
import { shareOut } from '#src/kpis/support/share-out.ts'

test.each([
  // 33.33… each: the tenth that is missing goes to the first.
  [
    [1, 1, 1],
    [33.4, 33.3, 33.3],
  ],
  // 14.28… and 85.71…: remainders 6 and 1 of 7.
  [
    [1, 6],
    [14.3, 85.7],
  ],
  // 0.05 % each of two beside 99.9 %: half a tenth; the first of them gets it.
  [
    [1998, 1, 1],
    [99.9, 0.1, 0],
  ],
  [
    [0, 5, 0],
    [0, 100, 0],
  ],
  [
    [0, 0],
    [null, null],
  ],
  [[], []],
])('shares of %j are %j', (parts, shares) => {
  expect(shareOut(parts)).toEqual(shares)
})

test('shares of anything sum to 100', () => {
  for (let n = 1; n <= 200; n++) {
    const parts = [n, n * n, 7, (n * 31) % 17, 1]
    expect(Math.round(shareOut(parts).reduce<number>((sum, share) => sum + (share ?? 0) * 10, 0))).toBe(1000)
  }
})
