import type { App } from '@slack/bolt'
import { answerInThread } from './follow-ups.ts'
import { doerOf } from './identity.ts'
import type { Slack } from './slack-parts.ts'
import { keyOf, messageEvent, spokenIn } from './spoken.ts'

/** Mentions in channels: answered in the thread. An edited message that mentions the bot comes as a mention again. */
export const hearMentions = (app: App, slack: Slack): void => {
  app.event('app_mention', async ({ event, body, context, client }) => {
    const read = messageEvent.safeParse(event)
    const spoken = read.success ? spokenIn(read.data, body, context.botUserId) : undefined
    if (!spoken) return
    const doer = doerOf({ context, client }, spoken.user)
    const key = keyOf(slack, doer, spoken)
    if (key !== undefined) answerInThread(slack, doer, spoken, key)
  })
}
