import { describe, expect, it } from 'vitest'
import { teamsCard } from '#renderers/teams/card.ts'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { solidPng } from '#test/fakes/solid-png.ts'
import { answeredView, someOptions } from '#test/renderers/view/views.ts'

const text = { type: 'TextBlock', text: 'Hello', wrap: true }
const button = { type: 'Action.Execute', title: 'CSV', verb: 'click', data: { click: 'deed.csv.a1' } }
const card = (...body: unknown[]) => ({ type: 'AdaptiveCard', version: '1.5', body })
const withActions = (...actions: unknown[]) => ({ ...card(text), actions })
const image = { type: 'Image', url: 'https://bot.example/1.png', altText: 'Bars' }
const table = (columns: number, ...cells: number[]) => ({
  type: 'Table',
  firstRowAsHeaders: true,
  columns: Array.from({ length: columns }, () => ({ width: 1, horizontalCellContentAlignment: 'Left' })),
  rows: cells.map(n => ({
    type: 'TableRow',
    cells: Array.from({ length: n }, () => ({ type: 'TableCell', items: [text] })),
  })),
})
const menu = {
  type: 'Input.ChoiceSet',
  id: 'period',
  label: 'Period',
  choices: [{ title: 'May', value: 'menu.period.0.a1' }],
}
const chart = {
  type: 'Chart.VerticalBar',
  title: 'Revenue',
  data: [{ x: 'a', y: 1 }],
  fallback: { type: 'Container', items: [text] },
}
const code = { type: 'CodeBlock', codeSnippet: 'SELECT 1', language: 'Sql', fallback: text }
const pngOf = (width: number, height: number) => solidPng({ width, height, rgb: [0, 0, 255] })
const dataUri = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`

describe('a card that is well', () => {
  it.each<[string, unknown]>([
    ['text', card(text)],
    ['a picture by address', card(image)],
    ['a picture inside', card({ ...image, url: dataUri(pngOf(1020, 612)) })],
    ['a table', card(table(2, 2, 2))],
    ['a menu and its button', { ...card(menu), actions: [{ ...button, verb: 'chosen', data: {} }] }],
    ['a chart', card(chart)],
    ['code', card(code)],
    ['an opened card', withActions({ type: 'Action.ShowCard', title: 'More', card: card(text) })],
    ['escaped words', card({ ...text, text: '\\*a\\* \\[b\\](c) &lt;d' })],
  ])('has no problems: %s', (_, shown) => {
    expect(problemsOf(shown)).toEqual([])
  })

  it('is every answer', () => {
    expect(problemsOf(teamsCard(answeredView(someOptions), { rung: 'native' }))).toEqual([])
  })
})

describe('a card that is not', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, [': is not an object']],
    ['no card', text, [': a TextBlock may not stand here']],
    ['no body', { type: 'AdaptiveCard', version: '1.5' }, [': needs body']],
    ['an empty body', card(), ['/body: is empty']],
    ['a version that is not shown', { ...card(text), version: '1.6' }, ['/version: is not 1.5']],
    ['a key that is not known', { ...card(text), speak: 'x' }, ['/speak: is not known']],
    ['an element that is not known', card({ type: 'Media' }), ['/body/0: a Media may not stand here']],
    ['the name of a method', card({ type: 'constructor' }), ['/body/0: a constructor may not stand here']],
    ['a property that is not known', card({ ...text, color: 'Good' }), ['/body/0/color: is not known']],
    ['a value that is not known', card({ ...text, size: 'Huge' }), ['/body/0/size: is not Small or Medium or Large']],
    ['empty text', card({ ...text, text: ' ' }), ['/body/0/text: is empty']],
    ['a link', card({ ...text, text: '[a](b)' }), ['/body/0/text: has Markdown in it']],
    ['an image in text', card({ ...text, text: '![a](b)' }), ['/body/0/text: has Markdown in it']],
    ['bold words', card({ ...text, text: 'a *b*' }), ['/body/0/text: has Markdown in it']],
    ['a mention', card({ ...text, text: '<at>Ann</at>' }), ['/body/0/text: has Markdown in it']],
    ['an escaped escape', card({ ...text, text: '\\\\*a*' }), ['/body/0/text: has Markdown in it']],
    ['a macro', card({ ...text, text: '{{DATE(2024-01-01T00:00:00Z)}}' }), ['/body/0/text: has a macro']],
    ['an address', card({ ...text, text: 'https://a.example' }), ['/body/0/text: has an address']],
    ['a turned direction', card({ ...text, text: 'a\u202eb' }), ['/body/0/text: has a control or direction character']],
    ['half a character', card({ ...text, text: 'a\ud800' }), ['/body/0/text: has a control or direction character']],
    ['a picture without words', card({ ...image, altText: undefined }), ['/body/0: needs altText']],
    [
      'a picture over http',
      card({ ...image, url: 'http://bot.example/1.png' }),
      ['/body/0/url: is neither https nor a PNG'],
    ],
    ['a script for a picture', card({ ...image, url: 'javascript:1' }), ['/body/0/url: is neither https nor a PNG']],
    ['a picture that is none', card({ ...image, url: 'data:image/png;base64,AAAA' }), ['/body/0/url: is not a PNG']],
    [
      'a picture that is too large',
      card({ ...image, url: dataUri(pngOf(1025, 10)) }),
      [`/body/0/url: is too large: 1025 by 10, ${pngOf(1025, 10).length} bytes`],
    ],
    ['a row of another width', card(table(2, 2, 1)), ['/body/0/rows/1: has 1 cells for 2 columns']],
    ['a table without rows', card(table(2, 2)), ['/body/0/rows: is empty']],
    [
      'a fact without words',
      card({ type: 'FactSet', facts: [{ title: 'a', value: '' }] }),
      ['/body/0/facts/0/value: is empty'],
    ],
    [
      'a button that sends no click',
      withActions({ ...button, data: { click: 'DROP TABLE' } }),
      ['/actions/0/data/click: is no click'],
    ],
    ['a button that sends more', withActions({ ...button, data: { sql: 'SELECT 1' } }), ['/actions/0/data: has sql']],
    ['a button of another name', withActions({ ...button, verb: 'do' }), ['/actions/0/verb: is not click or chosen']],
    [
      'seven buttons',
      withActions(...Array.from({ length: 7 }, () => button)),
      ['/actions: has 7 buttons, more than 6'],
    ],
    [
      'a button that opens an address',
      withActions({ type: 'Action.OpenUrl', title: 'x', url: 'https://a.example' }),
      ['/actions/0: a Action.OpenUrl may not stand here'],
    ],
    [
      'an opened card in an opened card',
      withActions({
        type: 'Action.ShowCard',
        title: 'a',
        card: withActions({ type: 'Action.ShowCard', title: 'b', card: card(text) }),
      }),
      ['/actions/0/card/actions/0: a Action.ShowCard may not stand here'],
    ],
    ['two inputs of one id', card(menu, menu), ['/body/1/id: "period" is used twice']],
    [
      'two choices of one value',
      card({ ...menu, choices: [menu.choices[0], menu.choices[0]] }),
      ['/body/0: has two choices of one value'],
    ],
    [
      'a choice that is no click',
      card({ ...menu, choices: [{ title: 'a', value: 'x' }] }),
      ['/body/0/choices/0/value: is no click'],
    ],
    ['a menu without choices', card({ ...menu, choices: [] }), ['/body/0/choices: has 0, not 1 to 100']],
    ['a chart without fallback', card({ ...chart, fallback: undefined }), ['/body/0: needs fallback']],
    ['a chart with a gap', card({ ...chart, data: [{ x: 'a', y: null }] }), ['/body/0/data/0/y: is not a number']],
    [
      'a problem in a fallback',
      card({ ...chart, fallback: { type: 'Container', items: [] } }),
      ['/body/0/fallback/items: is empty'],
    ],
    ['no list where one belongs', { ...card(text), body: text }, ['/body: is not a list']],
  ])('says so: %s', (_, shown, problems) => {
    expect(problemsOf(JSON.parse(JSON.stringify(shown ?? null)))).toEqual(problems)
  })

  it('is too large', () => {
    const shown = card(...Array.from({ length: 10 }, () => ({ ...text, text: 'x'.repeat(5000) })))
    expect(problemsOf(shown)).toEqual([': has 100956 bytes, more than 81920'])
  })

  it('is nested too deep, however deep', () => {
    const nested = Array.from({ length: 2000 }).reduce<unknown>(inner => ({ type: 'Container', items: [inner] }), text)
    expect(problemsOf(card(nested)).at(0)).toMatch(/^(\/body\/0)(\/items\/0)+: is nested too deep$/)
  })
})
