import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { clientOf } from './bolt.ts'
import { type SlackOptions, startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = async (options: SlackOptions = {}) => {
  const slack = await startSlack(options)
  closing.push(slack.close)
  return { slack, client: clientOf(slack) }
}

/** The error that Slack gives, or `ok`. */
const errorOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    error => (error instanceof WebAPIPlatformError ? error.data.error : `${error.constructor.name}`),
  )

const section = (text: string) => ({ type: 'section', text: { type: 'plain_text', text } })

describe('messages', () => {
  it('are posted, changed and deleted', async () => {
    const { slack, client } = await open()
    const { ts = '', message } = await client.chat.postMessage({ channel: 'C0SALES', text: 'One', unfurl_links: false })
    expect(message).toMatchObject({ text: 'One', user: 'U0CHARTBOT', bot_id: 'B0CHARTBOT', ts })
    expect(slack.messages('C0SALES')).toMatchObject([{ text: 'One', args: { unfurl_links: false } }])
    await client.chat.update({ channel: 'C0SALES', ts, text: 'Two', blocks: [section('two')] })
    expect(slack.messages('C0SALES')).toMatchObject([
      { ts, text: 'Two', blocks: [{ type: 'section', block_id: expect.any(String) }], earlier: [{ text: 'One' }] },
    ])
    await client.chat.delete({ channel: 'C0SALES', ts })
    expect(slack.messages('C0SALES')).toEqual([])
    expect(slack.messages('C0SALES', { deleted: true })).toHaveLength(1)
    expect(await errorOf(client.chat.update({ channel: 'C0SALES', ts, text: 'Three' }))).toBe('message_not_found')
  })

  it('keep their blocks when only the text is changed, and lose them to an empty list', async () => {
    const { slack, client } = await open()
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0SALES', text: 'One', blocks: [section('one')] })
    await client.chat.update({ channel: 'C0SALES', ts, text: 'Two' })
    expect(slack.messages('C0SALES')[0]?.blocks).toHaveLength(1)
    await client.chat.update({ channel: 'C0SALES', ts, text: 'Three', blocks: [] })
    expect(slack.messages('C0SALES')[0]?.blocks).toEqual([])
  })

  it('to one person are seen by them alone and cannot be changed', async () => {
    const { slack, client } = await open()
    const { message_ts: ts = '' } = await client.chat.postEphemeral({
      channel: 'C0SALES',
      user: 'U0OTHER',
      text: 'Psst',
    })
    expect(slack.messages('C0SALES')).toMatchObject([{ text: 'Psst', visibleTo: 'U0OTHER' }])
    expect(await errorOf(client.chat.update({ channel: 'C0SALES', ts, text: 'Louder' }))).toBe('message_not_found')
  })

  it.each([
    ['a channel that does not exist', 'C0NOWHERE', 'channel_not_found'],
    ['a channel without the bot', 'C0QUIET', 'not_in_channel'],
    ['a private channel without the bot', 'G0BOARD', 'channel_not_found'],
    ['an archived channel', 'C0OLD', 'is_archived'],
    ['a channel by its name', '#sales', 'ok'],
    ['a person', 'U0OTHER', 'ok'],
    ['somebody who has left', 'D0GONE', 'ok'],
  ])('to %s', async (_, channel, outcome) => {
    const { client } = await open()
    expect(await errorOf(client.chat.postMessage({ channel, text: 'Hello' }))).toBe(outcome)
  })

  it('to somebody who has left are refused when a test says so', async () => {
    const { slack, client } = await open()
    slack.deactivate('U0OTHER', { error: 'cannot_dm' })
    expect(await errorOf(client.chat.postMessage({ channel: 'D0OTHER', text: 'Hello' }))).toBe('cannot_dm')
    expect(await errorOf(client.conversations.open({ users: 'U0OTHER' }))).toBe('user_disabled')
    const ephemeral = client.chat.postEphemeral({ channel: 'C0SALES', user: 'U0OTHER', text: 'Hello' })
    expect(await errorOf(ephemeral)).toBe('user_not_in_channel')
  })

  it('need words, not too many, and belong to whoever wrote them', async () => {
    const { slack, client } = await open()
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0SALES', text: 'x'.repeat(40_001) })
    expect(slack.messages('C0SALES')[0]?.text).toHaveLength(40_000)
    expect(await errorOf(client.chat.update({ channel: 'C0SALES', ts, text: 'x'.repeat(4001) }))).toBe('msg_too_long')
    expect(await errorOf(client.chat.postMessage({ channel: 'C0SALES', text: '' }))).toBe('no_text')
    const theirs = slack.say({ channel: 'C0SALES', text: 'Mine' })
    const change = client.chat.update({ channel: 'C0SALES', ts: theirs.ts, text: 'Yours' })
    expect(await errorOf(change)).toBe('cant_update_message')
    expect(await errorOf(client.chat.delete({ channel: 'C0SALES', ts: theirs.ts }))).toBe('cant_delete_message')
  })

  it('with blocks that Slack would not take say what and where', async () => {
    const { client } = await open()
    const refused = client.chat.postMessage({ channel: 'C0SALES', text: 'Hi', blocks: [section('x'.repeat(3001))] })
    await expect(refused).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: [
          'failed to match all allowed schemas [json-pointer:/blocks/0/text]',
          'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
        ],
        response_metadata: {
          messages: [
            '[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]',
            '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
          ],
        },
      },
    })
  })
})

describe('tokens', () => {
  it('say which workspace they are for and what they may do', async () => {
    const { client } = await open({
      workspaces: [{ id: 'T1' }, { id: 'T2', token: 'xoxb-second', scopes: ['chat:write'] }],
    })
    const test = await client.auth.test({ token: 'xoxb-second' })
    expect(test).toMatchObject({ team_id: 'T2', user_id: 'U0CHARTBOT', response_metadata: { scopes: ['chat:write'] } })
    expect(await client.auth.test()).toMatchObject({ team_id: 'T1' })
  })

  it('that are missing, unknown, taken back or too weak are refused', async () => {
    const { slack, client } = await open({ workspaces: [{ id: 'T1', scopes: ['chat:write'] }] })
    expect(await (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' })).json()).toEqual({
      ok: false,
      error: 'not_authed',
    })
    expect(await errorOf(client.auth.test({ token: 'xoxb-unknown' }))).toBe('invalid_auth')
    await expect(client.files.info({ file: 'F0' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'files:read', provided: 'chat:write' },
    })
    slack.revoke()
    expect(await errorOf(client.auth.test())).toBe('token_revoked')
    slack.revoke('account_inactive')
    expect(await errorOf(client.auth.test())).toBe('account_inactive')
  })

  it('of one workspace see nothing of another', async () => {
    const { slack, client } = await open({ workspaces: [{ id: 'T1' }, { id: 'T2', token: 'xoxb-second' }] })
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0SALES', text: 'First' })
    const other = clientOf(slack, 'xoxb-second')
    expect(await errorOf(other.chat.update({ channel: 'C0SALES', ts, text: 'Second' }))).toBe('message_not_found')
    expect(slack.messages('C0SALES', { team: 'T2' })).toEqual([])
  })
})

describe('trouble on demand', () => {
  it('errors of Slack, once or as often as planned', async () => {
    const { slack, client } = await open()
    slack.fail('chat.postMessage', { error: 'fatal_error' }, { times: 2 })
    const post = () => errorOf(client.chat.postMessage({ channel: 'C0SALES', text: 'Hello' }))
    expect([await post(), await post(), await post()]).toEqual(['fatal_error', 'fatal_error', 'ok'])
    expect(slack.callsOf('chat.postMessage').map(call => call.outcome)).toEqual(['fatal_error', 'fatal_error', 'ok'])
  })

  it('for calls about one thing only, until it is taken away', async () => {
    const { slack, client } = await open()
    const heal = slack.fail(
      'chat.postMessage',
      { error: 'not_in_channel' },
      { when: args => args.channel === 'C0SALES', times: 9 },
    )
    expect(await errorOf(client.chat.postMessage({ channel: 'C0GENERAL', text: 'a' }))).toBe('ok')
    expect(await errorOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a' }))).toBe('not_in_channel')
    heal()
    expect(await errorOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a' }))).toBe('ok')
  })

  it('a status that is no answer of Slack', async () => {
    const { slack, client } = await open()
    slack.fail('auth.test', { status: 503 })
    await expect(client.auth.test()).rejects.toBeInstanceOf(WebAPIHTTPError)
  })

  it('a connection that is cut before anything happens', async () => {
    const { slack, client } = await open()
    slack.fail('chat.postMessage', 'reset')
    await expect(client.chat.postMessage({ channel: 'C0SALES', text: 'a' })).rejects.toBeInstanceOf(WebAPIRequestError)
    expect(slack.messages('C0SALES')).toEqual([])
  })

  it('an answer that is lost after the message was taken', async () => {
    const { slack, client } = await open()
    slack.fail('chat.postMessage', 'lost')
    await expect(client.chat.postMessage({ channel: 'C0SALES', text: 'a' })).rejects.toBeInstanceOf(WebAPIRequestError)
    expect(slack.messages('C0SALES')).toMatchObject([{ text: 'a' }])
    expect(slack.callsOf('chat.postMessage')).toMatchObject([{ outcome: 'lost' }])
  })

  it('an upload and an answer through a response URL that fail', async () => {
    const { slack, client } = await open({ to: 'http://127.0.0.1:1/' })
    slack.fail('upload', { status: 500 })
    const upload = client.filesUploadV2({ file: Buffer.from('a,b'), filename: 'a.csv' })
    expect(await errorOf(upload)).toBe('WebAPIHTTPError')
    expect([...slack.files.values()]).toMatchObject([{ state: 'waiting' }])
    const { sent } = await slack.command({ command: '/kpi' })
    const respond = () =>
      fetch(String(sent.payload.response_url), { method: 'POST', body: JSON.stringify({ text: 'a' }) })
    slack.fail('response_url', 'lost')
    await expect(respond()).rejects.toThrow('fetch failed')
    expect(slack.answers('C0GENERAL')).toMatchObject([{ text: 'a', via: 'response_url' }])
    expect((await respond()).status).toBe(200)
    expect(slack.calls.map(call => [call.method, call.outcome])).toEqual([
      ['files.getUploadURLExternal', 'ok'],
      ['upload', 'http 500'],
      ['response_url', 'lost'],
      ['response_url', 'ok'],
    ])
  })

  it('an answer that is late', async () => {
    const { slack, client } = await open()
    slack.delay('chat.postMessage', 80)
    const post = client.chat.postMessage({ channel: 'C0SALES', text: 'a' })
    await slack.waitFor(() => slack.messages('C0SALES')[0])
    expect(slack.callsOf('chat.postMessage')).toMatchObject([{ outcome: 'running' }])
    await post
    expect(slack.callsOf('chat.postMessage')).toMatchObject([{ outcome: 'ok' }])
  })

  it('429 with Retry-After, in one channel and for as long as planned', async () => {
    let now = Date.parse('2026-01-05T10:00:00Z')
    const { slack, client } = await open({ now: () => now })
    slack.limit('chat.postMessage', { seconds: 2, channel: 'C0SALES' })
    const refused = client.chat.postMessage({ channel: 'C0SALES', text: 'a' })
    await expect(refused).rejects.toBeInstanceOf(WebAPIRateLimitedError)
    await expect(refused).rejects.toMatchObject({ retryAfter: 2 })
    expect(await errorOf(client.chat.postMessage({ channel: 'C0GENERAL', text: 'a' }))).toBe('ok')
    now += 2001
    expect(await errorOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a' }))).toBe('ok')
  })

  it('the tiers of Slack, when they are asked for', async () => {
    let now = Date.parse('2026-01-05T10:00:00Z')
    const { client } = await open({ now: () => now, rateLimits: true })
    const post = () => errorOf(client.chat.postMessage({ channel: 'C0SALES', text: 'a' }))
    expect([await post(), await post(), await post(), await post()]).toEqual([
      'ok',
      'ok',
      'ok',
      'WebAPIRateLimitedError',
    ])
    now += 3000
    expect(await post()).toBe('ok')
    const infos = await Promise.all(Array.from({ length: 51 }, () => errorOf(client.team.info())))
    expect(infos.filter(outcome => outcome === 'ok')).toHaveLength(50)
  })
})

describe('people and places', () => {
  it('are told', async () => {
    const { client } = await open()
    expect(await client.users.info({ user: 'U0GUEST' })).toMatchObject({
      user: { is_restricted: true, tz: 'Europe/Amsterdam' },
    })
    expect(await client.conversations.info({ channel: 'C0SALES' })).toMatchObject({
      channel: { name: 'sales', is_member: true },
    })
    expect(await client.conversations.open({ users: 'U0OTHER' })).toMatchObject({ channel: { id: 'D0OTHER' } })
    expect(await client.team.info()).toMatchObject({ team: { id: 'T0CHART', domain: 'chart-works' } })
    expect(await errorOf(client.conversations.replies({ channel: 'C0SALES', ts: '1.000000' }))).toBe('missing_scope')
    expect(await errorOf(client.apiCall('chat.nothing'))).toBe('unknown_method')
  })

  it('hear a status that goes away with the answer', async () => {
    const { slack, client } = await open()
    const { ts } = slack.say({ channel: 'D0ASKER', text: 'revenue' })
    await client.assistant.threads.setStatus({ channel_id: 'D0ASKER', thread_ts: ts, status: 'is counting …' })
    expect(slack.status('D0ASKER', ts)).toBe('is counting …')
    await client.chat.postMessage({ channel: 'D0ASKER', thread_ts: ts, text: '5' })
    expect(slack.status('D0ASKER', ts)).toBeUndefined()
  })
})
