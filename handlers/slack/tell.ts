import { sentenceMessage } from '#renderers/slack/sentence.ts'
import type { Doer } from './identity.ts'
import { post, postEphemeral, respond } from './messages.ts'
import type { Slack } from './slack-parts.ts'

/** Where somebody who did something can be told a sentence that nobody else sees. */
export type Ear = { url?: string; channel?: string; thread?: string }

/** Tells the one who acted: beside what they clicked, else in the conversation, else as a direct message. What cannot be told is logged. */
export const tell = async (
  slack: Slack,
  doer: Doer,
  { url, channel, thread }: Ear,
  sentence: string,
): Promise<void> => {
  const message = sentenceMessage(sentence)
  const direct = { channel: doer.user, id: slack.effects.newId(), message }
  const ways = [
    ...(url ? [() => respond(slack, { url, thread, message })] : []),
    ...(channel ? [() => postEphemeral(slack, doer, { channel, thread, user: doer.user, message })] : []),
    () => post(slack, doer, direct),
  ]
  for (const [i, way] of ways.entries()) {
    try {
      await way()
      return
    } catch (error) {
      slack.parts.warn('slack/tell', error, { way: i + 1 })
    }
  }
}
