import type { AnswerView, ClarifyView, EmptyView, FailureView, RefusedView, ToldView } from '../view/view.ts'
import { answeredParts } from './answered.ts'
import { choiceParts, itemParts, listed } from './choices.ts'
import { deedButton } from './clicks.ts'
import { clipped } from './clipped.ts'
import { detailParts, detailsPart, noteElements } from './details.ts'
import { type AdaptiveCard, buttons, type Element, heading, prose, small } from './elements.ts'
import { cardText, labelText, row, say, silence } from './escape.ts'
import { imageOf } from './figure.ts'
import { fittedCard, type Part, part, sizes } from './fit.ts'
import type { CardOptions } from './options.ts'
import { lineOf } from './plain.ts'

/**
 * An answer, or why there is none, as an Adaptive Card 1.5. Nothing in it that comes from data is read as markup, and it is within `most`
 * bytes; what does not fit is said. What its buttons send back is read by `clicksOf`.
 */
export const teamsCard = (view: AnswerView | FailureView, options: CardOptions): AdaptiveCard => {
  const parts = [part(above(view, options)), ...partsOf(view, options)]
  const fallbackText = labelText(lineOf(view), 500)
  return fittedCard(parts, { most: options.most, left: shortened(view, options), fallbackText })
}

const shortened = ({ status }: AnswerView | FailureView, { expanded }: CardOptions) => {
  const hasDetails = (status === 'answered' || status === 'empty') && !expanded
  return small(
    hasDetails ? say`Shortened to fit: the details have the rest.` : say`Not all of it fits into one message.`,
  )
}

const partsOf = (view: AnswerView | FailureView, options: CardOptions): Part[] => {
  switch (view.status) {
    case 'answered':
      return answeredParts(view, options)
    case 'clarify':
      return clarifyParts(view)
    case 'refused':
      return refusedParts(view)
    case 'empty':
      return emptyParts(view, options)
    case 'told':
      return toldParts(view, options)
    case 'failed':
      return failedParts(view, options)
  }
}

/** Small words over the card: who sees it, and what was asked where that is not to be seen. */
const above = (view: AnswerView | FailureView, options: CardOptions): Element[] => {
  const question = 'question' in view ? clipped(view.question, 200) : ''
  const asked = (options.private || options.asked) && question !== ''
  return small(row([options.private ? whoSees(view) : silence, asked ? say`“${question}”` : silence]))
}

const whoSees = (view: AnswerView | FailureView) =>
  'onlyForAsker' in view && view.onlyForAsker
    ? say`Only you can see this: it holds data that not everybody here may see`
    : say`Only you can see this`

const clarifyParts = ({ id, message, notes, choices }: ClarifyView): Part[] => [
  sizes([600, 150], most => ({ body: heading(cardText(message, most)) })),
  part(noteElements(notes, 400), 1),
  ...choiceParts(choices, id, 'Which one do you mean?'),
]

const refusedParts = ({ id, message, choices }: RefusedView): Part[] => [
  words(message),
  ...choiceParts(choices, id, 'Ask instead'),
]

const emptyParts = (view: EmptyView, { expanded }: CardOptions): Part[] => [
  words(view.message),
  part(noteElements(view.notes, 400), 1),
  ...(expanded ? detailParts(view, nothingElse) : []),
  ...choiceParts(view.choices, view.id, 'Ask instead'),
  ...(expanded ? [] : [detailsPart(view, nothingElse)]),
]

const toldParts = (
  { id, title, paragraphs, items, chart, choices }: ToldView,
  { rung, picture }: CardOptions,
): Part[] => [
  sizes([600, 150], most => ({ body: heading(cardText(title, most)) })),
  ...(chart && picture && rung === 'picture' ? [part([imageOf(picture.url, chart.alt)])] : []),
  sizes([1500, 300], most => ({ body: paragraphs.flatMap(p => prose(cardText(p, most))) }), 2),
  sizes(listSizes, size => ({ body: listed(items, size) }), 3),
  ...itemParts(items, id),
  ...choiceParts(choices, id, 'Ask next'),
]

const failedParts = ({ message, next, retry, incident }: FailureView, { id }: CardOptions): Part[] => [
  sizes([1500, 300], most => ({ body: prose(cardText(message, most), { weight: 'Bolder' }) })),
  sizes([1000, 300], most => ({ body: prose(cardText(next, most)) })),
  part(small(incident ? say`Incident ${incident}` : silence), 1),
  part(buttons(retry && id ? deedButton('Try again', 'again', { answer: id }) : [])),
]

const listSizes = [
  { most: 40, length: 500 },
  { most: 20, length: 300 },
  { most: 10, length: 150 },
  { most: 3, length: 150 },
]

const nothingElse = { texts: [], points: [], notes: [], rows: [] }

const words = (text: string): Part => sizes([1500, 300], most => ({ body: prose(cardText(text, most)) }))
