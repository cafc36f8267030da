import { readFileSync } from 'node:fs'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { teamsCard } from '#renderers/teams/card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import type { AdaptiveCard } from '#renderers/teams/elements.ts'
import { plainText } from '#renderers/view/plain-text.ts'
import type { AnsweredView, AnswerView } from '#renderers/view/view.ts'
import { findChromium } from '#test/fakes/browser.ts'
import { answeredView, someOptions } from '#test/renderers/view/views.ts'

const executablePath = findChromium()

/** All that the renderer of Microsoft, with a reader of Markdown that knows more than Teams', could take for more than text. */
const markup =
  '[link](https://evil.example/a) ![pic](https://evil.example/p.png) **bold** <at>Ann</at> <img src=https://evil.example/i.png> ' +
  'https://evil.example www.evil.example # h `code` ~~gone~~'
const macros = '{{DATE(2024-01-02T03:04:05Z, SHORT)}} {{TIME(2024-01-02T03:04:05Z)}} {{DATE(2024-01-02T03:04:05Z)}}'
const hostile = `${markup} ${macros}`

const answered: AnsweredView = {
  ...answeredView(someOptions),
  headline: hostile,
  summary: [{ text: hostile, tone: 'neutral' }],
  insights: [{ text: hostile, tone: 'bad' }],
  notes: [hostile],
  chart: { ...answeredView().chart, subtitle: hostile, alt: hostile },
  table: {
    columns: [{ label: hostile, align: 'left', wide: true }],
    rows: [[hostile]],
    total: 1,
    more: 0,
    truncated: false,
  },
  receipt: [{ term: hostile, lines: [hostile] }],
  sql: { text: hostile, params: [{ name: '$1', value: hostile }] },
  badge: { origin: 'certified', label: hostile, title: hostile, facts: [hostile] },
  next: [{ label: hostile, question: hostile }],
}
const clarified: AnswerView = {
  status: 'clarify',
  id: 'c1',
  question: hostile,
  message: hostile,
  notes: [hostile],
  choices: [{ label: hostile, question: hostile }],
}

const cards: [string, AdaptiveCard][] = [
  [
    'an answer with its picture',
    teamsCard(answered, { rung: 'picture', picture: { url: 'https://bot.example/1.png' } }),
  ],
  ['an answer that Teams draws', teamsCard(answered, { rung: 'native', expanded: true, private: true })],
  ['an answer as a table', teamsCard(answered, { rung: 'table' })],
  ['an answer as text', teamsCard(answered, { rung: 'text' })],
  ['the details', detailsCard(answered)],
  ['a question back', teamsCard(clarified, { rung: 'text' })],
]

describe.skipIf(!executablePath)('drawn by the official renderer', () => {
  let browser: Browser
  let page: Page
  const asked: string[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    page = await browser.newPage()
    await page.route('**/*', route => {
      asked.push(route.request().url())
      return route.abort()
    })
    await page.setContent('<main></main>')
    await page.addScriptTag({ content: readFileSync('node_modules/adaptivecards/dist/adaptivecards.min.js', 'utf8') })
  })
  afterAll(() => browser.close())

  it.each(cards)('%s is text and nothing but text', async (_, card) => {
    asked.length = 0
    const drawn = await draw(page, card)
    expect(drawn.markup).toEqual([])
    expect(asked.filter(url => !url.startsWith('https://bot.example/'))).toEqual([])
    expect(drawn.text).toContain(plainText(hostile).slice(0, 300))
  })

  it.each([
    [markup, ['a', 'code', 'del', 'img', 'strong'], 'link'],
    [macros, [], '/2024'],
  ])('would have been more than text without escaping: %s', async (text, found, shown) => {
    const drawn = await draw(page, { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] })
    expect(drawn.markup.toSorted()).toEqual(found)
    expect(drawn.text).toContain(shown)
    expect(drawn.text).not.toContain('{{DATE')
  })

  it('has a button for every click, and the menus open', async () => {
    await draw(page, teamsCard(answeredView(someOptions), { rung: 'table' }))
    expect(await page.locator('button, [role=button]').allTextContents()).toEqual(
      expect.arrayContaining(['Change', 'Details & SQL', 'CSV', 'And by month?']),
    )
    expect(await page.locator('select').first().isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Change' }).click()
    expect(await page.locator('select').first().isVisible()).toBe(true)
    expect(await page.locator('select').first().locator('option').allTextContents()).toEqual([
      'Now: December 2023',
      'December 2023 (now)',
      'Q4 2023',
    ])
  })

  it('sends only what was chosen', async () => {
    await draw(page, teamsCard(answeredView(someOptions), { rung: 'table' }))
    await page.getByRole('button', { name: 'Change' }).click()
    await page.locator('select').nth(1).selectOption({ label: 'Donut' })
    await page.getByRole('button', { name: 'Apply' }).click()
    expect(await page.evaluate(() => (window as unknown as { sent: unknown }).sent)).toEqual({
      chart: 'menu.chart.1.a1',
    })
  })
})

type Renderer = {
  AdaptiveCard: {
    new (): {
      parse: (card: unknown) => void
      render: () => HTMLElement
      onExecuteAction: (action: { data?: unknown }) => void
    }
    onProcessMarkdown: (text: string, result: { didProcess: boolean; outputHtml?: string }) => void
  }
}

/** The elements of markup that are drawn besides the card's own, and all text without what is not to be seen. */
const draw = async (page: Page, card: unknown): Promise<{ markup: string[]; text: string }> => {
  const read = Object.fromEntries(textsIn(card).map(text => [text, html(text)]))
  await page.evaluate(
    ({ card, read }) => {
      const { AdaptiveCard } = (window as unknown as { AdaptiveCards: Renderer }).AdaptiveCards
      AdaptiveCard.onProcessMarkdown = (text, result) => {
        // A text that is not among those of the card is one in which the renderer has put a date in the place of a macro.
        result.outputHtml = read[text] ?? text
        result.didProcess = true
      }
      const drawn = new AdaptiveCard()
      drawn.onExecuteAction = ({ data }) => Object.assign(window, { sent: data })
      drawn.parse(card)
      document.querySelector('main')?.replaceChildren(drawn.render())
    },
    { card, read },
  )
  return page.evaluate(() => {
    const main = document.querySelector('main') as HTMLElement
    const own = (e: Element) => e.matches('.ac-image') || e.closest('.ac-image') !== null
    const marked = [...main.querySelectorAll('a, img, strong, em, code, del, h1, h2, ul, ol, blockquote, pre')]
    const text = (main.textContent ?? '').replace(/[\u2060\u200e]/g, '')
    return { markup: [...new Set(marked.filter(e => !own(e)).map(e => e.tagName.toLowerCase()))], text }
  })
}

const html = (text: string) =>
  micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
