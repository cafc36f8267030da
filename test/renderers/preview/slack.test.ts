import { afterAll, describe, expect, it, vi } from 'vitest'
import { slackPreview } from '#renderers/preview/slack.ts'
import { drawableBlocks } from '#renderers/preview/slack-blocks.ts'
import { askModal } from '#renderers/slack/ask-modal.ts'
import { rungs, type SlackBlock } from '#renderers/slack/block-kit.ts'
import { detailsModal } from '#renderers/slack/details-modal.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { reasonModal } from '#renderers/slack/reason-modal.ts'
import { workingMessage } from '#renderers/slack/working.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { readSources } from '#test/architecture/sources.ts'
import { clarify, hostile, longTable, refused, told } from '#test/fakes/room-answers.ts'
import { hostileTexts } from '#test/renderers/view/hostile-views.ts'
import { answeredView, emptyView, someOptions, viewOf } from '#test/renderers/view/views.ts'

// React says on the console what it finds wrong with what it is given.
const said = vi.spyOn(console, 'error')
afterAll(() => expect(said).not.toHaveBeenCalled())

const frame = { name: 'Chartroom', logo: '/icon.svg', time: '10:42 AM', theme: 'light', styles: ['/a.css'] } as const
const draw = (blocks: readonly object[], picture = '/chart.png') => slackPreview(blocks, { ...frame, picture })

/** What one sees of blocks: their words, names of pictures and buttons, and whether something is drawn. */
const seen = async (...blocks: object[]) => {
  const html = (await draw(blocks)).split('10:42 AM')[1] ?? ''
  const names = [...html.matchAll(/ (?:alt|aria-label)="([^"]*)"/g)].map(m => m[1])
  return {
    words: decoded([html.replace(/<[^>]*>/g, ' '), ...names].join(' ')),
    drawn: /<(?:img|svg|hr)\b/.test(html),
  }
}

const decoded = (text: string) =>
  text
    .replace(/&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const failure: FailureView = {
  status: 'failed',
  message: 'The database did not answer.',
  next: 'Ask for a shorter period.',
  retry: true,
  incident: 'inc-1',
}

const views: (AnswerView | FailureView)[] = [
  answeredView(someOptions),
  viewOf(longTable('l1', 'list')),
  viewOf(clarify('c1', 'revenue')),
  viewOf(refused('r1', 'next month')),
  viewOf(told('t1', 'help')),
  viewOf(hostile('h1', '<!channel>')),
  emptyView(),
  failure,
]

const messages = views.flatMap(view =>
  rungs.flatMap(rung =>
    [{}, { private: true, expanded: true, asked: true }].map(more =>
      slackMessage(view, { rung, fileId: 'F1', id: 'q1', asker: 'U1', ...more }),
    ),
  ),
)
const emitted: object[] = [
  ...messages.flatMap(m => m.blocks),
  ...workingMessage({ run: 'r1', doing: 'Counting', question: 'revenue' }).blocks,
  ...detailsModal(answeredView()).blocks,
  ...askModal('revenue last month').blocks,
  ...reasonModal({ answer: 'a1' }, 'Texas leads').blocks,
]

/** Everything of a block that Slack shows without a click: choices of a menu and questions before a click are behind one. */
const shownWords = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(shownWords)
  if (typeof value !== 'object' || value === null) return []
  const { options: _, confirm: __, initial_option, ...piece } = value as Record<string, unknown>
  if (initial_option) return shownWords(initial_option)
  if (piece.type === 'feedback_buttons') return []
  return Object.entries(piece).flatMap(([name, inner]) => {
    if (name === 'text' && typeof inner === 'string') return [inner]
    if (name === 'alt_text' && typeof inner === 'string') return [inner]
    return shownWords(inner)
  })
}

describe('a message as Slack shows it', () => {
  const kindOf = (block: object) => (block as SlackBlock).type
  const kinds = [...new Set(emitted.map(kindOf))].sort()

  it('is made of these kinds of blocks', () => {
    expect(kinds).toEqual([
      'actions',
      'context',
      'context_actions',
      'data_visualization',
      'header',
      'image',
      'input',
      'rich_text',
      'section',
      'table',
    ])
  })

  it.each(kinds)('every %s that is sent is to be seen, and no word of it is lost', async kind => {
    for (const block of emitted.filter(b => kindOf(b) === kind)) {
      const { words, drawn } = await seen(block)
      const lost = shownWords(block)
        .flatMap(text => text.split(/\s+/))
        .filter(word => !words.includes(word))
      expect({ lost, visible: drawn || words.trim() !== '' }).toEqual({ lost: [], visible: true })
    }
  })

  it.each(hostileTexts.map(text => ({ name: text.slice(0, 40), text: text || '–' })))(
    'reads no markup, mention or emoji in a text: $name',
    async ({ text }) => {
      const cell = { type: 'raw_text', text }
      const plain = { type: 'plain_text', text, emoji: false }
      const blocks = [
        { type: 'table', rows: [[cell]] },
        { type: 'section', text: plain },
        { type: 'context', elements: [plain] },
        { type: 'actions', elements: [{ type: 'button', text: plain, action_id: 'a', value: 'v' }] },
      ]
      const { words } = await seen(...blocks)
      // A lone half of a pair cannot be written as UTF-8.
      const expected = text.toWellFormed().replace(/\s+/g, ' ').trim()
      expect(words.toWellFormed().replace(/\s+/g, ' ').split(expected).length - 1).toBeGreaterThanOrEqual(
        text.trim() === '' ? 0 : 4,
      )
    },
  )

  it('shows the uploaded file as the picture of this machine', async () => {
    const blocks = [
      { type: 'image', slack_file: { id: 'F1' }, alt_text: 'Bars', title: { type: 'plain_text', text: 'T' } },
    ]
    expect(await draw(blocks)).toContain('<img src="/chart.png" alt="Bars"/>')
  })

  it('tells a picture that is elsewhere, or not there, by its words', async () => {
    const elsewhere = { type: 'image', image_url: 'https://evil.example/p.png', alt_text: 'Bars of revenue' }
    const html = await draw([elsewhere, { type: 'context', elements: [elsewhere] }])
    expect(html).not.toContain('evil.example')
    expect(html.match(/Bars of revenue/g)).toHaveLength(2)
    expect(drawableBlocks([{ type: 'image', slack_file: { id: 'F1' }, alt_text: 'Bars' }])[0]?.type).toBe('rich_text')
  })

  it.each([
    {
      block: { type: 'data_table', caption: 'All states', rows: [[{ type: 'raw_number', value: 42 }]] },
      words: ['All states', '42'],
    },
    { block: { type: 'alert', text: { type: 'plain_text', text: 'Careful' } }, words: ['Careful'] },
    { block: { type: 'from_the_future', body: [{ text: 'unheard of' }] }, words: ['from_the_future', 'unheard of'] },
    {
      block: { type: 'actions', elements: [{ type: 'datepicker', placeholder: { type: 'plain_text', text: 'When' } }] },
      words: ['When'],
    },
    {
      block: { type: 'section', text: { type: 'plain_text', text: 'S' }, accessory: { type: 'new_thing' } },
      words: ['S', 'new_thing'],
    },
    { block: { type: 'context', elements: [{ type: 'new_thing', text: 'beside' }] }, words: ['beside'] },
  ])('tells a kind that the library does not draw: %#', async ({ block, words }) => {
    const shown = (await seen(block)).words
    expect(words.filter(word => !shown.includes(word))).toEqual([])
  })

  it('shows what is chosen in a menu', async () => {
    const option = { text: { type: 'plain_text', text: 'Last month' }, value: 'x' }
    const menu = { type: 'static_select', placeholder: { type: 'plain_text', text: 'Period' }, options: [option] }
    expect((await seen({ type: 'actions', elements: [menu] })).words).toContain('Period')
    expect((await seen({ type: 'actions', elements: [{ ...menu, initial_option: option }] })).words).toContain(
      'Last month',
    )
  })

  it('has no script, no handler and no address of elsewhere, whatever is in the data', async () => {
    const html = await draw(slackMessage(viewOf(hostile('h1', 'x')), { rung: 'table' }).blocks)
    expect(html).toContain('&lt;script&gt;window.hacked=2&lt;/script&gt;')
    expect(html).not.toMatch(/<script|javascript:|src="(?!\/)|href="(?!\/)/)
    const withoutValues = html.replace(/="[^"]*"/g, '=""')
    expect(withoutValues).not.toMatch(/<[^>]*\son\w+=/)
  })

  it('is in the theme asked for, with the name, the time and the mark of an app', async () => {
    const html = await slackPreview([], { ...frame, theme: 'dark' })
    expect(html).toMatch(/^<!doctype html><html lang="en" data-theme="dark">/)
    expect(html).toContain('<h1>Chartroom</h1><span class="app">APP</span><span class="time">10:42 AM</span>')
  })
})

describe('React', () => {
  it('is loaded by nothing that starts with the product', () => {
    const loaders = readSources('src', 'handlers', 'renderers').flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ to, typeOnly, later }) => /^(react|react-dom|slack-blocks-to-jsx)(\/|$)/.test(to) && !typeOnly && !later,
        )
        .map(({ to }) => `${path} loads ${to}`),
    )
    expect(loaders).toEqual([])
  })
})
