import { WebAPIPlatformError } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { clientOf } from './bolt.ts'
import { startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const errorOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    error => (error instanceof WebAPIPlatformError ? error.data.error : String(error)),
  )

const open = async () => {
  let now = Date.parse('2026-01-05T10:00:00Z')
  const slack = await startSlack({ now: () => now })
  closing.push(slack.close)
  const client = clientOf(slack)
  const { ts: thread } = slack.say({ channel: 'D0ASKER', text: 'revenue' })
  const start = async () => (await client.chat.startStream({ channel: 'D0ASKER', thread_ts: thread })).ts ?? ''
  return { slack, client, thread, start, pass: (ms: number) => (now += ms) }
}

describe('streams', () => {
  it('grow by what the SDK sends and end with blocks', async () => {
    const { slack, client, thread } = await open()
    const streamer = client.chatStream({ channel: 'D0ASKER', thread_ts: thread, buffer_size: 1 })
    await streamer.append({ markdown_text: '**Revenue** ' })
    await streamer.append({ chunks: [{ type: 'task_update', id: 't1', title: 'Counting', status: 'in_progress' }] })
    await streamer.append({ markdown_text: 'was 5.' })
    const [message] = slack.answers('D0ASKER')
    expect(message).toMatchObject({ text: '**Revenue** was 5.', threadTs: thread, stream: { state: 'open' } })
    await streamer.stop({ blocks: [{ type: 'divider' }] })
    expect(message).toMatchObject({ stream: { state: 'stopped' }, blocks: [{ type: 'divider' }] })
    expect(slack.calls.map(call => call.method)).toEqual([
      'chat.startStream',
      'chat.appendStream',
      'chat.appendStream',
      'chat.stopStream',
    ])
  })

  it('take nothing more once they are stopped or have expired', async () => {
    const { client, start, pass } = await open()
    const append = (ts: string) => errorOf(client.chat.appendStream({ channel: 'D0ASKER', ts, markdown_text: 'more' }))
    const stopped = await start()
    await client.chat.stopStream({ channel: 'D0ASKER', ts: stopped })
    expect(await append(stopped)).toBe('message_not_in_streaming_state')
    const forgotten = await start()
    pass(4 * 60_000)
    expect(await append(forgotten)).toBe('ok')
    pass(5 * 60_000 + 1)
    expect(await append(forgotten)).toBe('message_not_in_streaming_state')
    expect(await errorOf(client.chat.update({ channel: 'D0ASKER', ts: forgotten, text: 'Done' }))).toBe('ok')
  })

  it('need a thread, in a channel also somebody to be for, and texts of a length', async () => {
    const { slack, client, start } = await open()
    const { ts: thread } = slack.say({ text: 'revenue' })
    const inChannel = { channel: 'C0GENERAL', thread_ts: thread }
    expect(await errorOf(client.chat.startStream(inChannel))).toBe('missing_recipient_team_id')
    const half = client.chat.startStream({ ...inChannel, recipient_team_id: 'T0CHART' })
    expect(await errorOf(half)).toBe('missing_recipient_user_id')
    const nowhere = client.chat.startStream({ channel: 'D0ASKER', thread_ts: '1.000000' })
    expect(await errorOf(nowhere)).toBe('thread_not_found')
    const ts = await start()
    const long = client.chat.appendStream({ channel: 'D0ASKER', ts, markdown_text: 'x'.repeat(12_001) })
    expect(await errorOf(long)).toBe('msg_too_long')
    expect(await errorOf(client.chat.update({ channel: 'D0ASKER', ts, text: 'a' }))).toBe('streaming_state_conflict')
  })

  it('are named when a person presses Stop', async () => {
    const { slack, thread, start } = await open()
    const ts = await start()
    const { sent } = await slack.stopSession({ channel: 'D0ASKER', thread })
    expect(sent.payload.event).toMatchObject({
      type: 'agent_session_stopped',
      channel: 'D0ASKER',
      user: 'U0ASKER',
      thread_ts: thread,
      streaming_message_ts: [ts],
    })
  })
})
