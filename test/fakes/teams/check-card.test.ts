import { describe, expect, test } from 'vitest'
import { solidPng } from '#test/fakes/solid-png.ts'
import { checkCard } from './check-card.ts'

const card = (body: unknown[], more: object = {}) => ({ type: 'AdaptiveCard', version: '1.5', body, ...more })
const text = { type: 'TextBlock', text: 'Revenue', wrap: true }
const png = (width: number, height: number) =>
  `data:image/png;base64,${Buffer.from(solidPng({ width, height, rgb: [0, 120, 200] })).toString('base64')}`

describe('a card is fine', () => {
  test('with everything an answer shows', () => {
    const answer = card(
      [
        { ...text, size: 'Large', weight: 'Bolder', color: 'Good' },
        { type: 'Image', url: png(600, 360), altText: 'Bars', msteams: { allowExpand: true } },
        {
          type: 'ColumnSet',
          columns: [
            { width: 'auto', items: [text] },
            { type: 'Column', items: [text] },
          ],
        },
        { type: 'FactSet', facts: [{ title: 'Rows', value: '3' }] },
        {
          type: 'Table',
          columns: [{ width: 1 }, { width: 2 }],
          rows: [
            {
              type: 'TableRow',
              cells: [
                { type: 'TableCell', items: [text] },
                { type: 'TableCell', items: [text] },
              ],
            },
          ],
        },
        { type: 'RichTextBlock', inlines: ['plain', { type: 'TextRun', text: 'bold', weight: 'Bolder' }] },
        {
          type: 'Chart.VerticalBar',
          data: [{ x: 'Books', y: 3 }],
          fallback: { type: 'TextBlock', text: 'Books 3' },
        },
        { type: 'Input.ChoiceSet', id: 'split', choices: [{ title: 'By state', value: '1' }], style: 'compact' },
        { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Again', verb: 'click', data: { a: 1 } }] },
      ],
      {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        msteams: { width: 'Full' },
        actions: [
          { type: 'Action.OpenUrl', title: 'CSV', url: 'https://bot.example/a.csv' },
          {
            type: 'Action.ShowCard',
            title: 'SQL',
            card: { type: 'AdaptiveCard', body: [{ type: 'CodeBlock', codeSnippet: 'SELECT 1' }] },
          },
        ],
      },
    )
    expect(checkCard(answer)).toEqual([])
  })

  test('with an element nobody knows when its fallback is known, or it is dropped', () => {
    expect(
      checkCard(card([text, { type: 'Chart.Sankey', fallback: text }, { type: 'Hologram', fallback: 'drop' }])),
    ).toEqual([])
  })

  test('with one id on an element and on its fallback', () => {
    const chart = { type: 'Chart.Pie', id: 'chart', data: [], fallback: { ...text, id: 'chart' } }
    expect(checkCard(card([chart]))).toEqual([])
  })
})

test.each<[string, unknown, string[]]>([
  ['no object', null, ['card: is not an object']],
  ['another type', { type: 'HeroCard' }, ['card: type is not AdaptiveCard']],
  ['version 1.6', card([text], { version: '1.6' }), ['card: version 1.6, only up to 1.5 is shown']],
  ['no version', card([text], { version: undefined }), ['card: version undefined, only up to 1.5 is shown']],
  ['nothing to show', card([]), ['card: has neither body nor actions']],
  ['an unknown element', card([{ type: 'Hologram' }]), ['body[0]: unknown element Hologram']],
  [
    'an unknown action',
    card([text], { actions: [{ type: 'Action.Http' }] }),
    ['actions[0]: unknown action Action.Http'],
  ],
  ['a property that is none', card([{ ...text, txt: 'x' }]), ['body[0]: TextBlock has no txt']],
  [
    'an undefined text',
    card([{ type: 'TextBlock' }]),
    ['body[0]: TextBlock needs text', 'body[0]: text is not a text'],
  ],
  ['a colour that is none', card([{ ...text, color: 'Red' }]), ['body[0]: color is "Red"']],
  [
    'an element of the wrong kind inside',
    card([{ type: 'ColumnSet', columns: [text] }]),
    ['body[0].columns[0]: is TextBlock, only Column may stand here'],
  ],
  [
    'problems deep inside',
    card([
      { type: 'Container', items: [{ type: 'Container', items: [{ type: 'Image', url: 'http://a.example/x.png' }] }] },
    ]),
    ['body[0].items[0].items[0]: the picture comes over http: instead of https:'],
  ],
  [
    'an id used twice',
    card([
      { ...text, id: 'a' },
      { ...text, id: 'a' },
    ]),
    ['body[1]: id "a" is used twice'],
  ],
  [
    'more cells than columns',
    card([
      {
        type: 'Table',
        columns: [{ width: 1 }],
        rows: [{ type: 'TableRow', cells: [{ items: [text] }, { items: [text] }] }],
      },
    ]),
    ['body[0].rows[0]: 2 cells for 1 columns'],
  ],
  [
    'a fact without value',
    card([{ type: 'FactSet', facts: [{ title: 'Rows', value: '' }] }]),
    ['body[0].facts[0]: needs title and value as text'],
  ],
  [
    'a link that runs a script',
    card([text], { actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'javascript:alert(1)' }] }),
    ['actions[0]: url does not open anything safe'],
  ],
  [
    'a refresh for a crowd',
    card([text], { refresh: { action: { type: 'Action.Execute' }, userIds: Array(61).fill('29:1') } }),
    ['card: refresh is for more than 60 people'],
  ],
  [
    'a picture on this machine',
    card([{ type: 'Image', url: 'https://localhost/x.png' }]),
    ['body[0]: the picture is on localhost, which only this network reaches'],
  ],
  [
    'a picture in the own network',
    card([{ type: 'Image', url: 'https://192.168.1.4/x.png' }]),
    ['body[0]: the picture is on 192.168.1.4, which only this network reaches'],
  ],
  [
    'a picture of 1200 pixels',
    card([{ type: 'Image', url: png(1200, 720) }]),
    ['body[0]: the picture is 1200 by 720 pixels, more than 1024 by 1024'],
  ],
  [
    'a picture that is another thing',
    card([{ type: 'Image', url: `data:image/png;base64,${btoa('GIF89a')}` }]),
    ['body[0]: the picture is not a picture of type image/png'],
  ],
  [
    'a picture of more than 1 MB',
    card([
      {
        type: 'Image',
        url: `data:image/png;base64,${Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1_048_576)]).toString('base64')}`,
      },
    ]),
    ['body[0]: the picture has 1048584 bytes, more than 1048576'],
  ],
  [
    'a drawing',
    card([{ type: 'Image', url: 'data:image/svg+xml;base64,PHN2Zy8+' }]),
    ['body[0]: the picture is a data address that is not base64 of a PNG, JPEG or GIF'],
  ],
])('%s is said with its place', (_, broken, problems) => {
  expect(checkCard(broken)).toEqual(problems)
})
