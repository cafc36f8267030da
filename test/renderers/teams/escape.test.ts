import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { cardText, codeSnippet, codeText, labelText, lines, row, say, silence } from '#renderers/teams/escape.ts'
import { cut, plainText } from '#renderers/view/plain-text.ts'
import { hostileTexts } from '#test/renderers/view/hostile-views.ts'

/** What the reference reader of Markdown makes of it, with all that GitHub reads beyond the standard: more than Teams reads. */
const html = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const joiner = '\u2060'
const mark = '\u200e'
/** Without what keeps things apart and is not to be seen. */
const seen = (text: string) => text.replaceAll(joiner, '').replaceAll(mark, '')
const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
const textOf = (markup: string) =>
  seen(markup.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp);/g, c => entities[c]!))

describe('a text in a card', () => {
  it.each([
    ['Texas', 'Texas'],
    ['Home & Kitchen', 'Home & Kitchen'],
    ['−$1,234.50 (12.7%)', '−$1,234.50 (12.7%)'],
    ['a *b* _c_ `d` ~e~', 'a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~'],
    ['customer_id', 'customer\\_id'],
    ['C:\\temp', 'C:\\\\temp'],
    ['![x](y) [a](b)', '!\\[x\\](y) \\[a\\](b)'],
    ['<at>Ann</at> <b>', '&lt;at>Ann&lt;/at> &lt;b>'],
    ['&lt; AT&T; & co', '&amp;lt; AT&amp;T; & co'],
    ['> quoted', '&gt; quoted'],
    ['# 1 of 5', '\\# 1 of 5'],
    ['#10480', '#10480'],
    ['- a', '\\- a'],
    ['-5', '-5'],
    ['---', '\\---'],
    ['+ b', '\\+ b'],
    ['1. one', '1\\. one'],
    ['2023) two', '2023\\) two'],
    ['1.5 times', '1.5 times'],
    ['{{DATE(2024-01-01T00:00:00Z)}}', `{${joiner}{DATE(2024-01-01T00:00:00Z)}}`],
    ['{{{{x', `{${joiner}{${joiner}{${joiner}{x`],
    ['https://evil.example/a', `https:${joiner}//evil${joiner}.example/a`],
    ['me@evil.example', `me@evil${joiner}.example`],
    ['www.evil.example', `www${joiner}.evil${joiner}.example`],
    ['  two   lines\nof it\t ', 'two   lines of it'],
    ['a\u202eb\u0000c\u200bd', 'abcd'],
    ['القاهرة 1,234 (5%)', `${mark}القاهرة${mark} 1,234 (5%)`],
    ['sales of תל אביב: 48', `${mark}sales of תל אביב${mark}: 48`],
    ['👩‍👩‍👧‍👦 ❤️', '👩‍👩‍👧‍👦 ❤️'],
    ['', ''],
  ])('%j is written %j', (text, written) => {
    expect(cardText(text)).toBe(written)
  })

  it('is cut between characters, and says so', () => {
    expect(cardText('abcdef', 4)).toBe('abc…')
    expect(cardText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 12)).toBe('👩‍👩‍👧‍👦…')
  })

  it('is cut also when only its far end is left out', () => {
    expect(cardText(`abc${'\u0000'.repeat(5000)}def`, 10)).toBe('abc…')
  })

  it.each(
    [
      ...hostileTexts,
      '[a](https://evil.example)\n![b](https://evil.example/x.png)',
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '1. one\n2. two',
      '> a\n> b',
      '# h\n===\n***\n* * *\n- - -\n_ _ _',
      '    indented',
      '``` js\ncode\n```',
      '<https://evil.example> <me@evil.example>',
      '&#42;bold&#42; &amp;lt; &nbsp;',
      'x[^1]\n\n[^1]: note',
      '[ref]: https://evil.example "t"',
      '- [ ] todo',
      '\\*a\\* \\\\[b](c)',
    ].map(text => ({ name: JSON.stringify(text.slice(0, 50)), text })),
  )('$name is one paragraph of nothing but its words', ({ text }) => {
    const read = html(cardText(text, 3000))
    expect(read.replace(/<\/?p>/g, '')).not.toMatch(/<[a-z]/i)
    expect(textOf(read).trim()).toBe(seen(cut(plainText(text), 3000)).trim())
  })
})

describe('our own words with others in them', () => {
  it('keep ours and make theirs inert', () => {
    expect(say`Not used: ${'*x*'} and ${3} more`).toBe('Not used: \\*x\\* and 3 more')
  })

  it('stand in a row or below each other without what is empty', () => {
    expect(row([say`a`, silence, say`b`])).toBe('a · b')
    expect(html(lines([say`a`, silence, say`b`]))).toBe('<p>a<br />\nb</p>')
  })
})

describe('the text of a button', () => {
  it.each([
    ['*Texas* [x](y)', '*Texas* [x](y)'],
    ['{{TIME(2024-01-01T00:00:00Z)}}', `{${joiner}{TIME(2024-01-01T00:00:00Z)}}`],
    ['\u202e\n ', '–'],
    ['', '–'],
  ])('%j is written %j', (text, written) => {
    expect(labelText(text)).toBe(written)
  })

  it('has at most a hundred characters', () => {
    expect(labelText('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`)
  })
})

describe('code', () => {
  const sql = 'SELECT *\n  FROM "a_b"\n\nWHERE x = \'{{DATE(2024-01-01T00:00:00Z)}}\'\u202e'

  it('stands in a block of code as it is, without macros and hidden characters', () => {
    expect(codeSnippet(sql)).toBe(`SELECT *\n  FROM "a_b"\n\nWHERE x = '{${joiner}{DATE(2024-01-01T00:00:00Z)}}'`)
  })

  it('keeps its lines and indents as text', () => {
    expect(codeText('SELECT *\n  FROM a_b')).toBe('SELECT \\*  \n\u00a0\u00a0FROM a\\_b')
    expect(html(codeText('SELECT *\n  FROM a_b'))).toBe('<p>SELECT *<br />\n\u00a0\u00a0FROM a_b</p>')
  })
})
