import { WebAPIPlatformError } from '@slack/web-api'
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

describe('modals', () => {
  const modal = (title = 'Details') => ({
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: title },
    blocks: [section('SELECT 1')],
  })

  it('open with a trigger once, within three seconds', async () => {
    let now = Date.parse('2026-01-05T10:00:00Z')
    const { slack, client } = await open({ now: () => now, to: 'http://127.0.0.1:1/' })
    const trigger = async () => String((await slack.command({ command: '/kpi' })).sent.payload.trigger_id)
    const first = await trigger()
    expect(await errorOf(client.views.open({ trigger_id: first, view: modal() }))).toBe('ok')
    expect(await errorOf(client.views.open({ trigger_id: first, view: modal() }))).toBe('exchanged_trigger_id')
    const late = await trigger()
    now += 3001
    expect(await errorOf(client.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id')
    expect(await errorOf(client.views.open({ trigger_id: 'x', view: modal() }))).toBe('invalid_trigger_id')
  })

  it('are checked as a whole', async () => {
    const { slack, client } = await open({ to: 'http://127.0.0.1:1/' })
    const { sent } = await slack.command({ command: '/kpi' })
    const refused = client.views.open({ trigger_id: String(sent.payload.trigger_id), view: modal('x'.repeat(25)) })
    await expect(refused).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: [
            '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
            '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
          ],
        },
      },
    })
  })

  it('are changed by id, not over a newer state, and no more than three lie on each other', async () => {
    const { slack, client } = await open({ to: 'http://127.0.0.1:1/' })
    const { sent } = await slack.command({ command: '/kpi' })
    const { view } = await client.views.open({ trigger_id: String(sent.payload.trigger_id), view: modal() })
    const change = (hash?: string) => client.views.update({ view_id: view?.id ?? '', view: modal('Later'), hash })
    await change(view?.hash)
    expect(await errorOf(change(view?.hash))).toBe('hash_conflict')
    expect(slack.modal().view.title).toMatchObject({ text: 'Later' })
    await client.views.publish({ user_id: 'U0ASKER', view: { type: 'home', blocks: [section('Home')] } })
    expect([...slack.views.values()].map(v => v.type)).toEqual(['modal', 'home'])
  })
})
