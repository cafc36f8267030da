import type { Click } from '../view/click.ts'
import { cut, plainText } from '../view/plain-text.ts'
import type { AnswerView, ClarifyView, EmptyView, FailureView, RefusedView, ToldView } from '../view/view.ts'
import { answeredParts } from './answered.ts'
import type { MessageOptions, Rung, SlackBlock, SlackMessage } from './block-kit.ts'
import { actions, bullets, headline, named, picture, prose, type Run, small } from './blocks.ts'
import { askOrChoose, choicePart } from './choices.ts'
import { detailsButton } from './controls.ts'
import { button, nothing, select } from './elements.ts'
import { mrkdwn } from './escape.ts'
import { fitted, type Part, part, sizes } from './fit.ts'
import { limits } from './limits.ts'
import { readOut } from './read-out.ts'

/** An answer, or why there is none, as a message. Nothing in it is read as markup, and it is within all limits of Slack. */
export const slackMessage = (view: AnswerView | FailureView, options: MessageOptions): SlackMessage => {
  const left = small(view.status === 'answered' ? 'Shortened to fit: the details have the rest.' : 'Shortened to fit.')
  const blocks = fitted([sizes([200, 60], most => above(view, options, most)), ...partsOf(view, options)], left)
  return {
    text: mrkdwn(readOut(view), limits.messageText),
    blocks: named(blocks.length > 0 ? blocks : small(nothing), nameOf(view, options)),
  }
}

const partsOf = (view: AnswerView | FailureView, options: MessageOptions): Part[] => {
  switch (view.status) {
    case 'answered':
      return answeredParts(view, options)
    case 'clarify':
      return clarifyParts(view, options)
    case 'refused':
      return refusedParts(view, options)
    case 'empty':
      return emptyParts(view, options)
    case 'told':
      return toldParts(view, options)
    case 'failed':
      return failedParts(view, options)
  }
}

/** Small words over the message: who sees it, and what was asked where that is not to be seen. */
const above = (view: AnswerView | FailureView, options: MessageOptions, most: number): SlackBlock[] => {
  const question = 'question' in view ? cut(plainText(view.question), most) : ''
  const asked = (options.private || options.asked) && question ? `“${question}”` : ''
  return small([options.private ? whoSees(view) : '', asked].filter(Boolean).join(' · '))
}

const whoSees = (view: AnswerView | FailureView) =>
  'onlyForAsker' in view && view.onlyForAsker
    ? 'Only you can see this: it holds data that not everybody here may see'
    : 'Only you can see this'

const clarifyParts = ({ id, message, notes, choices }: ClarifyView, { rung }: MessageOptions): Part[] => [
  sizes([600, 150], most => headline(message, rung, most)),
  part(small(notes.join(' ')), 1),
  choicePart(choices, id, 'Choose'),
]

const refusedParts = ({ id, message, choices }: RefusedView, { rung }: MessageOptions): Part[] => [
  words([firstBold(message)], rung),
  choicePart(choices, id, 'Ask'),
]

const emptyParts = ({ id, message, notes, choices }: EmptyView, { rung }: MessageOptions): Part[] => [
  words([firstBold(message)], rung),
  part(small(notes.join(' ')), 1),
  choicePart(choices, id, 'Ask'),
  part(actions(detailsButton(id))),
]

const toldParts = (view: ToldView, { rung, fileId }: MessageOptions): Part[] => {
  const { id, title, paragraphs, items, chart, choices } = view
  const shown =
    rung === 'picture' && chart && fileId !== undefined ? { alt: chart.alt, title: chart.subtitle } : undefined
  return [
    sizes([600, 150], most => headline(title, rung, most)),
    ...(shown ? [sizes([limits.altText, 500], most => [picture(fileId ?? '', shown, most)])] : []),
    sizes([1500, 500], most => spaced(paragraphs, rung, most), 2),
    sizes(everyItemAsks(items) ? [6, 3] : [20, 10, 5], most => listed(items, rung, most), 3),
    sizes([40, 15, 5], most => tries(id, items, most)),
    choicePart(choices, id, askOrChoose),
  ]
}

/** Paragraphs with room between them, together at most `most` characters. */
const spaced = (paragraphs: string[], rung: Rung, most: number): SlackBlock[] => {
  let room = most
  return paragraphs.flatMap(text => {
    const blocks = room > 0 ? prose([[text]], rung, room) : []
    room -= text.length
    return blocks
  })
}

const listed = (items: ToldView['items'], rung: Rung, most: number): SlackBlock[] => [
  ...bullets(
    items.slice(0, most).map(({ term, text }) => [{ bold: term }, text ? `  ${text}` : '']),
    rung,
  ),
  ...small(leftOut(items, most)),
]

/** All of them are in one menu, so a screen of them is enough. */
const everyItemAsks = (items: ToldView['items']) =>
  items.length > mostTries && items.every(item => item.ask !== undefined)

const leftOut = (items: ToldView['items'], most: number): string => {
  const rest = items.slice(most)
  if (rest.length === 0) return ''
  const names = rest.map(({ term }) => plainText(term)).join(', ')
  return everyItemAsks(items)
    ? `${rest.length} more are in the menu: ${names}.`
    : `${rest.length} more are not listed here.`
}

/** More than so many have a menu instead of buttons. */
const mostTries = 5

/** Items that can be asked about: a few as buttons, more as one menu. */
const tries = (answer: string, items: ToldView['items'], most: number): SlackBlock[] => {
  const asks = items.flatMap(({ term, ask }, index) =>
    ask === undefined ? [] : [{ term, ask, click: { kind: 'item', answer, index } satisfies Click }],
  )
  if (asks.length <= mostTries) return actions(asks.flatMap(({ ask, click }) => button({ label: ask, click })))
  const options = asks.map(({ term, ask, click }) => ({ label: term, hint: ask, click }))
  return actions(select({ id: 'item:any', label: 'Ask one of these', options, most }))
}

const failedParts = ({ message, next, retry, incident }: FailureView, { rung, id }: MessageOptions): Part[] => [
  words([[{ bold: message }], ...(next ? [[next]] : [])], rung),
  part(small(incident ? `Incident ${incident}` : ''), 1),
  part(retry && id ? actions(button({ label: 'Try again', click: { kind: 'deed', deed: 'again', answer: id } })) : []),
]

/** The first sentence is what happened, the rest what to do about it. */
const firstBold = (message: string): Run[] => {
  const first = sentencesOf.segment(message)[Symbol.iterator]().next().value?.segment ?? ''
  return [{ bold: first }, message.slice(first.length)]
}

const sentencesOf = new Intl.Segmenter('en', { granularity: 'sentence' })

const words = (lines: Run[][], rung: Rung): Part =>
  sizes([limits.sectionText, 900, 300], most => prose(lines, rung, most))

const nameOf = (
  view: AnswerView | FailureView,
  { id = '', rung, fileId = '', expanded, revision = '' }: MessageOptions,
): string => ['id' in view ? view.id : id, rung, fileId, expanded ? 'all' : '', revision].filter(Boolean).join('.')
