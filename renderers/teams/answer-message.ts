import type { Answer } from '#src/vocabulary/answer.ts'
import { paintedOf } from '../view/picture.ts'
import { cut } from '../view/plain-text.ts'
import type { AnswerView, FailureView } from '../view/view.ts'
import { teamsCard } from './card.ts'
import type { AdaptiveCard } from './elements.ts'
import type { Rung } from './options.ts'
import { cardMessage, type Json, textMessage } from './outgoing.ts'
import { type Picture, pictureWays } from './picture.ts'
import { lineOf, plainMessage } from './plain.ts'
import { suggestions } from './suggestions.ts'

/** What is to be shown, once. */
export type Shown = {
  view: AnswerView | FailureView
  answer?: Answer
  /** The picture, when there is one and it could be painted. */
  png?: Uint8Array
  /** The id under which a failure can be tried again. */
  again?: string
}

/** A message that shows an answer, and its card when it has one. */
export type AnswerMessage = { message: Json; card?: AdaptiveCard }

export type MessageSettings = {
  /** It is sent to the chat with one person, where the bot may suggest what to say. */
  personal: boolean
  /** The question is not to be seen above it. */
  asked?: boolean
  /** Only whoever asked sees it. */
  private?: boolean
  pictureUrl?: (png: Uint8Array) => string
}

/** The best way to show something. What is no answer looks the same in all but the last. */
export const bestRung = ({ view, png }: Shown): Rung => {
  if (view.status !== 'answered') return png && paintedOf(view) ? 'picture' : 'text'
  return png ? 'picture' : 'native'
}

/** The messages of a rung, the best first; each is made only when the one before was not taken. */
export const messagesOf = (shown: Shown, rung: Rung, settings: MessageSettings): (() => AnswerMessage)[] => {
  const made = (picture?: Picture) => () => answerMessage(shown, { rung, picture }, settings)
  if (rung === 'picture') return shown.png ? pictureWays(shown.png, settings.pictureUrl).map(way => made(way())) : []
  return rung === 'text' ? [made(), () => ({ message: textMessage(plainMessage(shown.view)) })] : [made()]
}

/** What was refused for its size is followed by something much smaller. */
const mostBytes: Record<Rung, number> = { picture: 80_000, native: 60_000, table: 40_000, text: 20_000 }

type Form = { rung: Rung; picture?: Picture }

const answerMessage = (
  { view, answer, again }: Shown,
  { rung, picture }: Form,
  { personal, asked, private: isPrivate }: MessageSettings,
): AnswerMessage => {
  const url = picture && 'url' in picture ? picture : undefined
  const beside = picture && 'beside' in picture ? picture.beside : undefined
  const card = teamsCard(view, {
    rung: beside ? 'table' : rung,
    picture: url,
    private: isPrivate,
    asked,
    id: again,
    most: mostBytes[rung],
  })
  const message = cardMessage({
    card,
    summary: cut(lineOf(view), 200),
    beside,
    isGenerated: answer !== undefined && isGenerated(answer),
    asksForFeedback: view.status === 'answered' && !isPrivate,
    suggestedActions: view.status === 'told' && personal ? suggestions(view) : undefined,
  })
  return { message, card }
}

/** Whether a model has written any of it; what the rules compile and tell is not labelled, even where a model has read the question. */
const isGenerated = (answer: Answer): boolean => {
  if (answer.status === 'told') return answer.words === 'model'
  return answer.status === 'answered' && (answer.receipt.origin === 'generated' || answer.receipt.words === 'model')
}
