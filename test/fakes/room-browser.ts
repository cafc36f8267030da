import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { createLocalListener } from '#handlers/http/local.ts'
import { createRoom } from '#handlers/room/room.ts'
import { fixedEffects } from '#src/effects.ts'
import { createRoomEngine, type RoomEngine } from './room-engine.ts'

export type RoomInBrowser = {
  engine: RoomEngine
  url: string
  /** Opens the room in a fresh profile, runs the visit, and throws when the page has logged an error. */
  visit: (options: BrowserContextOptions, visit: (page: Page) => Promise<unknown>) => Promise<void>
  /** A profile without that watch, for pages that are meant to fail. */
  profile: () => Promise<BrowserContext>
  close: () => Promise<void>
}

/** The room with its scripted engine behind the real listener, in a real Chromium. */
export const openRoomInBrowser = async (executablePath: string, { files = true } = {}): Promise<RoomInBrowser> => {
  const engine = createRoomEngine()
  if (!files) engine.useCases.importFile = undefined
  const room = await createRoom(engine, fixedEffects())
  const listener = createLocalListener({ port: 0, room, ready: () => true, log: error => console.error(error) })
  const { url } = await listener.listen()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  return {
    engine,
    url,
    visit: (options, visit) => watched(browser, { url, options, visit }),
    profile: () => browser.newContext({ viewport: { width: 1280, height: 900 } }),
    close: async () => {
      await browser.close()
      await listener.close()
    },
  }
}

type Visit = { url: string; options: BrowserContextOptions; visit: (page: Page) => Promise<unknown> }

const watched = async (browser: Browser, { url, options, visit }: Visit) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  await page.goto(url)
  await page.waitForSelector('.example')
  await visit(page)
  await context.close()
  if (problems.length > 0) throw new Error(`the page logged: ${problems.join('; ')}`)
}

/** Types a question and sends it. */
export const ask = async (page: Page, text: string) => {
  await page.fill('#question', text)
  await page.press('#question', 'Enter')
}

/** Asks a question that has an answer with a chart, and waits for the chart. */
export const askAnswered = async (page: Page) => {
  await ask(page, 'Revenue by category in texs please')
  await page.waitForSelector('.picture.loaded')
}

type Dropped = { name: string; text?: string; bytes?: number }

/** Carries files over the page, and lets go of them unless `only` says less. */
export const drop = (page: Page, files: Dropped[], only: string[] = ['dragenter', 'dragover', 'drop']) =>
  page.evaluate(
    ({ files, only }) => {
      const transfer = new DataTransfer()
      for (const { name, text = 'a,b\n1,2\n', bytes } of files)
        transfer.items.add(new File([bytes === undefined ? text : new Uint8Array(bytes)], name))
      for (const type of only)
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    },
    { files, only },
  )
