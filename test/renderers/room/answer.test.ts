import { describe, expect, it } from 'vitest'
import { roomView } from '#renderers/room/answer.ts'
import type { AnsweredView, AnswerView } from '#renderers/room/view.ts'
import { failureView } from '#renderers/view/failure.ts'
import { fileName } from '#renderers/view/file-name.ts'
import { type AnswerOptions, noOptions as none } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import {
  answered,
  clarify,
  empty,
  hostile,
  longTable,
  query,
  receipt,
  refused,
  told,
} from '#test/fakes/room-answers.ts'

const asAnswered = (view: AnswerView): AnsweredView => {
  if (view.status !== 'answered') throw new Error(view.status)
  return view
}

describe('an answer as the room shows it', () => {
  const base = answered('a 1', 'revenue?')

  it('names what was read again and which words were not used', () => {
    const view = asAnswered(roomView({ ...base, unused: ['please', 'now'] }, none))
    expect(view.notes).toEqual(['Read “texs” as Texas.', 'Not used: “please”, “now”.'])
  })

  it('gives a sentence the tone of the facts that it cites', () => {
    const view = asAnswered(roomView(base, none))
    expect(view.insights.map(s => s.tone)).toEqual(['good', 'bad', 'neutral'])
  })

  it('has a picture per theme at an address of its own', () => {
    expect(asAnswered(roomView(base, none)).picture).toEqual({
      alt: base.chart.alt,
      light: '/room/chart/a%201.light.png',
      dark: '/room/chart/a%201.dark.png',
      full: { light: '/room/chart/a%201.light.png', dark: '/room/chart/a%201.dark.png' },
      file: 'electronics-leads-revenue-in-texas.png',
    })
  })

  it('does not say the headline twice: the picture in the card goes without a title that is the same', () => {
    const same = { ...base, chart: { ...base.chart, title: base.story.headline.text } }
    const { picture } = asAnswered(roomView(same, none))
    expect([picture?.light, picture?.full.light]).toEqual([
      '/room/chart/a%201.light.png?untitled',
      '/room/chart/a%201.light.png',
    ])
  })

  it('has no picture when the chart is a table', () => {
    expect(asAnswered(roomView(longTable('a1', 'list'), none)).picture).toBeUndefined()
  })

  it('tells at a glance whether it is certified, how fresh it is and how long it took', () => {
    expect(asAnswered(roomView(base, none)).badge).toEqual({
      origin: 'certified',
      label: 'Certified',
      title: 'Certified: compiled from the definitions of the semantic model',
      facts: ['ecommerce', 'data until 31 Dec 2023', '84 ms'],
    })
  })

  it('says of generated SQL who wrote it and what that cost', () => {
    const view = asAnswered(roomView(longTable('a1', 'list'), none))
    expect(view.receipt.find(line => line.term === 'Origin')?.lines).toEqual([
      'Generated: the SQL was written by some-model (900 tokens, $0.0021, prompt plan 1) and passed the guard; check it before you rely on it',
    ])
  })

  it('writes the receipt line by line and leaves out what has nothing to say', () => {
    const bare = { ...base, receipt: { ...receipt, filters: [], period: undefined, cached: true, truncated: true } }
    expect(asAnswered(roomView(bare, none)).receipt).toEqual([
      { term: 'Read as', lines: ['Revenue by category in Texas, December 2023'] },
      { term: 'Measures', lines: ['Revenue: sum of order line amounts, cancelled orders left out'] },
      { term: 'Rows', lines: ['5, cut at the row limit'] },
      { term: 'Data', lines: ['Sample orders, until 31 Dec 2023'] },
      { term: 'Origin', lines: ['Certified: compiled from the definitions of the semantic model'] },
      { term: 'Time', lines: ['From the cache'] },
    ])
  })

  it('lists the values that are bound to the SQL', () => {
    const bound = { ...base, receipt: { ...receipt, params: ['Texas', 5, null, ['a']] } }
    expect(asAnswered(roomView(bound, none)).sql.params).toEqual([
      { name: '$1', value: "'Texas'" },
      { name: '$2', value: '5' },
      { name: '$3', value: 'NULL' },
      { name: '$4', value: '["a"]' },
    ])
  })

  it('keeps every text a text: markup goes through as it is and is never escaped twice', () => {
    const view = asAnswered(roomView(hostile('a1', 'x'), none))
    expect(view.headline).toBe('<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>')
    expect(view.table.rows[1]?.[0]).toBe('</td><svg onload="window.hacked=3">')
  })
})

describe('the menus under an answer', () => {
  const base = answered('a1', 'revenue?')

  it('re-ask with a changed query and mark what is shown now', () => {
    const state = { ...query, splits: [{ dimension: 'state' }] }
    const options: AnswerOptions = {
      periods: [],
      splits: [
        { label: 'Category', question: 'by category', query },
        { label: 'State', question: 'by state', query: state },
      ],
      charts: ['bar', 'donut'],
    }
    expect(asAnswered(roomView(base, options)).menus).toEqual([
      {
        name: 'split',
        label: 'Split by',
        choices: [
          { label: 'Category', question: 'by category', query, current: true },
          { label: 'State', question: 'by state', query: state, current: false },
        ],
      },
      {
        name: 'chart',
        label: 'Chart',
        choices: [
          { label: 'Bars', question: 'as bars', query: { ...query, chart: 'bar' }, current: true },
          { label: 'Donut', question: 'as donut', query: { ...query, chart: 'donut' }, current: false },
        ],
      },
    ])
  })

  it('leave out a menu that would change nothing', () => {
    const options: AnswerOptions = { periods: [{ label: 'Now', question: '', query }], splits: [], charts: ['bar'] }
    expect(asAnswered(roomView(base, options)).menus).toEqual([])
  })
})

describe('replies that are not results', () => {
  it('clarify: words that the question back names already are not said again', () => {
    const message = 'I could not make use of “blorp”.'
    const asked = { ...clarify('c1', 'revenue'), message, unused: ['blorp', 'glip'] }
    expect(roomView(asked, none)).toMatchObject({ message, notes: ['Not used: “glip”.'] })
    expect(roomView({ ...asked, unused: ['blorp'] }, none)).toMatchObject({ notes: [] })
  })

  it('clarify: the question back, what was not used, and the readings', () => {
    expect(roomView(clarify('c1', 'revenue'), none)).toMatchObject({
      status: 'clarify',
      message: 'Which revenue do you mean?',
      notes: ['Not used: “blorp”.'],
      choices: [{ query }, { label: 'Net revenue by category, December 2023' }, {}],
    })
  })

  it('refused, empty and told keep their words and choices', () => {
    expect(roomView(refused('r1', 'q'), none)).toMatchObject({ status: 'refused', choices: [{}] })
    expect(roomView(empty('e1', 'q'), none)).toMatchObject({ status: 'empty', notes: [], choices: [{}] })
    expect(roomView(told('t1', 'q'), none)).toMatchObject({
      status: 'told',
      items: [{}, {}, { term: 'Return rate' }],
    })
  })

  it('a failure is a sentence, a next step, and the incident id once', () => {
    const timeout = ChartroomError.of('engine/timeout', { seconds: 30 })
    expect(failureView(timeout, 'i7')).toEqual({
      status: 'failed',
      message: 'The database did not answer within 30 seconds.',
      next: 'Ask for a shorter period or fewer splits.',
      retry: false,
      incident: 'i7',
    })
    expect(failureView(ChartroomError.of('internal/bug', { incident: 'i7' }), 'i7')).toEqual({
      status: 'failed',
      message: 'Something went wrong on our side (incident i7).',
      next: 'Try again; if it repeats, report the incident id.',
      retry: true,
    })
  })
})

describe('the name of a file', () => {
  it.each([
    ['Revenue by category, Oct–Dec 2023', 'revenue-by-category-oct-dec-2023'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Übersicht: Größe', 'ubersicht-große'],
    ['///', 'answer'],
    ['x'.repeat(70), 'x'.repeat(60)],
  ])('of %j is %s', (words, name) => {
    expect(fileName(words)).toBe(name)
  })
})
