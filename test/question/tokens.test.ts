import { describe, expect, test } from 'vitest'
import { phraseWords } from '#src/question/lexicon.ts'
import { tokenize } from '#src/question/tokens.ts'

const words = (text: string) => tokenize(text).map(t => t.lower)
const [only] = [(text: string) => tokenize(text)[0]]

describe('words', () => {
  test.each<[string, string[]]>([
    ['Revenue by State?', ['revenue', 'by', 'state', '?']],
    ['  spaced\tout\nwords ', ['spaced', 'out', 'words']],
    ['Café Zürich', ['café', 'zürich']],
    ['year-over-year', ['year', '-', 'over', '-', 'year']],
    ['Home & Kitchen', ['home', '&', 'kitchen']],
    ['what’s our AOV', ['what', 'our', 'aov']],
    ["don't", ['do', 'not']],
    ["aren't", ['are', 'not']],
    ['last year’s sales', ['last', 'year', 'sales']],
    ['w/o Texas', ['not', 'texas']],
    ['revenue≥500', ['revenue', '≥', '500']],
    ['a>=b', ['a', '>=', 'b']],
    ['ＲＥＶＥＮＵＥ', ['revenue']],
    ['Jan–Mar', ['jan', '-', 'mar']],
    ['“quoted”', ['“', 'quoted', '”']],
    ['Q3', ['q3']],
    ['', []],
    ['🙂 revenue', ['revenue']],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  test('each knows where it stands in what was typed', () => {
    const text = 'sales  in Texas'
    for (const t of tokenize(text)) expect(text.slice(t.start, t.end).trim()).toBe(t.text)
  })
})

describe('numbers', () => {
  test.each<[string, number, string | undefined]>([
    ['500', 500, undefined],
    ['1,200', 1200, undefined],
    ['1,234,567.89', 1_234_567.89, undefined],
    ['0.5', 0.5, undefined],
    ['3k', 3000, undefined],
    ['2.5m', 2_500_000, undefined],
    ['1 million', 1_000_000, undefined],
    ['2bn', 2_000_000_000, undefined],
    ['12%', 0.12, '%'],
    ['12 %', 0.12, '%'],
    ['$500', 500, '$'],
    ['€ 1,000', 1000, '€'],
    ['$1.5k', 1500, '$'],
    ['-5', -5, undefined],
  ])('%s', (text, value, unit) => {
    expect(tokenize(text)).toHaveLength(1)
    expect(only(text)).toMatchObject({ kind: 'number', value })
    expect(only(text)?.unit).toBe(unit)
  })

  test.each([
    ['five', 5],
    ['twelve', 12],
    ['dozen', 12],
    ['zero', 0],
  ])('“%s” is a word with a value', (text, value) => {
    expect(only(text)).toMatchObject({ kind: 'word', lower: text, value })
  })

  test.each([
    ['1st', 1],
    ['22nd', 22],
    ['third', 3],
  ])('“%s” is an ordinal', (text, value) => {
    expect(only(text)).toMatchObject({ value, ordinal: true })
  })

  test('a letter that follows at once is not a scale of a longer word', () => {
    expect(words('5 months')).toEqual(['5', 'months'])
    expect(only('5 months')?.value).toBe(5)
    expect(only('7 bananas')?.value).toBe(7)
  })

  test('a number may end with a sentence or stand in a list', () => {
    expect(tokenize('10, 20.').map(t => t.value)).toEqual([10, undefined, 20])
  })
})

test.each(['2023-03-05', '3/5/2023', '05.03.2023', '2023/3/5', '2023-03'])('%s is one date', text => {
  expect(tokenize(text)).toMatchObject([{ kind: 'date', lower: text }])
})

test('a phrase is compared without its signs, with “and” for “&”', () => {
  expect(phraseWords('Home & Kitchen')).toEqual(['home', 'and', 'kitchen'])
  expect(phraseWords('Sub-Category (new)')).toEqual(['sub', 'category', 'new'])
  expect(phraseWords('margin %')).toEqual(['margin', '%'])
})

test('a text of two thousand odd signs is read in no time and without a throw', () => {
  expect(tokenize('('.repeat(1000) + '1,'.repeat(500)).length).toBeGreaterThan(1000)
})
