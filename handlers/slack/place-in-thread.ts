import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import { sentenceMessage } from '#renderers/slack/sentence.ts'
import { cut, plainText } from '#renderers/view/plain-text.ts'
import { answeredAlone } from '../chat/alone.ts'
import { isMessageGone, isShutOut } from './call-error.ts'
import type { Doer } from './identity.ts'
import { type Place, post, postEphemeral, update } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import { isDirect } from './who-asks.ts'
import type { Writer } from './writer.ts'

/** Slack shows a status for at most two minutes and takes about one a second (https://docs.slack.dev/reference/methods/assistant.threads.setStatus). */
const statusEveryMs = 1000
const statusLength = 100

/** A thread of a conversation, or the conversation itself. `isActive`: somebody has replied in the thread before. */
export type Spot = { channel: string; thread?: string; isActive?: boolean }

/** A reply in a thread, or in a conversation without one. When the bot may not write there any more, the answer goes to the one who asked. */
export const inThread = (slack: Slack, doer: Doer, { channel, thread, isActive = false }: Spot): Writer => {
  let written: Place | undefined
  let saidAt = Number.NEGATIVE_INFINITY
  const write = async (message: SlackMessage, id: string): Promise<Place> => {
    if (written) {
      try {
        await update(slack, doer, { ...written, message })
        return written
      } catch (error) {
        if (!isMessageGone(error)) throw error
      }
    }
    written = await post(slack, doer, { channel, thread, id, message })
    return written
  }
  const say = async (words: string) => {
    if (thread !== undefined) await setStatus(slack, doer, { channel, thread, words })
  }
  /** What was written while it was worked on says so no more. A status goes by itself with a reply, and there is none. */
  const makeWay = async (): Promise<Writer> => {
    if (written) await cover(slack, doer, written)
    else if (Number.isFinite(saidAt)) await say('').catch(error => slack.parts.warn('slack/cover', error))
    return aside(slack, doer, { channel, thread: isActive || written ? thread : undefined })
  }
  return {
    isPrivate: false,
    write,
    rewrite: async message => {
      if (written) await update(slack, doer, { ...written, message, tries: 1 })
    },
    instead: error => (isShutOut(error) && channel !== doer.user ? directly(slack, doer) : undefined),
    ...(!isDirect(channel) && { aside: makeWay }),
    ...(thread !== undefined && {
      status: async (words: string) => {
        if (slack.effects.ticks() - saidAt < statusEveryMs) return
        saidAt = slack.effects.ticks()
        await say(words)
      },
      busy: (isBusy: boolean) => setSession(slack, doer, { channel, thread, status: isBusy ? 'processing' : 'active' }),
    }),
  }
}

/**
 * An answer that only the asker sees in a conversation of many. Slack shows such a message in a thread only when the thread is there already
 * (https://docs.slack.dev/reference/methods/chat.postEphemeral), so `thread` names one that has a reply. Where it cannot be shown, the
 * answer becomes a direct message.
 */
export const aside = (slack: Slack, doer: Doer, { channel, thread }: Pick<Spot, 'channel' | 'thread'>): Writer => ({
  isPrivate: true,
  isOnce: true,
  write: async message => {
    await postEphemeral(slack, doer, { channel, thread, user: doer.user, message })
    return undefined
  },
  instead: error => (isShutOut(error) ? directly(slack, doer) : undefined),
})

/** A message that everybody sees says that its answer went to the asker alone. Never throws: the answer is worth more. */
export const cover = async (
  slack: Slack,
  doer: Doer,
  place: Place & { isStillWanted?: () => boolean },
): Promise<void> => {
  await update(slack, doer, { ...place, message: sentenceMessage(answeredAlone) }).catch(error =>
    slack.parts.warn('slack/cover', error),
  )
}

/** A direct message that says what was asked. */
export const directly = (slack: Slack, doer: Doer): Writer => ({
  ...inThread(slack, doer, { channel: doer.user }),
  isApart: true,
})

const setStatus = (
  { calls }: Slack,
  doer: Doer,
  { channel, thread, words }: { channel: string; thread: string; words: string },
) =>
  calls
    .call(doer, {
      method: 'assistant.threads.setStatus',
      args: {
        channel_id: channel,
        thread_ts: thread,
        ...(words
          ? { status: 'is thinking…', loading_messages: [cut(plainText(words), statusLength)] }
          : // An empty one takes it away.
            { status: '' }),
      },
      tries: 1,
    })
    .then(() => undefined)

/** Only while a session is being processed Slack shows a Stop of its own (https://docs.slack.dev/ai/agent-sessions). */
const setSession = (
  { calls }: Slack,
  doer: Doer,
  { channel, thread, status }: { channel: string; thread: string; status: 'processing' | 'active' },
) =>
  calls
    .call(doer, {
      method: 'agents.sessions.setStatus',
      args: { channel_id: channel, thread_ts: thread, status },
      tries: 2,
    })
    .then(() => undefined)
