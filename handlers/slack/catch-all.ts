import type { App } from '@slack/bolt'
import { sentenceMessage } from '#renderers/slack/sentence.ts'
import { acknowledge, heard } from './acknowledge.ts'
import type { Slack } from './slack-parts.ts'

/**
 * Goes around all listeners: an event that comes again is heard once, and what no listener has acknowledged is acknowledged here, so that
 * nobody sees something hang.
 */
export const goAroundAll = (app: App, slack: Slack): void => {
  app.use(async args => {
    const { body, context, next } = args
    if ('event_id' in body) {
      heard(context, slack)
      if (!(await isFirst(slack, String(body.event_id)))) return
    }
    try {
      await next()
    } finally {
      if ('ack' in args && args.ack !== undefined && !context.acknowledged) {
        slack.parts.warn('slack/unheard', new Error(`Nothing listens to this ${kindOf(body)}`))
        const ack = args.ack as (response?: unknown) => Promise<void>
        await acknowledge({ ack, context }, slack, answerTo(body))
      }
    }
  })
}

/** Slack repeats an event until it is acknowledged, and now and then after (https://docs.slack.dev/apis/events-api). */
const isFirst = async ({ parts }: Slack, id: string): Promise<boolean> => {
  const first = await parts.claims.claim(`slack:event:${id}`)
  if (!first) parts.metrics.duplicate('slack')
  return first
}

const kindOf = (body: object): string =>
  'command' in body ? 'command' : 'type' in body && typeof body.type === 'string' ? body.type : 'payload'

const answerTo = (body: object): unknown => {
  if ('command' in body)
    return {
      response_type: 'ephemeral',
      ...sentenceMessage('Chartroom has no such command. Type /chartroom for help.'),
    }
  return 'type' in body && body.type === 'block_suggestion' ? { options: [] } : undefined
}
