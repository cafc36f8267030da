import type { Message } from '#test/fakes/slack/world.ts'
import { connected, type Transport, wordsOf } from '#test/handlers/slack/connected.ts'
import { type Chat, type Contract, clickOf, clicksIn, objectsIn, type Seen } from './chat.ts'

const channel = 'C0SALES'
const people = { asker: 'U0ASKER', colleague: 'U0OTHER' } as const

/** Slack, by real Bolt, over one of its two ways in. */
export const slackOver = (transport: Transport): Contract => ({
  name: `Slack over ${transport}`,
  // https://docs.slack.dev/messaging/formatting-message-text
  reads: /<[!@#]|<https?:|https?:\/\/|@\w|\*\S+\*|(?<!\w)_\S+_/,
  open: async settings => {
    const room = await connected({ transport, ...settings })
    const { slack, engine, platform } = room
    const find = ({ id }: Seen) => slack.messages(channel).find(m => m.ts === id)!
    const press: Chat['press'] = async (seen, beginning, who = 'asker') => {
      const value = clickOf(seen, beginning)
      const message = find(seen)
      const select = objectsIn(message.blocks).find(
        o => Array.isArray(o.options) && o.options.some(option => option.value === value),
      )
      const user = people[who]
      if (!select) return slack.click({ message, user, action: element => element.value === value })
      const option = (select.options as { value: string }[]).findIndex(o => o.value === value)
      return slack.click({ message, user, action: String(select.action_id), option })
    }
    return {
      engine,
      mention: async text => {
        const { message, ack } = await slack.mention({ text, channel })
        return {
          again: () => slack.replay(ack.sent),
          change: changed => slack.edit({ message, text: `<@${botOf(slack)}> ${changed}` }),
        }
      },
      command: text => slack.command({ command: '/ask', text, channel }),
      seen: () => slack.answers(channel).map(seenOf),
      press,
      details: async seen => {
        await press(seen, 'deed.details')
        const modal = await slack.waitFor(() => [...slack.views.values()].find(v => v.type === 'modal' && v.open))
        return wordsOf({ blocks: modal.view.blocks } as Message)
      },
      told: () =>
        slack
          .messages(channel)
          .filter(m => m.visibleTo !== undefined)
          .map(wordsOf),
      trouble: {
        pictures: () => void slack.fail('files.getUploadURLExternal', { error: 'storage_limit_reached' }),
        busy: () => void slack.limit('chat.postMessage', { seconds: 1 }),
        lostPost: () => void slack.fail('chat.postMessage', 'lost'),
        shutOut: () => slack.removeBot(channel),
      },
      quiet: async () => {
        await slack.waitFor(() => engine.running.size() === 0)
        await new Promise(done => setTimeout(done, 50))
      },
      end: async grace => {
        await platform.stop()
        await engine.running.drain(grace)
      },
      close: room.close,
    }
  },
})

const botOf = ({ world }: Awaited<ReturnType<typeof connected>>['slack']) => [...world.teams.values()][0]!.botUser

const seenOf = (message: Message): Seen => {
  const parts = objectsIn(message.blocks)
  return {
    id: message.ts,
    words: [message.text, wordsOf(message)].join('\n'),
    pictures: parts.filter(o => o.type === 'image').map(o => String(o.alt_text)),
    isNative: parts.some(o => o.type === 'data_visualization'),
    clicks: clicksIn(message.blocks),
    markup: [message.text, ...parts.filter(o => o.type === 'mrkdwn' || o.type === 'markdown').map(o => String(o.text))],
    isPrivate: message.visibleTo !== undefined,
    edits: message.earlier.length,
  }
}
