import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { alwaysLoaded, folderOf } from '#renderers/chart/font-files.ts'
import type { Picture } from '#renderers/chart/spec.ts'

/** The same Vega specs drawn in headless Chromium and screenshotted, as PNG of the same size. */
export type BrowserPainter = {
  /** In a page that is open already. */
  warm: (spec: Picture) => Promise<Buffer>
  /** In a browser that is started for it; `done` closes that, which needs not be waited for by whoever wants the picture. */
  fresh: (spec: Picture) => Promise<{ png: Buffer; done: () => Promise<void> }>
  close: () => Promise<void>
}

export const openBrowserPainter = async (executablePath: string): Promise<BrowserPainter> => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-page-'))
  const address = writePage(folder)
  const launch = () => chromium.launch({ executablePath, args: ['--no-sandbox', '--allow-file-access-from-files'] })
  const browser = await launch()
  const page = await openPage(browser, address)
  return {
    warm: spec => screenshot(page, spec),
    fresh: async spec => {
      const own = await launch()
      return { png: await screenshot(await openPage(own, address), spec), done: () => own.close() }
    },
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A page with Vega and the painter's Inter fonts; they are in use before anything is measured, as they are in the painter. */
const writePage = (folder: string): string => {
  const weights = [400, 500, 600, 700]
  const inter = alwaysLoaded.filter(([, , family]) => family === 'Inter')
  const faces = inter.map(([name, file], i) => {
    const url = pathToFileURL(join(folderOf(name), file))
    return `@font-face{font-family:Inter;font-weight:${weights[i]};src:url("${url}")}`
  })
  const uses = weights.map(weight => `<i style="font:${weight} 12px Inter">a</i>`)
  const vega = new URL('vega.min.js', import.meta.resolve('vega'))
  const html = `<!doctype html><meta charset="utf-8"><style>${faces.join('')}body{margin:0}i{position:absolute;opacity:0}</style>
<div id="chart"></div>${uses.join('')}<script src="${vega}"></script>`
  const path = join(folder, 'page.html')
  writeFileSync(path, html)
  return pathToFileURL(path).href
}

const openPage = async (browser: Browser, address: string): Promise<Page> => {
  const page = await browser.newPage({ viewport: { width: 600, height: 360 }, deviceScaleFactor: 2 })
  await page.goto(address)
  await page.evaluate(() => document.fonts.ready)
  return page
}

type Vega = { parse: (spec: unknown) => unknown; View: new (runtime: unknown, options: object) => View }
type View = { runAsync: () => Promise<View>; finalize: () => void }

const screenshot = async (page: Page, spec: Picture): Promise<Buffer> => {
  await page.evaluate(async given => {
    const { vega, last } = window as unknown as { vega: Vega; last?: View }
    last?.finalize()
    const view = new vega.View(vega.parse(given), { renderer: 'canvas', container: '#chart' })
    Object.assign(window, { last: await view.runAsync() })
  }, spec)
  return page.screenshot({ type: 'png' })
}
