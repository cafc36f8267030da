import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { ask, askAnswered, openRoomInBrowser, type RoomInBrowser } from '#test/fakes/room-browser.ts'
import type { RoomEngine } from '#test/fakes/room-engine.ts'

const chromium = findChromium()

describe.skipIf(!chromium)('the room in Chromium', () => {
  let room: RoomInBrowser
  let engine: RoomEngine

  beforeAll(async () => {
    room = await openRoomInBrowser(chromium ?? '')
    engine = room.engine
  })
  afterAll(() => room?.close())

  const inRoom = (test: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) => room.visit(options, test)

  it('answers a question with headline, notes, chart, table, receipt and SQL', () =>
    inRoom(async page => {
      await askAnswered(page)
      expect(await page.textContent('.headline')).toBe(
        'Electronics brought $48.2k in Texas in December, 41% of the total',
      )
      expect(await page.locator('.note span').allTextContents()).toEqual([
        'Read “texs” as Texas.',
        'Not used: “please”.',
      ])
      expect(await page.getAttribute('.picture img', 'alt')).toContain('Bar chart of revenue by category')
      await page.getByRole('button', { name: 'Table' }).click()
      expect(await page.locator('tbody tr').count()).toBe(5)
      expect(await page.locator('tbody tr').first().locator('td').allTextContents()).toEqual([
        'Electronics',
        '$48,210.50',
        '$41,007.00',
      ])
      await page.getByRole('button', { name: 'Receipt' }).click()
      expect(await page.textContent('.receipt')).toContain('Revenue by category in Texas, December 2023')
      await page.getByRole('button', { name: 'SQL' }).click()
      expect(await page.textContent('pre')).toContain('GROUP BY 1\nORDER BY 2 DESC')
    }))

  it('can be used with the keyboard alone', () =>
    inRoom(async page => {
      await page.keyboard.type('revenue')
      await page.keyboard.press('Enter')
      await page.waitForSelector('.plain-ask')
      await page.getByRole('button', { name: 'Revenue by category, December 2023', exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.waitForSelector('.picture.loaded')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
        'You asked: Revenue by category, December 2023',
      )
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Chartroom')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForSelector('dialog[open]')
      await page.keyboard.press('Escape')
      await page.locator('dialog').waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Split by' }).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForSelector('.turn:nth-child(3) .picture.loaded')
      expect(await page.textContent('.turn:nth-child(3) .asked')).toBe('You asked: Split by: State')
      expect(engine.asked.at(-1)?.query?.splits).toEqual([{ dimension: 'state' }])
    }))

  it('jumps to the question box with the skip link, and closes a menu with Escape without losing the place', () =>
    inRoom(async page => {
      await askAnswered(page)
      await page.getByRole('button', { name: 'Period' }).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Period')
      expect(await page.locator('.menu-list:visible').count()).toBe(0)
      await page.locator('.skip').focus()
      await page.keyboard.press('Enter')
      await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('question')
    }))

  it('brings earlier questions back with the up key and does not send half a line', () =>
    inRoom(async page => {
      await ask(page, 'help')
      await page.waitForSelector('.told')
      await ask(page, 'revenue')
      await page.waitForSelector('.plain-ask')
      await page.keyboard.press('ArrowUp')
      expect(await page.inputValue('#question')).toBe('revenue')
      await page.keyboard.press('ArrowUp')
      expect(await page.inputValue('#question')).toBe('help')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      expect(await page.inputValue('#question')).toBe('')
      await page.keyboard.type('one')
      await page.keyboard.press('Shift+Enter')
      expect(await page.inputValue('#question')).toBe('one\n')
      await page.keyboard.press('ArrowUp')
      expect(await page.inputValue('#question')).toBe('one\n')
    }))

  it('says what it does when an answer takes a while, and stops it', () =>
    inRoom(async page => {
      const before = engine.stopped.length
      await ask(page, 'be slow')
      await page.waitForSelector('.thinking')
      expect(await page.textContent('.thinking-words')).toBe('Counting orders')
      await page.getByRole('button', { name: 'Stop' }).last().click()
      await page.waitForSelector('.stopped')
      expect(await page.textContent('#announcer')).toBe('Stopped.')
      expect(await page.getAttribute('#send', 'aria-label')).toBe('Send')
      await expect.poll(() => engine.stopped.length).toBe(before + 1)
    }))

  it('stops with Escape, and a new question stops the one before', () =>
    inRoom(async page => {
      const before = engine.stopped.length
      await ask(page, 'be slow')
      await page.waitForSelector('.thinking')
      await page.keyboard.press('Escape')
      await page.waitForSelector('.stopped')
      await ask(page, 'be slow')
      await page.waitForSelector('.turn:nth-child(2) .thinking')
      await page.getByRole('button', { name: 'Ask again' }).click()
      await page.waitForSelector('.turn:nth-child(2) .stopped')
      await page.waitForSelector('.turn:nth-child(3) .thinking')
      await expect.poll(() => engine.stopped.length).toBe(before + 2)
    }))

  it('keeps one thread for a conversation and takes another for a new one', () =>
    inRoom(async page => {
      await page.selectOption('#domain', 'support')
      await ask(page, 'help')
      await page.waitForSelector('.told')
      await ask(page, 'revenue')
      await page.waitForSelector('.plain-ask')
      await page.getByRole('button', { name: 'New conversation' }).click()
      expect(await page.locator('.turn').count()).toBe(0)
      await page.locator('.example').first().click()
      await page.waitForSelector('.picture.loaded')
      const [first, second, third] = engine.asked.slice(-3)
      expect([first?.thread === second?.thread, second?.thread === third?.thread]).toEqual([true, false])
      expect(third).toMatchObject({ text: 'Revenue by category last month', domain: 'support' })
    }))

  it('shows a failure with its next step, and asks again', () =>
    inRoom(async page => {
      await ask(page, 'time out')
      await page.waitForSelector('.plain-alert')
      expect(await page.textContent('.plain-alert')).toContain('Ask for a shorter period or fewer splits.')
      expect(await page.textContent('.incident')).toMatch(/^Incident inc-\d+$/)
      await ask(page, 'break')
      await page.getByRole('button', { name: 'Ask again' }).click()
      await page.waitForSelector('.turn:nth-child(3) .plain-alert')
      expect(await page.textContent('.turns')).not.toContain('secret')
    }))

  it('says so when the connection is lost', async () => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.goto(room.url)
    await page.waitForSelector('.example')
    await context.setOffline(true)
    await ask(page, 'revenue')
    await page.waitForSelector('.plain-alert')
    expect(await page.textContent('.plain-alert h3')).toBe('The connection to Chartroom was lost.')
    await context.close()
  })

  it('takes an opinion with a reason', () =>
    inRoom(async page => {
      await askAnswered(page)
      await page.getByRole('button', { name: 'Not a good answer' }).click()
      await page.keyboard.type('wrong month')
      await page.locator('.reason').getByRole('button', { name: 'Send' }).click()
      await page.getByText('Thank you. It was noted.').first().waitFor()
      expect(engine.feedback.at(-1)).toMatchObject({ verdict: 'down', reason: 'wrong month' })
    }))

  it('copies the SQL and downloads the CSV', () =>
    inRoom(
      async page => {
        await askAnswered(page)
        await page.getByRole('button', { name: 'SQL' }).click()
        await page.getByRole('button', { name: 'Copy SQL' }).click()
        await page.getByRole('button', { name: 'Copied' }).waitFor()
        expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('LEFT JOIN "orders"')
        await page.getByRole('button', { name: 'Table' }).click()
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Download CSV' }).click(),
        ])
        expect(download.suggestedFilename()).toBe('revenue-by-category-in-texas-december-2023.csv')
      },
      { permissions: ['clipboard-read', 'clipboard-write'], acceptDownloads: true },
    ))

  it('shows the chart in the theme of the page and repaints it when the theme is switched', () =>
    inRoom(
      async page => {
        await askAnswered(page)
        expect(await page.getAttribute('.picture img', 'src')).toMatch(/\.dark\.png$/)
        await page.getByRole('button', { name: 'Switch to the light theme' }).click()
        expect(await page.getAttribute('.picture img', 'src')).toMatch(/\.light\.png$/)
        await page.reload()
        expect(await page.getAttribute('html', 'data-theme')).toBe('light')
      },
      { colorScheme: 'dark' },
    ))

  it('opens the table when the chart cannot be drawn', async () => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.route('**/room/chart/**', route => route.fulfill({ status: 500, body: '{}' }))
    await page.goto(room.url)
    await ask(page, 'Revenue by category in texs please')
    await page.waitForSelector('tbody tr')
    expect(await page.textContent('.card')).toContain('The chart could not be drawn. The table has the same numbers.')
    await context.close()
  })

  it('shows markup in data, questions, headlines and notes as text', () =>
    inRoom(async page => {
      await ask(page, 'be hostile')
      await page.waitForSelector('.card')
      for (const name of ['Table', 'Receipt', 'SQL']) {
        await page.getByRole('button', { name, exact: true }).click()
        expect(await page.textContent('.panel')).toContain('<script>window.hacked=2</script>')
      }
      await ask(page, '<img src=x onerror="window.hacked=6">')
      await page.waitForSelector('.turn:nth-child(2) .card')
      expect(await page.textContent('.turn:nth-child(2) .asked')).toBe(
        'You asked: <img src=x onerror="window.hacked=6">',
      )
      await page.locator('.next button').first().click()
      await page.waitForSelector('.turn:nth-child(3) .card')
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
      expect(await page.locator('main script, main svg[onload], main img[src="x"]').count()).toBe(0)
    }))

  it('asks no other site for anything', () =>
    inRoom(async page => {
      const hosts = new Set<string>()
      page.on('request', request => hosts.add(new URL(request.url()).host))
      await page.reload()
      await askAnswered(page)
      expect([...hosts]).toEqual([new URL(room.url).host])
      expect(await page.evaluate(() => document.fonts.check('16px Inter'))).toBe(true)
    }))
})
