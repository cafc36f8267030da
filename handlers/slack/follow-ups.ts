import { conversationOf, type Doer, ownerOf } from './identity.ts'
import { answerAt } from './place.ts'
import { inThread } from './place-in-thread.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import type { Spoken } from './spoken.ts'
import { takeFiles } from './take-files.ts'
import { tell } from './tell.ts'
import { askWhom } from './waiting-files.ts'
import { aboutOf, isDirect, whoAsks } from './who-asks.ts'

/** Answers in the thread of what was said. The thread is the conversation: what is said there next may follow up on it. */
export const answerInThread = (slack: Slack, doer: Doer, spoken: Spoken, key: string): void => {
  const { channel, thread } = spoken
  const say = (sentence: string) => tell(slack, doer, { channel, thread }, sentence)
  inBackground(slack, 'slack/said', () => answer(slack, doer, spoken, key), say)
}

const answer = async (slack: Slack, doer: Doer, spoken: Spoken, key: string): Promise<void> => {
  const { channel, ts, thread, text, files, foreign } = spoken
  const isTaking = files.length > 0 && slack.parts.useCases.importFile !== undefined
  if (!isTaking && text === '') return
  const owner = ownerOf(doer)
  const conversation = await conversationOf(slack, doer, { channel, ts: thread })
  const run = slack.effects.newId()
  // Who somebody is may take a while to find out, and what is said next in the thread must not come before this.
  const arrival = isTaking ? undefined : slack.parts.queue.arrive({ run, thread: conversation, owner })
  try {
    const who = await whoAsks(slack, doer, foreign)
    if (who.refusal !== undefined) return await refuse(slack, doer, spoken, { key, sentence: who.refusal })
    const said = { key, thread: conversation, text, owner, about: aboutOf(who.known, { channel }) }
    const spot = { channel, thread, isActive: ts !== thread }
    if (!isTaking) await answerAt(slack, doer, { ...said, run, arrival }, inThread(slack, doer, spot))
    else if (isDirect(channel))
      await takeFiles(slack, doer, said, { files, ear: { channel, thread }, writer: () => inThread(slack, doer, spot) })
    else await askWhom(slack, doer, said, { files, spot: { ...spot, thread } })
  } finally {
    arrival?.leave()
  }
}

const refuse = async (
  slack: Slack,
  doer: Doer,
  { channel, thread }: Spoken,
  { key, sentence }: { key: string; sentence: string },
): Promise<void> => {
  if (await slack.parts.claims.claim(key)) await tell(slack, doer, { channel, thread }, sentence)
}
