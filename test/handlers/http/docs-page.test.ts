import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scriptedAnalytics } from '#test/fakes/analytics.ts'
import { openApi, scriptedQuestions } from '#test/fakes/api.ts'
import { findChromium } from '#test/fakes/browser.ts'

const { analytics } = scriptedAnalytics()
let api: Awaited<ReturnType<typeof openApi>>
beforeAll(async () => {
  api = await openApi({ analytics, questions: scriptedQuestions().questions })
})
afterAll(() => api.close())

describe('the page of the API', () => {
  it('is made of files of its own, each with its type, and kept by its tag', async () => {
    for (const [path, type] of [
      ['/docs', 'text/html; charset=utf-8'],
      ['/docs/start.js', 'text/javascript; charset=utf-8'],
      ['/docs/swagger-ui.css', 'text/css; charset=utf-8'],
      ['/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
      ['/docs/favicon-32x32.png', 'image/png'],
    ] as const) {
      const { status, headers } = await api.request(path)
      expect([path, status, headers['content-type']]).toEqual([path, 200, type])
      const again = await api.request(path, { headers: { 'if-none-match': String(headers.etag) } })
      expect(again.status).toBe(304)
    }
    expect((await api.request('/docs/')).headers.location).toBe('/docs')
  })

  it.each(['/docs/package.json', '/docs/..%2fdocs.ts', '/docs/constructor', '/docs/swagger-ui-bundle.js.map'])(
    'has no other file: %s',
    async path => {
      expect((await api.request(path)).status).toBe(404)
    },
  )

  it('may run and load only what comes from here, and nobody may frame it', async () => {
    const policy = String((await api.request('/docs')).headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|https?:/)
    expect(String((await api.request('/openapi.json')).headers['content-security-policy'])).toContain('trusted-types')
  })
})

const installed = findChromium()

describe.skipIf(!installed)('the page of the API in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: installed, args: ['--no-sandbox'] })
  })
  afterAll(() => browser?.close())

  /** What a page may say in its console; a reply of 400 is noted there by the browser itself. */
  const visit = async (test: (page: Page) => Promise<void>, expected = /^$/) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const problems: string[] = []
    const elsewhere: string[] = []
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error' && !expected.test(message.text())) problems.push(message.text())
    })
    page.on('request', request => {
      const url = new URL(request.url())
      if (url.protocol !== 'data:' && url.origin !== new URL(api.url).origin) elsewhere.push(request.url())
    })
    await page.goto(new URL('/docs', api.url).href)
    await page.waitForSelector('#operations-Analytics-overview')
    await test(page)
    await page.close()
    expect([problems, elsewhere]).toEqual([[], []])
  }

  const execute = async (page: Page, operation: string, values: Record<string, string>) => {
    const block = page.locator(`#operations-Analytics-${operation}`)
    for (const [name, value] of Object.entries(values)) {
      const field = block.locator(`tr[data-param-name="${name}"]`).locator('input, select')
      if (await field.evaluate(node => node.tagName === 'SELECT')) await field.selectOption(value)
      else await field.fill(value)
    }
    const answered = page.waitForResponse(response => response.url().includes('/analytics/'))
    await block.getByRole('button', { name: 'Execute' }).click()
    await answered
    const body = block.locator('.live-responses-table .highlight-code').first()
    await body.waitFor()
    return body
  }

  it('lists all addresses, and a filter that is changed gives another result', () =>
    visit(async page => {
      expect(await page.locator('.opblock').count()).toBe(12)
      await page.locator('#operations-Analytics-volume .opblock-summary-control').click()
      const may = { start_date: '2024-05-01', end_date: '2024-05-31', product_context: 'pool' }
      const body = await execute(page, 'volume', may)
      await expect.poll(() => body.textContent()).toMatch(/"product_context": "pool",\s*"days_count": 31/)
      await execute(page, 'volume', { ...may, end_date: '2024-05-07', product_context: 'landscape' })
      await expect.poll(() => body.textContent()).toMatch(/"product_context": "landscape",\s*"days_count": 7/)
    }))

  it('shows what is wrong with a parameter', () =>
    visit(async page => {
      await page.locator('#operations-Analytics-segments .opblock-summary-control').click()
      const wrong = { start_date: '2024-05-01', end_date: '2024-04-01', product_context: 'pool' }
      const block = page.locator('#operations-Analytics-segments')
      await execute(page, 'segments', wrong)
      await expect.poll(() => block.textContent()).toContain('must not be before start_date')
    }, /status of 400/))
})
