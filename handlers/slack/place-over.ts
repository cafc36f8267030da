import type { AnswerView } from '#renderers/view/view.ts'
import { isMessageGone, isShutOut, isUrlSpent } from './call-error.ts'
import type { Doer } from './identity.ts'
import { type Place, respond, update } from './messages.ts'
import { directly, inThread } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import { type Ear, tell } from './tell.ts'
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
  const { isStillWanted, thread, url } = over
  const writer: Writer = {
    isPrivate: false,
    isStillWanted,
    replaces: over.before?.id,
    write: async message => {
      await update(slack, doer, { ...place, message, isStillWanted })
      return isStillWanted() ? place : undefined
    },
    instead: error => {
      if (isMessageGone(error)) return inThread(slack, doer, { channel: place.channel, thread })
      return isShutOut(error) ? directly(slack, doer) : undefined
    },
  }
  return { ...writer, giveBack: giveBack(slack, doer, { over, writer, ear: { url, channel: place.channel, thread } }) }
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
  return { ...writer, giveBack: giveBack(slack, doer, { over, writer, ear: { url } }) }
}

type Returning = { over: Over; writer: Writer; ear: Ear }

/** What was shown is shown again, with new block ids: in the reader's client the menu stands where it was clicked. */
const giveBack = (
  slack: Slack,
  doer: Doer,
  { over: { before, isStillWanted }, writer, ear }: Returning,
): Writer['giveBack'] =>
  before &&
  (async ({ message, next }) => {
    if (!isStillWanted()) return
    const { id } = before
    const as = { view: before, id, fileId: slack.pictures.of(id), revision: slack.effects.newId() }
    await writeAnswer(slack, doer, as, { ...writer, instead: undefined }).catch(error =>
      slack.parts.warn('slack/give-back', error),
    )
    await tell(slack, doer, ear, `${message} ${next}`)
  })
