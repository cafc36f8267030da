import { describe, expect, test } from 'vitest'
import { type Comparing, sameRows } from '#src/eval/same-rows.ts'
import type { Cell } from '#src/vocabulary/table.ts'

const same = (got: Cell[][], want: Cell[][], how: Comparing = {}) => sameRows(got, want, how)

describe('rows are the same', () => {
  test.each<[string, Cell[][], Cell[][], Comparing]>([
    [
      'in any order of rows and columns',
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        [2, 'b'],
        [1, 'a'],
      ],
      {},
    ],
    ['when a day has a midnight', [['2023-01-01']], [['2023-01-01 00:00:00']], {}],
    ['when numbers are written otherwise', [[1, '2.50']], [[1.0, 2.5]], {}],
    ['when sums differ in the tenth digit', [[0.1 + 0.2]], [[0.3]], {}],
    ['when they do so around a half', [[197.5865624999999]], [[197.5865625]], {}],
    ['when nothing is nothing', [[null]], [[null]], {}],
    ['with further columns behind, where that is allowed', [['a', 1, 9]], [['a', 1]], { columns: 'prefix' }],
    [
      'with further columns anywhere, where that is allowed',
      [
        [7, 'a', 9, 1],
        [7, 'b', 8, 2],
      ],
      [
        ['a', 1],
        ['b', 2],
      ],
      { columns: 'any' },
    ],
    [
      'with columns of the same values that belong to other rows',
      [
        [1, 2, 1],
        [2, 1, 2],
      ],
      [
        [1, 1],
        [2, 2],
      ],
      { columns: 'any' },
    ],
  ])('%s', (_, got, want, how) => {
    expect(same(got, want, how)).toBe(true)
  })
})

describe('rows are not the same', () => {
  test.each<[string, Cell[][], Cell[][], Comparing]>([
    ['in another order, where order was asked for', [[1], [2]], [[2], [1]], { ordered: true }],
    [
      'in another order with further columns',
      [
        [1, 0],
        [2, 0],
      ],
      [[2], [1]],
      { ordered: true, columns: 'any' },
    ],
    ['with a row more', [[1], [1]], [[1]], {}],
    [
      'with a row more and further columns',
      [
        [1, 5],
        [1, 5],
      ],
      [[1]],
      { columns: 'any' },
    ],
    ['with a row less', [], [[1]], {}],
    ['with further columns', [['a', 1]], [['a']], {}],
    ['with a column less', [['a']], [['a', 1]], { columns: 'any' }],
    [
      'when values stand beside others',
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['a', 2],
        ['b', 1],
      ],
      { columns: 'any' },
    ],
    ['when one column would have to stand for two', [['a', 1]], [['a', 'a']], { columns: 'any' }],
    ['when nothing was wanted to be zero', [[0]], [[null]], {}],
    ['when the sixth digit differs', [[1.23456]], [[1.23457]], {}],
  ])('%s', (_, got, want, how) => {
    expect(same(got, want, how)).toBe(false)
  })
})
