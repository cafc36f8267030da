import { afterEach, describe, expect, test } from 'vitest'
import { type SlackAccess, slackWorks } from '#src/doctor/slack.ts'
import { slackScopes } from '#src/manifest/slack.ts'
import { readSlackSource } from '#src/manifest/source.ts'
import { type FakeSlack, startSlack } from '#test/fakes/slack/slack.ts'
import { nobody, startOddServer } from './odd-server.ts'

const scopes = slackScopes(await readSlackSource())
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const slackWith = async (granted: readonly string[] = scopes.needed): Promise<FakeSlack> => {
  const slack = await startSlack({ workspaces: [{ id: 'T1', name: 'Acme', token: 'xoxb-1', scopes: [...granted] }] })
  closers.push(() => slack.close())
  return slack
}
const look = (access: Partial<SlackAccess>) =>
  slackWorks({ apiUrl: 'unset', scopes: async () => scopes, ...access }, fetch).run()

describe('what Slack says of the tokens', () => {
  test('the bot and its workspace are named, and the socket opens', async () => {
    const { apiUrl } = await slackWith()
    expect(await look({ apiUrl, botToken: 'xoxb-1', appToken: 'xapp-fake' })).toEqual({
      status: 'ok',
      sentence: 'The bot is chartbot in Acme and may do what it needs.\nSocket Mode opens.',
    })
  })

  test('only what is set is asked about', async () => {
    const slack = await slackWith()
    await look({ apiUrl: slack.apiUrl, botToken: 'xoxb-1' })
    await look({ apiUrl: slack.apiUrl, appToken: 'xapp-fake' })
    expect(slack.calls.map(call => call.method)).toEqual(['auth.test', 'apps.connections.open'])
  })

  test('scopes that the manifest asks for and the token lacks are named, with what to do', async () => {
    const { apiUrl } = await slackWith(scopes.needed.filter(s => !s.startsWith('files:')))
    expect(await look({ apiUrl, botToken: 'xoxb-1' })).toEqual({
      status: 'fail',
      sentence: 'The bot is chartbot in Acme, but may not files:read, files:write.',
      fix: 'Paste the file of `npx chartroom manifest slack` into App Manifest, save, then Install App → Reinstall to Workspace.',
    })
  })

  test('scopes beyond the manifest are named; optional ones are not', async () => {
    const { apiUrl } = await slackWith([...scopes.needed, 'channels:history', 'users:read'])
    const access = { apiUrl, botToken: 'xoxb-1', scopes: async () => ({ ...scopes, optional: ['users:read'] }) }
    expect(await look(access)).toMatchObject({
      status: 'warn',
      sentence: 'The bot is chartbot in Acme, and may do more than it needs: channels:history.',
    })
  })

  test.each([
    ['invalid_auth', 'Slack does not know SLACK_BOT_TOKEN.'],
    ['token_revoked', 'SLACK_BOT_TOKEN is no longer valid: the app was removed, or installed anew.'],
    ['account_inactive', 'SLACK_BOT_TOKEN is no longer valid: the app was removed, or installed anew.'],
    ['not_allowed_token_type', 'SLACK_BOT_TOKEN is a token of another kind.'],
    ['org_login_required', 'Slack refused SLACK_BOT_TOKEN: org_login_required.'],
    ['\u001b[31mxoxb-1', 'Slack refused SLACK_BOT_TOKEN.'],
  ])('a bot token that is refused with %j fails', async (error, sentence) => {
    const slack = await slackWith()
    slack.fail('auth.test', { error })
    expect(await look({ apiUrl: slack.apiUrl, botToken: 'xoxb-1' })).toEqual({
      status: 'fail',
      sentence,
      fix: 'Copy it anew: Install App → Bot User OAuth Token.',
    })
  })

  test('an app token that is unknown or may not open a socket fails beside a bot that is well', async () => {
    const slack = await slackWith()
    expect(await look({ apiUrl: slack.apiUrl, botToken: 'xoxb-1', appToken: 'xapp-old' })).toMatchObject({
      status: 'fail',
      sentence: 'The bot is chartbot in Acme and may do what it needs.\nSlack does not know SLACK_APP_TOKEN.',
    })
    slack.fail('apps.connections.open', { error: 'missing_scope' })
    expect(await look({ apiUrl: slack.apiUrl, appToken: 'xapp-fake' })).toMatchObject({
      sentence: 'SLACK_APP_TOKEN lacks the scope connections:write.',
      fix: 'Make one: Basic Information → App-Level Tokens → Generate Token and Scopes, scope connections:write.',
    })
  })
})

describe('when Slack does not answer as it should', () => {
  test('offline is a warning, said once', async () => {
    const apiUrl = `${await nobody()}/api/`
    expect(await look({ apiUrl, botToken: 'xoxb-1', appToken: 'xapp-fake' })).toEqual({
      status: 'warn',
      sentence: 'Slack could not be reached, so nothing was checked there.',
      fix: 'Try again with a connection; a proxy or firewall must let it through.',
    })
  })

  test('too many requests and a failing service are warnings', async () => {
    const slack = await slackWith()
    const access = { apiUrl: slack.apiUrl, botToken: 'xoxb-1' }
    slack.fail('auth.test', { error: 'ratelimited' })
    expect(await look(access)).toMatchObject({ status: 'warn', sentence: expect.stringContaining('too often') })
    slack.fail('auth.test', { retryAfterSeconds: 30 })
    expect(await look(access)).toMatchObject({ status: 'warn' })
    slack.fail('auth.test', { status: 503 })
    expect(await look(access)).toMatchObject({ status: 'warn' })
  })

  test('a page instead of JSON, and JSON of something else, are warnings', async () => {
    for (const body of ['<html>proxy</html>', '[]', '{"ok":"yes"}']) {
      const { url, close } = await startOddServer((_, response) => response.end(body))
      closers.push(close)
      expect(await look({ apiUrl: `${url}/api/`, botToken: 'xoxb-1' })).toMatchObject({ status: 'warn' })
    }
  })

  test('a redirect takes the token nowhere', async () => {
    const thief = await startOddServer((_, response) => response.end('{"ok":true}'))
    const { url, close } = await startOddServer((_, response) => response.writeHead(307, { location: thief.url }).end())
    closers.push(thief.close, close)
    expect(await look({ apiUrl: `${url}/api/`, botToken: 'xoxb-1' })).toMatchObject({ status: 'warn' })
    expect(thief.asked).toEqual([])
  })

  test('names with control characters reach the terminal without them; without a header nothing is said of scopes', async () => {
    const reply = { ok: true, user: 'bot\u001b[31m', team: `\u202e${'x'.repeat(100)}` }
    const { url, asked, close } = await startOddServer((_, response) => response.end(JSON.stringify(reply)))
    closers.push(close)
    expect(await look({ apiUrl: `${url}/api/`, botToken: 'xoxb-1' })).toEqual({
      status: 'ok',
      sentence: `The bot is bot[31m in ${'x'.repeat(80)}.`,
    })
    expect(asked).toEqual([{ url: '/api/auth.test', authorization: 'Bearer xoxb-1' }])
  })
})
