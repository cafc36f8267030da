import type { App } from '@slack/bolt'
import { answerInThread } from './follow-ups.ts'
import { doerOf } from './identity.ts'
import { saidText } from './said-text.ts'
import type { Slack } from './slack-parts.ts'
import { keyOf, messageEvent, spokenIn } from './spoken.ts'

/** Messages to the bot alone. Every message that starts a thread is a conversation of its own, as in the agent view. */
export const hearDirectMessages = (app: App, slack: Slack): void => {
  app.event('message', async ({ event, body, context, client }) => {
    const read = messageEvent.safeParse(event)
    if (!read.success || read.data.channel_type !== 'im') return
    const spoken = spokenIn(read.data, body, context.botUserId)
    if (!spoken) return
    const doer = doerOf({ context, client }, spoken.user)
    const before = read.data.previous_message && saidText(read.data.previous_message.text, context.botUserId)
    const key = keyOf(slack, doer, spoken, before)
    if (key !== undefined) answerInThread(slack, doer, spoken, key)
  })
}
