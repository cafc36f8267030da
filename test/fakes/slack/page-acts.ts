import { shortcuts } from '#handlers/slack/surface.ts'
import type { Target } from './senders/clicks.ts'
import { isAccepted } from './senders/deliver.ts'
import type { FakeSlack } from './slack.ts'
import type { Ack, Message } from './world.ts'

type Choice = string | number | string[]

/** What a person did on the page. */
export type Act = { as: string; place: string } & (
  | { kind: 'say'; text: string; thread?: string }
  | { kind: 'press'; ts?: string; view?: string; block: string; action: string; option?: Choice }
  | { kind: 'submit'; values: Record<string, Choice> }
  | { kind: 'close' | 'home' | 'shortcut' }
  | { kind: 'explain'; ts: string }
  | { kind: 'edit'; ts: string; text: string }
  | { kind: 'unsay'; ts: string }
  | { kind: 'stop'; thread: string }
)

/** Does it in Slack and says what the person should know: that the bot did not answer, that a form is not filled in. */
export const act = async (slack: FakeSlack, what: Act): Promise<{ problem?: string }> => {
  const ack = await done(slack, what)
  if (ack === undefined || isAccepted(ack)) return {}
  if (ack.failure === 'no_connection')
    return { problem: 'The bot is not connected. Start it with the settings that were printed.' }
  if (ack.failure === undefined) return { problem: `The bot answered ${ack.status}.` }
  return { problem: `The bot did not answer (${ack.failure}).` }
}

const done = async (slack: FakeSlack, what: Act): Promise<Ack | undefined> => {
  const { as: user, place } = what
  const message = (ts: string | undefined) => needMessage(slack, place, ts)
  switch (what.kind) {
    case 'say':
      return speak(slack, what)
    case 'press':
      return slack.click({
        ...targetOf(slack, what),
        user,
        action: (element, blockId) => element.action_id === what.action && blockId === what.block,
        ...(what.option === undefined ? {} : { option: what.option }),
      })
    case 'submit':
      return slack.submitView({ user, values: what.values })
    case 'close':
      return slack.closeView({ user })
    case 'home':
      return slack.openHome({ user })
    case 'shortcut':
      return slack.shortcut({ user, callbackId: shortcuts.global })
    case 'explain':
      return slack.shortcut({ user, callbackId: shortcuts.message, message: message(what.ts) })
    case 'edit':
      return slack.edit({ user, message: message(what.ts), text: named(slack, what.text) })
    case 'unsay':
      return slack.unsay({ user, message: message(what.ts) })
    case 'stop':
      return slack.stopSession({ user, channel: place, thread: what.thread })
  }
}

/** A slash makes a command, `@chartroom` a mention; in a DM every message reaches the bot, in a channel only those. */
const speak = async (slack: FakeSlack, { as: user, place, text: typed, thread }: Act & { kind: 'say' }) => {
  const text = typed.trim()
  if (text === '') throw new Error('There is nothing to send.')
  const [word = ''] = text.split(/\s/, 1)
  if (/^\/[a-z]+$/.test(word))
    return slack.command({ user, channel: place, command: word, text: text.slice(word.length).trim() })
  if (place.startsWith('D')) return (await slack.dm({ user, text, thread })).ack
  const words = named(slack, text)
  if (words !== text) return (await slack.mention({ user, channel: place, text: words, thread })).ack
  slack.say({ user, channel: place, text, thread })
  return undefined
}

/** `@chartroom` as Slack stores it. */
const named = (slack: FakeSlack, text: string) => {
  const [team] = slack.world.teams.values()
  return text.replaceAll(/@chartroom\b/gi, `<@${team?.botUser}>`)
}

const targetOf = (slack: FakeSlack, { place, ts, view }: Act & { kind: 'press' }): Target => {
  const open = slack.views.get(view ?? '')
  return open ? { view: open } : { message: needMessage(slack, place, ts) }
}

const needMessage = (slack: FakeSlack, place: string, ts: string | undefined): Message => {
  const found = slack.messages(place).find(message => message.ts === ts)
  if (found === undefined) throw new Error('This message is not there any more.')
  return found
}
