import { describe, expect, it } from 'vitest'
import { checkBlocks } from './limits/check.ts'
import type { Surface } from './limits/shape.ts'
import { checkView } from './limits/view.ts'

const options = {
  at: '/blocks',
  surface: 'message' as Surface,
  newBlocks: true,
  isShowable: (id: string) => id === 'F00000001',
}
const check = (blocks: unknown[], parts: Partial<typeof options> = {}) => checkBlocks(blocks, { ...options, ...parts })
const errorsOf = (block: unknown, parts: Partial<typeof options> = {}) => check([block], parts).errors

const plain = (text: string) => ({ type: 'plain_text', text })
const marked = (text: string) => ({ type: 'mrkdwn', text })
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
const x = (n: number) => 'x'.repeat(n)
const at = (place: string) => `[json-pointer:/blocks/0${place}]`

const section = (parts: object = { text: marked('a') }) => ({ type: 'section', ...parts })
const button = (parts: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...parts })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (i: number, parts: object = {}) => ({ text: plain(`Option ${i}`), value: `${i}`, ...parts })
const menu = (parts: object = {}) => ({ type: 'static_select', action_id: 'm', options: [option(1)], ...parts })
const image = (parts: object = { slack_file: { id: 'F00000001' } }) => ({ type: 'image', alt_text: 'a', ...parts })
const cell = (text: string) => ({ type: 'raw_text', text })
const table = (rows: number, columns = 1, parts: object = {}) => ({
  type: 'table',
  rows: times(rows, () => times(columns, () => cell('a'))),
  ...parts,
})
const dataTable = (rows: number, parts: object = {}) => ({
  ...table(rows),
  type: 'data_table',
  caption: 'Revenue',
  ...parts,
})
const rich = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
})
const chart = (drawn: object, title = 'Revenue') => ({ type: 'data_visualization', title, chart: drawn })
const bars = (series: number, categories: number, parts: object = {}) => ({
  type: 'bar',
  series: times(series, s => ({ name: `S${s}`, data: times(categories, c => ({ label: `C${c}`, value: -1.5 })) })),
  axis_config: { categories: times(categories, c => `C${c}`) },
  ...parts,
})
const pie = (n: number, value = 1) => ({ type: 'pie', segments: times(n, i => ({ label: `S${i}`, value })) })
const feedback = {
  type: 'feedback_buttons',
  action_id: 'f',
  positive_button: { text: plain('Good'), value: 'up' },
  negative_button: { text: plain('Bad'), value: 'down' },
}

/** A block at its limit, the same block beyond it, and what Slack says of that. */
const limits: [string, unknown, unknown, string[]][] = [
  [
    'text of a section',
    section({ text: marked(x(3000)) }),
    section({ text: marked(x(3001)) }),
    [`failed to match all allowed schemas ${at('/text')}`, `must be less than 3001 characters ${at('/text/text')}`],
  ],
  [
    'an empty text',
    section(),
    section({ text: plain('') }),
    [`failed to match all allowed schemas ${at('/text')}`, `must be more than 0 characters ${at('/text/text')}`],
  ],
  ['a section without words', section(), section({}), [`must define either \`text\` or \`fields\` ${at('/type')}`]],
  [
    'fields of a section',
    section({ fields: times(10, () => marked('a')) }),
    section({ fields: times(11, () => marked('a')) }),
    [`no more than 10 items allowed ${at('/fields')}`],
  ],
  [
    'text of a field',
    section({ fields: [marked(x(2000))] }),
    section({ fields: [marked(x(2001))] }),
    [
      `failed to match all allowed schemas ${at('/fields/0')}`,
      `must be less than 2001 characters ${at('/fields/0/text')}`,
    ],
  ],
  [
    'emoji, for plain text only',
    section({ text: { ...plain('a'), emoji: true } }),
    section({ text: { ...marked('a'), emoji: true } }),
    [`failed to match all allowed schemas ${at('/text')}`, `invalid additional property: emoji ${at('/text')}`],
  ],
  [
    'verbatim, for mrkdwn only',
    section({ text: { ...marked('a'), verbatim: true } }),
    section({ text: { ...plain('a'), verbatim: true } }),
    [`failed to match all allowed schemas ${at('/text')}`, `invalid additional property: verbatim ${at('/text')}`],
  ],
  [
    'a header',
    { type: 'header', text: plain(x(150)) },
    { type: 'header', text: plain(x(151)) },
    [`must be less than 151 characters ${at('/text/text')}`],
  ],
  [
    'a header in plain text',
    { type: 'header', text: plain('a') },
    { type: 'header', text: marked('a') },
    [`must be a valid enum value ${at('/text/type')}`],
  ],
  [
    'elements of a context',
    { type: 'context', elements: times(10, () => marked('a')) },
    { type: 'context', elements: times(11, () => marked('a')) },
    [`no more than 10 items allowed ${at('/elements')}`],
  ],
  [
    'elements of actions',
    actions(...times(25, i => button({ action_id: `${i}` }))),
    actions(...times(26, i => button({ action_id: `${i}` }))),
    [`no more than 25 items allowed ${at('/elements')}`],
  ],
  [
    'a divider and nothing else',
    { type: 'divider' },
    { type: 'divider', text: 'a' },
    [`invalid additional property: text ${at('')}`],
  ],
  [
    'block_id',
    { type: 'divider', block_id: x(255) },
    { type: 'divider', block_id: x(256) },
    [`must be less than 256 characters ${at('/block_id')}`],
  ],
  [
    'label of a button',
    actions(button({ text: plain(x(75)) })),
    actions(button({ text: plain(x(76)) })),
    [`must be less than 76 characters ${at('/elements/0/text/text')}`],
  ],
  [
    'value of a button',
    actions(button({ value: x(2000) })),
    actions(button({ value: x(2001) })),
    [`must be less than 2001 characters ${at('/elements/0/value')}`],
  ],
  [
    'action_id',
    actions(button({ action_id: x(255) })),
    actions(button({ action_id: x(256) })),
    [`must be less than 256 characters ${at('/elements/0/action_id')}`],
  ],
  [
    'address of a button',
    actions(button({ url: x(3000) })),
    actions(button({ url: x(3001) })),
    [`must be less than 3001 characters ${at('/elements/0/url')}`],
  ],
  [
    'style of a button',
    actions(button({ style: 'danger' })),
    actions(button({ style: 'warning' })),
    [`must be a valid enum value ${at('/elements/0/style')}`],
  ],
  [
    'options of a menu',
    actions(menu({ options: times(100, option) })),
    actions(menu({ options: times(101, option) })),
    [`no more than 100 items allowed ${at('/elements/0/options')}`],
  ],
  [
    'value of an option',
    actions(menu({ options: [option(1, { value: x(150) })] })),
    actions(menu({ options: [option(1, { value: x(151) })] })),
    [`must be less than 151 characters ${at('/elements/0/options/0/value')}`],
  ],
  [
    'label of an option',
    actions(menu({ options: [option(1, { text: plain(x(75)) })] })),
    actions(menu({ options: [option(1, { text: plain(x(76)) })] })),
    [`must be less than 76 characters ${at('/elements/0/options/0/text/text')}`],
  ],
  [
    'options or groups, not both',
    actions(menu({ options: undefined, option_groups: [{ label: plain('G'), options: [option(1)] }] })),
    actions(menu({ option_groups: [{ label: plain('G'), options: [option(1)] }] })),
    [`must define only one of \`options\` or \`option_groups\` ${at('/elements/0')}`],
  ],
  [
    'a menu without options',
    actions(menu()),
    actions(menu({ options: [] })),
    [`must have at least 1 item ${at('/elements/0/options')}`],
  ],
  [
    'placeholder',
    actions(menu({ placeholder: plain(x(150)) })),
    actions(menu({ placeholder: plain(x(151)) })),
    [`must be less than 151 characters ${at('/elements/0/placeholder/text')}`],
  ],
  [
    'options of an overflow menu',
    actions({ type: 'overflow', action_id: 'o', options: times(5, option) }),
    actions({ type: 'overflow', action_id: 'o', options: times(6, option) }),
    [`no more than 5 items allowed ${at('/elements/0/options')}`],
  ],
  [
    'options of radio buttons',
    actions({ type: 'radio_buttons', action_id: 'r', options: times(10, option) }),
    actions({ type: 'radio_buttons', action_id: 'r', options: times(11, option) }),
    [`no more than 10 items allowed ${at('/elements/0/options')}`],
  ],
  [
    'an element that fits',
    actions(button()),
    actions({ type: 'feedback_buttons', action_id: 'f' }),
    [`unsupported type: feedback_buttons ${at('/elements/0/type')}`],
  ],
  [
    'feedback buttons',
    { type: 'context_actions', elements: [feedback] },
    { type: 'context_actions', elements: [{ ...feedback, negative_button: { text: plain('Bad') } }] },
    [`missing required field: value ${at('/elements/0/negative_button')}`],
  ],
  [
    'elements of context actions',
    { type: 'context_actions', elements: times(5, i => ({ ...feedback, action_id: `${i}` })) },
    { type: 'context_actions', elements: times(6, i => ({ ...feedback, action_id: `${i}` })) },
    [`no more than 5 items allowed ${at('/elements')}`],
  ],
  [
    'text in a dialog',
    actions(button({ confirm: { text: plain(x(300)) } })),
    actions(button({ confirm: { text: plain(x(301)) } })),
    [
      `failed to match all allowed schemas ${at('/elements/0/confirm/text')}`,
      `must be less than 301 characters ${at('/elements/0/confirm/text/text')}`,
    ],
  ],
  [
    'alternative text',
    image({ slack_file: { id: 'F00000001' }, alt_text: x(2000) }),
    image({ slack_file: { id: 'F00000001' }, alt_text: x(2001) }),
    [`must be less than 2001 characters ${at('/alt_text')}`],
  ],
  [
    'an image with alternative text',
    image(),
    { type: 'image', slack_file: { id: 'F00000001' } },
    [`missing required field: alt_text ${at('')}`],
  ],
  [
    'a file by id or address, not both',
    image(),
    image({ slack_file: { id: 'F00000001', url: 'https://a' } }),
    [`must define only one of \`id\` or \`url\` ${at('/slack_file')}`],
  ],
  [
    'an image by file or address, not both',
    image(),
    image({ slack_file: { id: 'F00000001' }, image_url: 'https://example.com/a.png' }),
    [`must define only one of \`image_url\` or \`slack_file\` ${at('')}`],
  ],
  [
    'an address that Slack reaches',
    image({ image_url: 'https://example.com/a.png' }),
    image({ image_url: 'http://localhost/a.png' }),
    [`downloading image failed ${at('/image_url')}`],
  ],
  [
    'a file that is there',
    image(),
    image({ slack_file: { id: 'F00000002' } }),
    [`invalid slack file ${at('/slack_file')}`],
  ],
  [
    'markdown',
    { type: 'markdown', text: x(12_000) },
    { type: 'markdown', text: x(12_001) },
    [`must be less than 12001 characters ${at('/text')}`],
  ],
  ['formatted text', rich('a'), rich(''), [`must be more than 0 characters ${at('/elements/0/elements/0/text')}`]],
  ['rows of a table', table(100), table(101), [`no more than 100 items allowed ${at('/rows')}`]],
  ['columns of a table', table(1, 20), table(1, 21), [`no more than 20 items allowed ${at('/rows/0')}`]],
  [
    'cells of a table',
    table(1, 1, { rows: [[rich('a')]] }),
    table(1, 1, { rows: [[cell('')]] }),
    [`must be more than 0 characters ${at('/rows/0/0/text')}`],
  ],
  [
    'alignment in a table',
    table(1, 1, { column_settings: [{ align: 'right' }] }),
    table(1, 1, { column_settings: [{ align: 'end' }] }),
    [`must be a valid enum value ${at('/column_settings/0/align')}`],
  ],
  ['rows of a data table', dataTable(201), dataTable(202), [`no more than 201 items allowed ${at('/rows')}`]],
  ['a data table with a row', dataTable(2), dataTable(1), [`must have at least 2 items ${at('/rows')}`]],
  [
    'a data table with a caption',
    dataTable(2),
    { ...dataTable(2), caption: undefined },
    [`missing required field: caption ${at('')}`],
  ],
  [
    'rows of one length',
    dataTable(2),
    { ...dataTable(2), rows: [[cell('a')], []] },
    [`must have at least 1 item ${at('/rows/1')}`, `all rows must have the same number of cells ${at('/rows')}`],
  ],
  [
    'characters in data tables',
    dataTable(2, { rows: [[cell('a')], [cell(x(19_999))]] }),
    dataTable(2, { rows: [[cell('ab')], [cell(x(19_999))]] }),
    [`must be less than 20001 characters ${at('/rows')}`],
  ],
  [
    'title of a chart',
    chart(bars(1, 1), x(50)),
    chart(bars(1, 1), x(51)),
    [`must be less than 51 characters ${at('/title')}`],
  ],
  [
    'series of a chart',
    chart(bars(12, 1)),
    chart(bars(13, 1)),
    [`no more than 12 items allowed ${at('/chart/series')}`],
  ],
  [
    'categories of a chart',
    chart(bars(1, 20)),
    chart(bars(1, 21)),
    [
      `no more than 20 items allowed ${at('/chart/series/0/data')}`,
      `no more than 20 items allowed ${at('/chart/axis_config/categories')}`,
    ],
  ],
  [
    'one point for each category',
    chart(bars(1, 2)),
    chart(bars(1, 2, { axis_config: { categories: ['C0', 'C2'] } })),
    [`must have exactly one data point for each category ${at('/chart/series/0/data')}`],
  ],
  [
    'labels of an axis',
    chart(bars(1, 1, { axis_config: { categories: ['C0'], y_label: x(50) } })),
    chart(bars(1, 1, { axis_config: { categories: ['C0'], y_label: x(51) } })),
    [`must be less than 51 characters ${at('/chart/axis_config/y_label')}`],
  ],
  ['segments of a pie', chart(pie(12)), chart(pie(13)), [`no more than 12 items allowed ${at('/chart/segments')}`]],
  ['positive segments', chart(pie(1)), chart(pie(1, 0)), [`must be greater than 0 ${at('/chart/segments/0/value')}`]],
  [
    'label of a segment',
    chart({ type: 'pie', segments: [{ label: x(20), value: 1 }] }),
    chart({ type: 'pie', segments: [{ label: x(21), value: 1 }] }),
    [`must be less than 21 characters ${at('/chart/segments/0/label')}`],
  ],
  ['kinds of chart', chart(pie(1)), chart({ type: 'scatter' }), [`unsupported type: scatter ${at('/chart/type')}`]],
  [
    'what a container holds',
    { type: 'container', title: plain('a'), child_blocks: [section()] },
    { type: 'container', title: plain('a'), child_blocks: [{ type: 'markdown', text: 'a' }] },
    [`unsupported type: markdown ${at('/child_blocks/0/type')}`],
  ],
  [
    'body of a card',
    { type: 'card', body: marked(x(200)) },
    { type: 'card', body: marked(x(201)) },
    [`must be less than 201 characters ${at('/body/text')}`],
  ],
]

describe('one block', () => {
  it.each(limits)('%s: at the limit', (_, within) => {
    expect(errorsOf(within)).toEqual([])
  })

  it.each(limits)('%s: beyond the limit', (_, __, beyond, errors) => {
    expect(check([beyond])).toEqual({ code: 'invalid_blocks', errors })
  })

  it.each([
    ['no object', 'a', `must provide an object ${at('')}`],
    ['no type', { text: plain('a') }, `missing required field: type ${at('')}`],
    ['an unknown type', { type: 'sections' }, `unsupported type: sections ${at('/type')}`],
    ['a type that objects have anyway', { type: 'constructor' }, `unsupported type: constructor ${at('/type')}`],
    [
      'a file block, which cannot be sent',
      { type: 'file', source: 'remote', external_id: 'a' },
      `unsupported type: file ${at('/type')}`,
    ],
  ])('%s', (_, block, error) => {
    expect(errorsOf(block)).toEqual([error])
  })
})

describe('all blocks together', () => {
  const divider = { type: 'divider' }

  it('50 in a message, 100 in a modal', () => {
    expect(check(times(50, () => divider)).errors).toEqual([])
    expect(check(times(51, () => divider)).errors).toEqual(['no more than 50 items allowed [json-pointer:/blocks]'])
    expect(
      check(
        times(51, () => divider),
        { surface: 'modal' },
      ).errors,
    ).toEqual([])
    expect(
      check(
        times(101, () => divider),
        { surface: 'modal' },
      ).errors,
    ).toHaveLength(1)
  })

  it('one table in a message, in a container too', () => {
    expect(check([table(1), divider]).errors).toEqual([])
    const inside = { type: 'container', title: plain('a'), child_blocks: [divider, table(1)] }
    expect(check([dataTable(2), inside])).toEqual({
      code: 'invalid_attachments',
      errors: ['only_one_table_allowed [json-pointer:/blocks/0]'],
    })
  })

  it('two charts in a message', () => {
    const charts = times(3, () => chart(pie(1)))
    expect(check(charts.slice(1)).errors).toEqual([])
    expect(check(charts).errors).toEqual(['no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]'])
  })

  it('12,000 characters of markdown', () => {
    const blocks = [x(6000), x(6000)].map(text => ({ type: 'markdown', text }))
    expect(check(blocks).errors).toEqual([])
    expect(check([...blocks, { type: 'markdown', text: 'a' }]).errors).toEqual([
      'must be less than 12001 characters [json-pointer:/blocks/2/text]',
    ])
  })

  it('13,200 characters in all', () => {
    const blocks = [...times(4, () => section({ text: plain(x(3000)) })), section({ text: plain(x(1200)) })]
    expect(check(blocks).errors).toEqual([])
    expect(check([...blocks, section({ text: plain('a') })])).toEqual({
      code: 'msg_blocks_too_long',
      errors: ['msg_blocks_too_long'],
    })
  })

  it('no id twice: of blocks in a message, of actions in a block', () => {
    expect(
      check([
        { ...divider, block_id: 'a' },
        { ...divider, block_id: 'a' },
      ]).errors,
    ).toEqual(['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]'])
    expect(check([actions(button()), actions(button())]).errors).toEqual([])
    expect(check([actions(button(), button())]).errors).toEqual([
      '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ])
  })
})

describe('where a block may stand', () => {
  it.each([
    ['context_actions', { type: 'context_actions', elements: [feedback] }, ['message']],
    ['markdown', { type: 'markdown', text: 'a' }, ['message']],
    ['table', table(1), ['message', 'home']],
    ['data_table', dataTable(2), ['message']],
    ['data_visualization', chart(pie(1)), ['message', 'home']],
    ['alert', { type: 'alert', text: plain('a') }, ['modal']],
    ['section', section(), ['message', 'modal', 'home']],
  ] as [string, unknown, Surface[]][])('%s', (type, block, surfaces) => {
    for (const surface of ['message', 'modal', 'home'] as Surface[])
      expect(errorsOf(block, { surface })).toEqual(
        surfaces.includes(surface) ? [] : [`unsupported type: ${type} ${at('/type')}`],
      )
  })

  it('blocks of 2025 and later are unknown before they reach a workspace', () => {
    for (const block of [table(1), dataTable(2), chart(pie(1)), { type: 'context_actions', elements: [feedback] }])
      expect(errorsOf(block, { newBlocks: false })).toEqual([`unsupported type: ${block.type} ${at('/type')}`])
    expect(errorsOf(section(), { newBlocks: false })).toEqual([])
  })
})

describe('views', () => {
  const input = {
    type: 'input',
    label: plain('Why'),
    element: { type: 'plain_text_input', action_id: 'why', max_length: 3000 },
  }
  const modal = { type: 'modal', title: plain('A'), submit: plain('Send'), blocks: [input] }
  const look = (view: object, type: 'modal' | 'home' = 'modal') =>
    checkView({ ...view }, { type, newBlocks: true, isShowable: () => true })

  it('a modal and a Home tab', () => {
    expect(look(modal)).toEqual([])
    expect(look({ type: 'home', blocks: [section()] }, 'home')).toEqual([])
  })

  it.each([
    ['a long title', { title: plain(x(25)) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [
      'long metadata',
      { private_metadata: x(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    ['no way to submit', { submit: undefined }, 'missing required field: submit [json-pointer:/view]'],
    ['no title', { title: undefined }, 'missing required field: title [json-pointer:/view]'],
    ['something unknown', { footer: 'a' }, 'invalid additional property: footer [json-pointer:/view]'],
    ['a wrong block', { blocks: [table(1)] }, 'unsupported type: table [json-pointer:/view/blocks/0/type]'],
  ])('%s', (_, parts, error) => {
    expect(look({ ...modal, ...parts })).toEqual(['failed to match all allowed schemas [json-pointer:/view]', error])
  })
})
