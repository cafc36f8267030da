import type { App } from '@slack/bolt'
import { z } from 'zod'
import { conversationOf, doerOf, placeKey } from './identity.ts'
import { inBackground, type Slack } from './slack-parts.ts'

const stopped = z.object({ channel: z.string(), user: z.string(), thread_ts: z.string().optional() })

/** Slack's own Stop, which names a thread and no question (https://docs.slack.dev/reference/events/agent_session_stopped). */
export const hearStop = (app: App, slack: Slack): void => {
  app.event('agent_session_stopped', async ({ event, context, client }) => {
    const read = stopped.safeParse(event)
    if (!read.success || read.data.thread_ts === undefined) return
    const { channel, user, thread_ts: ts } = read.data
    const doer = doerOf({ context, client }, user)
    inBackground(slack, 'slack/stop', async () => {
      const conversation = await conversationOf(slack, doer, { channel, ts })
      for (const thread of new Set([conversation, placeKey(doer, { channel, ts })]))
        await slack.parts.queue.stopThread(thread)
    })
  })
}
