import { describe, expect, test } from 'vitest'
import { bytes, cut, leftToRight, plainLines, plainText } from '#renderers/view/plain-text.ts'

describe('a text that a chat shows as it is', () => {
  test.each([
    ['Revenue $1.2k', 'Revenue $1.2k'],
    ['  a\n\n b\t c ', 'a b   c'],
    ['a\u0000b\u001b[31mc\u0085d', 'ab[31mc d'],
    ['\u202egnp.exe\u2066x\u200f', 'gnp.exex'],
    ['a\u200bb\u00adc\ufeffd', 'abcd'],
    ['👩‍👧 ☂️', '👩‍👧 ☂️'],
    ['z\u0301\u0302\u0303\u0304\u0305', 'z\u0301\u0302\u0303'],
    ['a\ud800b', 'a\ufffdb'],
    ['\u202e \u0007', ''],
  ])('%j is %j', (text, shown) => {
    expect(plainText(text)).toBe(shown)
  })

  test('keeps its lines where it has any, a tab as two spaces and at most one empty line', () => {
    expect(plainLines('select\r\n\tx\u2028from y\n\n\n\nz')).toBe('select\n  x\nfrom y\n\nz')
  })
})

describe('a text that is cut', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ab  cd', 4, 'ab…'],
    ['ab👩‍👧', 4, 'ab…'],
    ['e\u0301e\u0301e\u0301', 5, 'e\u0301e\u0301…'],
    ['👩‍👧', 2, '…'],
    ['', 0, ''],
  ])('%j to %i is %j', (text, most, kept) => {
    expect(cut(text, most)).toBe(kept)
  })

  test('counts what the limit counts', () => {
    expect(cut('äääää', 7, bytes)).toBe('ää…')
    expect(bytes(cut('日本語の長い文', 11, bytes))).toBeLessThanOrEqual(11)
  })
})

describe('a line with right-to-left words', () => {
  const mark = '\u200e'

  test('keeps a number behind such a word behind it', () => {
    expect(leftToRight('תל אביב: $48')).toBe(`${mark}תל אביב${mark}: $48`)
  })

  test('is left as it is when there is nothing else in it, or none of them', () => {
    expect(leftToRight('תל אביב')).toBe('תל אביב')
    expect(leftToRight('Texas: $48')).toBe('Texas: $48')
  })
})
