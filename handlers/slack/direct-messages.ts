import type { App } from '@slack/bolt'
import { answerInThread } from './follow-ups.ts'
import { doerOf } from './identity.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { keyOf, messageEvent, spokenIn } from './spoken.ts'

/** Messages to the bot alone. Every message that starts a thread is a conversation of its own, as in the agent view. */
export const hearDirectMessages = (app: App, slack: Slack): void => {
  app.event('message', async ({ event, body, context, client }) => {
    const read = messageEvent.safeParse(event)
    if (!read.success || read.data.channel_type !== 'im') return
    const spoken = spokenIn(read.data, body, context.botUserId)
    if (!spoken) return
    const doer = doerOf({ context, client }, spoken.user)
    const before = spokenIn({ ...read.data, message: read.data.previous_message }, body, context.botUserId)
    const key = keyOf(slack, doer, spoken, spoken.editedAt === undefined ? undefined : before?.text)
    if (key !== undefined) inBackground(slack, 'slack/message', () => answerInThread(slack, doer, spoken, key))
  })
}
