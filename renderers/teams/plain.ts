import { followsMark, markOf } from '../view/marks.ts'
import { moreRows } from '../view/more-rows.ts'
import { cut, plainText } from '../view/plain-text.ts'
import type { AnsweredView, AnswerView, ChoiceView, FailureView, LineView, ToldView } from '../view/view.ts'
import { rowLines } from './row-lines.ts'

/**
 * An answer without a card, for a message of `textFormat: "plain"`, where nothing is read as markup: the last way to show it. Paragraphs are
 * a line apart. At most `most` characters; what is left out is said.
 */
export const plainMessage = (view: AnswerView | FailureView, most = 20_000): string => {
  const blocks = blocksOf(view).filter(lines => lines.length > 0)
  const text = blocks.map(lines => lines.map(plainText).join('\n')).join('\n\n')
  const end = '\n\nShortened to fit.'
  return text.length <= most ? text : cut(text, most - end.length) + end
}

/** An answer in one line of plain text, for notifications and for clients that show no card: what was found and its main number. */
export const lineOf = (view: AnswerView | FailureView): string => plainText(shortOf(view)) || 'An answer'

const shortOf = (view: AnswerView | FailureView): string => {
  switch (view.status) {
    case 'answered':
      return sentences(view.headline, view.summary[0]?.text)
    case 'told':
      return sentences(view.title, view.paragraphs[0])
    case 'failed':
      return `${view.message} ${view.next}`
    default:
      return view.message
  }
}

const sentences = (first: string, second = ''): string =>
  second === '' ? first : `${first}${/[.!?:…]$/.test(first) ? '' : '.'} ${second}`

const rowsShown = 20

const blocksOf = (view: AnswerView | FailureView): string[][] => {
  switch (view.status) {
    case 'answered':
      return answered(view)
    case 'clarify':
      return [[view.message], view.notes, asks('You can ask', view.choices)]
    case 'refused':
      return [[view.message], asks('You can ask', view.choices)]
    case 'empty':
      return [[view.message], view.notes, receipt(view), asks('You can ask', view.choices)]
    case 'told':
      return told(view)
    case 'failed':
      return [[view.message, view.next], view.incident ? [`Incident ${view.incident}`] : []]
  }
}

const answered = (view: AnsweredView): string[][] => [
  [view.headline, view.chart.subtitle].filter(Boolean),
  [view.summary.map(s => s.text).join(' ')].filter(Boolean),
  [
    ...rowLines(view.table, rowsShown),
    moreRows(view.table, Math.min(rowsShown, view.table.rows.length), 'ask for fewer to see them'),
  ].filter(Boolean),
  [...view.insights.map(s => `${markOf[s.tone]} ${s.text}`), ...view.implications.map(s => `${followsMark} ${s.text}`)],
  view.notes,
  receipt(view),
  asks('Ask next', view.next),
]

const told = ({ title, paragraphs, items, choices }: ToldView): string[][] => [
  [title],
  ...paragraphs.map(p => [p]),
  items.map(({ term, text }) => (text === '' ? term : `${term}: ${text}`)),
  asks('Ask next', choices),
]

const receipt = ({ receipt: lines }: { receipt: LineView[] }) => lines.map(l => `${l.term}: ${l.lines.join('; ')}`)

/** Without buttons, choices are asked in words. */
const asks = (label: string, choices: ChoiceView[]): string[] =>
  choices.length === 0 ? [] : [`${label}:`, ...choices.map(c => `• ${c.question || c.label}`)]
