import { afterEach, describe, expect, it } from 'vitest'
import { startSlack } from './slack.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const open = async () => {
  let now = Date.parse('2026-01-05T10:00:00Z')
  const slack = await startSlack({ now: () => now, to: 'http://127.0.0.1:1/' })
  closing.push(slack.close)
  const { sent } = await slack.command({ command: '/kpi', channel: 'C0QUIET' })
  const respond = async (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(String(sent.payload.response_url), { method: 'POST', body: text })
    return `${response.status} ${await response.text()}`
  }
  return { slack, respond, pass: (ms: number) => (now += ms) }
}

describe('a response URL', () => {
  it('answers one person, or everybody in the channel, also where the bot is not', async () => {
    const { slack, respond } = await open()
    expect(await respond({ text: 'For you' })).toBe('200 ok')
    expect(await respond({ text: 'For all', response_type: 'in_channel' })).toBe('200 ok')
    expect(slack.answers('C0QUIET').map(({ text, visibleTo }) => [text, visibleTo])).toEqual([
      ['For you', 'U0ASKER'],
      ['For all', undefined],
    ])
    expect(slack.callsOf('response_url').map(call => call.outcome)).toEqual(['ok', 'ok'])
  })

  it('works five times', async () => {
    const { respond } = await open()
    for (const text of ['1', '2', '3', '4', '5']) expect(await respond({ text })).toBe('200 ok')
    expect(await respond({ text: '6' })).toBe('404 {"ok":false,"error":"used_url"}')
  })

  it('works for thirty minutes', async () => {
    const { respond, pass } = await open()
    pass(30 * 60_000)
    expect(await respond({ text: 'Just' })).toBe('200 ok')
    pass(1)
    expect(await respond({ text: 'Late' })).toBe('404 {"ok":false,"error":"expired_url"}')
  })

  it('takes nothing that a message could not say, and counts only what it took', async () => {
    const { slack, respond } = await open()
    const header = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }
    expect(await respond({ text: 'a', blocks: [header] })).toBe('400 {"ok":false,"error":"invalid_blocks"}')
    expect(await respond({})).toBe('400 {"ok":false,"error":"no_text"}')
    expect(await respond('{')).toBe('400 {"ok":false,"error":"invalid_payload"}')
    expect(slack.answers('C0QUIET')).toEqual([])
    for (const text of ['1', '2', '3', '4', '5']) expect(await respond({ text })).toBe('200 ok')
  })

  it('of a click changes or removes the message, an ephemeral one too', async () => {
    const { slack, respond } = await open()
    const button = { type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }
    await respond({ text: 'For you', blocks: [{ type: 'actions', elements: [button] }] })
    const [message] = slack.answers('C0QUIET')
    if (!message) throw new Error('no message')
    await expect(slack.click({ message, action: 'go', user: 'U0OTHER' })).rejects.toThrow('does not see')
    const { sent } = await slack.click({ message, action: 'go' })
    expect(sent.payload).toMatchObject({ container: { is_ephemeral: true, message_ts: message.ts } })
    expect(sent.payload).not.toHaveProperty('message')
    const answer = (body: object) =>
      fetch(String(sent.payload.response_url), { method: 'POST', body: JSON.stringify(body) })
    await answer({ replace_original: true, text: 'Changed' })
    expect(message).toMatchObject({ text: 'Changed', blocks: [], visibleTo: 'U0ASKER' })
    await answer({ delete_original: true })
    expect(slack.answers('C0QUIET')).toEqual([])
  })
})
