import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { createLocalListener } from '#handlers/http/local.ts'
import { createRoom } from '#handlers/room/room.ts'
import { fixedEffects } from '#src/effects.ts'
import { createRoomEngine, type RoomEngine } from './room-engine.ts'

export type RoomInBrowser = {
  engine: RoomEngine
  url: string
  /** Opens the room in a fresh profile, runs the visit, and throws when the page has logged an error. */
  visit: (options: BrowserContextOptions, visit: (page: Page) => Promise<unknown>) => Promise<void>
  /** The same in a page that is used again, which takes half the time; what earlier visits left in its storage is cleared at every load. */
  again: (visit: (page: Page) => Promise<unknown>) => Promise<void>
  /** A profile without that watch, for pages that are meant to fail. */
  profile: () => Promise<BrowserContext>
  close: () => Promise<void>
}

/** One browser for the tests of a file, whose rooms come one after the other. */
let launched: Promise<Browser> | undefined
afterAll(async () => (await launched)?.close())

/** The room with its scripted engine behind the real listener, in a real Chromium. */
export const openRoomInBrowser = async (executablePath: string, { files = true } = {}): Promise<RoomInBrowser> => {
  const engine = createRoomEngine()
  if (!files) engine.useCases.importFile = undefined
  const room = await createRoom(engine, fixedEffects())
  const listener = createLocalListener({ port: 0, room, ready: () => true, log: error => console.error(error) })
  const { url } = await listener.listen()
  launched ??= chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const browser = await launched
  let used: Promise<Watched> | undefined
  return {
    engine,
    url,
    visit: async (options, visit) => {
      const watched = await openWatched(browser, options)
      await visitIn(watched, url, visit)
      await watched.page.context().close()
    },
    again: async visit => {
      used ??= openReused(browser)
      const watched = await used
      await watched.page.setViewportSize(usual.viewport)
      await watched.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await visitIn(watched, url, visit)
    },
    profile: () => browser.newContext({ viewport: usual.viewport }),
    close: async () => {
      await Promise.all(browser.contexts().map(context => context.close()))
      await listener.close()
    },
  }
}

const usual = { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const

/** A page, and the errors that it logged. */
type Watched = { page: Page; problems: string[] }

const openWatched = async (browser: Browser, options: BrowserContextOptions): Promise<Watched> => {
  const context = await browser.newContext({ ...usual, ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  return { page, problems }
}

const openReused = async (browser: Browser): Promise<Watched> => {
  const watched = await openWatched(browser, {})
  await watched.page.addInitScript(() => {
    if (window.top !== window) return
    localStorage.clear()
    sessionStorage.clear()
  })
  return watched
}

const visitIn = async ({ page, problems }: Watched, url: string, visit: (page: Page) => Promise<unknown>) => {
  problems.length = 0
  await page.goto(url)
  await page.waitForSelector('.example')
  await visit(page)
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
