import { describe, expect, test } from 'vitest'
import { aboutAmbiguity, aboutGap, aboutUnused } from '#src/question/clarify.ts'
import { checkText, foreignLanguage } from '#src/question/text.ts'
import { model, queryOf, reading } from './shop-words.ts'

const gap = (text: string) => {
  const r = reading(text)
  expect(r.candidates, text).toEqual([])
  return aboutGap(r.gaps[0], r, { text, model })
}

describe('what is said when no query can be made', () => {
  test.each<[text: string, message: RegExp, code?: string]>([
    ['revenue next month', /^The next month has not happened yet/, 'period/future'],
    ['revenue last 0 days', /^“Last 0 days” holds no days/],
    ['revenue on 2023-02-30', /^There is no 30 February 2023; February 2023 has 28 days\.$/],
    ['revenue from 2023-05-01 to 2023-04-01', /^This period ends before it begins\.$/],
    ['revenue by email', /personal data/, 'dimension/personal'],
    ['revenue of cancelled orders', /leaves those out by definition/],
    ['revenue in Texas without Texas', /keeps and leaves out the same state/],
    ['revenue in euros', /no rates to turn them into EUR/],
    ['revenue growth', /A change needs two periods/],
    ['average units', /can mean several things: per what\?$/],
    ['by category', /^What should be measured\?$/],
    ['hello there world of wonder', /^I did not find a measure/],
  ])('%s', (text, message, code) => {
    const reply = gap(text)
    expect(reply.message).toMatch(message)
    expect(reply.code).toBe(code)
    expect(reply.message).toMatch(/^[\p{Lu}“].*[.?:]$/su)
  })

  test('what is offered can be read', () => {
    for (const text of [
      'average units',
      'by category',
      'revenue of cancelled orders',
      'highest revenue',
      'revenue in euros',
    ])
      for (const choice of gap(text).choices) {
        const r = reading(choice.question)
        expect(r.unused, `${text} → ${choice.question}`).toEqual([])
        expect(r.candidates.length, `${text} → ${choice.question}`).toBeGreaterThan(0)
      }
  })
})

describe('words left over', () => {
  const unused = (text: string) => aboutUnused(reading(text), { text, model })

  test('are named, with the nearest names there are', () => {
    expect(unused('revenue by chanxel foo')).toMatchObject({ message: expect.stringContaining('“foo”') })
    expect(unused('revenue by blorbex').message).toBe(
      'I could not make use of “blorbex”. Without it, this is what I can answer:',
    )
    expect(unused('revenue by blorbex and quuxly').message).toBe(
      'I could not make use of “blorbex” and “quuxly”. Without them, this is what I can answer:',
    )
  })

  test('the reading without them can be clicked', () => {
    const [choice] = unused('revenue by state for blorbex').choices
    expect(choice).toMatchObject({ label: 'Revenue by state', query: queryOf('revenue by state') })
  })

  test('a long one is cut short, and no more than four are listed', () => {
    const long = 'z'.repeat(300)
    expect(unused(`revenue ${long}`).message.length).toBeLessThan(200)
    const many = unused(
      'revenue and orders by state and category in March for weather, spoon, kettle, garden, candle and pencil',
    )
    expect(many.message.match(/“/g)).toHaveLength(4)
  })

  test('may have been meant for what begins alike, else for a value with nearly the same letters', () => {
    const values = (dimension: string) => (dimension === 'state' ? ['Texas', 'Ohio'] : [])
    const offered = (text: string) =>
      aboutUnused({ ...reading(text), unused: text.split(' ').slice(-2) }, { text, model, values })
    expect(offered('orders with returnability blorbex').message).toBe(
      'I could not make use of “returnability” and “blorbex”. Did you mean “returns”? Without them, this is what I can answer:',
    )
    expect(offered('orders in Texhas Ohyo').message).toMatch(/Did you mean “Texas” or “Ohio”\?/)
    expect(offered('orders in Texhas Ohyo').choices.slice(0, 2)).toEqual([
      { label: 'orders in Texas Ohyo', question: 'orders in Texas Ohyo' },
      { label: 'orders in Texhas Ohio', question: 'orders in Texhas Ohio' },
    ])
    expect(offered('orders zzzzz qqqqq').message).not.toMatch(/Did you mean/)
  })

  test('where a thing is counted that is not known, the things there are can be clicked, in the same question', () => {
    const asked = (text: string) => aboutUnused(reading(text), { text, model, read: reading })
    expect(asked('How many blorbexes do we have?')).toEqual({
      message:
        'I could not make use of “blorbexes”. I can count orders, customers and products here. Is one of them meant?',
      choices: ['orders', 'customers', 'products'].map(thing => ({
        label: `How many ${thing} do we have?`,
        question: `How many ${thing} do we have?`,
      })),
    })
    expect(asked('how much blorbex did we have').message).toMatch(/^I could not make use of “blorbex”\. Without/)
    expect(asked('how many blorbexes are wozzled').message).toBe('I could not make use of “blorbexes” and “wozzled”.')
  })

  test('with nothing else to offer, examples are', () => {
    expect(unused('blorbex wozzle').choices.length).toBeGreaterThan(0)
  })
})

test('several readings become buttons with words of their own', () => {
  const reply = aboutAmbiguity(
    [queryOf('revenue in Texas'), queryOf('revenue by home state'), queryOf('revenue in Texas')],
    { text: '', model },
  )
  expect(reply.message).toBe('This can be read in several ways. Which one do you mean?')
  expect(reply.choices.map(c => c.label)).toEqual(['Revenue, state Texas', 'Revenue by customer state'])
})

describe('texts that no reading can come of', () => {
  test.each([
    ['', 'There is no question here. Try one of these:'],
    [' \n\t', 'There is no question here. Try one of these:'],
    ['?!', 'I see no words in this. Ask in plain English, for example:'],
    ['売上を見せて', 'I read questions in English only. For example:'],
    ['выручка', 'I read questions in English only. For example:'],
    ['x'.repeat(2001), 'The question has 2001 characters; 2000 is the most that is read. Ask it in a sentence or two.'],
  ])('%.20s', (text, message) => {
    expect(checkText(text, model)).toEqual({
      message,
      choices: model.examples.slice(0, 3).map(question => ({ label: question, question })),
    })
  })

  test.each(['revenue', 'revenue in São Paulo', 'x'.repeat(2000), '123', 'выр revenue by state'])(
    '%.20s may be read',
    text => {
      expect(checkText(text, model)).toBeUndefined()
    },
  )

  test('a language other than English is named when it is sure', () => {
    expect(foreignLanguage('Wie hoch war der Umsatz im letzten Monat nach Bundesland?')).toBe('German')
    expect(foreignLanguage('revenue last month by state please')).toBeUndefined()
    expect(foreignLanguage('ventas por estado el mes pasado')).toBe('Spanish')
    const words = ['revenue by payment method', 'trips: cost by city', 'cost by secret col', 'Umsatz']
    const trade = ['resolution rate for support', 'bounce rate for landing pages', 'ticket backlog open items']
    for (const text of [...words, ...trade, 'blorb fizz wuzz'])
      expect([text, foreignLanguage(text)]).toEqual([text, undefined])
  })
})
