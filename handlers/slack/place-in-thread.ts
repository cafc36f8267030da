import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import { cut, plainText } from '#renderers/view/plain-text.ts'
import { isMessageGone, isShutOut } from './call-error.ts'
import type { Doer } from './identity.ts'
import { type Place, post, update } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import type { Writer } from './writer.ts'

/** Slack shows a status for at most two minutes and takes about one a second (https://docs.slack.dev/reference/methods/assistant.threads.setStatus). */
const statusEveryMs = 1000
const statusLength = 100

/** A reply in a thread, or in a conversation without one. When the bot may not write there any more, the answer goes to the one who asked. */
export const inThread = (
  slack: Slack,
  doer: Doer,
  { channel, thread }: { channel: string; thread?: string },
): Writer => {
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
  return {
    isPrivate: false,
    write,
    instead: error => (isShutOut(error) && channel !== doer.user ? directly(slack, doer) : undefined),
    ...(thread !== undefined && {
      status: async (words: string) => {
        if (slack.effects.ticks() - saidAt < statusEveryMs) return
        saidAt = slack.effects.ticks()
        await setStatus(slack, doer, { channel, thread, words })
      },
      busy: (isBusy: boolean) => setSession(slack, doer, { channel, thread, status: isBusy ? 'processing' : 'active' }),
    }),
  }
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
        status: 'is thinking…',
        loading_messages: [cut(plainText(words), statusLength)],
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
