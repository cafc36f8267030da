import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from '#test/fakes/browser.ts'
import { startPage } from './page-server.ts'
import { type SdkApp, startSdkApp } from './sdk-app.ts'
import { type FakeTeams, startTeams } from './teams.ts'
import type { Json } from './world.ts'

const executablePath = findChromium()

let teams: FakeTeams
let bot: SdkApp
let page: Awaited<ReturnType<typeof startPage>>
beforeAll(async () => {
  teams = await startTeams()
  page = await startPage(teams)
  bot = await startSdkApp(teams, app => {
    app.on('message', async ({ activity, send }) => {
      if (activity.value) return void (await send(`pressed ${activity.value.click}`))
      await send({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.5',
              body: [{ type: 'TextBlock', text: `You said ${activity.text}, **bold** and \\*plain\\*`, wrap: true }],
              actions: [
                { type: 'Action.Submit', title: 'CSV', data: { click: 'csv' } },
                { type: 'Action.Execute', title: 'Again', verb: 'click', data: { click: 'again' } },
              ],
            },
          },
        ],
        channelData: { feedbackLoop: { type: 'custom' } },
        suggestedActions: { to: [], actions: [{ type: 'imBack', title: 'By state', value: 'and by state?' }] },
      })
    })
    app.on('message.fetch-task', async () => ({
      task: {
        type: 'continue',
        value: {
          card: {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.5',
              body: [{ type: 'Input.Text', id: 'why', placeholder: 'Why?' }],
              actions: [{ type: 'Action.Submit', title: 'Give' }],
            },
          },
        },
      },
    }))
    app.on('message.submit.feedback', async ({ activity, send }) => {
      await send(`rated ${activity.value.actionValue.reaction} ${activity.value.actionValue.feedback}`)
    })
    app.on('card.action', async () => ({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'A new card' }] },
    }))
  })
})
afterAll(async () => {
  await bot.stop()
  await page.stop()
  await teams.stop()
})

test('only this machine, by its own name, with JSON, is served', async () => {
  const post = (type: string) =>
    fetch(`${page.url}do`, { method: 'POST', body: '{}', headers: { 'content-type': type } })
  expect((await post('text/plain')).status).toBe(415)
  expect((await fetch(`${page.url}../../etc/passwd`)).status).toBe(404)
})

describe.runIf(executablePath)('the page', () => {
  let browser: Browser
  let tab: Page
  const problems: string[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
    tab = await browser.newPage()
    tab.on('pageerror', error => problems.push(error.message))
    tab.on('console', message => message.type() === 'error' && problems.push(message.text()))
    await tab.goto(page.url)
    await tab.waitForSelector('#places button')
  })
  afterAll(() => browser.close())

  const say = async (text: string) => {
    await tab.fill('#text', text)
    await tab.press('#text', 'Enter')
  }
  const open = (name: string) => tab.getByRole('button', { name }).click()

  test('shows an answer as the official renderer draws it, and presses its buttons', async () => {
    await say('revenue')
    await tab.getByText('You said revenue, bold and *plain*').waitFor()
    await tab.getByRole('button', { name: 'CSV' }).click()
    await tab.getByText('pressed csv').waitFor()
    await tab.getByRole('button', { name: 'Again' }).click()
    await tab.getByText('A new card').waitFor()
    await tab.getByRole('button', { name: 'By state' }).first().click()
    await tab.getByText('You said and by state?').waitFor()
    expect(problems).toEqual([])
  })

  test('shows the form of the bot for a rating', async () => {
    await tab.getByRole('button', { name: 'Dislike' }).first().click()
    await tab.getByPlaceholder('Why?').fill('wrong month')
    await tab.getByRole('button', { name: 'Give' }).click()
    await tab.getByText('rated dislike {"why":"wrong month"}').waitFor()
    expect(problems).toEqual([])
  })

  test('sends files, in the personal chat', async () => {
    const bytes = Buffer.alloc(20_000, 'é,1\n')
    await tab.setInputFiles('#files', { name: 'Ümsatz.csv', mimeType: 'text/csv', buffer: bytes })
    await say('look')
    await tab.getByText('You said look').waitFor()
    const { activity } = teams.seenBy('asker', 'personal').find(({ activity }) => activity.text === 'look')!
    const file = (activity.attachments as Json[]).at(-1)!
    expect(file.name).toBe('Ümsatz.csv')
    const fetched = await fetch(String((file.content as Json).downloadUrl))
    expect(Buffer.from(await fetched.arrayBuffer()).equals(bytes)).toBe(true)
    await open('Group: Numbers')
    await tab.locator('#files').waitFor({ state: 'hidden' })
    expect(problems).toEqual([])
  })

  test('reads what a card has escaped as Teams does', async () => {
    const texts = ['\\- item', '&gt; quote', '&amp;lt;', '- item', '\\*a\\*']
    const html = await tab.evaluate(`import('/markdown.js').then(({ toHtml }) => ${JSON.stringify(texts)}.map(toHtml))`)
    expect(html).toEqual(['- item', '&gt; quote', '&amp;lt;', '• item', '*a*'].map(text => `<div>${text}</div>`))
  })

  test('keeps a slash command between its sender and the bot', async () => {
    await open('Group: Numbers')
    await say('/kpi revenue')
    await tab.getByText('You said kpi revenue').waitFor()
    expect(await tab.getByText('Only you can see this message').count()).toBe(2)
    await tab.selectOption('#as', 'colleague')
    await tab.getByText('kpi revenue').first().waitFor({ state: 'detached' })
    await tab.selectOption('#as', 'asker')
    expect(problems).toEqual([])
  })

  test('answers in the thread of a channel', async () => {
    await open('Channel: Revenue')
    await say('revenue')
    await tab.locator('.message.reply').getByText('You said').waitFor()
    expect(teams.messages('channel').map(({ thread }) => thread)).toEqual([teams.seenBy('asker', 'channel')[0]!.id])
  })
})
