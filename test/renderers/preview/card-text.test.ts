import { describe, expect, it } from 'vitest'
import { type Run, readCardText } from '#renderers/preview/card-text.ts'
import { cardText } from '#renderers/teams/escape.ts'
import { plainText } from '#renderers/view/plain-text.ts'
import { hostileTexts } from '#test/renderers/view/hostile-views.ts'

const wordsOf = (runs: Run[]) => runs.map(r => r.text).join('')

describe('the text of a card', () => {
  it.each<[string, Run[]]>([
    ['Revenue of 5', [{ text: 'Revenue of 5' }]],
    ['', []],
    ['a **bold** word', [{ text: 'a ' }, { text: 'bold', bold: true }, { text: ' word' }]],
    ['__bold__ too', [{ text: 'bold', bold: true }, { text: ' too' }]],
    [
      '*leaning* and _leaning_',
      [{ text: 'leaning', italic: true }, { text: ' and ' }, { text: 'leaning', italic: true }],
    ],
    ['~~gone~~', [{ text: 'gone', struck: true }]],
    [
      '**a _b_**',
      [
        { text: 'a ', bold: true },
        { text: 'b', bold: true, italic: true },
      ],
    ],
    ['[the words](https://a.example)', [{ text: 'the words', link: 'https://a.example' }]],
    ['\\*not bold\\* \\[no\\](link)', [{ text: '*not bold* [no](link)' }]],
    ['**a\\*\\*b**', [{ text: 'a**b', bold: true }]],
    ['&lt;b&gt; &amp;lt; &quot;', [{ text: '<b> &lt; "' }]],
    ['one  \ntwo\nthree', [{ text: 'one\ntwo three' }]],
    ['list:\n- one\n- two', [{ text: 'list:\n• one\n• two' }]],
    ['snake_case_name 2 * 3 * 4', [{ text: 'snake_case_name 2 * 3 * 4' }]],
  ])('%j is read as Teams reads it', (markdown, runs) => {
    expect(readCardText(markdown)).toEqual(runs)
  })

  it.each(hostileTexts.map(text => ({ name: text.slice(0, 40), text })))(
    'what a card has escaped comes out as it was, in one look: $name',
    ({ text }) => {
      const runs = readCardText(cardText(text))
      // The invisible joiner and mark keep macros, addresses and directions apart; they are not to be seen.
      expect(wordsOf(runs).replace(/[\u2060\u200e]/g, '')).toBe(plainText(text).replace(/[\u2060\u200e]/g, ''))
      expect(runs.every(r => Object.keys(r).length === 1)).toBe(true)
    },
  )
})
