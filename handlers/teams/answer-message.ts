import type { Rung } from '#handlers/chat/ladder.ts'
import type { Shown } from '#handlers/chat/turn.ts'
import { teamsCard } from '#renderers/teams/card.ts'
import { lineOf, plainMessage } from '#renderers/teams/plain.ts'
import { suggestions } from '#renderers/teams/suggestions.ts'
import { paintedOf } from '#renderers/view/picture.ts'
import { cut } from '#renderers/view/plain-text.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { checked } from './checked.ts'
import { cardMessage, textMessage } from './outgoing.ts'
import { type Picture, pictureWays } from './picture.ts'
import type { Address, Json } from './port.ts'

/** A message that shows an answer, and its card when it has one. */
export type AnswerMessage = { message: Json; card?: Json }

export type MessageSettings = {
  at: Address
  /** The question is not to be seen above it. */
  asked?: boolean
  /** Only whoever asked sees it. */
  alone?: boolean
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

const answerMessage = (shown: Shown, { rung, picture }: Form, { at, asked, alone }: MessageSettings): AnswerMessage => {
  const { view, answer, again } = shown
  const isPrivate = alone || at.only !== undefined
  const url = picture && 'url' in picture ? picture : undefined
  const beside = picture && 'beside' in picture ? picture.beside : undefined
  const card = checked(
    teamsCard(view, {
      rung: beside ? 'table' : rung,
      picture: url,
      private: isPrivate,
      asked,
      id: again,
      most: mostBytes[rung],
    }),
  )
  const message = cardMessage({
    card,
    summary: cut(lineOf(view), 200),
    beside,
    isGenerated: answer !== undefined && isGenerated(answer),
    asksForFeedback: view.status === 'answered' && !isPrivate,
    suggestedActions: view.status === 'told' && at.conversation.type === 'personal' ? suggestions(view) : undefined,
  })
  return { message, card }
}

/** Whether a model has written any of it; what the rules compile and tell is not labelled, even where a model has read the question. */
const isGenerated = (answer: Answer): boolean => {
  if (answer.status === 'told') return answer.words === 'model'
  return answer.status === 'answered' && (answer.receipt.origin === 'generated' || answer.receipt.words === 'model')
}
