import { describe, expect, test } from 'vitest'
import type { Rung, SlackMessage } from '#renderers/slack/block-kit.ts'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { clickText } from '#renderers/view/click.ts'
import type { AnsweredView, FailureView, ToldView } from '#renderers/view/view.ts'
import { clarify, longTable, refused, told } from '#test/fakes/room-answers.ts'
import { answeredView, emptyView, someOptions, viewOf } from '#test/renderers/view/views.ts'

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
const rich = (...elements: object[]) => [{ type: 'rich_text_section', elements }]
const words = (text: string) => ({ type: 'text', text })
const bold = (text: string) => ({ type: 'text', text, style: { bold: true } })
const small = (block_id: string, text: string) => ({ type: 'context', block_id, elements: [plain(text)] })
const choose = (label: string, index: number, answer: string) => ({
  type: 'button',
  text: plain(label),
  action_id: `choice:${index}`,
  value: `choice.${index}.${answer}`,
})

const kindsOf = ({ blocks }: SlackMessage) => blocks.map(b => b.type)
const said = (message: SlackMessage) => JSON.stringify(message.blocks)

describe('an answer with its picture', () => {
  const message = slackMessage(answeredView(someOptions), { rung: 'picture', fileId: 'F1', asker: 'U1' })

  test('is headline, picture, story, notes, badge, controls, thumbs and what to ask next', () => {
    expect(message).toEqual({
      text: [
        'Electronics brought $48.2k in Texas in December, 41% of the total.',
        'Revenue came to $118,382 over five categories.',
        'That is 4.7% more than in November, and all of the growth is Electronics and Toys.',
        'Electronics grew by $7,203.50 (17.6%) on November.',
        'Clothing fell by $4,634.50 (12.7%), the largest loss of any category.',
        'The first two categories make 68% of revenue.',
        'If Clothing had held its November level, revenue would have grown by 8.8%.',
        'Read “texs” as Texas. Not used: “please”.',
        'Certified, ecommerce, data until 31 Dec 2023, 84 ms.',
        'Revenue by category, December 2023, US dollars: Category: Revenue · Revenue, Nov 2023;',
        'Electronics: $48,210.50 · $41,007.00; Clothing: $31,876.25 · $36,510.75;',
        'Home &amp; Kitchen: $22,140.00 · $21,980.40; Toys: $12,034.99 · $9,120.00; Books: $4,120.10 · $4,388.05.',
      ].join(' '),
      blocks: [
        {
          type: 'header',
          block_id: 'a1.picture.F1.0',
          text: plain('Electronics brought $48.2k in Texas in December, 41% of the total'),
        },
        {
          type: 'image',
          block_id: 'a1.picture.F1.1',
          slack_file: { id: 'F1' },
          alt_text:
            'Bar chart of revenue by category: Electronics $48.2k, Clothing $31.9k, Home & Kitchen $22.1k, Toys $12.0k, Books $4,120.',
          title: plain('Revenue by category, December 2023, US dollars'),
        },
        {
          type: 'rich_text',
          block_id: 'a1.picture.F1.2',
          elements: rich(
            words(
              'Revenue came to $118,382 over five categories. That is 4.7% more than in November, and all of the growth is Electronics and Toys.',
            ),
          ),
        },
        {
          type: 'rich_text',
          block_id: 'a1.picture.F1.3',
          elements: rich(
            words(
              [
                '✓ Electronics grew by $7,203.50 (17.6%) on November.',
                '! Clothing fell by $4,634.50 (12.7%), the largest loss of any category.',
                '→ If Clothing had held its November level, revenue would have grown by 8.8%.',
                '+ 1 more in the details',
              ].join('\n'),
            ),
          ),
        },
        small('a1.picture.F1.4', 'Read “texs” as Texas. Not used: “please”.'),
        small('a1.picture.F1.5', '✓ Certified · ecommerce · data until 31 Dec 2023 · 84 ms'),
        {
          type: 'actions',
          block_id: 'a1.picture.F1.6',
          elements: [
            {
              type: 'static_select',
              action_id: 'menu:period',
              placeholder: plain('Period'),
              options: [
                { text: plain('December 2023'), value: 'menu.period.0.a1' },
                { text: plain('Q4 2023'), value: 'menu.period.1.a1' },
              ],
              initial_option: { text: plain('December 2023'), value: 'menu.period.0.a1' },
            },
            {
              type: 'static_select',
              action_id: 'menu:chart',
              placeholder: plain('Chart'),
              options: [
                { text: plain('Bars'), value: 'menu.chart.0.a1' },
                { text: plain('Donut'), value: 'menu.chart.1.a1' },
              ],
              initial_option: { text: plain('Bars'), value: 'menu.chart.0.a1' },
            },
            {
              type: 'button',
              text: plain('Details & SQL'),
              action_id: 'answer:details',
              value: 'deed.details.a1',
              accessibility_label: 'Details & SQL: the table, the receipt, the SQL',
            },
            {
              type: 'button',
              text: plain('CSV'),
              action_id: 'answer:csv',
              value: 'deed.csv.a1',
              accessibility_label: 'Download all rows as a CSV file',
            },
          ],
        },
        {
          type: 'context_actions',
          block_id: 'a1.picture.F1.7',
          elements: [
            {
              type: 'feedback_buttons',
              action_id: 'answer:feedback',
              positive_button: {
                text: plain('Good answer'),
                value: 'deed.up.a1',
                accessibility_label: 'Good answer: it helped',
              },
              negative_button: {
                text: plain('Bad answer'),
                value: 'deed.down.a1',
                accessibility_label: 'Bad answer: say what is wrong',
              },
            },
            {
              type: 'icon_button',
              icon: 'trash',
              text: plain('Delete'),
              action_id: 'answer:delete',
              value: 'deed.delete.a1',
              accessibility_label: 'Delete this answer',
              confirm: {
                title: plain('Delete this answer?'),
                text: plain('It goes away for everybody here. The question can be asked again.'),
                confirm: plain('Delete'),
                deny: plain('Keep'),
                style: 'danger',
              },
              visible_to_user_ids: ['U1'],
            },
          ],
        },
        {
          type: 'actions',
          block_id: 'a1.picture.F1.8',
          elements: [
            choose('And by month?', 0, 'a1'),
            choose('Only Electronics', 1, 'a1'),
            choose('Why did Clothing fall?', 2, 'a1'),
          ],
        },
      ],
    })
    expect(problemsOf(message)).toEqual([])
  })

  test('shares no block id with another picture of it, so that an update swaps the picture', () => {
    const other = slackMessage(answeredView(someOptions), { rung: 'picture', fileId: 'F2' })
    const ids = [...message.blocks, ...other.blocks].map(b => b.block_id)
    expect(new Set(ids).size).toBe(ids.length)
    const again = slackMessage(answeredView(someOptions), { rung: 'picture', fileId: 'F1', revision: '2' })
    expect(again.blocks[0]?.block_id).toBe('a1.picture.F1.2.0')
  })

  test('expanded it has every finding and its receipt', () => {
    const expanded = slackMessage(answeredView(), { rung: 'picture', fileId: 'F1', expanded: true })
    expect(said(expanded)).toContain('• The first two categories make 68% of revenue.')
    expect(said(expanded)).toContain('sum of order line amounts, cancelled orders left out')
    expect(said(expanded)).not.toContain('more in the details')
  })
})

describe('the rungs below the picture', () => {
  const at = (rung: Rung, view: AnsweredView = answeredView()) => slackMessage(view, { rung })

  test('native: the chart that Slack draws stands where the picture was', () => {
    expect(kindsOf(at('native'))).toEqual([
      'header',
      'data_visualization',
      'rich_text',
      'rich_text',
      'context',
      'context',
      'actions',
      'context_actions',
      'actions',
    ])
    expect(at('native').blocks[1]).toEqual({
      type: 'data_visualization',
      block_id: 'a1.native.1',
      title: 'Revenue by category, December 2023, US dollars',
      chart: {
        type: 'bar',
        series: [
          {
            name: 'Revenue',
            data: [
              { label: 'Electronics', value: 48210.5 },
              { label: 'Clothing', value: 31876.25 },
              { label: 'Home & Kitchen', value: 22140 },
              { label: 'Toys', value: 12034.99 },
              { label: 'Books', value: 4120.1 },
            ],
          },
        ],
        axis_config: {
          categories: ['Electronics', 'Clothing', 'Home & Kitchen', 'Toys', 'Books'],
          y_label: 'USD',
        },
      },
    })
  })

  test('native says in words what the title of the chart has no room for', () => {
    const view = answeredView()
    const titled = (subtitle: string) => at('native', { ...view, chart: { ...view.chart, subtitle } }).blocks
    const some = titled('Revenue by category for Texas, Ohio and Maine · December 2023 vs November 2023 · USD')
    expect(some[1]).toMatchObject({ title: 'Revenue by category for Texas, Ohio and Maine' })
    expect(some[2]).toEqual(small('a1.native.2', 'December 2023 vs November 2023 · USD.'))
    const none = titled('Revenue by category for Texas, Ohio, Maine and everybody else')
    expect(none[1]).toEqual(small('a1.native.1', 'Revenue by category for Texas, Ohio, Maine and everybody else'))
    expect(none[2]).toMatchObject({ title: 'Revenue by category for Texas, Ohio, Maine and ev…' })
  })

  test('what one may ask next is a button when a phone shows it whole, else it stands beside one', () => {
    const long = 'Top 20 by city, product and channel: customers'
    const next = ['By state', long].map(label => ({ label, question: label }))
    const { blocks } = at('picture', { ...answeredView(), next })
    expect(blocks.slice(-2)).toMatchObject([
      { type: 'actions', elements: [{ text: plain('By state'), value: 'choice.0.a1' }] },
      { type: 'section', text: plain(long), accessory: { text: plain('Ask'), value: 'choice.1.a1' } },
    ])
  })

  test('native without a chart that Slack draws, and picture without a file, are a table', () => {
    const view = answeredView()
    const stacked = { ...view, chart: { ...view.chart, kind: 'bar', layout: 'stacked' } } as AnsweredView
    expect(kindsOf(at('native', stacked))).toContain('table')
    expect(kindsOf(slackMessage(stacked, { rung: 'picture' }))).toContain('table')
    expect(kindsOf(slackMessage(view, { rung: 'picture' }))).toContain('data_visualization')
  })

  test('table: words under the headline, then rows with numbers on the right', () => {
    expect(at('table').blocks.slice(1, 3)).toEqual([
      small('a1.table.1', 'Revenue by category, December 2023, US dollars'),
      {
        type: 'table',
        block_id: 'a1.table.2',
        column_settings: [
          { align: 'left', is_wrapped: false },
          { align: 'right', is_wrapped: false },
          { align: 'right', is_wrapped: false },
        ],
        rows: [
          ['Category', 'Revenue', 'Revenue, Nov 2023'],
          ['Electronics', '$48,210.50', '$41,007.00'],
          ['Clothing', '$31,876.25', '$36,510.75'],
          ['Home & Kitchen', '$22,140.00', '$21,980.40'],
          ['Toys', '$12,034.99', '$9,120.00'],
          ['Books', '$4,120.10', '$4,388.05'],
        ].map(row => row.map(text => ({ type: 'raw_text', text }))),
      },
    ])
  })

  test('a long table shows ten rows and says how many there are beyond them', () => {
    const message = slackMessage(viewOf(longTable('l1', 'orders')), { rung: 'picture', fileId: 'F1' })
    const [, table, more] = message.blocks
    expect(table).toMatchObject({ type: 'table', rows: { length: 11 } })
    expect(more).toEqual(small('l1.picture.F1.2', '290 more rows: download the CSV.'))
    expect(said(message)).toContain('⚠ Generated')
  })

  test('one row of a few values is lines and no table', () => {
    const view = answeredView()
    const table = { ...view.table, rows: [['Electronics', '$48,210.50', '$41,007.00']], total: 1 }
    expect(at('table', { ...view, table }).blocks[2]).toEqual({
      type: 'rich_text',
      block_id: 'a1.table.2',
      elements: rich(words('Category: Electronics\nRevenue: $48,210.50\nRevenue, Nov 2023: $41,007.00')),
    })
  })

  test('text: sections, small print and buttons, and nothing that only newer clients know', () => {
    const message = at('text')
    expect(kindsOf(message)).toEqual([
      'header',
      'context',
      'section',
      'section',
      'section',
      'context',
      'context',
      'actions',
      'actions',
      'actions',
    ])
    expect(message.blocks[2]).toEqual({
      type: 'section',
      block_id: 'a1.text.2',
      text: plain(
        [
          'Category: Revenue · Revenue, Nov 2023',
          'Electronics: $48,210.50 · $41,007.00',
          'Clothing: $31,876.25 · $36,510.75',
          'Home & Kitchen: $22,140.00 · $21,980.40',
          'Toys: $12,034.99 · $9,120.00',
          'Books: $4,120.10 · $4,388.05',
        ].join('\n'),
      ),
    })
    expect(message.blocks[8]).toMatchObject({
      elements: [
        { text: plain('👍 Good'), action_id: 'answer:up', value: 'deed.up.a1' },
        { text: plain('👎 Bad'), action_id: 'answer:down', value: 'deed.down.a1' },
        { text: plain('Delete'), action_id: 'answer:delete', confirm: { style: 'danger' } },
      ],
    })
  })

  test('all of them say the same words', () => {
    const texts = (['picture', 'native', 'table', 'text'] as const).map(rung =>
      said(slackMessage(answeredView(someOptions), { rung, fileId: 'F1' })),
    )
    for (const text of texts) {
      expect(text).toContain('Electronics brought $48.2k in Texas in December, 41% of the total')
      expect(text).toContain('! Clothing fell by $4,634.50 (12.7%), the largest loss of any category.')
      expect(text).toContain('Read “texs” as Texas. Not used: “please”.')
      for (const click of ['deed.details.a1', 'deed.csv.a1', 'deed.up.a1', 'deed.down.a1', 'deed.delete.a1'])
        expect(text).toContain(`"${click}"`)
      expect(text).toContain('menu.chart.1.a1')
      expect(text).toContain('choice.2.a1')
    }
  })
})

describe('a private answer', () => {
  test('says that only the asker sees it and what was asked, and offers to share it', () => {
    const message = slackMessage(answeredView(), { rung: 'text', private: true })
    expect(message.blocks[0]).toEqual(small('a1.text.0', 'Only you can see this · “revenue by category”'))
    expect(said(message)).toContain('"deed.share.a1"')
    expect(said(slackMessage(answeredView(), { rung: 'text' }))).not.toContain('share')
  })

  test('shared, it says what was asked to those who did not see that', () => {
    const message = slackMessage(answeredView(), { rung: 'text', asked: true })
    expect(message.blocks[0]).toEqual(small('a1.text.0', '“revenue by category”'))
  })
})

describe('one screen of a phone', () => {
  const view = answeredView()
  const long: AnsweredView = {
    ...view,
    insights: Array.from({ length: 5 }, (_, i) => ({ text: `Finding ${i + 1}.`, tone: 'neutral' })),
    notes: ['One.', 'Two.', 'Three.', 'Four.', 'Five.'],
  }

  test('has three findings, what follows from them among them, and says how many more there are', () => {
    const text = said(slackMessage(long, { rung: 'table' }))
    expect(text).toContain('• Finding 1.\\n• Finding 2.\\n→ If Clothing')
    expect(text).toContain('+ 3 more in the details')
    expect(text).not.toContain('Finding 3')
  })

  test('has three notes and says how many more there are', () => {
    expect(said(slackMessage(long, { rung: 'table' }))).toContain('One. Two. Three. 2 more notes in the details.')
  })
})

describe('what is no result', () => {
  test('clarify: the question back, what was not used, and each reading in full with a button', () => {
    expect(slackMessage(viewOf(clarify('c1', 'revenue')), { rung: 'picture' })).toEqual({
      text: 'Which revenue do you mean? Not used: “blorp”. To choose from: Revenue by category, December 2023; Net revenue by category, December 2023; Revenue per customer, December 2023.',
      blocks: [
        { type: 'header', block_id: 'c1.picture.0', text: plain('Which revenue do you mean?') },
        small('c1.picture.1', 'Not used: “blorp”.'),
        ...[
          'Revenue by category, December 2023',
          'Net revenue by category, December 2023',
          'Revenue per customer, December 2023',
        ].map((label, i) => ({
          type: 'section',
          block_id: `c1.picture.${i + 2}`,
          text: plain(label),
          accessory: {
            type: 'button',
            text: plain('Choose'),
            action_id: `choice:${i}`,
            value: `choice.${i}.c1`,
            accessibility_label: `Choose: ${label}`,
          },
        })),
      ],
    })
  })

  test('clarify with short readings has them on buttons', () => {
    const view = { ...viewOf(clarify('c1', 'revenue')), choices: [{ label: 'Net revenue', question: 'net revenue' }] }
    const { blocks } = slackMessage(view, { rung: 'picture' })
    expect(blocks.at(-1)).toEqual({
      type: 'actions',
      block_id: 'c1.picture.2',
      elements: [choose('Net revenue', 0, 'c1')],
    })
  })

  test('refused: why, and what can be asked instead', () => {
    expect(slackMessage(viewOf(refused('r1', 'next month')), { rung: 'picture' })).toEqual({
      text: 'Next month has not happened yet. A forecast can be asked for as a forecast. To choose from: Forecast revenue for the next 4 weeks.',
      blocks: [
        {
          type: 'rich_text',
          block_id: 'r1.picture.0',
          elements: rich(
            bold('Next month has not happened yet. '),
            words('A forecast can be asked for as a forecast.'),
          ),
        },
        {
          type: 'section',
          block_id: 'r1.picture.1',
          text: plain('Forecast revenue for the next 4 weeks'),
          accessory: {
            type: 'button',
            text: plain('Ask'),
            action_id: 'choice:0',
            value: 'choice.0.r1',
            accessibility_label: 'Ask: Forecast revenue for the next 4 weeks',
          },
        },
      ],
    })
  })

  test('empty: that there is nothing, where there is something, and how it was looked for', () => {
    expect(slackMessage(emptyView(), { rung: 'text' })).toEqual({
      text: 'There are no orders in Alaska in March 2021. The data runs from 1 Jan 2022 to 31 Dec 2023. To choose from: Orders in Alaska, 2023.',
      blocks: [
        {
          type: 'section',
          block_id: 'e1.text.0',
          text: plain('There are no orders in Alaska in March 2021. The data runs from 1 Jan 2022 to 31 Dec 2023.'),
        },
        { type: 'actions', block_id: 'e1.text.1', elements: [choose('Orders in Alaska, 2023', 0, 'e1')] },
        {
          type: 'actions',
          block_id: 'e1.text.2',
          elements: [
            {
              type: 'button',
              text: plain('Details & SQL'),
              action_id: 'answer:details',
              value: 'deed.details.e1',
              accessibility_label: 'Details & SQL: the table, the receipt, the SQL',
            },
          ],
        },
      ],
    })
  })

  test('told: a title, paragraphs, items in bold, and those that can be asked as buttons', () => {
    const ask = (label: string, index: number) => ({
      type: 'button',
      text: plain(label),
      action_id: `item:${index}`,
      value: `item.${index}.t1`,
    })
    expect(slackMessage(viewOf(told('t1', 'help')), { rung: 'picture' })).toEqual({
      text: 'What you can ask about orders. Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”. Revenue: Sum of order line amounts, cancelled orders left out. Average order value: Revenue divided by orders. Return rate: Returned lines divided by all lines.',
      blocks: [
        { type: 'header', block_id: 't1.picture.0', text: plain('What you can ask about orders') },
        {
          type: 'rich_text',
          block_id: 't1.picture.1',
          elements: rich(
            words('Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”.'),
          ),
        },
        {
          type: 'rich_text',
          block_id: 't1.picture.2',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                ...rich(bold('Revenue'), words('  Sum of order line amounts, cancelled orders left out.')),
                ...rich(bold('Average order value'), words('  Revenue divided by orders.')),
                ...rich(bold('Return rate'), words('  Returned lines divided by all lines.')),
              ],
            },
          ],
        },
        {
          type: 'actions',
          block_id: 't1.picture.3',
          elements: [ask('revenue last month', 0), ask('average order value last month', 1)],
        },
        { type: 'actions', block_id: 't1.picture.4', elements: [choose('Which KPIs are there?', 0, 't1')] },
      ],
    })
  })

  test('told: of choices in full a question is asked, and what is done is chosen', () => {
    const long = 'Our average order value last month, by state'
    const choices = [
      { label: long, question: long },
      { label: 'Rule: “without returned and cancelled orders”', question: 'data review 2 rule' },
    ]
    const { blocks } = slackMessage(viewOf({ ...told('t1', 'help'), items: [], choices } as ReturnType<typeof told>), {
      rung: 'picture',
    })
    expect(
      blocks.flatMap(b => (b.type === 'section' && b.accessory?.type === 'button' ? b.accessory.text : [])),
    ).toEqual([plain('Ask'), plain('Choose')])
  })

  test('told with many items lists a screen of them and has one menu to ask from', () => {
    const items = Array.from({ length: 30 }, (_, i) => ({ term: `KPI ${i}`, text: 'A number.', ask: `kpi ${i}` }))
    const view = viewOf({ ...told('t1', 'kpis'), items } as ReturnType<typeof told>)
    const message = slackMessage(view, { rung: 'picture' })
    expect(said(message)).toContain('24 more are in the menu: KPI 6, KPI 7, ')
    const told20 = { ...view, items: items.map(({ term, text }) => ({ term, text })) } as ToldView
    expect(said(slackMessage(told20, { rung: 'picture' }))).toContain('10 more are not listed here.')
    expect(message.blocks[4]).toMatchObject({
      elements: [{ type: 'static_select', action_id: 'item:any', placeholder: plain('Ask one of these') }],
    })
    expect(said(message)).toContain(
      `{"text":${JSON.stringify(plain('KPI 29'))},"value":"item.29.t1","description":${JSON.stringify(plain('kpi 29'))}}`,
    )
  })

  test('a failure: what happened, what to do, the incident, and a button where it helps', () => {
    const view: FailureView = {
      status: 'failed',
      message: 'The database did not answer within 30 seconds.',
      next: 'Ask for a shorter period or fewer splits.',
      retry: true,
      incident: 'i7',
    }
    expect(slackMessage(view, { rung: 'picture', id: 'q1' })).toEqual({
      text: 'The database did not answer within 30 seconds. Ask for a shorter period or fewer splits.',
      blocks: [
        {
          type: 'rich_text',
          block_id: 'q1.picture.0',
          elements: rich(
            bold('The database did not answer within 30 seconds.'),
            words('\nAsk for a shorter period or fewer splits.'),
          ),
        },
        small('q1.picture.1', 'Incident i7'),
        {
          type: 'actions',
          block_id: 'q1.picture.2',
          elements: [
            {
              type: 'button',
              text: plain('Try again'),
              action_id: 'answer:again',
              value: clickText({ kind: 'deed', deed: 'again', answer: 'q1' }),
            },
          ],
        },
      ],
    })
    expect(kindsOf(slackMessage({ ...view, retry: false }, { rung: 'picture', id: 'q1' }))).not.toContain('actions')
    expect(kindsOf(slackMessage(view, { rung: 'picture' }))).not.toContain('actions')
  })
})
