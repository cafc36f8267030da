import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { openBenchEngine } from '#test/bench/engine.ts'
import { today } from '#test/bench/questions.ts'
import { startServer, untilReady } from '#test/bench/server.ts'
import { findChromium } from '#test/fakes/browser.ts'

/**
 * `npm run screenshots [name]`: the pictures of the README (those with the name in theirs), from real answers of the sample shop: charts by the
 * painter, the room in Chromium.
 */
const main = async (): Promise<void> => {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('the pictures of the room need Chromium')
  const home = mkdtempSync(join(tmpdir(), 'chartroom-screenshots-'))
  mkdirSync(folder, { recursive: true })
  try {
    await charts(home)
    await rooms(home, executablePath)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

const folder = 'docs/images'
const isWanted = ([name]: [string, unknown]) => name.includes(process.argv[2] ?? '')
/** A picture in a README should load at once. */
const mostKb = 200

const chartQuestions = {
  bar: 'revenue by category in Q4 2023',
  line: 'monthly revenue 2023',
  'multi-line': 'revenue by month and channel in 2023',
  heatmap: 'orders by weekday and channel as a heatmap',
  donut: 'revenue by channel as a donut',
  kpi: 'revenue in December 2023',
}

const charts = async (home: string): Promise<void> => {
  const wanted = Object.entries(chartQuestions).filter(isWanted)
  const { ask, painters, close } = await openBenchEngine({ folder: home, size: 'small', cacheSeconds: 300 })
  try {
    for (const [name, text] of wanted) {
      const answer = await ask({ text, today })
      if (answer.status !== 'answered') throw new Error(`“${text}” was not answered but: ${answer.status}`)
      save(`chart-${name}`, await painters.paint(answer.chart, 'light'))
    }
  } finally {
    await close()
  }
}

type Visit = { questions: string[]; options: BrowserContextOptions; shownAs?: 'Slack' | 'Teams' }

const visits: Record<string, Visit> = {
  'room-light': {
    questions: ['revenue by category in Q4 2023'],
    options: { viewport: { width: 1120, height: 1000 }, colorScheme: 'light' },
  },
  'room-dark': {
    questions: ['Why did revenue go up in November 2023?'],
    options: { viewport: { width: 1120, height: 1110 }, colorScheme: 'dark' },
  },
  'room-phone': {
    questions: ['monthly revenue 2023'],
    options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: 'light', hasTouch: true },
  },
}

const why = 'Why did revenue go up in November 2023?'
const chats: Record<string, Visit> = {
  'answer-in-slack': {
    questions: [why],
    shownAs: 'Slack',
    options: { viewport: { width: 840, height: 1020 }, colorScheme: 'light' },
  },
  'answer-in-teams': {
    questions: [why],
    shownAs: 'Teams',
    options: { viewport: { width: 840, height: 1130 }, colorScheme: 'light' },
  },
}

const rooms = async (home: string, executablePath: string): Promise<void> => {
  const server = await startServer({ home, settings: { DUCKDB_PATH: join(home, 'small.duckdb') } })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    await untilReady(server)
    for (const [name, { questions, options, shownAs }] of Object.entries({ ...visits, ...chats }).filter(isWanted)) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      const page = await context.newPage()
      await page.goto(server.url)
      for (const question of questions) await ask(page, question)
      if (shownAs) await showAs(page, shownAs)
      save(name, await page.screenshot())
      await context.close()
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

const ask = async (page: Page, question: string): Promise<void> => {
  const before = await page.locator('.picture.loaded').count()
  await page.fill('#question', question)
  await page.press('#question', 'Enter')
  await page.locator('.picture.loaded').nth(before).waitFor()
}

const showAs = async (page: Page, chat: string): Promise<void> => {
  await page.getByRole('tab', { name: chat }).click()
  const picture = page.frameLocator('iframe').locator('img[alt]:not([alt=""])')
  await picture.waitFor()
  while (!(await picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)))
    await page.waitForTimeout(50)
  await page.mouse.move(0, 0)
  await page.waitForTimeout(300)
}

const save = (name: string, png: Uint8Array): void => {
  const kb = Math.round(png.length / 1024)
  if (kb > mostKb) throw new Error(`${name} has ${kb} KB; ${mostKb} is the most`)
  const path = join(folder, `${name}.png`)
  writeFileSync(path, png)
  console.log(`Wrote ${path}, ${kb} KB`)
}

await main()
