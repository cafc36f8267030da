import { describe, expect, it } from 'vitest'
import { teamsCard } from '#renderers/teams/card.ts'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import type { AdaptiveCard } from '#renderers/teams/elements.ts'
import type { CardOptions, Rung } from '#renderers/teams/options.ts'
import type { AnsweredView, FailureView } from '#renderers/view/view.ts'
import { clarify, longTable, refused, told } from '#test/fakes/room-answers.ts'
import { checkCard } from '#test/fakes/teams/check-card.ts'
import { answeredView, emptyView, someOptions, viewOf } from '#test/renderers/view/views.ts'

const text = (text: string, look: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...look })
const heading = (words: string) => text(words, { style: 'heading', size: 'Large', weight: 'Bolder' })
const small = (words: string) => text(words, { size: 'Small', isSubtle: true, spacing: 'Small' })
const button = (title: string, click: string, more: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb: 'click',
  data: { click },
  ...more,
})
const buttons = (...actions: object[]) => ({ type: 'ActionSet', actions })
const rowToTap = (title: string, click: string) => ({
  type: 'Container',
  style: 'emphasis',
  spacing: 'Small',
  selectAction: button(title, click),
  items: [text(`› ${title}`)],
})
const card = (fallbackText: string, body: object[]) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText,
  msteams: { width: 'Full' },
  body,
})

const picture = { url: 'https://bot.example/pictures/1.png' }
const said = (shown: unknown) => JSON.stringify(shown)
const typesOf = ({ body }: AdaptiveCard) => body.map(element => element.type)
const titlesOf = ({ actions = [] }: AdaptiveCard) => actions.map(action => action.title)
const all = (shown: AdaptiveCard) => [...problemsOf(shown), ...checkCard(shown)]

const answered = (parts: Partial<AnsweredView> = {}, options: Partial<CardOptions> = {}) =>
  teamsCard({ ...answeredView(someOptions), ...parts }, { rung: 'picture', picture, ...options })

describe('an answer', () => {
  it.each<[Rung, string[]]>([
    ['picture', ['Image']],
    ['native', ['Chart.HorizontalBar', 'Table']],
    ['table', ['Table']],
    ['text', ['TextBlock', 'TextBlock', 'TextBlock', 'TextBlock', 'TextBlock', 'TextBlock']],
  ])('on the rung %s is headline, subtitle, figure, story, notes, badge and what to ask next', async (rung, figure) => {
    const shown = answered({}, { rung })
    const words = Array.from({ length: 7 }, () => 'TextBlock')
    expect(typesOf(shown)).toEqual([
      'TextBlock',
      'TextBlock',
      ...figure,
      ...words,
      'TextBlock',
      'ActionSet',
      'ActionSet',
    ])
    expect(titlesOf(shown)).toEqual(['Change', 'Details & SQL', 'CSV', 'Delete'])
    expect(all(shown)).toEqual([])
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`../../golden/teams/answered-${rung}.json`)
  })

  it('begins with the finding, and says what the picture shows', () => {
    const { body } = answered()
    expect(body.slice(0, 8)).toEqual([
      heading('Electronics brought $48.2k in Texas in December, 41% of the total'),
      text('Revenue by category, December 2023, US dollars', { isSubtle: true, spacing: 'None' }),
      {
        type: 'Image',
        url: 'https://bot.example/pictures/1.png',
        altText:
          'Bar chart of revenue by category: Electronics $48.2k, Clothing $31.9k, Home & Kitchen $22.1k, Toys $12.0k, Books $4,120.',
        size: 'Stretch',
        msteams: { allowExpand: true },
      },
      text(
        'Revenue came to $118,382 over five categories. That is 4.7% more than in November, and all of the growth is Electronics and Toys.',
      ),
      text('✓ Electronics grew by $7,203.50 (17.6%) on November.', { spacing: 'Small' }),
      text('! Clothing fell by $4,634.50 (12.7%), the largest loss of any category.', { spacing: 'Small' }),
      text('→ If Clothing had held its November level, revenue would have grown by 8.8%.', { spacing: 'Small' }),
      small('Read “texs” as Texas. Not used: “please”.'),
    ])
  })

  it('ends with how far to trust it and what one may ask next, as many beside each other as a phone has room for', () => {
    const { body } = answered()
    expect(body.slice(8)).toEqual([
      small('1 more finding in the details.'),
      small('✓ Certified · ecommerce · data until 31 Dec 2023 · 84 ms'),
      small('Ask next:'),
      buttons(
        button('And by month?', 'choice.0.a1', { tooltip: 'and by month?' }),
        button('Only Electronics', 'choice.1.a1', { tooltip: 'only Electronics' }),
      ),
      buttons(
        button('Why did Clothing fall?', 'choice.2.a1', { tooltip: 'why did revenue of Clothing fall in December?' }),
      ),
    ])
  })

  it('says by a mark, not by a colour, that SQL was written by a model', () => {
    expect(said(teamsCard(viewOf(longTable('a1', 'list')), { rung: 'table' }))).toContain('⚠ Generated · ecommerce')
  })

  it('is a table when that is its chart, whatever the rung, and says what it leaves out', () => {
    const shown = teamsCard(viewOf(longTable('a1', 'list')), { rung: 'picture', picture })
    expect(typesOf(shown).slice(0, 4)).toEqual(['TextBlock', 'Table', 'TextBlock', 'TextBlock'])
    expect(said(shown)).toContain('290 more rows: download the CSV.')
    expect(said(shown)).toContain('2 more columns: download the CSV.')
  })

  it('that has tiles and no picture lists the figures as facts', () => {
    const chart = {
      kind: 'tiles' as const,
      ...{ title: '', subtitle: '', alt: '' },
      tiles: [
        { label: 'Sessions', value: 1234, format: { kind: 'integer' as const } },
        { label: 'Longest span', value: 30, format: { kind: 'number' as const, unit: 'days' }, note: 'U-1' },
      ],
    }
    const shown = answered({ chart }, { rung: 'native' })
    expect(shown.body.find(({ type }) => type === 'FactSet')).toEqual({
      type: 'FactSet',
      facts: [
        { title: 'Sessions', value: '1,234' },
        { title: 'Longest span', value: '30 days · U-1' },
      ],
    })
    expect(typesOf(shown)).not.toContain('Table')
    expect(all(shown)).toEqual([])
  })

  it('without a picture is drawn by Teams', () => {
    expect(typesOf(answered({}, { picture: undefined }))).toContain('Chart.HorizontalBar')
  })

  it('that only the asker sees says so, says what was asked, and can be shared', () => {
    const shown = answered({}, { private: true })
    expect(shown.body[0]).toEqual(small('Only you can see this · “revenue by category”'))
    expect(titlesOf(shown)).toEqual(['Change', 'Details & SQL', 'CSV', 'Share', 'Delete'])
  })

  it('with data that not everybody there may see says why only the asker sees it', () => {
    expect(answered({ onlyForAsker: true }, { private: true }).body[0]).toEqual(
      small('Only you can see this: it holds data that not everybody here may see · “revenue by category”'),
    )
  })

  it('says what was asked where that is not to be seen', () => {
    expect(answered({}, { asked: true }).body[0]).toEqual(small('“revenue by category”'))
  })

  it('has a headline of at most four lines on a phone; the details have all of it', () => {
    const name = 'a long name '.repeat(40).trim()
    const [title, ...rest] = answered({ headline: name }).body
    expect(said(title).length).toBeLessThan(400)
    expect(said(rest) + said(answered({ headline: name }).actions)).toContain(name)
  })

  it('can be deleted from the menu of more buttons', () => {
    expect(answered().actions?.at(-1)).toEqual(
      button('Delete', 'deed.delete.a1', { tooltip: 'Delete this answer', mode: 'secondary' }),
    )
  })

  it('has no CSV when it has no rows', () => {
    const table = { columns: [], rows: [], total: 0, more: 0, truncated: false }
    expect(titlesOf(answered({ table }))).not.toContain('CSV')
  })
})

describe('the menus of an answer', () => {
  it('open under Change, show what is there now, and send only what was chosen', () => {
    expect(answered().actions?.[0]).toEqual({
      type: 'Action.ShowCard',
      title: 'Change',
      tooltip: 'Change the period or the chart',
      card: {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [
          {
            type: 'Input.ChoiceSet',
            id: 'period',
            label: 'Period',
            style: 'compact',
            placeholder: 'Now: December 2023',
            choices: [
              { title: 'December 2023 (now)', value: 'menu.period.0.a1' },
              { title: 'Q4 2023', value: 'menu.period.1.a1' },
            ],
          },
          {
            type: 'Input.ChoiceSet',
            id: 'chart',
            label: 'Chart',
            style: 'compact',
            placeholder: 'Now: Bars',
            choices: [
              { title: 'Bars (now)', value: 'menu.chart.0.a1' },
              { title: 'Donut', value: 'menu.chart.1.a1' },
            ],
          },
        ],
        actions: [{ type: 'Action.Execute', title: 'Apply', verb: 'chosen', data: {} }],
      },
    })
  })

  it('are not there when there is nothing to change', () => {
    expect(titlesOf(answered({ menus: [] }))).toEqual(['Details & SQL', 'CSV', 'Delete'])
  })
})

describe('the details of an answer', () => {
  const inside = (shown: AdaptiveCard) => {
    const found = shown.actions?.find(a => a.type === 'Action.ShowCard' && a.title === 'Details & SQL')
    return found?.type === 'Action.ShowCard' ? found.card.body : []
  }

  it('open in place: what else was found, the rows, the receipt, the SQL and its values', () => {
    const body = inside(answered())
    expect(body.map(e => e.type)).toEqual(['TextBlock', 'Table', 'FactSet', 'CodeBlock', 'TextBlock'])
    expect(body[0]).toEqual(text('• The first two categories make 68% of revenue.', { spacing: 'Small' }))
    expect(body[2]).toEqual({
      type: 'FactSet',
      facts: [
        { title: 'Read as', value: 'Revenue by category in Texas, December 2023' },
        { title: 'Measures', value: 'Revenue: sum of order line amounts, cancelled orders left out' },
        { title: 'Period', value: 'December 2023 (1 Dec to 31 Dec)' },
        { title: 'Filters', value: 'State is Texas' },
        { title: 'Rows', value: '5' },
        { title: 'Data', value: 'Sample orders, until 31 Dec 2023' },
        { title: 'Origin', value: 'Certified: compiled from the definitions of the semantic model' },
        { title: 'Time', value: '84 ms' },
      ],
    })
    expect(body[4]).toEqual(small("$1 = 'Texas', $2 = '2023-12-01', $3 = '2024-01-01'"))
  })

  it('have the SQL as code, and as text for clients that show no code', () => {
    const sql = { text: 'SELECT *\n  FROM a_b', params: [] }
    expect(inside(answered({ sql })).at(-1)).toEqual({
      type: 'CodeBlock',
      codeSnippet: 'SELECT *\n  FROM a_b',
      language: 'Sql',
      fallback: text('SELECT \\*  \n\u00a0\u00a0FROM a\\_b', { fontType: 'Monospace', size: 'Small' }),
    })
  })

  it('do not repeat the rows when the card has all of them', () => {
    expect(inside(answered({}, { rung: 'table' })).map(e => e.type)).not.toContain('Table')
  })

  it('are asked for when they are too large to go along', () => {
    const facts = Array.from({ length: 30 }, (_, i) => ({ term: `Filter ${i}`, lines: ['x'.repeat(2000)] }))
    const shown = answered({ receipt: facts, sql: { text: 'SELECT 1\n'.repeat(1000), params: [] } }, { most: 20_000 })
    expect(shown.actions?.[1]).toEqual(
      button('Details & SQL', 'deed.details.a1', { tooltip: 'The table, the receipt and the SQL' }),
    )
    expect(all(shown)).toEqual([])
  })

  it('stand in the card when it is opened, and the button is gone', () => {
    const shown = answered({}, { expanded: true })
    expect(typesOf(shown)).toContain('FactSet')
    expect(titlesOf(shown)).toEqual(['Change', 'CSV', 'Delete'])
    expect(said(shown)).not.toContain('in the details')
    expect(all(shown)).toEqual([])
  })

  it('can be a card of their own, with everything that was found', async () => {
    const shown = detailsCard(answeredView(someOptions))
    expect(typesOf(shown)).toEqual([
      ...Array.from({ length: 7 }, () => 'TextBlock'),
      ...['Table', 'FactSet', 'CodeBlock', 'TextBlock'],
    ])
    expect(all(shown)).toEqual([])
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot('../../golden/teams/details.json')
  })
})

describe('replies that are not results', () => {
  it('clarify: the question back, what was not used, and the readings as rows that a phone can wrap', () => {
    expect(teamsCard(viewOf(clarify('c1', 'revenue')), { rung: 'picture' })).toEqual(
      card('Which revenue do you mean?', [
        heading('Which revenue do you mean?'),
        small('Not used: “blorp”.'),
        rowToTap('Revenue by category, December 2023', 'choice.0.c1'),
        rowToTap('Net revenue by category, December 2023', 'choice.1.c1'),
        rowToTap('Revenue per customer, December 2023', 'choice.2.c1'),
      ]),
    )
  })

  it('refused: why, and what could be asked instead', () => {
    const message = 'Next month has not happened yet. A forecast can be asked for as a forecast.'
    expect(teamsCard(viewOf(refused('r1', 'next month')), { rung: 'picture' })).toEqual(
      card(message, [text(message), rowToTap('Forecast revenue for the next 4 weeks', 'choice.0.r1')]),
    )
  })

  it('empty: what is not there, another question, and the receipt', () => {
    const message = 'There are no orders in Alaska in March 2021. The data runs from 1 Jan 2022 to 31 Dec 2023.'
    const { actions, ...shown } = teamsCard(emptyView(), { rung: 'picture' })
    expect(shown).toEqual(card(message, [text(message), buttons(button('Orders in Alaska, 2023', 'choice.0.e1'))]))
    expect(actions).toMatchObject([{ type: 'Action.ShowCard', tooltip: 'The receipt and the SQL' }])
    expect(said(actions)).toContain('State is Texas')
  })

  it('told: terms with their text, and those that can be asked about', () => {
    expect(teamsCard(viewOf(told('t1', 'help')), { rung: 'picture' })).toEqual(
      card(
        'What you can ask about orders. Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”.',
        [
          heading('What you can ask about orders'),
          text('Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”.'),
          text('Revenue', { weight: 'Bolder' }),
          text('Sum of order line amounts, cancelled orders left out.', { spacing: 'None' }),
          text('Average order value', { weight: 'Bolder' }),
          text('Revenue divided by orders.', { spacing: 'None' }),
          text('Return rate', { weight: 'Bolder' }),
          text('Returned lines divided by all lines.', { spacing: 'None' }),
          buttons(button('revenue last month', 'item.0.t1')),
          buttons(button('average order value last month', 'item.1.t1')),
          buttons(button('Which KPIs are there?', 'choice.0.t1')),
        ],
      ),
    )
  })

  it('failed: what happened, what to do, the incident, and another try', () => {
    const failed: FailureView = {
      status: 'failed',
      message: 'Something went wrong on our side.',
      next: 'Try again; if it repeats, report the incident id.',
      retry: true,
      incident: 'i7',
    }
    expect(teamsCard(failed, { rung: 'picture', id: 'q1' })).toEqual(
      card('Something went wrong on our side. Try again; if it repeats, report the incident id.', [
        text('Something went wrong on our side.', { weight: 'Bolder' }),
        text('Try again; if it repeats, report the incident id.'),
        small('Incident i7'),
        buttons(button('Try again', 'deed.again.q1')),
      ]),
    )
    expect(said(teamsCard(failed, { rung: 'picture' }))).not.toContain('Action')
    expect(said(teamsCard({ ...failed, retry: false }, { rung: 'picture', id: 'q1' }))).not.toContain('Action')
  })

  it('many choices are one menu and a button', () => {
    const choices = Array.from({ length: 7 }, (_, i) => ({ label: `Reading ${i}`, question: `r${i}` }))
    const view = { status: 'refused' as const, id: 'r1', question: 'q', message: 'No.', choices }
    expect(teamsCard(view, { rung: 'picture' }).body.slice(1)).toEqual([
      {
        type: 'Input.ChoiceSet',
        id: 'choice',
        label: 'Ask instead',
        style: 'compact',
        placeholder: 'Choose one',
        choices: choices.map(({ label }, i) => ({ title: label, value: `choice.${i}.r1` })),
      },
      buttons({ type: 'Action.Execute', title: 'Ask', verb: 'chosen', data: {} }),
    ])
  })
})
