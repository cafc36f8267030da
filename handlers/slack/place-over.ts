import type { AnswerView } from '#renderers/view/view.ts'
import { isMessageGone, isShutOut, isUrlSpent } from './call-error.ts'
import type { Doer } from './identity.ts'
import { type Place, respond, update } from './messages.ts'
import { aside, cover, directly, inThread } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import { type Ear, tell } from './tell.ts'
import { isDirect } from './who-asks.ts'
import { writeAnswer } from './write-answer.ts'
import type { Writer } from './writer.ts'

/** A message with an answer that one of its own buttons changes. `before` is what it shows now, `url` answers the click. */
export type Over = {
  before?: AnswerView
  url?: string
  thread?: string
  isStillWanted: () => boolean
}

/** Writes over a message that everybody sees. */
export const overMessage = (slack: Slack, doer: Doer, place: Place, over: Over): Writer => {
  const { isStillWanted, thread, url, before } = over
  const { channel, ts } = place
  const writer: Writer = {
    isPrivate: false,
    isStillWanted,
    replaces: before?.id,
    write: async message => {
      await update(slack, doer, { ...place, message, isStillWanted })
      return isStillWanted() ? place : undefined
    },
    instead: error => {
      if (isMessageGone(error)) return inThread(slack, doer, { channel, thread })
      return isShutOut(error) ? directly(slack, doer) : undefined
    },
  }
  const putBack = putBackBy(slack, doer, { over, writer })
  /** What everybody sees stays as it was, without what was asked by whoever may see more. */
  const makeWay = async (): Promise<Writer> => {
    if (putBack) await putBack()
    else await cover(slack, doer, { ...place, isStillWanted })
    return { ...aside(slack, doer, { channel, thread: thread === ts ? undefined : thread }), isStillWanted }
  }
  return {
    ...writer,
    giveBack: giveBackBy(slack, doer, { putBack, isStillWanted, ear: { url, channel, thread } }),
    ...(!isDirect(channel) && { aside: makeWay }),
  }
}

/** Writes over a message that only the asker sees, through the response URL of the click. */
export const overPrivate = (slack: Slack, doer: Doer, over: Over & { url: string }): Writer => {
  const { isStillWanted, url } = over
  const writer: Writer = {
    isPrivate: true,
    isStillWanted,
    replaces: over.before?.id,
    write: async message => {
      if (isStillWanted()) await respond(slack, { url, message, isOver: true })
      return undefined
    },
    instead: error => (isUrlSpent(error) ? directly(slack, doer) : undefined),
  }
  const putBack = putBackBy(slack, doer, { over, writer })
  return { ...writer, giveBack: giveBackBy(slack, doer, { putBack, isStillWanted, ear: { url } }) }
}

/** What was shown is shown again, with new block ids: in the reader's client the menu stands where it was clicked. */
const putBackBy = (
  slack: Slack,
  doer: Doer,
  { over: { before, isStillWanted }, writer }: { over: Over; writer: Writer },
): (() => Promise<void>) | undefined =>
  before &&
  (async () => {
    if (!isStillWanted()) return
    const { id } = before
    const as = { view: before, id, fileId: slack.pictures.of(id), revision: slack.effects.newId() }
    await writeAnswer(slack, doer, as, { ...writer, instead: undefined }).catch(error =>
      slack.parts.warn('slack/give-back', error),
    )
  })

type Returning = Pick<Over, 'isStillWanted'> & { putBack: (() => Promise<void>) | undefined; ear: Ear }

/** There is no answer: what stood there stays, and the one who clicked is told why. */
const giveBackBy = (slack: Slack, doer: Doer, { putBack, isStillWanted, ear }: Returning): Writer['giveBack'] =>
  putBack &&
  (async ({ message, next }) => {
    if (!isStillWanted()) return
    await putBack()
    await tell(slack, doer, ear, `${message} ${next}`)
  })
