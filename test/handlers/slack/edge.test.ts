import { createHmac } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { connectSlack } from '#handlers/slack/slack.ts'
import { createChatEngine } from '#test/fakes/chat-engine.ts'
import { counted, opener, warnedOf } from './connected.ts'

const open = opener()
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const refusals = (engine: { warned: { event: string; error: unknown }[] }) =>
  engine.warned.filter(w => w.event === 'slack/refused-request').map(w => (w.error as Error).message)

describe('a request at the edge', () => {
  test.each([-301, 301, 86_400, -86_400])('with a clock that is %d seconds off is refused', async skewSeconds => {
    const { slack, engine } = await open()
    expect(await slack.command({ command: '/kpi', skewSeconds })).toMatchObject({ status: 401 })
    expect(refusals(engine)).toEqual(['skewed'])
    expect(engine.asked).toEqual([])
  })

  test.each([-295, 295])('with a clock that is %d seconds off is let in', async skewSeconds => {
    const { slack } = await open()
    expect(await slack.command({ command: '/kpi', skewSeconds })).toMatchObject({ status: 200 })
  })

  test('with a timestamp that is none is refused', async () => {
    const { url } = await open()
    const headers = { ...form, 'x-slack-request-timestamp': 'soon', 'x-slack-signature': 'v0=00' }
    expect((await fetch(`${url}/slack/events`, { method: 'POST', body: 'command=%2Fkpi', headers })).status).toBe(401)
  })

  test.each(['wrong', 'missing'] as const)('with a %s signature is refused', async signature => {
    const { slack, engine } = await open()
    expect(await slack.command({ command: '/kpi', signature })).toMatchObject({ status: 401 })
    expect(await slack.mention({ text: 'revenue', signature })).toMatchObject({ ack: { status: 401 } })
    expect(engine.asked).toEqual([])
    expect(slack.answers('C0GENERAL')).toEqual([])
  })

  test('that is the same again, byte for byte, is refused; a forged one does not spend the true one', async () => {
    const { slack, engine, said, url } = await open()
    const { sent } = await slack.command({ command: '/kpi', text: 'revenue' })
    await said('C0GENERAL')
    expect(await slack.replay(sent)).toMatchObject({ status: 401 })
    expect(refusals(engine)).toEqual(['replayed'])
    expect(engine.asked).toHaveLength(1)
    const forged = { ...sent.headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` }
    for (let i = 0; i < 2; i++)
      expect((await fetch(`${url}/slack/events`, { method: 'POST', body: sent.body, headers: forged })).status).toBe(
        401,
      )
    expect(refusals(engine)).toEqual(['replayed'])
  })

  test('that is the same again, with something behind its signature that Bolt leaves out, is refused', async () => {
    const { slack, engine, url } = await open()
    const { sent } = await slack.command({ command: '/kpi', text: 'revenue' })
    const headers = { ...sent.headers, 'x-slack-signature': `${sent.headers['x-slack-signature']}=again` }
    const again = await fetch(`${url}/slack/events`, { method: 'POST', body: sent.body, headers })
    expect(again.status).toBe(401)
    expect(refusals(engine)).toEqual(['replayed'])
  })

  test('is acknowledged while the store of claims keeps everybody waiting', async () => {
    const { slack, engine, said } = await open()
    const { claims } = engine.parts
    const { claim } = claims
    const { promise: back, resolve: comeBack } = Promise.withResolvers<void>()
    claims.claim = key => back.then(() => claim(key))
    expect(await slack.command({ command: '/chartroom', text: 'revenue' })).toMatchObject({ status: 200 })
    expect((await slack.mention({ text: 'revenue' })).ack).toMatchObject({ status: 200 })
    expect(engine.asked).toEqual([])
    comeBack()
    await said('C0GENERAL', 2)
  })

  test('of more than a megabyte is refused before it is read to its end', async () => {
    const { url, engine } = await open()
    const whole = 64 * 1024 * 1024
    let sent = 0
    // With an end, and a turn of the event loop for each piece: by chance fetch reads on when the connection is gone, and would then fill the
    // memory of the machine (https://github.com/nodejs/node/issues/61460).
    const body = new ReadableStream({
      pull: async controller => {
        await turn()
        controller.enqueue(new Uint8Array(65_536))
        sent += 65_536
        if (sent >= whole) controller.close()
      },
    })
    const headers = { ...form, 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)) }
    const answer = fetch(`${url}/slack/events`, { method: 'POST', body, duplex: 'half', headers } as RequestInit)
    expect((await answer).status).toBe(413)
    expect(sent).toBeLessThan(whole)
    expect(refusals(engine)).toEqual(['too-large'])
  })

  test.each(['null', '5', '"text"', '[]', '', 'payload=null', 'payload='])(
    'that is signed and holds %j is refused',
    async body => {
      const { slack, url, engine } = await open()
      const timestamp = String(Math.floor(Date.now() / 1000))
      const hash = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
      const headers = { ...form, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` }
      const types = body.startsWith('payload') ? form : { 'content-type': 'application/json' }
      const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers: { ...headers, ...types } })
      expect(response.status).toBe(400)
      expect(refusals(engine)).toEqual(['unreadable'])
    },
  )

  test('that checks the certificate is answered and nothing else in it is read', async () => {
    const { url, engine } = await open()
    const body = 'ssl_check=1&command=%2Fkpi&text=revenue&team_id=T0CHART&user_id=U0ASKER'
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body, headers: form })
    expect(response.status).toBe(200)
    expect(engine.asked).toEqual([])
  })

  test('that verifies the address is answered only when it is signed', async () => {
    const { slack, url } = await open()
    const payload = { type: 'url_verification', challenge: 'c0ffee' }
    expect(await slack.send({ kind: 'events', team: 'T0CHART', payload })).toMatchObject({
      status: 200,
      body: { challenge: 'c0ffee' },
    })
    const headers = { 'content-type': 'application/json' }
    const unsigned = fetch(`${url}/slack/events`, { method: 'POST', body: JSON.stringify(payload), headers })
    expect((await unsigned).status).toBe(401)
  })

  test('for a workspace that the token is not for is refused with a line in the log', async () => {
    const { slack, engine } = await open({
      slack: { workspaces: [{ id: 'T0CHART', token: 'xoxb-fake' }, { id: 'T0ELSE' }] },
    })
    for (const transport of [
      () => slack.command({ command: '/kpi', team: 'T0ELSE' }),
      () => slack.shortcut({ callbackId: 'ask', team: 'T0ELSE' }),
    ])
      expect(await transport()).toMatchObject({ status: 200, body: undefined })
    await slack.mention({ text: 'revenue', team: 'T0ELSE' })
    await engine.running.drain(100)
    expect(engine.asked).toEqual([])
    expect(warnedOf(engine).filter(e => e === 'slack/unknown-team')).toHaveLength(3)
    expect(slack.callsOf('chat.postMessage')).toEqual([])
  })
})

describe('the platform', () => {
  test('has one address over HTTP and none over Socket Mode', () => {
    const parts = {
      ...createChatEngine().parts,
      installations: { get: async () => undefined, put: async () => undefined, delete: async () => undefined },
    }
    const base = { botToken: 'xoxb-1', apiUrl: 'http://127.0.0.1:9/api/' }
    const { effects } = createChatEngine()
    const routes = (door: object) =>
      connectSlack({ ...base, ...door }, parts, effects).routes.map(r => `${r.method} ${r.path}`)
    expect(routes({ signingSecret: 's' })).toEqual(['POST /slack/events'])
    expect(routes({ appToken: 'xapp-1' })).toEqual([])
    expect(() => routes({})).toThrow('Slack cannot be started: it needs SLACK_APP_TOKEN or SLACK_SIGNING_SECRET.')
    const oauth = { botToken: undefined, signingSecret: 's', clientId: '1.2', clientSecret: 'c' }
    expect(() => routes(oauth)).toThrow('it needs PUBLIC_URL')
    expect(() => routes({ botToken: undefined, signingSecret: 's' })).toThrow(
      'it needs SLACK_BOT_TOKEN, or SLACK_CLIENT_ID',
    )
  })

  test.each(['http', 'socket'] as const)(
    'does not start with a token that Slack does not know (%s)',
    async transport => {
      const { platform } = await open({ transport, settings: { botToken: 'xoxb-wrong' }, isStarted: false })
      await expect(platform.start()).rejects.toMatchObject({ code: 'chat/credentials' })
    },
  )

  test('does not start with an app token that Slack does not know', async () => {
    const { platform } = await open({ transport: 'socket', settings: { appToken: 'xapp-wrong' }, isStarted: false })
    await expect(platform.start()).rejects.toMatchObject({ code: 'chat/credentials' })
  })

  test('does not start when Slack cannot be reached', async () => {
    const { platform } = await open({
      settings: { apiUrl: 'http://127.0.0.1:9/api/' },
      effects: { random: () => 0 },
      isStarted: false,
    })
    await expect(platform.start()).rejects.toMatchObject({ code: 'chat/unreachable' })
  })

  test.each(['http', 'socket'] as const)(
    'takes nothing more once it is stopped, and finishes what it has (%s)',
    async transport => {
      const { slack, engine, platform } = await open({ transport })
      const { message } = await slack.mention({ text: 'be slow' })
      await slack.waitFor(() => engine.running.size() === 1)
      await platform.stop()
      const ack = await slack.command({ command: '/kpi', text: 'revenue' })
      expect(ack).toMatchObject(transport === 'http' ? { status: 503 } : { failure: 'no_connection' })
      engine.finishSlow()
      await engine.running.drain(1000)
      expect(slack.answers('C0GENERAL')).toMatchObject([{ threadTs: message.ts }])
      expect(engine.asked).toHaveLength(1)
    },
  )

  test('opens no port, not even to install the app while it is on Socket Mode', async () => {
    const ports = () => process.getActiveResourcesInfo().filter(kind => kind === 'TCPServerWrap').length
    const oauth = { botToken: undefined, clientId: '1000.2000', clientSecret: 'fake-client-secret' }
    const { platform, slack } = await open({ transport: 'socket', settings: oauth, isStarted: false })
    // The stand-in's, and the one that this test has for the routes.
    await slack.waitFor(() => ports() === 2)
    await platform.start()
    expect(slack.connections()).toBe(1)
    expect(ports()).toBe(2)
  })

  test('measures how soon Slack was told', async () => {
    const { slack, engine, said } = await open()
    await slack.command({ command: '/kpi', text: 'revenue' })
    await slack.mention({ text: 'revenue', channel: 'C0SALES' })
    await said('C0SALES')
    expect(await counted(engine, 'chartroom_step_seconds_count{step="ack"}')).toBe(2)
  })

  test('connects again when Slack recycles the connection', async () => {
    const { slack, said } = await open({ transport: 'socket' })
    slack.refreshConnections()
    await slack.waitFor(() => slack.callsOf('apps.connections.open').length === 2 && slack.connections() === 1, 15_000)
    await slack.mention({ text: 'help' })
    await said('C0GENERAL')
  }, 30_000)

  test('lives on when it cannot connect again', async () => {
    const { slack, engine } = await open({ transport: 'socket' })
    slack.fail('apps.connections.open', { error: 'invalid_auth' })
    slack.refreshConnections()
    await slack.waitFor(() => warnedOf(engine).includes('slack/reconnect'), 15_000)
    expect(slack.connections()).toBe(0)
  }, 30_000)
})
