import { describe, expect, it } from 'vitest'
import { teamsCard } from '#renderers/teams/card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import { prose } from '#renderers/teams/elements.ts'
import { cardText, labelText, say } from '#renderers/teams/escape.ts'
import { cardBytes, fittedCard, type Part, part, sizes } from '#renderers/teams/fit.ts'
import type { AnsweredView } from '#renderers/view/view.ts'
import { answeredView, someOptions } from '#test/renderers/view/views.ts'

const words = (n: number, letter: string) => prose(cardText(letter.repeat(n)))
const left = prose(say`Shortened.`)
const fallbackText = labelText('x')
const textsOf = (parts: Part[], most: number) =>
  fittedCard(parts, { most, left, fallbackText }).body.map(e => (e.type === 'TextBlock' ? e.text : e.type))

describe('the bytes of a card', () => {
  it('are two for each character of its JSON', () => {
    expect(cardBytes({ a: 'é' })).toEqual({ withPictures: 18, withoutPictures: 18 })
  })

  it('are counted with and without the base64 of pictures', () => {
    const url = `data:image/png;base64,${'A'.repeat(1000)}`
    expect(cardBytes({ url })).toEqual({ withPictures: 2064, withoutPictures: 20 })
  })
})

describe('parts that are too many', () => {
  const longer = sizes([1000, 100], n => ({ body: words(n, 'a') }), 2)
  const sooner = sizes([1000, 100], n => ({ body: words(n, 'b') }), 1)
  const staying = part(words(100, 'c'))

  it('stay as they are when they fit', () => {
    expect(textsOf([longer, staying], 80_000)).toEqual(['a'.repeat(1000), 'c'.repeat(100)])
  })

  it('are shortened, the lowest rank first', () => {
    expect(textsOf([longer, sooner, staying], 4000)).toEqual(['a'.repeat(1000), 'b'.repeat(100), 'c'.repeat(100)])
    expect(textsOf([longer, sooner, staying], 2000)).toEqual(['a'.repeat(100), 'b'.repeat(100), 'c'.repeat(100)])
  })

  it('go, and where the first one went it is said', () => {
    expect(textsOf([longer, sooner, staying], 1100)).toEqual(['a'.repeat(100), 'Shortened.', 'c'.repeat(100)])
    expect(textsOf([longer, sooner, staying], 800)).toEqual(['Shortened.', 'c'.repeat(100)])
  })

  it('are not even made when they are not needed', () => {
    const never = (): never => {
      throw new Error('made')
    }
    expect(textsOf([{ forms: [() => ({ body: words(1, 'a') }), never] }], 80_000)).toEqual(['a'])
  })

  it('leave something to show when all are empty', () => {
    expect(textsOf([part([])], 80_000)).toEqual(['There is nothing to show.'])
  })
})

describe('an answer that is far too long', () => {
  const sentence = 'A sentence of the story with $1,234.50 in it. '
  const story = { text: sentence.repeat(260), tone: 'neutral' as const }
  const columns = Array.from({ length: 6 }, (_, i) => ({ label: `Column ${i}`, align: 'left' as const, wide: false }))
  const rows = Array.from({ length: 60 }, (_, i) => columns.map((_, c) => `Category ${i}, ${c}`))
  const view: AnsweredView = {
    ...answeredView(someOptions),
    summary: [story],
    insights: [story, story, story, story],
    table: { columns, rows, total: 60, more: 0, truncated: false },
  }
  const short = { url: 'https://bot.example/1.png' }
  const picture = { url: `data:image/png;base64,${'A'.repeat(32_000)}` }

  it.each([80_000, 40_000, 20_000, 12_000])('fits into %i bytes without its picture', most => {
    for (const rung of ['picture', 'native', 'table', 'text'] as const)
      for (const expanded of [false, true]) {
        const card = teamsCard(view, { rung, picture, expanded, most })
        expect(cardBytes(card).withoutPictures).toBeLessThanOrEqual(most)
      }
    expect(cardBytes(detailsCard(view, { most })).withoutPictures).toBeLessThanOrEqual(most)
  })

  it('has its whole story in the details', () => {
    const card = JSON.stringify(detailsCard(view))
    expect(card).toContain(sentence.repeat(260).trim())
    expect(card).toContain('35 more rows: download the CSV.')
  })

  it('says what it leaves out', () => {
    const card = JSON.stringify(teamsCard(view, { rung: 'table' }))
    expect(card).toContain('…')
    expect(card).toContain('50 more rows: download the CSV.')
    expect(card).toContain('1 more column: download the CSV.')
    expect(card).toContain('2 more findings in the details.')
    expect(JSON.stringify(teamsCard(view, { rung: 'table', most: 9000 }))).toContain(
      'Shortened to fit: the details have the rest.',
    )
  })

  it('asks for its details by a button before it shortens its story', () => {
    const story = { text: 'Revenue grew. '.repeat(40).trim(), tone: 'neutral' as const }
    const card = teamsCard(
      { ...view, summary: [story], insights: [] },
      { rung: 'picture', picture: short, most: 12_000 },
    )
    expect(JSON.stringify(card.body)).toContain(story.text)
    expect(JSON.stringify(card.actions)).toContain('deed.details.a1')
  })

  it('with a picture of 24 kB is below what Teams takes even if pictures are counted', () => {
    const ordinary = teamsCard(answeredView(someOptions), { rung: 'picture', picture })
    expect(cardBytes(ordinary).withPictures).toBeLessThan(100 * 1024)
  })
})
