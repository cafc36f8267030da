import axe from 'axe-core'
import type { BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { ask, openRoomInBrowser, type RoomInBrowser } from '#test/fakes/room-browser.ts'

const chromium = findChromium()

describe.skipIf(!chromium)('an answer as the chats show it', () => {
  let room: RoomInBrowser
  beforeAll(async () => {
    room = await openRoomInBrowser(chromium ?? '')
  })
  afterAll(() => room?.close())

  const inRoom = (visit: (page: Page) => Promise<void>, options?: BrowserContextOptions) =>
    options ? room.visit(options, visit) : room.again(visit)

  it('is chosen with the keyboard, and the next answers are shown alike', () =>
    room.visit({}, async page => {
      await answerTo(page, 'anything')
      await page.getByRole('tab', { name: 'Chartroom' }).focus()
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Chartroom')
      await page.keyboard.press('ArrowRight')
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Slack')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Slack')
      await page.keyboard.press('End')
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Teams')
      await page.keyboard.press('ArrowRight')
      expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Chartroom')
      await page.keyboard.press('ArrowLeft')
      await page.reload()
      await answerTo(page, 'anything')
      expect(await page.getAttribute('iframe', 'title')).toBe('The answer in Teams')
      await page.getByRole('tab', { name: 'Chartroom' }).click()
      await page.waitForSelector('.picture')
    }))

  it('has its picture, its words and its buttons in Slack, in a page without scripts', () =>
    inRoom(async page => {
      const frame = await shownIn(page, 'Slack', 'anything')
      const html = await frame.content()
      expect(html).toContain('Electronics brought $48.2k in Texas in December, 41% of the total')
      expect(html).not.toContain('<script')
      const picture = page.frameLocator('iframe').locator('.slack_blocks_to_jsx__image img')
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200)
      expect(await page.frameLocator('iframe').getByRole('button', { name: 'CSV' }).count()).toBe(1)
      expect(await page.getAttribute('iframe', 'sandbox')).toBe('allow-same-origin')
    }))

  it('has them in Teams, in a page that has no origin', () =>
    inRoom(async page => {
      const frame = await shownIn(page, 'Teams', 'anything')
      expect(await frame.locator('#card').textContent()).toContain('Electronics brought $48.2k in Texas in December')
      const picture = frame.locator('#card img')
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1020)
      expect(await frame.getByRole('button', { name: 'CSV' }).count()).toBe(1)
      expect(await frame.evaluate(() => origin)).toBe('null')
    }))

  it('reaches nothing from the page of Teams, not even the room', async () => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.goto(room.url)
    const frame = await shownIn(page, 'Teams', 'anything')
    const tried = await frame.evaluate(async address => {
      const tries = [
        () => fetch(`${address}room/start`).then(r => r.text()),
        () => parent.document.title,
        () => localStorage.length,
        () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
      ]
      return Promise.all(
        tries.map(one =>
          Promise.resolve()
            .then(one)
            .then(String, (e: Error) => e.name),
        ),
      )
    }, room.url)
    expect(tried).toEqual(['TypeError', 'SecurityError', 'SecurityError', 'TypeError'])
    await context.close()
  })

  it.each(['Slack', 'Teams'])('%s: the frame is as tall as the message, also when that grows', chat =>
    inRoom(async page => {
      const frame = await shownIn(page, chat, 'anything')
      await expectWhole(page, frame)
      await page.getByRole('button', { name: 'Phone, 360 px' }).click()
      await expect.poll(() => page.locator('iframe').evaluate(f => f.clientWidth)).toBe(360)
      await expectWhole(page, frame)
      if (chat === 'Slack') return
      const before = await page.locator('iframe').evaluate(f => f.clientHeight)
      await frame.getByRole('button', { name: 'Details & SQL' }).click()
      await expect.poll(() => page.locator('iframe').evaluate(f => f.clientHeight)).toBeGreaterThan(before + 100)
      expect(await frame.locator('#card').textContent()).toContain('GROUP BY 1')
    }),
  )

  it.each(['Slack', 'Teams'])('%s: every kind of answer is shown, and in every form', async chat => {
    await inRoom(async page => {
      for (const [text, words] of Object.entries(questions)) {
        const frame = await shownIn(page, chat, text)
        expect((await wordsIn(frame)).replace(/\s+/g, ' ')).toContain(words)
      }
      await shownIn(page, chat, 'anything')
      for (const form of ['native', 'table', 'text', 'picture']) {
        const loaded = page.waitForResponse(r => r.url().includes(`rung=${form}`))
        await page.getByLabel('Form of the message').last().selectOption(form)
        await loaded
        await expect.poll(() => wordsIn(frameOf(page))).toContain('Electronics brought')
      }
    })
  })

  it('has the theme of the room', () =>
    inRoom(
      async page => {
        for (const chat of ['Slack', 'Teams']) {
          await shownIn(page, chat, 'anything')
          await page.getByRole('button', { name: 'Switch to the light theme' }).click()
          await expect.poll(() => page.locator('iframe').last().getAttribute('src')).toContain('theme=light')
          await page.getByRole('button', { name: 'Switch to the dark theme' }).click()
          await expect.poll(() => page.locator('iframe').last().getAttribute('src')).toContain('theme=dark')
        }
      },
      { colorScheme: 'dark' },
    ))

  it('can be read and copied as JSON, with its picture shortened on the page and whole in the copy', () =>
    inRoom(
      async page => {
        await shownIn(page, 'Teams', 'anything')
        await page.getByRole('button', { name: 'JSON', exact: true }).click()
        await page.waitForSelector('pre')
        expect(await page.textContent('pre')).toMatch(/"url": "data:image\/png;base64,.{24}… \([\d,]+ characters\)"/)
        await page.getByRole('button', { name: 'Copy JSON' }).click()
        await page.getByRole('button', { name: 'Copied' }).waitFor()
        const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
        const [{ content: card }] = copied.attachments
        expect(card.body.find((e: { type: string }) => e.type === 'Image').url.length).toBeGreaterThan(200)
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ))

  it.each(['Slack', 'Teams'])('%s: nothing in data runs, loads or leads elsewhere', chat =>
    inRoom(async page => {
      const hosts = new Set<string>()
      page.on('request', request => hosts.add(new URL(request.url()).protocol + new URL(request.url()).host))
      const frame = await shownIn(page, chat, 'be hostile')
      expect(await wordsIn(frame)).toContain('<script>window.hacked=2</script>')
      for (const f of page.frames()) expect(await f.evaluate(() => 'hacked' in window)).toBe(false)
      expect([...hosts].filter(host => host !== 'data:')).toEqual([`http:${new URL(room.url).host}`])
      expect(await frame.locator('[onerror], [onload], img[src="x"]').count()).toBe(0)
      expect(await frame.locator('script').count()).toBe(chat === 'Teams' ? 3 : 0)
    }),
  )

  it.each(['Slack', 'Teams'])('%s: the frame says when the answer is no longer kept', async chat => {
    const context = await room.profile()
    const page = await context.newPage()
    await page.goto(room.url)
    await page.route('**/room/ask', async route => {
      const reply = await route.fetch()
      await route.fulfill({ response: reply, body: (await reply.text()).replaceAll(/"id":"a\d+"/g, '"id":"gone"') })
    })
    const frame = await shownIn(page, chat, 'anything')
    await expect.poll(() => wordsIn(frame)).toContain('This answer is no longer kept.')
    await context.close()
  })

  it.each(['light', 'dark'] as const)('%s: axe finds no fault in the frames', colorScheme =>
    inRoom(
      async page => {
        for (const chat of ['Slack', 'Teams']) {
          for (const text of Object.keys(questions)) {
            const frame = await shownIn(page, chat, text)
            const found = chat === 'Slack' ? await faultsWithScripts(page, frame.url()) : await faults(frame)
            expect([chat, text, found]).toEqual([chat, text, []])
          }
        }
      },
      { colorScheme },
    ),
  )
})

const questions = {
  anything: 'Electronics brought $48.2k',
  'list customers': '300 customers ordered in Texas',
  revenue: 'Which revenue do you mean?',
  'revenue next month': 'Next month has not happened yet.',
  'orders in Alaska in March 2021': 'There are no orders in Alaska',
  help: 'What you can ask about orders',
  'time out': 'The database did not answer within 30 seconds.',
}

const answerTo = async (page: Page, text: string) => {
  const before = await page.locator('.answer-as').count()
  await ask(page, text)
  await page.locator('.answer-as').nth(before).waitFor()
}

/** The frame of the last answer. */
const shownIn = async (page: Page, chat: string, text: string): Promise<Frame> => {
  await answerTo(page, text)
  const loaded = page.waitForResponse(r => r.url().includes(`/${chat.toLowerCase()}?`))
  await page.getByRole('tab', { name: chat }).last().click()
  await loaded
  const frame = frameOf(page)
  await frame.waitForLoadState()
  return frame
}

const frameOf = (page: Page) => page.frames().at(-1) as Frame

/** Without the joiner that keeps addresses apart and is not to be seen. */
const wordsIn = async (frame: Frame) => ((await frame.locator('main').textContent()) ?? '').replaceAll('\u2060', '')

const expectWhole = async (page: Page, frame: Frame) => {
  const body = () => frame.locator('body').evaluate(b => Math.ceil(b.getBoundingClientRect().height))
  await expect
    .poll(
      async () =>
        (await body()) -
        (await page
          .locator('iframe')
          .last()
          .evaluate(f => f.clientHeight)),
    )
    .toBe(0)
}

/** Axe needs scripts, which a frame of Slack has not: the same page is looked at without its policy. */
const faultsWithScripts = async (page: Page, url: string): Promise<string[]> => {
  const alone = page.context().pages()[1] ?? (await page.context().newPage())
  await alone.route(url, async route => {
    const reply = await route.fetch()
    await route.fulfill({ status: 200, contentType: 'text/html', body: await reply.text() })
  })
  await alone.goto(url)
  return faults(alone.mainFrame())
}

const faults = async (frame: Frame): Promise<string[]> => {
  await frame.evaluate(axe.source)
  return frame.evaluate(async () => {
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
    const runner = (window as unknown as { axe: typeof import('axe-core') }).axe
    const found = await runner.run(document, { runOnly: { type: 'tag', values } })
    return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.failureSummary}`))
  })
}
