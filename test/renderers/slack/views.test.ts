import { describe, expect, test } from 'vitest'
import { callbackIds, ourActions, reasonFields } from '#renderers/slack/action-ids.ts'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { detailsModal } from '#renderers/slack/details-modal.ts'
import { explainModal } from '#renderers/slack/explain-modal.ts'
import { homeView } from '#renderers/slack/home.ts'
import { suggestedPrompts } from '#renderers/slack/prompts.ts'
import { reasonModal, reasons } from '#renderers/slack/reason-modal.ts'
import { workingMessage } from '#renderers/slack/working.ts'
import { told } from '#test/fakes/room-answers.ts'
import { answeredView, emptyView, viewOf } from '#test/renderers/view/views.ts'

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
const header = (text: string) => ({ type: 'header', text: plain(text) })
const section = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
})
const words = (text: string) => ({ type: 'text', text })
const bold = (text: string) => ({ type: 'text', text, style: { bold: true } })
const fixed = (...lines: string[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [words(lines.join('\n'))] }],
})
const small = (text: string) => ({ type: 'context', elements: [plain(text)] })
const unnamed = (blocks: { block_id?: string }[]) => blocks.map(({ block_id: _, ...block }) => block)

describe('the details of an answer', () => {
  const view = answeredView()

  test('are notes, table, findings, receipt, SQL and the values bound to it', () => {
    const modal = detailsModal(view)
    expect(modal).toMatchObject({
      type: 'modal',
      callback_id: callbackIds.details,
      title: plain('Details'),
      close: plain('Close'),
      private_metadata: 'a1',
    })
    expect(unnamed(modal.blocks)).toEqual([
      section(bold('Electronics brought $48.2k in Texas in December, 41% of the total')),
      small('Read “texs” as Texas.'),
      small('Not used: “please”.'),
      header('Table'),
      fixed(
        '                              Revenue,',
        'Category           Revenue    Nov 2023',
        '──────────────  ──────────  ──────────',
        'Electronics     $48,210.50  $41,007.00',
        'Clothing        $31,876.25  $36,510.75',
        'Home & Kitchen  $22,140.00  $21,980.40',
        'Toys            $12,034.99   $9,120.00',
        'Books            $4,120.10   $4,388.05',
      ),
      header('What it says'),
      section(words('Revenue came to $118,382 over five categories.')),
      section(words('That is 4.7% more than in November, and all of the growth is Electronics and Toys.')),
      section(words('✓ Electronics grew by $7,203.50 (17.6%) on November.')),
      section(words('! Clothing fell by $4,634.50 (12.7%), the largest loss of any category.')),
      section(words('• The first two categories make 68% of revenue.')),
      section(words('→ If Clothing had held its November level, revenue would have grown by 8.8%.')),
      header('Receipt'),
      section(bold('Read as'), words('  Revenue by category in Texas, December 2023')),
      section(bold('Measures'), words('  Revenue: sum of order line amounts, cancelled orders left out')),
      section(bold('Period'), words('  December 2023 (1 Dec to 31 Dec)')),
      section(bold('Filters'), words('  State is Texas')),
      section(bold('Rows'), words('  5')),
      section(bold('Data'), words('  Sample orders, until 31 Dec 2023')),
      section(bold('Origin'), words('  Certified: compiled from the definitions of the semantic model')),
      section(bold('Time'), words('  84 ms')),
      header('SQL'),
      fixed(view.sql.text),
      header('Values'),
      fixed("$1 = 'Texas'", "$2 = '2023-12-01'", "$3 = '2024-01-01'"),
    ])
  })

  test('of nothing found are the receipt and the SQL', () => {
    const modal = detailsModal(emptyView())
    expect(modal.blocks.filter(b => b.type === 'header')).toMatchObject([
      header('Receipt'),
      header('SQL'),
      header('Values'),
    ])
    expect(problemsOf(modal)).toEqual([])
  })

  test('have a table that is too wide for a phone as lines', () => {
    const columns = ['State', 'City', 'Customer', 'Orders', 'Revenue'].map(label => ({
      label,
      align: 'left' as const,
      wide: false,
    }))
    const rows = [
      ['Texas', 'Houston', 'Customer 1', '3', '$48.00'],
      ['Ohio', 'Columbus', 'Customer 2', '1', '$7.00'],
    ]
    const table = { columns, rows, total: 2, more: 0, truncated: false }
    const blocks = unnamed(detailsModal({ ...view, table }).blocks)
    expect(blocks.slice(4, 7)).toEqual([
      section(words('State: City · Customer · Orders · Revenue')),
      section(words('Texas: Houston · Customer 1 · 3 · $48.00')),
      section(words('Ohio: Columbus · Customer 2 · 1 · $7.00')),
    ])
  })

  test('show twenty rows and say how many more there are', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`Name ${i}`, `$${i}`, '–'])
    const modal = detailsModal({ ...view, table: { ...view.table, rows, total: 1060, truncated: true } })
    const text = JSON.stringify(modal.blocks)
    expect(text).toContain('Name 19')
    expect(text).not.toContain('Name 20')
    expect(text).toContain('1,040 more rows, and others that were not read: download the CSV.')
  })

  test('split long SQL at its lines, lose none of it, and say what is not shown beyond 12,000 characters', () => {
    const statement = Array.from({ length: 200 }, (_, i) => `  , sum(column_${i}) AS column_${i}`).join('\n')
    const pieces = (sql: string) =>
      JSON.parse(JSON.stringify(detailsModal({ ...view, sql: { text: sql, params: [] } }).blocks))
        .flatMap((b: { elements?: { type: string; elements: { text: string }[] }[] }) => b.elements ?? [])
        .filter((e: { type: string }) => e.type === 'rich_text_preformatted')
        .slice(1)
        .map((e: { elements: { text: string }[] }) => e.elements[0]?.text)
    expect(pieces(statement).length).toBeGreaterThan(1)
    expect(pieces(statement).join('\n')).toBe(statement)
    expect(pieces('x'.repeat(6000)).map((p: string) => p.length)).toEqual([2500, 2500, 1000])
    const long = detailsModal({ ...view, sql: { text: 'y'.repeat(15_000), params: [] } })
    expect(JSON.stringify(long)).toContain('3,000 more characters of SQL are not shown.')
    expect(problemsOf(long)).toEqual([])
  })
})

describe('Explain this number', () => {
  test('on an answer of ours is its details under that name', () => {
    const modal = explainModal(answeredView())
    expect(modal.title).toEqual(plain('Explain this number'))
    expect(modal.blocks).toEqual(detailsModal(answeredView()).blocks)
  })

  test('on anything else says that there is nothing to explain', () => {
    const modal = explainModal(undefined)
    expect(JSON.stringify(modal.blocks)).toContain('This message holds no answer that Chartroom remembers.')
    expect(problemsOf(modal)).toEqual([])
    expect(JSON.stringify(explainModal(viewOf(told('t1', 'help'))).blocks)).toContain('holds no number')
  })
})

describe('the form of a thumb down', () => {
  const modal = reasonModal({ answer: 'a1', channel: 'C1', thread: '1.2' }, 'Texas leads')

  test('keeps the answer it is about, asks for a reason and takes words', () => {
    expect(modal).toMatchObject({
      callback_id: callbackIds.reason,
      title: plain('What was wrong?'),
      submit: plain('Send'),
      private_metadata: '{"answer":"a1","channel":"C1","thread":"1.2"}',
    })
    expect(modal.blocks[1]).toMatchObject({
      block_id: reasonFields.kind.block,
      element: {
        type: 'radio_buttons',
        action_id: reasonFields.kind.action,
        options: reasons.map(value => ({ value })),
      },
    })
    expect(modal.blocks[2]).toMatchObject({
      block_id: reasonFields.words.block,
      optional: true,
      element: { type: 'plain_text_input', action_id: reasonFields.words.action, multiline: true },
    })
    expect(problemsOf(modal)).toEqual([])
  })
})

describe('the Home tab', () => {
  const examples = ['revenue by category last month', 'why did returns jump in January?']

  test('has examples to click, which ask what they say', () => {
    const home = homeView({ about: 'Orders, until 31 Dec 2023', examples, kpis: ['Revenue', 'Orders'] })
    expect(home.blocks.filter(b => b.type === 'section')).toMatchObject(
      examples.map((value, i) => ({
        text: plain(value),
        accessory: {
          text: plain('Ask'),
          action_id: `home:ask:${i}`,
          value,
          accessibility_label: `Ask: ${value}`,
        },
      })),
    )
    expect(homeView({ examples: ['revenue by state', 'orders'], kpis: [] }).blocks).toContainEqual(
      expect.objectContaining({
        type: 'actions',
        elements: ['revenue by state', 'orders'].map((value, i) => ({
          ...{ type: 'button', text: plain(value) },
          ...{ action_id: `home:ask:${i}`, value },
        })),
      }),
    )
    expect(JSON.stringify(home.blocks)).toContain('Revenue, Orders. Type /kpi for the list, or /kpi and a name.')
    expect(JSON.stringify(home.blocks)).toContain('Answers to commands are yours alone until you share them.')
    expect(problemsOf(home)).toEqual([])
  })

  test('leaves out what there is none of, and examples that are too long to be asked whole', () => {
    const home = homeView({ examples: ['', 'x'.repeat(301)], kpis: [] })
    expect(home.blocks.map(b => b.type)).not.toContain('actions')
    expect(JSON.stringify(home.blocks)).not.toContain('KPI')
    expect(problemsOf(home)).toEqual([])
  })
})

describe('while it works', () => {
  test('says what it does and can be stopped', () => {
    expect(workingMessage({ run: 'r1', doing: 'Reading the orders' })).toEqual({
      text: 'Reading the orders…',
      blocks: [
        { block_id: 'r1.working.0', ...section(words('⏳ Reading the orders…')) },
        {
          type: 'actions',
          block_id: 'r1.working.1',
          elements: [
            {
              type: 'button',
              text: plain('Stop'),
              action_id: 'run:stop',
              value: 'stop.r1',
              accessibility_label: 'Stop working on this',
            },
          ],
        },
      ],
    })
  })

  test('repeats a question that is not to be seen above', () => {
    const [first] = workingMessage({ run: 'r1', doing: 'Reading', question: 'revenue?' }).blocks
    expect(first).toMatchObject(small('“revenue?”'))
    const [long] = workingMessage({
      run: 'r1',
      doing: 'Reading',
      question: `${'x'.repeat(198)}👩‍👩‍👧‍👦 revenue`,
    }).blocks
    expect(long).toMatchObject(small(`“${'x'.repeat(198)}…”`))
  })
})

describe('suggested prompts', () => {
  test('are the first four examples, each once, and ask what they say', () => {
    expect(suggestedPrompts(['a', 'b', 'a', '', 'c', 'x'.repeat(151), 'd', 'e'])).toEqual(
      ['a', 'b', 'c', 'd'].map(text => ({ title: text, message: text })),
    )
  })
})

test('everything that can be clicked is known by the beginning of its action id', () => {
  const ids = JSON.stringify([
    detailsModal(answeredView()),
    homeView({ examples: ['a'], kpis: [] }),
    workingMessage({ run: 'r1', doing: 'Reading' }),
  ]).matchAll(/"action_id":"([^"]+)"/g)
  for (const [, id = ''] of ids) expect(id).toMatch(ourActions)
})
