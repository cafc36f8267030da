import { describe, expect, test } from 'vitest'
import { rungs, type SlackMessage } from '#renderers/slack/block-kit.ts'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { detailsModal } from '#renderers/slack/details-modal.ts'
import { explainModal } from '#renderers/slack/explain-modal.ts'
import { homeView } from '#renderers/slack/home.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { suggestedPrompts } from '#renderers/slack/prompts.ts'
import { reasonModal } from '#renderers/slack/reason-modal.ts'
import { workingMessage } from '#renderers/slack/working.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { fixedEffects } from '#src/effects.ts'
import { checkBlocks } from '#test/fakes/slack/limits/check.ts'
import { checkView } from '#test/fakes/slack/limits/view.ts'
import { hostileAnswered, hostileTexts, hostileView } from '#test/renderers/view/hostile-views.ts'
import { answeredView } from '#test/renderers/view/views.ts'

const many = (n: number): (AnswerView | FailureView)[] => {
  const { random } = fixedEffects()
  return Array.from({ length: n }, () => hostileView(random))
}

const flags = [
  {},
  { fileId: 'F1', private: true, asker: 'U1' },
  { fileId: 'F1', expanded: true, asked: true, revision: 'again' },
]

describe('whatever an answer holds', () => {
  test.each(rungs)('on the rung %s its message is one that Slack takes', rung => {
    for (const view of many(25))
      for (const options of flags) expect(problemsOf(slackMessage(view, { rung, id: 'q1', ...options }))).toEqual([])
  })

  test('its details, its form and its explanation are views that Slack takes', () => {
    const { random } = fixedEffects()
    for (let i = 0; i < 10; i++) {
      const view = hostileAnswered(random)
      expect(problemsOf(detailsModal(view))).toEqual([])
      expect(problemsOf(explainModal(view))).toEqual([])
      expect(problemsOf(reasonModal({ answer: view.id }, view.headline))).toEqual([])
    }
  })

  test.each(hostileTexts)('%j is taken everywhere else too', text => {
    expect(problemsOf(homeView({ about: text, examples: Array(40).fill(text), kpis: Array(300).fill(text) }))).toEqual(
      [],
    )
    expect(problemsOf(workingMessage({ run: 'r1', doing: text, question: text }))).toEqual([])
    for (const { title, message } of suggestedPrompts([text, text, 'revenue'])) {
      expect(title).toBe(message)
      expect(title).not.toBe('')
    }
  })
})

describe('the stand-in for Slack, which knows the limits by itself,', () => {
  const taken = { newBlocks: true, isShowable: () => true, at: '/blocks' }

  test.each(rungs)('takes every message of the rung %s', rung => {
    for (const view of many(10))
      for (const options of flags) {
        const { blocks } = slackMessage(view, { rung, id: 'q1', ...options })
        expect(checkBlocks(blocks, { ...taken, surface: 'message' }).errors).toEqual([])
      }
  })

  test('takes text alone where the newer blocks are not known', () => {
    for (const view of many(10)) {
      const { blocks } = slackMessage(view, { rung: 'text', id: 'q1', private: true })
      expect(checkBlocks(blocks, { ...taken, newBlocks: false, surface: 'ephemeral' }).errors).toEqual([])
    }
  })

  test('takes the details, the form and the Home tab', () => {
    const { random } = fixedEffects()
    for (let i = 0; i < 5; i++) {
      const view = hostileAnswered(random)
      for (const modal of [
        detailsModal(view),
        explainModal(undefined),
        reasonModal({ answer: view.id }, view.headline),
      ])
        expect(checkView({ ...modal }, { ...taken, type: 'modal' })).toEqual([])
      const home = homeView({ about: view.headline, examples: [view.headline], kpis: [view.headline] })
      expect(checkView({ ...home }, { ...taken, type: 'home' })).toEqual([])
    }
  })
})

describe('markup in an answer', () => {
  test('is nowhere markup: no block of ours reads any, and the line beside the blocks has none', () => {
    for (const view of many(25)) {
      const { text, blocks } = slackMessage(view, { rung: 'native', id: 'q1' })
      expect(JSON.stringify(blocks)).not.toMatch(
        /"type":"(mrkdwn|markdown|link|user|usergroup|broadcast|channel|emoji)"|_url"/,
      )
      expect(text).not.toMatch(/[<>*`~]|:\/\/|@\w|:tada:/)
    }
  })

  test('is still to be read', () => {
    const view = { ...answeredView(), headline: 'The best is <!channel> with :tada: *5*' }
    const { blocks, text } = slackMessage(view, { rung: 'table' })
    expect(blocks[0]).toMatchObject({ text: { text: 'The best is <!channel> with :tada: *5*', emoji: false } })
    expect(text).toContain('The best is &lt;!channel&gt; with')
  })
})

describe('nothing is lost', () => {
  const headlines = [
    '−$999,999,999,999,999,999,999.99 is 12.5% of 1.7976931348623157e+308',
    `${'Long name '.repeat(60)}leads with $43.9k, 29% of 151,234`,
    '<!channel> leads with $43.9k & 29% of *151,234*',
    'תל אביב leads with $43.9k, 29% of 151,234 (Q4 2023)',
    `${'👩‍👩‍👧‍👦'.repeat(20)} brought 7,320`,
  ]

  test.each(headlines)('every number of the headline is in the text that is read out: %s', headline => {
    for (const rung of rungs) {
      const { text } = slackMessage({ ...answeredView(), headline }, { rung, fileId: 'F1' })
      for (const number of headline.match(/\d[\d.,]*/g) ?? []) expect(text).toContain(number)
    }
  })

  test('whoever hears the message hears its story, how far to trust it and its numbers, however long they are', () => {
    const view = answeredView()
    const long = { ...view.insights[0]!, text: `${'word '.repeat(900)}end.` }
    const text = slackMessage({ ...view, insights: [long] }, { rung: 'picture', fileId: 'F1' }).text
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3900)
    expect(text.startsWith(view.headline)).toBe(true)
    const whole = slackMessage(view, { rung: 'picture', fileId: 'F1' }).text
    for (const [name = '', value = ''] of view.table.rows)
      expect(whole).toContain(`${name.replace('&', '&amp;')}: ${value}`)
    expect(whole).toContain('Certified')
  })

  test('a headline that is too long for a header stands in full', () => {
    const headline = `${'Long name '.repeat(20)}leads with $43.9k`
    const message = slackMessage({ ...answeredView(), headline }, { rung: 'table' })
    expect(message.blocks[0]).toMatchObject({ type: 'rich_text' })
    expect(said(message)).toContain(headline)
  })

  test('a table of sixty rows says that fifty are missing; one of thirty columns, that ten are', () => {
    const columns = Array.from({ length: 30 }, (_, i) => ({ label: `C${i}`, align: 'left' as const, wide: false }))
    const rows = Array.from({ length: 60 }, () => columns.map((_, i) => `${i}`))
    const table = { columns, rows, total: 60, more: 0, truncated: false }
    const text = said(slackMessage({ ...answeredView(), table }, { rung: 'table' }))
    expect(text).toMatch(/5[057] more rows: download the CSV\./)
    expect(text).toContain('10 more columns are in the CSV.')
  })

  test('a menu of a hundred choices keeps the chosen one and says how many it shows', () => {
    const choices = Array.from({ length: 100 }, (_, i) => ({ label: `P${i}`, question: '', current: i === 77 }))
    const view = { ...answeredView(), menus: [{ name: 'period' as const, label: 'Period', choices }] }
    const message = slackMessage(view, { rung: 'table' })
    expect(said(message)).toContain('"initial_option":{"text":{"type":"plain_text","text":"P77","emoji":false}')
    expect(said(message)).toContain('Period: 25 of 100 are in the menu. Ask for others in words.')
  })

  test('the heaviest chart that is drawn leaves room for a headline, a question and a hundred choices that are all entities', () => {
    const names = Array.from({ length: 20 }, (_, i) => `${'&'.repeat(16)}${i}`)
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ label: '&'.repeat(75), question: `${i}` }))
    const series = [{ name: 'Revenue', values: names.map((_, i) => 1e6 - i) }]
    const chart = { ...answeredView().chart, kind: 'bar', layout: 'single', categories: names, series }
    const view = {
      ...answeredView(),
      chart,
      headline: '&'.repeat(900),
      question: '&'.repeat(900),
      notes: Array(9).fill('&'.repeat(900)),
      menus: (['period', 'split', 'chart'] as const).map(name => ({ name, label: '&'.repeat(90), choices: many(100) })),
      next: many(9),
    } as AnswerView
    const message = slackMessage(view, { rung: 'native', private: true })
    expect(message.blocks.map(b => b.type)).toContain('data_visualization')
    expect(problemsOf(message)).toEqual([])
  })

  test('what does not fit a message at all is said to be left out, and the buttons stay', () => {
    const long = '&'.repeat(3000)
    const view = {
      ...answeredView(),
      summary: [{ text: long, tone: 'neutral' as const }],
      insights: [{ text: long, tone: 'bad' as const }],
      notes: [long],
      badge: { origin: 'certified' as const, label: long, title: '', facts: [] },
    }
    const message = slackMessage(view, { rung: 'picture', fileId: 'F1' })
    expect(said(message)).toContain('Shortened to fit: the details have the rest.')
    expect(said(message)).toContain('deed.details.a1')
    expect(problemsOf(message)).toEqual([])
  })
})

const said = ({ blocks }: SlackMessage) => JSON.stringify(blocks)
