import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { ask, drop, openRoomInBrowser, type RoomInBrowser } from '#test/fakes/room-browser.ts'

const chromium = findChromium()

describe.skipIf(!chromium)('files in the room', () => {
  let room: RoomInBrowser
  beforeEach(async () => {
    room = await openRoomInBrowser(chromium ?? '')
  })
  afterEach(() => room?.close())

  const inRoom = (test: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) =>
    room.visit(options, page => {
      // Only from now on does the browser give choosers to the test.
      page.on('filechooser', () => undefined)
      return test(page)
    })
  const csv = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('region,amount\nNorth,5\n') })
  const choose = async (page: Page, ...names: string[]) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Add files' }).click(),
    ])
    await chooser.setFiles(names.map(csv))
  }
  const turn = (page: Page, n: number) => page.locator(`.turn:nth-child(${n})`)
  const titleOf = (name: string) => `${name} can be asked about`

  it('are chosen with a button that the keyboard reaches, and told of in the conversation', () =>
    inRoom(async page => {
      await page.locator('#question').focus()
      await page.keyboard.press('Shift+Tab')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Add files')
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
      expect(chooser.isMultiple()).toBe(true)
      await chooser.setFiles(csv('sales.csv'))
      await page.waitForSelector('.told')
      expect(await page.textContent('.asked')).toBe('You sent: sales.csv22 bytes')
      expect(await page.textContent('.told .headline')).toBe(titleOf('sales.csv'))
      expect(await page.textContent('#announcer')).toContain('Questions are now about this data.')
      expect(room.engine.imported).toEqual([{ name: 'sales.csv', size: 22, bytes: 22 }])
    }))

  it('are brought up once what is said of the last one is there', () =>
    inRoom(
      async page => {
        for (const n of [1, 2, 3]) {
          await choose(page, `sales-${n}.csv`)
          await turn(page, n).locator('.told').waitFor()
        }
        const composer = (await page.locator('#composer').boundingBox())?.y ?? 0
        await expect
          .poll(async () => {
            const { y = 0, height = 0 } = (await turn(page, 3).boundingBox()) ?? {}
            return y + height <= composer || Math.abs(y - 64) < 24
          })
          .toBe(true)
      },
      { viewport: { width: 390, height: 620 } },
    ))

  it('become the data that is asked about: in the picker, in the box, and with every question', () =>
    inRoom(async page => {
      await choose(page, 'sales.csv')
      await page.waitForSelector('.told')
      await expect.poll(() => page.inputValue('#domain')).toBe('upload_sales_csv')
      expect(await page.locator('#domain option').allTextContents()).toEqual([
        'Any data',
        'E-commerce',
        'Support chats',
        'sales',
      ])
      expect(await page.getAttribute('#question', 'placeholder')).toBe('Ask about sales')
      await ask(page, 'revenue')
      await page.waitForSelector('.plain-ask')
      await page.selectOption('#domain', 'support')
      await ask(page, 'help')
      await turn(page, 3).locator('.told').waitFor()
      await turn(page, 1).getByRole('button', { name: 'Amount by month' }).click()
      await turn(page, 4).locator('.card').waitFor()
      expect(room.engine.asked.map(({ text, domain }) => [text, domain])).toEqual([
        ['revenue', 'upload_sales_csv'],
        ['help', 'support'],
        ['amount by month', 'upload_sales_csv'],
      ])
      expect(await page.inputValue('#domain')).toBe('upload_sales_csv')
    }))

  it('are dropped anywhere on the page, which says so while they are over it', () =>
    inRoom(async page => {
      await drop(page, [{ name: 'a.csv' }], ['dragenter'])
      expect(await page.locator('#drop').textContent()).toContain('Drop it to ask about it')
      await drop(page, [{ name: 'a.csv' }], ['dragleave'])
      expect(await page.locator('#drop').isVisible()).toBe(false)
      await drop(page, [{ name: 'a.csv' }])
      await page.waitForSelector('.told')
      expect(await page.locator('#drop').isVisible()).toBe(false)
      expect(room.engine.imported.map(({ name }) => name)).toEqual(['a.csv'])
    }))

  it('of which there are several are sent one by one, and questions are answered meanwhile', () =>
    inRoom(async page => {
      await choose(page, 'slow.csv', 'busy.csv', 'b.csv')
      await turn(page, 1).locator('.thinking .dots').waitFor()
      expect(await turn(page, 2).locator('.thinking-words').textContent()).toBe('Waits for the file before')
      await ask(page, 'revenue')
      await turn(page, 4).locator('.plain-ask').waitFor()
      expect(room.engine.imported).toEqual([])
      room.engine.finishSlow()
      await turn(page, 3).locator('.told').waitFor()
      expect(await turn(page, 1).locator('.headline').textContent()).toBe(titleOf('slow.csv'))
      expect(await turn(page, 2).locator('.plain-alert').textContent()).toContain(
        'Too many questions are running at once.',
      )
      expect(room.engine.imported.map(({ name }) => name)).toEqual(['slow.csv', 'b.csv'])
      expect(await page.inputValue('#domain')).toBe('upload_b_csv')
    }))

  it('that could not be taken can be sent again', () =>
    inRoom(async page => {
      await choose(page, 'busy.csv')
      await turn(page, 1).locator('.plain-alert').waitFor()
      await page.getByRole('button', { name: 'Send again' }).click()
      await turn(page, 2).locator('.plain-alert').waitFor()
      expect(await page.inputValue('#domain')).toBe('')
    }))

  it('are stopped one by one: while one is read, and while one waits', () =>
    inRoom(async page => {
      await choose(page, 'slow.csv', 'b.csv', 'c.csv')
      await turn(page, 1).locator('.thinking .dots').waitFor()
      await turn(page, 2).getByRole('button', { name: 'Stop' }).click()
      await turn(page, 1).getByRole('button', { name: 'Stop' }).click()
      await turn(page, 3).locator('.told').waitFor()
      await turn(page, 1).locator('.stopped').waitFor()
      await turn(page, 2).locator('.stopped').waitFor()
      await expect.poll(() => room.engine.stopped).toEqual(['slow.csv'])
      expect(room.engine.imported.map(({ name }) => name)).toEqual(['c.csv'])
    }))

  it('show how much of them is sent', async () => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.goto(room.url)
    await page.waitForSelector('.example')
    const session = await context.newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 200_000 }
    await session.send('Network.emulateNetworkConditions', slow)
    await drop(page, [{ name: 'a.csv', bytes: 1_000_000 }])
    await page.waitForFunction(() => /Sending… [1-9]\d? %/.test(document.querySelector('.thinking')?.textContent ?? ''))
    expect(Number(await page.getAttribute('progress', 'value'))).toBeGreaterThan(0)
    expect(await page.getByRole('progressbar', { name: 'Sending a.csv' }).count()).toBe(1)
    await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
    await page.waitForSelector('.told', { timeout: 20_000 })
    await context.close()
  }, 40_000)

  it(
    'of more than 100 MB are told before anything is sent; 100 MB are taken',
    () =>
      inRoom(async page => {
        const sent: string[] = []
        page.on('request', request => request.method() === 'POST' && sent.push(request.url()))
        await drop(page, [{ name: 'big.csv', bytes: 100 * 1024 * 1024 + 1 }])
        await page.waitForSelector('.plain-alert')
        expect(await page.locator('.plain-alert').textContent()).toContain(
          'big.csv is larger than 100 MB.Nothing was sent.',
        )
        expect(await page.textContent('#announcer')).toContain('big.csv is larger than 100 MB.')
        expect(sent).toEqual([])
        await drop(page, [{ name: 'fits.csv', bytes: 100 * 1024 * 1024 }])
        await page.waitForSelector('.told', { timeout: 30_000 })
        expect(room.engine.imported).toEqual([{ name: 'fits.csv', size: 104_857_600, bytes: 104_857_600 }])
      }),
    60_000,
  )

  it('are let go with a new conversation', () =>
    inRoom(async page => {
      await choose(page, 'slow.csv', 'b.csv')
      await turn(page, 1).locator('.thinking .dots').waitFor()
      await page.getByRole('button', { name: 'New conversation' }).click()
      await expect.poll(() => room.engine.stopped).toEqual(['slow.csv'])
      expect([await page.locator('.turn').count(), room.engine.imported]).toEqual([0, []])
    }))

  it('say so when the connection is lost', async () => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.goto(room.url)
    await page.waitForSelector('.example')
    await context.setOffline(true)
    await drop(page, [{ name: 'a.csv' }])
    await page.waitForSelector('.plain-alert')
    expect(await page.textContent('.plain-alert h3')).toBe('The connection to Chartroom was lost.')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Send again' }).click()
    await page.waitForSelector('.told')
    await context.close()
  })

  it('have names that are text, whatever stands in them', () =>
    inRoom(async page => {
      await drop(page, [{ name: '<img src=x onerror="window.hacked=1">.csv' }, { name: 'שלום 😀.csv' }])
      await turn(page, 2).locator('.told').waitFor()
      expect(await turn(page, 1).locator('.file-name').textContent()).toBe('<img src=x onerror="window.hacked=1">.csv')
      expect(room.engine.imported[1]?.name).toBe('שלום 😀.csv')
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    }))

  it('are not offered where none are taken', async () => {
    await room.close()
    room = await openRoomInBrowser(chromium ?? '', { files: false })
    await inRoom(async page => {
      expect(await page.getByRole('button', { name: 'Add files' }).count()).toBe(0)
      expect(await page.locator('#or-file').isVisible()).toBe(false)
      await drop(page, [{ name: 'a.csv' }], ['dragenter'])
      expect(await page.locator('#drop').isVisible()).toBe(false)
    })
  })

  describe('the choice of data', () => {
    it('is kept for a new conversation and when the page is loaded again', () =>
      inRoom(async page => {
        room.engine.useCases.examplesOf = name => [`revenue in ${name}`]
        await page.selectOption('#domain', 'support')
        expect(await page.getAttribute('#question', 'placeholder')).toBe('Ask about Support chats')
        await expect.poll(() => page.locator('.example').allTextContents()).toEqual(['revenue in support'])
        await page.reload()
        await expect.poll(() => page.inputValue('#domain')).toBe('support')
        expect(await page.locator('.example').allTextContents()).toEqual(['revenue in support'])
        await ask(page, 'help')
        await page.waitForSelector('.told')
        expect(room.engine.asked.at(-1)?.domain).toBe('support')
      }))

    it('of data that is gone is given up', () =>
      inRoom(async page => {
        await page.selectOption('#domain', 'support')
        room.engine.useCases.domains = () => [
          { name: 'ecommerce', label: 'E-commerce' },
          { name: 'sales', label: 'Sales', about: 'Cables and conduits' },
        ]
        await page.reload()
        await expect.poll(() => page.locator('#domain option').allTextContents()).toContain('Sales')
        expect(await page.inputValue('#domain')).toBe('')
        await ask(page, 'help')
        await page.waitForSelector('.told')
        expect(room.engine.asked.at(-1)?.domain).toBeUndefined()
      }))
  })
})
