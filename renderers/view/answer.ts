import type { Answer, Answered, AnswerOptions, Choice, Clarify, Empty, Refused, Told } from '#src/vocabulary/answer.ts'
import type { Sentence } from '#src/vocabulary/fact.ts'
import { menus } from './menus.ts'
import { badge, receiptLines, sqlView } from './receipt.ts'
import { tableView } from './table.ts'
import type { AnsweredView, AnswerView, ChoiceView, SentenceView } from './view.ts'

/** An answer written out, the same for every room: what they show differs only in form. Pure. */
export const answerView = (answer: Answer, options: AnswerOptions): AnswerView =>
  answer.onlyForAsker ? { ...written(answer, options), onlyForAsker: true } : written(answer, options)

const written = (answer: Answer, options: AnswerOptions): AnswerView => {
  switch (answer.status) {
    case 'answered':
      return answered(answer, options)
    case 'clarify':
      return clarify(answer)
    case 'refused':
      return refused(answer)
    case 'empty':
      return empty(answer)
    case 'told':
      return told(answer)
  }
}

const answered = (answer: Answered, options: AnswerOptions): AnsweredView => ({
  status: 'answered',
  id: answer.id,
  question: answer.question,
  headline: answer.story.headline.text,
  summary: answer.story.summary.map(toned(answer)),
  insights: answer.story.insights.map(toned(answer)),
  implications: answer.story.implications.map(toned(answer)),
  chart: answer.chart,
  notes: [...answer.receipt.notes, ...unusedNote(answer.unused)],
  table: tableView(answer.table, answer.query),
  receipt: receiptLines(answer.receipt),
  sql: sqlView(answer.receipt),
  badge: badge(answer.receipt),
  menus: menus(answer, options),
  next: answer.next.map(choice),
})

const clarify = ({ id, question, message, unused, choices }: Clarify): AnswerView => ({
  status: 'clarify',
  id,
  question,
  message,
  notes: unusedNote(unused.filter(word => !message.includes(`“${word}”`))),
  choices: choices.map(choice),
})

const refused = ({ id, question, message, choices }: Refused): AnswerView => ({
  status: 'refused',
  id,
  question,
  message,
  choices: choices.map(choice),
})

const empty = ({ id, question, message, receipt, choices }: Empty): AnswerView => ({
  status: 'empty',
  id,
  question,
  message,
  notes: [...receipt.notes],
  receipt: receiptLines(receipt),
  sql: sqlView(receipt),
  choices: choices.map(choice),
})

const told = ({ id, question, title, paragraphs, items, chart, choices }: Told): AnswerView => ({
  status: 'told',
  id,
  question,
  title,
  paragraphs,
  items,
  ...(chart && { chart }),
  choices: choices.map(choice),
})

const choice = ({ label, question, query }: Choice): ChoiceView => ({ label, question, query })

/** The tone of the first cited fact that has one, so that a mark beside the sentence can say it at a glance. */
const toned =
  ({ facts }: Answered) =>
  ({ text, cites }: Sentence): SentenceView => {
    const tones = cites.map(id => facts.find(f => f.id === id)?.tone)
    return { text, tone: tones.find(t => t === 'good' || t === 'bad') ?? 'neutral' }
  }

const unusedNote = (unused: string[]): string[] =>
  unused.length === 0 ? [] : [`Not used: ${unused.map(word => `“${word}”`).join(', ')}.`]
