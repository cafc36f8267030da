import type { Context } from '@slack/bolt'
import type { Slack } from './slack-parts.ts'

/** Tells Slack that we heard, before anything else is done: it waits three seconds, people less. */
export const acknowledge = async <T>(
  { ack, context }: { ack: (response?: T) => Promise<void>; context: Context },
  slack: Slack,
  response?: T,
): Promise<void> => {
  context.acknowledged = true
  await ack(response)
  heard(context, slack)
}

/** Measures how soon Slack was told. */
export const heard = ({ receivedAt }: Context, { parts, effects }: Slack): void => {
  if (typeof receivedAt === 'number') parts.metrics.step('ack', effects.ticks() - receivedAt)
}

/** What the receivers put beside every payload. */
export const receipt = ({ effects }: Pick<Slack, 'effects'>) => ({ receivedAt: effects.ticks() })
