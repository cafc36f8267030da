import { describe, expect, test } from 'vitest'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { detailsModal } from '#renderers/slack/details-modal.ts'
import { homeView } from '#renderers/slack/home.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { reasonModal } from '#renderers/slack/reason-modal.ts'
import { answeredView, someOptions } from '#test/renderers/view/views.ts'

type Json = { [key: string]: unknown }
const text = (length: number | string) => ({
  type: 'plain_text',
  text: typeof length === 'string' ? length : 'x'.repeat(length),
  emoji: false,
})
const message = (...blocks: Json[]) => ({
  text: 'Revenue',
  blocks: blocks.map((b, i) => ({ block_id: `b${i}`, ...b })),
})
const button = (more: Json = {}) => ({
  type: 'button',
  text: text('Details'),
  action_id: 'answer:details',
  value: 'deed.details.a1',
  ...more,
})
const actions = (...elements: Json[]) => ({ type: 'actions', elements })
const option = (value = 'menu.chart.0.a1', more: Json = {}) => ({ text: text('Bars'), value, ...more })
const select = (more: Json = {}) => ({
  type: 'static_select',
  action_id: 'menu:chart',
  placeholder: text('Chart'),
  options: [option()],
  ...more,
})
const image = (more: Json = {}) => ({ type: 'image', slack_file: { id: 'F1' }, alt_text: 'Bars', ...more })
const table = (rows: number, columns: number, more: Json = {}) => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' }))),
  ...more,
})
const points = (n: number, value = 1) => Array.from({ length: n }, (_, i) => ({ label: `c${i}`, value }))
const bars = ({ series = 1, categories = 2 } = {}, more: Json = {}) => ({
  type: 'data_visualization',
  title: 'Revenue',
  chart: {
    type: 'bar',
    series: Array.from({ length: series }, (_, i) => ({ name: `s${i}`, data: points(categories) })),
    axis_config: { categories: points(categories).map(p => p.label) },
  },
  ...more,
})
const pie = (segments: Json[]) => ({ type: 'data_visualization', title: 'Revenue', chart: { type: 'pie', segments } })
const rich = (element: Json) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
})
const header = { type: 'header', text: text('Revenue') }

describe('what may be sent', () => {
  test.each([
    [
      'a message of every rung',
      slackMessage(answeredView(someOptions), { rung: 'picture', fileId: 'F1', asker: 'U1' }),
    ],
    ['a chart of Slack', slackMessage(answeredView(), { rung: 'native' })],
    ['a table', slackMessage(answeredView(), { rung: 'table', private: true })],
    ['text alone', slackMessage(answeredView(), { rung: 'text' })],
    ['details', detailsModal(answeredView())],
    ['a form', reasonModal({ answer: 'a1' }, 'Texas leads')],
    ['the Home tab', homeView({ examples: ['revenue'], kpis: ['Revenue'] })],
    ['a header of 150', message({ type: 'header', text: text(150) })],
    ['a section of 3,000', message({ type: 'section', text: text(3000) })],
    ['ten small texts', message({ type: 'context', elements: Array(10).fill(text('x')) })],
    ['a table of 100 by 2', message(table(100, 2))],
    ['a chart of 12 by 6', message(bars({ series: 12, categories: 6 }))],
    ['two charts', message(bars(), bars())],
    ['fifty blocks', message(...Array(50).fill(header))],
  ])('%s', (_, payload) => {
    expect(problemsOf(payload)).toEqual([])
  })
})

describe('what Slack would refuse', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, '/'],
    ['no blocks', message(), '/blocks'],
    ['51 blocks', message(...Array(51).fill(header)), '/blocks'],
    ['no text', { ...message(header), text: '' }, '/text'],
    ['text of 4,001 bytes', { ...message(header), text: `${'ä'.repeat(2000)}x` }, '/text'],
    [
      'the same block id twice',
      message({ ...header, block_id: 'b' }, { ...header, block_id: 'b' }),
      '/blocks/1/block_id',
    ],
    ['no block id', { text: 'x', blocks: [header] }, '/blocks/0/block_id'],
    ['a block id of 256', message({ ...header, block_id: 'x'.repeat(256) }), '/blocks/0/block_id'],
    ['a header of 151', message({ type: 'header', text: text(151) }), '/blocks/0/text/text'],
    ['an empty header', message({ type: 'header', text: text(0) }), '/blocks/0/text/text'],
    ['a section of 3,001', message({ type: 'section', text: text(3001) }), '/blocks/0/text/text'],
    ['eleven small texts', message({ type: 'context', elements: Array(11).fill(text('x')) }), '/blocks/0/elements'],
    [
      '26 buttons',
      message(actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `a${i}` })))),
      '/blocks/0/elements',
    ],
    ['two buttons alike', message(actions(button(), button())), '/blocks/0/elements'],
    ['a button of 76', message(actions(button({ text: text(76) }))), '/blocks/0/elements/0/text/text'],
    [
      'a hint of 76',
      message(actions(button({ accessibility_label: 'x'.repeat(76) }))),
      '/blocks/0/elements/0/accessibility_label',
    ],
    ['101 options', message(actions(select({ options: Array(101).fill(option()) }))), '/blocks/0/elements/0/options'],
    ['no options', message(actions(select({ options: [] }))), '/blocks/0/elements/0/options'],
    [
      'an option of 76',
      message(actions(select({ options: [option(undefined, { text: text(76) })] }))),
      '/blocks/0/elements/0/options/0/text/text',
    ],
    [
      'an option value of 151',
      message(actions(select({ options: [option(`choice.0.${'a'.repeat(142)}`)] }))),
      '/blocks/0/elements/0/options/0/value',
    ],
    [
      'a chosen option that is not offered',
      message(actions(select({ initial_option: option('menu.chart.1.a1') }))),
      '/blocks/0/elements/0/initial_option',
    ],
    ['a table of 101 rows', message(table(101, 1)), '/blocks/0/rows'],
    ['a table of 21 columns', message(table(1, 21)), '/blocks/0/rows/0'],
    [
      '21 column settings',
      message(table(1, 1, { column_settings: Array(21).fill({ align: 'left', is_wrapped: false }) })),
      '/blocks/0/column_settings',
    ],
    [
      'uneven rows',
      message({
        type: 'table',
        rows: [[{ type: 'raw_text', text: 'a' }], Array(2).fill({ type: 'raw_text', text: 'a' })],
      }),
      '/blocks/0/rows',
    ],
    ['an empty cell', message({ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }), '/blocks/0/rows/0/0/text'],
    ['two tables', message(table(1, 1), table(1, 1)), '/blocks'],
    ['three charts', message(bars(), bars(), bars()), '/blocks'],
    ['a chart title of 51', message(bars({}, { title: 'x'.repeat(51) })), '/blocks/0/title'],
    ['13 series', message(bars({ series: 13 })), '/blocks/0/chart/series'],
    ['21 categories', message(bars({ categories: 21 })), '/blocks/0/chart/series/0/data'],
    ['13 slices', message(pie(points(13))), '/blocks/0/chart/segments'],
    ['a slice of zero', message(pie(points(1, 0))), '/blocks/0/chart/segments/0/value'],
    ['a label of 21', message(pie([{ label: 'x'.repeat(21), value: 1 }])), '/blocks/0/chart/segments/0/label'],
    [
      'a value that is no number',
      message(pie([{ label: 'x', value: Number.NaN }])),
      '/blocks/0/chart/segments/0/value',
    ],
    ['alt text of 2,001', message(image({ alt_text: 'x'.repeat(2001) })), '/blocks/0/alt_text'],
    ['no alt text', message(image({ alt_text: '' })), '/blocks/0/alt_text'],
    ['more than a message takes', message(...Array(5).fill({ type: 'section', text: text(2900) })), '/blocks'],
    ['more than it takes once & is stored', message({ type: 'section', text: text('&'.repeat(2900)) }), '/blocks'],
  ])('%s', (_, payload, pointer) => {
    expect(problemsOf(payload).map(p => p.split(': ')[0])).toContain(pointer)
  })

  test('a series with a point too few, or for a category that is none', () => {
    const chart = (labels: string[]) =>
      message({
        type: 'data_visualization',
        title: 'Revenue',
        chart: {
          type: 'line',
          series: [{ name: 's', data: labels.map(label => ({ label, value: 1 })) }],
          axis_config: { categories: ['a', 'b'] },
        },
      })
    expect(problemsOf(chart(['a', 'b']))).toEqual([])
    for (const labels of [['a'], ['a', 'c'], ['b', 'a'], ['a', 'b', 'b']])
      expect(problemsOf(chart(labels))).toEqual(['/blocks/0/chart/series/0/data: has not one point per category'])
  })

  test.each(['table', 'data_visualization', 'context_actions', 'image'])('a modal with a %s', type => {
    const block = {
      table: table(1, 1),
      data_visualization: bars(),
      context_actions: { type, elements: [] },
      image: image(),
    }[type]
    const modal = { ...detailsModal(answeredView()), blocks: [{ block_id: 'b', ...block }] }
    expect(problemsOf(modal)[0]).toContain('/blocks/0/type')
  })

  test('a view with a title of 25, 101 blocks, too much metadata, or inputs that cannot be sent', () => {
    const modal = detailsModal(answeredView())
    expect(problemsOf({ ...modal, title: text(25) })[0]).toContain('/title/text')
    expect(problemsOf({ ...modal, private_metadata: 'x'.repeat(3001) })[0]).toContain('/private_metadata')
    const blocks = Array.from({ length: 101 }, (_, i) => ({ ...header, block_id: `${i}` }))
    expect(problemsOf({ ...modal, blocks })[0]).toContain('/blocks')
    const { submit: _, ...unsent } = reasonModal({ answer: 'a1' }, 'Texas leads')
    expect(problemsOf(unsent)).toEqual(['/submit: is missing beside inputs'])
  })
})

describe('what must not leave', () => {
  test.each<[string, unknown, string]>([
    ['mrkdwn', message({ type: 'section', text: { type: 'mrkdwn', text: 'x' } }), '/blocks/0/text/type'],
    ['a Markdown block', message({ type: 'markdown', text: 'x' }), '/blocks/0/type'],
    [
      'colons read as emoji',
      message({ type: 'header', text: { type: 'plain_text', text: ':x:' } }),
      '/blocks/0/text/emoji',
    ],
    ['a link', message(rich({ type: 'link', url: 'https://evil.example' })), '/blocks/0/elements/0/elements/0/type'],
    ['a mention', message(rich({ type: 'user', user_id: 'U1' })), '/blocks/0/elements/0/elements/0/type'],
    [
      'a call to everybody',
      message(rich({ type: 'broadcast', range: 'channel' })),
      '/blocks/0/elements/0/elements/0/type',
    ],
    ['a picture from elsewhere', message(image({ image_url: 'https://evil.example/?q=1' })), '/blocks/0'],
    [
      'a button that opens an address',
      message(actions(button({ url: 'https://evil.example' }))),
      '/blocks/0/elements/0',
    ],
    ['a button that carries a query', message(actions(button({ value: 'select 1' }))), '/blocks/0/elements/0/value'],
    [
      'an option that carries a query',
      message(actions(select({ options: [option('select 1')] }))),
      '/blocks/0/elements/0/options/0/value',
    ],
    ['a key that is not known', message({ ...header, extra: 1 }), '/blocks/0'],
    ['a mention in the text', { ...message(header), text: 'see <!channel>' }, '/text'],
    ['a bare ampersand in the text', { ...message(header), text: 'a & b' }, '/text'],
    ['text that turns around', message({ type: 'header', text: text('\u202eexe') }), '/blocks/0/text/text'],
    ['half a character', message({ type: 'header', text: text('\ud800') }), '/blocks/0/text/text'],
    ['a control character', { ...message(header), text: 'a\u0007b' }, '/text'],
    ['attachments', { ...message(header), attachments: [] }, '/'],
  ])('%s', (_, payload, pointer) => {
    expect(problemsOf(payload).map(p => p.split(': ')[0])).toContain(pointer)
  })
})
