import type { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import type { Doer } from '#handlers/slack/identity.ts'
import { post, postEphemeral, respond, update } from '#handlers/slack/messages.ts'
import { openModal, publishHome } from '#handlers/slack/modals.ts'
import type { Slack } from '#handlers/slack/slack-parts.ts'
import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import { sentenceMessage } from '#renderers/slack/sentence.ts'

const doer: Doer = { tenant: 'T1', user: 'U1', client: {} as WebClient }

const open = () => {
  const sent: { method: string; args: Record<string, unknown> }[] = []
  const warned: string[] = []
  const slack = {
    calls: {
      call: async (_: unknown, { method, args }: { method: string; args: Record<string, unknown> }) => {
        sent.push({ method, args })
        return { channel: 'C1', ts: '1.2' }
      },
      respond: async (_: string, args: Record<string, unknown>) => void sent.push({ method: 'response_url', args }),
    },
    parts: { warn: (event: string) => void warned.push(event) },
  } as unknown as Slack
  return { slack, sent, warned }
}

const ways = {
  'chat.postMessage': (slack: Slack, message: SlackMessage) => post(slack, doer, { channel: 'C1', id: 'a1', message }),
  'chat.update': (slack: Slack, message: SlackMessage) => update(slack, doer, { channel: 'C1', ts: '1.2', message }),
  'chat.postEphemeral': (slack: Slack, message: SlackMessage) =>
    postEphemeral(slack, doer, { channel: 'C1', user: 'U1', message }),
  response_url: (slack: Slack, message: SlackMessage) => respond(slack, { url: 'https://hooks.example/1', message }),
}

const said = sentenceMessage('Texas leads')
const bad: Record<string, SlackMessage> = {
  'a text that calls everybody': { ...said, text: '<!channel> Texas leads' as SlackMessage['text'] },
  'a block that reads markup': {
    ...said,
    blocks: [{ type: 'section', block_id: 'b', text: { type: 'mrkdwn', text: '*Texas*' } }],
  },
  'more blocks than Slack takes': {
    ...said,
    blocks: Array.from({ length: 51 }, (_, i) => ({ type: 'divider' as const, block_id: `${i}` })),
  },
  'a picture from elsewhere': {
    ...said,
    blocks: [{ type: 'image', block_id: 'b', image_url: 'https://example.com/a.png', alt_text: 'Bars' }],
  },
}

describe.each(Object.entries(ways))('by %s', (method, send) => {
  test.each(Object.entries(bad))('%s does not leave', async (_, message) => {
    const { slack, sent, warned } = open()
    await expect(send(slack, message)).rejects.toMatchObject({ name: 'CallError', code: 'problems' })
    expect([sent, warned]).toEqual([[], ['slack/problems']])
  })

  test('a message leaves, and nothing is made of names, links and markup in it', async () => {
    const { slack, sent } = open()
    await send(slack, said)
    expect(sent).toMatchObject([{ method, args: { ...said, parse: 'none' } }])
    if (method === 'chat.postMessage' || method === 'response_url')
      expect(sent[0]?.args).toMatchObject({ unfurl_links: false, unfurl_media: false })
  })
})

test.each([
  [
    'a form',
    (slack: Slack) =>
      openModal(slack, doer, { trigger: 't', view: { type: 'modal', title: said, blocks: [] } as never }),
  ],
  ['the Home tab', (slack: Slack) => publishHome(slack, doer, { type: 'home', blocks: [{ type: 'image' }] } as never)],
])('%s that Slack would not take does not leave', async (_, send) => {
  const { slack, sent, warned } = open()
  await expect(send(slack)).rejects.toMatchObject({ name: 'CallError', code: 'problems' })
  expect([sent, warned]).toEqual([[], ['slack/problems']])
})
