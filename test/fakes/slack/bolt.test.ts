import type { App, BlockStaticSelectAction } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { startBolt } from './bolt.ts'
import { type SlackOptions, startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = async (listen: (app: App) => void, transport: 'http' | 'socket', options: SlackOptions = {}) => {
  const slack = await startSlack(options)
  closing.push(slack.close)
  const bolt = await startBolt(slack, listen, { transport })
  closing.push(bolt.stop)
  return { slack, ...bolt }
}

const menu = {
  type: 'actions',
  block_id: 'menus',
  elements: [
    { type: 'button', action_id: 'details', text: { type: 'plain_text', text: 'SQL & receipt' }, value: 'a1' },
    {
      type: 'static_select',
      action_id: 'period',
      placeholder: { type: 'plain_text', text: 'Period' },
      options: [
        { text: { type: 'plain_text', text: 'Last week' }, value: 'a1.period.0' },
        { text: { type: 'plain_text', text: 'Last month' }, value: 'a1.period.1' },
      ],
    },
  ],
}

const reasonForm = {
  type: 'modal' as const,
  callback_id: 'reason',
  title: { type: 'plain_text' as const, text: 'What was wrong?' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'reason' },
    },
  ],
}

describe.each(['http', 'socket'] as const)('a Bolt app over %s', transport => {
  it('gets a command, acknowledges it and answers through the response URL', async () => {
    const { slack } = await open(
      app =>
        app.command('/kpi', async ({ command, ack, respond }) => {
          await ack()
          await respond({ response_type: 'ephemeral', text: `${command.text} for ${command.user_id}` })
        }),
      transport,
    )
    const ack = await slack.command({ command: '/kpi', text: 'revenue' })
    expect(ack).toMatchObject({ status: 200, body: undefined })
    const answer = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(answer).toMatchObject({ text: 'revenue for U0ASKER', visibleTo: 'U0ASKER', via: 'response_url' })
  })

  it('says something with the acknowledgement of a command', async () => {
    const { slack } = await open(app => app.command('/data', async ({ ack }) => ack('Looking …')), transport)
    await slack.command({ command: '/data' })
    expect(slack.answers('C0GENERAL')).toMatchObject([{ text: 'Looking …', visibleTo: 'U0ASKER', via: 'ack' }])
  })

  it('cannot acknowledge a command with what no message may say', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]
    const { slack } = await open(app => app.command('/data', async ({ ack }) => ack({ text: 'a', blocks })), transport)
    expect(await slack.command({ command: '/data' })).toMatchObject({ status: 200 })
    expect(slack.answers('C0GENERAL')).toEqual([])
    expect(slack.notices).toMatchObject([{ text: '/data failed with the error "invalid_blocks"' }])
  })

  it('hears a mention and answers in its thread', async () => {
    const { slack } = await open(
      app =>
        app.event('app_mention', async ({ event, say }) => {
          await say({ text: `You said ${event.text}`, thread_ts: event.ts })
        }),
      transport,
    )
    const { message, ack } = await slack.mention({ text: 'revenue', channel: 'C0SALES', user: 'U0OTHER' })
    expect(ack.status).toBe(200)
    const answer = await slack.waitFor(() => slack.answers('C0SALES')[0])
    expect(answer).toMatchObject({ text: 'You said <@U0CHARTBOT> revenue', threadTs: message.ts, user: 'U0CHARTBOT' })
  })

  it('hears a DM, a change of it and its end', async () => {
    const heard: unknown[] = []
    const { slack } = await open(
      app => app.event('message', async ({ event }) => void heard.push(event.subtype ?? event.text)),
      transport,
    )
    const { message } = await slack.dm({ text: 'revenue' })
    await slack.edit({ message, text: 'orders' })
    await slack.unsay({ message })
    await slack.waitFor(() => heard.length === 3)
    expect(heard).toEqual(['revenue', 'message_changed', 'message_deleted'])
    expect(slack.messages('D0ASKER')).toEqual([])
  })

  it('gets clicks and choices of a menu, and replaces the message they belong to', async () => {
    const { slack } = await open(app => {
      app.command('/kpi', async ({ ack, respond }) => {
        await ack()
        await respond({ response_type: 'in_channel', text: 'Revenue', blocks: [menu] })
      })
      app.action('details', async ({ ack, respond, body }) => {
        await ack()
        await respond({ replace_original: true, text: `details of ${'message' in body ? body.message?.ts : ''}` })
      })
      app.action<BlockStaticSelectAction>('period', async ({ ack, action, respond }) => {
        await ack()
        await respond({ replace_original: true, text: action.selected_option.value, blocks: [menu] })
      })
    }, transport)
    await slack.command({ command: '/kpi' })
    const message = await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    expect(await slack.click({ message, action: 'period', option: 'Last month' })).toMatchObject({ status: 200 })
    await slack.waitFor(() => message.text === 'a1.period.1')
    await slack.click({ message, action: 'SQL & receipt' })
    await slack.waitFor(() => message.text === `details of ${message.ts}`)
    expect(message.blocks).toEqual([])
    expect(message.earlier.map(state => state.text)).toEqual(['Revenue', 'a1.period.1'])
    await expect(slack.click({ message, action: 'details' })).rejects.toThrow('nothing to click')
  })

  it('opens a modal, gets what was filled in and closes it', async () => {
    const given: unknown[] = []
    const { slack } = await open(app => {
      app.shortcut('ask', async ({ ack, client, shortcut }) => {
        await ack()
        await client.views.open({ trigger_id: shortcut.trigger_id, view: reasonForm })
      })
      app.view('reason', async ({ ack, view }) => {
        const reason = view.state.values.why?.reason?.value
        given.push(reason)
        if (reason === 'no') await ack({ response_action: 'errors', errors: { why: 'Say more.' } })
        else await ack()
      })
    }, transport)
    await slack.shortcut({ callbackId: 'ask' })
    const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.open))
    await expect(slack.submitView()).rejects.toThrow('reason must be filled in')
    await slack.submitView({ values: { reason: 'no' } })
    expect(modal).toMatchObject({ open: true, view: { shownErrors: { why: 'Say more.' } } })
    await slack.submitView({ values: { why: 'wrong period' } })
    expect(modal.open).toBe(false)
    expect(given).toEqual(['no', 'wrong period'])
  })

  it('gets the message with a shortcut on it', async () => {
    const { slack } = await open(
      app =>
        app.shortcut({ type: 'message_action', callback_id: 'explain' }, async ({ ack, shortcut, say }) => {
          await ack()
          await say({ text: `Explains ${shortcut.message.text}`, thread_ts: shortcut.message_ts })
        }),
      transport,
    )
    const message = slack.say({ text: 'We sold 5', user: 'U0OTHER' })
    await slack.shortcut({ callbackId: 'explain', message })
    await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.text === 'Explains We sold 5'))
  })

  it('hears who opened its Home, who pressed Stop, and that it was taken out', async () => {
    const heard: string[] = []
    const { slack } = await open(app => {
      app.event('app_home_opened', async ({ event }) => void heard.push(`${event.tab} of ${event.user}`))
      app.event('agent_session_stopped', async ({ event }) => void heard.push(`stop in ${event.channel}`))
      app.event('app_uninstalled', async ({ context }) => void heard.push(`gone from ${context.teamId}`))
    }, transport)
    await slack.openHome({ tab: 'messages' })
    await slack.stopSession({ channel: 'D0ASKER', thread: '1.000000' })
    await slack.appUninstalled()
    await slack.waitFor(() => heard.length === 3)
    expect(heard).toEqual(['messages of U0ASKER', 'stop in D0ASKER', 'gone from T0CHART'])
  })

  it('is told the number and reason of an event that comes again', async () => {
    const heard: unknown[] = []
    const { slack } = await open(
      app => app.event('app_mention', async ({ context }) => void heard.push([context.retryNum, context.retryReason])),
      transport,
    )
    await slack.mention({ text: 'hello', retry: { num: 1, reason: 'http_timeout' } })
    await slack.waitFor(() => heard.length === 1)
    expect(heard).toEqual([[1, 'http_timeout']])
  })
})

describe('over HTTP', () => {
  const listen = (app: App) => app.command('/kpi', async ({ ack }) => ack())

  it('a wrong, missing or old signature is refused by Bolt', async () => {
    const { slack } = await open(listen, 'http')
    expect((await slack.command({ command: '/kpi' })).status).toBe(200)
    expect((await slack.command({ command: '/kpi', signature: 'wrong' })).status).toBe(401)
    expect((await slack.command({ command: '/kpi', signature: 'missing' })).status).toBe(401)
    expect((await slack.command({ command: '/kpi', skewSeconds: -301 })).status).toBe(401)
    expect(slack.notices.map(notice => notice.text)).toEqual(
      Array(3).fill('/kpi failed with the error "dispatch_failed"'),
    )
  })

  it('a new URL proves itself, when the question is signed', async () => {
    const { slack } = await open(listen, 'http')
    const { body, sent } = await slack.verifyUrl()
    expect(body).toEqual({ challenge: sent.payload.challenge })
    expect((await slack.verifyUrl({ signature: 'missing' })).status).toBe(401)
  })

  it('the same bytes can be sent again', async () => {
    const { slack } = await open(listen, 'http')
    const first = await slack.command({ command: '/kpi', text: 'revenue' })
    const again = await slack.replay(first.sent)
    expect(again).toMatchObject({ status: 200, sent: first.sent })
    expect(slack.deliveries).toHaveLength(2)
  })

  it('events that are refused come again and say why', async () => {
    const slack = await startSlack({ retries: true, retryDelaysMs: [0, 0, 0], to: 'http://127.0.0.1:1/nobody' })
    closing.push(slack.close)
    const { ack } = await slack.mention({ text: 'hello' })
    expect(ack).toMatchObject({ status: 0, failure: 'connection_failed' })
    const { acks } = await slack.waitFor(() => slack.deliveries.find(d => d.acks.length === 4))
    expect(acks.map(({ sent }) => [sent.headers['x-slack-retry-num'], sent.headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'connection_failed'],
      ['2', 'connection_failed'],
      ['3', 'connection_failed'],
    ])
    expect(new Set(acks.map(({ sent }) => sent.body)).size).toBe(1)
  })

  it('an app that is too slow is given up', async () => {
    const { slack } = await open(app => app.command('/slow', async ({ ack }) => void setTimeout(ack, 400)), 'http', {
      ackTimeoutMs: 100,
    })
    expect(await slack.command({ command: '/slow' })).toMatchObject({ status: 0, failure: 'timeout' })
    expect(slack.notices).toMatchObject([{ user: 'U0ASKER', text: '/slow failed with the error "operation_timeout"' }])
  })
})

describe('over Socket Mode', () => {
  it('nobody is there before the app connects', async () => {
    const slack = await startSlack()
    closing.push(slack.close)
    expect(await slack.command({ command: '/kpi' })).toMatchObject({ status: 0, failure: 'no_connection' })
  })

  it('an app that never acknowledges is given up', async () => {
    const { slack } = await open(() => undefined, 'socket', { ackTimeoutMs: 100 })
    expect(await slack.command({ command: '/unknown' })).toMatchObject({ status: 0, failure: 'timeout' })
  })

  it('two connections get payloads in turn, and one goes on when the other is gone', async () => {
    const taken: string[] = []
    const listenAs = (name: string) => (app: App) =>
      app.command('/kpi', async ({ ack }) => {
        taken.push(name)
        await ack()
      })
    const { slack } = await open(listenAs('first'), 'socket')
    const second = await startBolt(slack, listenAs('second'), { transport: 'socket' })
    for (const text of ['1', '2', '3', '4']) await slack.command({ command: '/kpi', text })
    expect(taken.toSorted()).toEqual(['first', 'first', 'second', 'second'])
    await second.stop()
    await slack.waitFor(() => slack.connections() === 1)
    await slack.command({ command: '/kpi' })
    expect(taken.at(-1)).toBe('first')
  })

  it('Slack asks to connect again', async () => {
    const { slack } = await open(app => app.command('/kpi', async ({ ack }) => ack()), 'socket')
    expect(slack.connections()).toBe(1)
    slack.refreshConnections()
    await slack.waitFor(() => slack.connections() === 0)
    await slack.waitFor(() => slack.connections() === 1, 15_000)
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2)
    expect(await slack.command({ command: '/kpi' })).toMatchObject({ status: 200 })
  })

  it('a wrong app token is refused', async () => {
    const slack = await startSlack()
    closing.push(slack.close)
    await expect(
      startBolt({ ...slack, appToken: 'xapp-wrong' }, () => undefined, { transport: 'socket' }),
    ).rejects.toThrow('invalid_auth')
  })
})
