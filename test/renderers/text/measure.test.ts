import { describe, expect, test } from 'vitest'
import { bar, sparkline } from '#renderers/text/bars.ts'
import { bucketText } from '#renderers/text/bucket.ts'
import { cells, cut, hang, padEnd, padStart, wrap } from '#renderers/text/measure.ts'

describe('width', () => {
  test.each([
    ['abc', 3],
    ['東京', 4],
    ['👩‍👩‍👧', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['\u200eשלום\u200e', 4],
    ['', 0],
  ])('%j takes %i cells', (text, width) => {
    expect(cells(text)).toBe(width)
  })

  test('padding counts cells', () => {
    expect([padEnd('東', 4), padStart('東', 4), padEnd('abcd', 2)]).toEqual(['東  ', '  東', 'abcd'])
  })

  test('cutting leaves whole characters', () => {
    expect([cut('abcdef', 4), cut('abcd', 4), cut('東京都', 4), cut('👩‍👩‍👧👩‍👩‍👧', 3)]).toEqual([
      'abc…',
      'abcd',
      '東…',
      '👩‍👩‍👧…',
    ])
  })

  test('wrapping breaks between words, and within words that are too long', () => {
    expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox'])
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl'])
    expect(wrap('東京都庁', 3)).toEqual(['東', '京', '都', '庁'])
    expect(wrap('  ', 5)).toEqual([])
  })

  test('hanging lines stand below the text', () => {
    expect(hang('• ', 'one two three', 12)).toEqual(['• one two', '  three'])
  })
})

describe('bars', () => {
  test.each([
    [100, 100, 4, '████'],
    [50, 100, 4, '██'],
    [31.25, 100, 4, '█▎'],
    [0.001, 100, 4, '▏'],
    [0, 100, 4, ''],
    [null, 100, 4, ''],
    [-50, 100, 4, '▒▒'],
    [5, 0, 4, ''],
  ])('%j of %j in %i cells is %j', (value, most, width, drawn) => {
    expect(bar(value, most, width)).toBe(drawn)
  })
})

describe('sparklines', () => {
  test('run from the lowest to the highest, with gaps', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 10)).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([10, null, 80], 10)).toBe('▁·█')
    expect(sparkline([-5, 0, 5], 10)).toBe('▁▅█')
  })

  test('equal values stand in the middle; too many are averaged', () => {
    expect(sparkline([3, 3, 3], 10)).toBe('▄▄▄')
    expect(sparkline([0, 0, 7, 7, null, null], 3)).toBe('▁█·')
  })
})

describe('time buckets', () => {
  test.each([
    ['2023-03-01', 'month', 'Mar 2023'],
    ['2023-10-01', 'quarter', 'Q4 2023'],
    ['2023-01-01', 'year', '2023'],
    ['2023-03-06', 'week', '2023-03-06'],
    ['2023-03-06T14:00:00Z', 'hour', '2023-03-06 14:00'],
    ['2023-03-06 14:30:00', undefined, '2023-03-06 14:30'],
    ['2023-03-06T00:00:00Z', 'day', '2023-03-06'],
    ['soon', 'month', 'soon'],
  ] as const)('%s by %s is %s', (at, grain, text) => {
    expect(bucketText(at, grain)).toBe(text)
  })
})
