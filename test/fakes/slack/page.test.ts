import type { App } from '@slack/bolt'
import { chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { solidPng } from '#test/fakes/solid-png.ts'
import { startBolt } from './bolt.ts'
import { startDriving } from './driving.ts'
import type { FakeSlack } from './slack.ts'

const hostile = '<img src=x onerror="document.title=\'owned\'"> &amp; <!channel>'
const plain = (text: string) => ({ type: 'plain_text' as const, text })
const menu = {
  type: 'actions',
  block_id: 'menus',
  elements: [
    { type: 'button', action_id: 'form', text: plain('Ask for a form') },
    {
      type: 'static_select',
      action_id: 'period',
      placeholder: plain('Period'),
      options: [{ text: plain('Last week'), value: 'week' }],
    },
  ],
}

/** A bot that says back what it hears, with one of everything. */
const listen = (app: App) => {
  app.event('app_mention', async ({ event, client, say }) => {
    const { files } = (await client.filesUploadV2({
      file: Buffer.from(solidPng({ width: 40, height: 20, rgb: [0, 128, 0] })),
      filename: 'chart.png',
    })) as unknown as {
      files: { files: { id: string }[] }[]
    }
    const blocks = [
      { type: 'header', text: plain(hostile) },
      { type: 'section', text: { type: 'mrkdwn', text: `*${event.text.length}* ${hostile}` } },
      { type: 'image', slack_file: { id: files[0]?.files[0]?.id ?? '' }, alt_text: 'A picture of nothing' },
      { type: 'table', rows: [[{ type: 'raw_text', text: 'State' }], [{ type: 'raw_text', text: hostile }]] },
      menu,
    ]
    await say({ text: 'Here', blocks, thread_ts: event.ts })
  })
  app.command('/kpi', async ({ ack, command }) => ack(`Only you: ${command.text}`))
  app.action('period', async ({ ack, respond }) => {
    await ack()
    await respond({ replace_original: true, text: 'Last week it is', blocks: [menu] })
  })
  app.action('form', async ({ ack, client, body }) => {
    await ack()
    const element = { type: 'plain_text_input' as const, action_id: 'why' }
    const input = { type: 'input' as const, block_id: 'why', label: plain('Why'), element }
    const view = {
      type: 'modal' as const,
      callback_id: 'form',
      title: plain('Tell us'),
      submit: plain('Send'),
      blocks: [input],
    }
    if ('trigger_id' in body) await client.views.open({ trigger_id: String(body.trigger_id), view })
  })
  app.view('form', async ({ ack, view, client, body }) => {
    await ack()
    await client.chat.postMessage({ channel: body.user.id, text: `You wrote ${view.state.values.why?.why?.value}` })
  })
}

const executablePath = findChromium()

describe.runIf(executablePath)('the page', () => {
  let slack: FakeSlack
  let page: Page
  const problems: string[] = []
  const closing: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    slack = await startDriving()
    closing.push(slack.close)
    const bolt = await startBolt(slack, listen, { transport: 'socket' })
    closing.push(bolt.stop)
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    closing.push(() => browser.close())
    page = await browser.newPage()
    page.setDefaultTimeout(10_000)
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => message.type() === 'error' && problems.push(message.text()))
    await page.goto(`${slack.origin}/`)
    await page.getByRole('button', { name: '# general' }).click()
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  const say = async (text: string) => {
    await page.fill('#text', text)
    await page.press('#text', 'Enter')
  }

  it('shows an answer with its picture, and every text as text', async () => {
    await say('@chartroom revenue by state')
    const answer = page.locator('article.reply')
    await answer.locator('table').waitFor()
    expect(await answer.locator('h3').textContent()).toBe(hostile)
    expect(await answer.locator('td').textContent()).toBe(hostile)
    expect(await answer.locator('.mention').textContent()).toBe('!channel')
    const picture = answer.getByAltText('A picture of nothing')
    await page.waitForFunction(() => [...document.images].every(image => image.complete && image.naturalWidth > 0))
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40)
    expect(await page.title()).toBe('Slack stand-in')
  })

  it('chooses from a menu, which changes the message', async () => {
    await page.getByLabel('Period').selectOption('Last week')
    await slack.waitFor(() => slack.answers('C0GENERAL').find(message => message.text === 'Last week it is'))
  })

  it('fills in a form', async () => {
    await page.getByRole('button', { name: 'Ask for a form' }).click()
    await page.getByLabel('Why').fill('Because')
    await page.getByRole('button', { name: 'Send' }).last().click()
    await slack.waitFor(() => slack.answers('D0ASKER').find(message => message.text === 'You wrote Because'))
    await page.locator('#modal').waitFor({ state: 'hidden' })
  })

  it('shows an ephemeral answer to one person only', async () => {
    await say('/kpi revenue')
    await page.getByText('Only you: revenue').waitFor()
    await page.selectOption('#as', 'U0OTHER')
    await page.getByRole('button', { name: '# general' }).click()
    await page.locator('article.reply').waitFor()
    expect(await page.getByText('Only you: revenue').count()).toBe(0)
  })

  it('logs no error', () => {
    expect(problems).toEqual([])
  })
})
