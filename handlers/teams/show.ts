import { climbDown, type Rung } from '#handlers/chat/ladder.ts'
import type { Shown } from '#handlers/chat/turn.ts'
import { type AnswerMessage, bestRung, messagesOf } from '#renderers/teams/answer-message.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import { checked } from './checked.ts'
import type { TeamsParts } from './parts.ts'
import { type Address, isGone, type Json, TeamsError } from './port.ts'
import { placeName } from './thread.ts'

/** Where an answer goes. */
export type Spot = {
  at: Address
  /** Our message that it takes the place of; none is a new one. Asked when it is needed, for the message may come to be meanwhile. */
  message?: () => string | undefined
  /** The question is not to be seen above it, so the answer says it. */
  asked?: boolean
  /** What is shown holds what not everybody in the place may see, so whatever is changed of it stays with its asker. */
  alone?: boolean
  /** Told of the message in which it stands at last, and of its card when it has one. */
  onShown?: (message: string | undefined, card: Json | undefined) => void
}

/** Whether everybody who sees that place may see what is to be shown. */
export const isForAll = ({ only, conversation }: Address, { answer }: Shown): boolean =>
  !answer?.onlyForAsker || only !== undefined || conversation.type === 'personal'

/** Shows an answer in the best form that is taken. Throws {@link TeamsError} when none is. */
export const show = async (shown: Shown, spot: Spot, parts: TeamsParts): Promise<void> => {
  const { at, asked, alone, onShown } = spot
  const settings = {
    personal: at.conversation.type === 'personal',
    asked,
    private: alone || at.only !== undefined,
    pictureUrl: parts.pictureUrl,
  }
  const post = (rung: Rung) =>
    firstTaken(messagesOf(shown, rung, settings), async ({ message, card }) => ({
      card: card && checked(card),
      message: await put(message, spot, parts),
    }))
  const onRefused = (rung: Rung, error: unknown) => {
    parts.metrics.refused('teams', rung)
    parts.warn('form', error, { rung })
  }
  const { message, card } = await climbDown(bestRung(shown), post, { isRefused, onRefused })
  if (alone && shown.answer && !shown.answer.onlyForAsker) await keepAlone(shown.answer.id, parts)
  if (message !== undefined && shown.answer) await parts.answers.place(placeName(at, message), shown.answer.id)
  onShown?.(message, card)
  if (message === undefined)
    void parts.running.follow(parts.sender.send(at, perhaps).catch(error => parts.warn('unclear', error)))
}

/** Nobody knows whether the answer is there, and it is not sent twice. */
const perhaps = textMessage('Teams did not say whether it took the answer. If it is not here, please ask again.')

/** Writes over the message that is there, else, or when that is gone, a new one. Gives the id of the message. */
export const put = async (message: Json, spot: Spot, { sender }: TeamsParts): Promise<string | undefined> => {
  const there = spot.message?.()
  if (there !== undefined) {
    const isThere = await sender.update(spot.at, there, message).then(
      () => true,
      error => {
        if (isGone(error)) return false
        throw error
      },
    )
    if (isThere) return there
  }
  return sender.send(spot.at, message)
}

const firstTaken = async <T>(all: (() => AnswerMessage)[], take: (made: AnswerMessage) => Promise<T>): Promise<T> => {
  let refusal: unknown = new TeamsError('refused', { status: 400 })
  for (const make of all) {
    try {
      return await take(make())
    } catch (error) {
      if (!isRefused(error)) throw error
      refusal = error
    }
  }
  throw refusal
}

/** Too large, or not a message that Teams takes: a plainer one may be. */
const isRefused = (error: unknown) =>
  error instanceof TeamsError && error.end === 'refused' && (error.status === 413 || error.status === 400)

/** What was changed of an answer that one person saw is for them alone as well. */
const keepAlone = async (id: string, { answers }: Pick<TeamsParts, 'answers'>): Promise<void> => {
  const kept = await answers.get(id)
  if (kept) await answers.put({ ...kept, answer: { ...kept.answer, onlyForAsker: true } })
}
