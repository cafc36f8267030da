import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { ask, askAnswered, drop, openRoomInBrowser, type RoomInBrowser } from '#test/fakes/room-browser.ts'

const chromium = findChromium()

const asking = (text: string, shows: string) => async (page: Page) => {
  await ask(page, text)
  await page.waitForSelector(shows)
}

const pressing =
  (...names: string[]) =>
  async (page: Page) => {
    await askAnswered(page)
    for (const name of names) await page.getByRole('button', { name, exact: true }).click()
  }

const shownAs =
  (chat: string, ...names: string[]) =>
  async (page: Page) => {
    await askAnswered(page)
    await page.getByRole('tab', { name: chat }).click()
    for (const name of names) await page.getByRole('button', { name, exact: true }).click()
    await page.waitForSelector(names.includes('JSON') ? 'pre' : 'iframe')
  }

const dropping = (name: string, shows: string, bytes?: number) => async (page: Page) => {
  await drop(page, [{ name, bytes }])
  await page.waitForSelector(shows)
}

const states: [string, (page: Page) => Promise<unknown>][] = [
  ['the start page', async () => undefined],
  ['an answer', askAnswered],
  ['an answer with its table', pressing('Table')],
  ['an answer with its receipt and a reason', pressing('Receipt', 'Not a good answer')],
  ['an answer with its SQL', pressing('SQL')],
  ['an answer with an open menu', pressing('Chart')],
  ['an enlarged chart', pressing('Enlarge the chart')],
  ['a long table', asking('list customers', 'table')],
  ['an answer as Slack shows it', shownAs('Slack', 'Phone, 360 px')],
  ['an answer as Teams shows it, with its JSON', shownAs('Teams', 'JSON')],
  ['clarify', asking('revenue', '.plain-ask')],
  ['refused', asking('revenue next month', '.plain-blocked')],
  ['empty', asking('orders in Alaska in March 2021', '.plain-info')],
  ['told', asking('help', '.told')],
  ['failed', asking('break', '.plain-alert')],
  ['thinking', asking('be slow', '.thinking')],
  ['files over the page', page => drop(page, [{ name: 'sales.csv' }], ['dragenter'])],
  ['a file that became data', dropping('sales-first-half.csv', '.told')],
  ['a file with a long name that is read', dropping(`slow-${'quarter-'.repeat(20)}.csv`, '.thinking .dots')],
  ['a file that is too large', dropping('years.csv', '.plain-alert', 101 * 1024 * 1024)],
  ['a file that is not taken', dropping('busy.csv', '.plain-alert')],
  ['hostile data', asking('be hostile', '.card')],
]

const looks = (['light', 'dark'] as const).flatMap(scheme => [
  { scheme, size: { width: 1280, height: 900 } },
  { scheme, size: { width: 360, height: 740 } },
])

describe.skipIf(!chromium)('the look of the room', () => {
  let room: RoomInBrowser
  beforeAll(async () => {
    room = await openRoomInBrowser(chromium ?? '')
  })
  afterAll(() => room?.close())

  it.each(states)(
    '%s: axe finds no fault and nothing scrolls sideways, light and dark, desktop and phone',
    (_, reach) =>
      room.again(async page => {
        await reach(page)
        await page.evaluate(axe.source)
        for (const { scheme, size } of looks) {
          await page.setViewportSize(size)
          await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
          // An open menu finds its place anew with the frames that follow.
          await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
          expect({ scheme, width: size.width, over: await overflow(page), faults: await faults(page) }).toEqual({
            scheme,
            width: size.width,
            over: 0,
            faults: [],
          })
        }
      }),
  )
})

const overflow = (page: Page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth))

/** What axe finds against WCAG 2.1 A and AA and its own good practice. */
const faults = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
    const runner = (window as unknown as { axe: typeof import('axe-core') }).axe
    const found = await runner.run(document, { runOnly: { type: 'tag', values } })
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary}`))
  })
