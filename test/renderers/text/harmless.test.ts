import { describe, expect, test } from 'vitest'
import { harmless, harmlessText } from '#renderers/text/harmless.ts'

describe('a text made harmless', () => {
  test.each([
    ['an escape sequence is shown, not obeyed', '\u001b[2J\u001b[31mred', '␛[2J␛[31mred'],
    ['an 8-bit escape sequence too', '\u009b31mred', '�31mred'],
    ['a title and a link cannot be set', '\u001b]0;title\u0007', '␛]0;title␇'],
    ['backspaces cannot overwrite', '100\b\b\b999', '100␈␈␈999'],
    ['line breaks of every kind become a space', 'a\r\nb\u2028c\u0085d\te\vf', 'a b c d e f'],
    ['zero, delete', 'a\u0000b\u007fc', 'a␀b␡c'],
    ['what turns the direction goes', 'invoice\u202efdp.exe\u2066x\u2069', 'invoicefdp.exex'],
    ['what cannot be seen goes', 'a\u200bb\u00adc\u2060d\ufeffe\u{e0041}f', 'abcdef'],
    ['joined emoji stay', '👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
    ['a right-to-left word keeps to its place', 'שלום 5', '\u200eשלום 5\u200e'],
    ['half a surrogate pair is replaced', 'a\ud800b', 'a�b'],
    ['towers of marks are cut', `e${'\u0301'.repeat(50)}!`, `e${'\u0301'.repeat(3)}!`],
    ['plain and accented text stays', 'Café – “ok” 東京 $1', 'Café – “ok” 東京 $1'],
  ])('%s', (_, text, shown) => {
    expect(harmlessText(text)).toBe(shown)
  })

  test('all strings within a value are cleaned, everything else stays', () => {
    expect(harmless({ a: ['\u001b', 1, null, { b: 'x\ny' }], c: true })).toEqual({
      a: ['␛', 1, null, { b: 'x y' }],
      c: true,
    })
  })
})
