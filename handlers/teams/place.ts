import { climbDown, type Rung } from '#handlers/chat/ladder.ts'
import type { Place, Shown } from '#handlers/chat/turn.ts'
import { workingCard } from '#renderers/teams/working.ts'
import { plainText } from '#renderers/view/plain-text.ts'
import { type AnswerMessage, bestRung, messagesOf } from './answer-message.ts'
import { checked } from './checked.ts'
import { cardMessage, textMessage } from './outgoing.ts'
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
  /** Told of the message in which it stands at last, and of its card when it has one. */
  onShown?: (message: string | undefined, card: Json | undefined) => void
}

/** A place in Teams: typing, then a card with Stop when it takes long, then that same message becomes the answer. */
export const createPlace = (spot: Spot, parts: TeamsParts): Place => {
  const { at } = spot
  const typing = createTyping(() => parts.sender.typing(at))
  let working: string | undefined
  return {
    status: () => typing.begin(),
    working: async (words, run) => {
      typing.end()
      const card = checked(workingCard(words, run))
      working = await put({ card, message: cardMessage({ card, summary: plainText(words) }) }, spot, parts)
    },
    show: shown => {
      typing.end()
      return show(shown, working === undefined ? spot : { ...spot, message: () => working }, parts)
    },
  }
}

/** Shows an answer in the best form that is taken. Throws {@link TeamsError} when none is. */
export const show = async (shown: Shown, spot: Spot, parts: TeamsParts): Promise<void> => {
  const { at, asked, onShown } = spot
  const post = (rung: Rung) =>
    firstTaken(messagesOf(shown, rung, { at, asked, pictureUrl: parts.pictureUrl }), async made => ({
      message: await put(made, spot, parts),
      card: made.card,
    }))
  const onRefused = (rung: Rung, error: unknown) => {
    parts.metrics.refused('teams', rung)
    parts.warn('form', error, { rung })
  }
  const { message, card } = await climbDown(bestRung(shown), post, { isRefused, onRefused })
  if (message !== undefined && shown.answer) await parts.answers.place(placeName(at, message), shown.answer.id)
  onShown?.(message, card)
  if (message === undefined)
    void parts.running.follow(parts.sender.send(at, perhaps).catch(error => parts.warn('unclear', error)))
}

/** Nobody knows whether the answer is there, and it is not sent twice. */
const perhaps = textMessage('Teams did not say whether it took the answer. If it is not here, please ask again.')

/** Writes over the message that is there, else, or when that is gone, a new one. Gives the id of the message. */
const put = async ({ message }: AnswerMessage, spot: Spot, { sender }: TeamsParts): Promise<string | undefined> => {
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

/** An answer that comes at once needs no announcement; one that is typed longer than Teams shows needs it again. */
const [beginAfter, againAfter] = [400, 3000]

const createTyping = (say: () => void) => {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const again = () => {
    say()
    timer = setTimeout(again, againAfter)
  }
  return {
    begin: () => {
      if (!over) timer ??= setTimeout(again, beginAfter)
    },
    end: () => {
      over = true
      clearTimeout(timer)
    },
  }
}
