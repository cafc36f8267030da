import { describe, expect, test } from 'vitest'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { csvCard } from '#renderers/teams/csv-card.ts'
import type { AdaptiveCard, CodeBlock } from '#renderers/teams/elements.ts'

const codeOf = ({ body }: AdaptiveCard) => body.find((element): element is CodeBlock => element.type === 'CodeBlock')!
const textsOf = ({ body }: AdaptiveCard) =>
  body.flatMap(element => (element.type === 'TextBlock' ? [element.text] : []))
const card = (csv: string, truncated = false) => csvCard({ title: 'Texas leads', csv, truncated })

describe('rows as CSV', () => {
  test('stand in a block of code, as they are, and say how many they are', () => {
    const made = card('state,revenue\r\nTexas,48.5\r\nUtah,3\r\n')
    expect(codeOf(made)).toMatchObject({ codeSnippet: 'state,revenue\nTexas,48.5\nUtah,3', language: 'PlainText' })
    expect(textsOf(made)).toEqual(['Texas leads', '2 rows, to copy'])
    expect(problemsOf(made)).toEqual([])
  })

  test('with line breaks and quotes in a cell are counted as what they are', () => {
    const made = card('note\r\n"a ""quoted""\r\nnote"\r\nplain\r\n')
    expect(textsOf(made)).toContain('2 rows, to copy')
    expect(codeOf(made).codeSnippet).toBe('note\n"a ""quoted""\nnote"\nplain')
  })

  test('that are too many are cut at a row, and it says so', () => {
    // 60,000 bytes less 2 × 8 for the names; a row has 2 × 53: 49 letters, the line break as \n, and quotes.
    const made = card(`name\r\n${`${'x'.repeat(49)}\r\n`.repeat(2000)}`, true)
    expect(textsOf(made)).toEqual([
      'Texas leads',
      'The first 565 of 2,000 rows, to copy',
      'There are more rows than were read.',
    ])
    expect(codeOf(made).codeSnippet.split('\n')).toHaveLength(566)
    expect(problemsOf(made)).toEqual([])
  })

  test('are text where a client shows no code: the first ones, without markup', () => {
    const made = card(`name,amount\r\n${'*bold* {{DATE()}},1\r\n'.repeat(200)}`)
    const { text } = codeOf(made).fallback
    expect(text).toContain('\\*bold\\*')
    expect(text).not.toContain('{{')
    expect(text).toMatch(/… and \d+ rows more\. Open Teams on a computer or on the web to see them\.$/)
    expect(codeOf(made).codeSnippet).not.toContain('{{')
  })

  test.each(['', '\r\n', 'name\r\n', '"', '"""'])('%j is a card too', csv => {
    expect(problemsOf(card(csv))).toEqual([])
  })

  test('of hundreds of thousands of quotes are read at once', () => {
    expect(textsOf(card(`${'"'.repeat(300_001)}\r\n`))).toEqual(['Texas leads', '0 rows, to copy'])
  })
})
