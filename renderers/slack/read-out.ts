import { moreRows } from '../view/more-rows.ts'
import { plainText } from '../view/plain-text.ts'
import type { AnsweredView, AnswerView, ChoiceView, FailureView, ToldView } from '../view/view.ts'
import { tableLines } from './table-text.ts'

/**
 * All that a message says, as one text: the finding, what it says, how far to trust it, then the numbers, which may be cut. Screen readers read this and no block
 * (https://docs.slack.dev/reference/methods/chat.postMessage#accessibility); notifications show how it begins.
 */
export const readOut = (view: AnswerView | FailureView): string => {
  switch (view.status) {
    case 'answered':
      return sentences(view.headline, ...story(view), ...view.notes, badge(view), rows(view))
    case 'told':
      return sentences(view.title, ...view.paragraphs, ...view.items.map(item))
    case 'clarify':
      return sentences(view.message, ...view.notes, choices(view.choices))
    case 'empty':
      return sentences(view.message, ...view.notes, choices(view.choices))
    case 'refused':
      return sentences(view.message, choices(view.choices))
    case 'failed':
      return sentences(view.message, view.next)
  }
}

const story = ({ summary, insights, implications }: AnsweredView): string[] =>
  [...summary, ...insights, ...implications].map(({ text }) => text)

/** More of them are only listened to by who asks for them: the CSV has all. */
const rowsRead = 10

const rows = ({ table, chart }: AnsweredView): string => {
  const lines = tableLines(table, rowsRead)
  if (lines.length === 0) return ''
  const about = plainText(chart.subtitle)
  return sentences(
    `${about ? `${about}: ` : ''}${lines.join('; ')}`,
    moreRows(table, Math.min(rowsRead, table.rows.length)),
  )
}

const badge = ({ badge: { label, facts } }: AnsweredView): string => [label, ...facts].join(', ')

const item = ({ term, text }: ToldView['items'][number]): string => (text ? `${term}: ${text}` : term)

const choices = (all: readonly ChoiceView[]): string =>
  all.length > 0 ? `To choose from: ${all.map(({ label }) => label).join('; ')}` : ''

const sentences = (...all: string[]): string =>
  all
    .map(text => plainText(text))
    .filter(text => text !== '')
    .map(text => (/[.!?…:]$/.test(text) ? text : `${text}.`))
    .join(' ')
