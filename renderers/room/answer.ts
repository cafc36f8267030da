import type { Answer, Answered, Choice, Clarify, Empty, Refused, Told } from '#src/vocabulary/answer.ts'
import type { Sentence } from '#src/vocabulary/fact.ts'
import { menus } from './menus.ts'
import { badge, receiptLines, sqlView } from './receipt.ts'
import { tableView } from './table.ts'
import type { AnswerView, ChoiceView, PictureView, RoomOptions, SentenceView } from './view.ts'

/** An answer as the room's page shows it. Pure; the addresses are those that the room serves. */
export const answerView = (answer: Answer, options: RoomOptions): AnswerView => {
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

const answered = (answer: Answered, options: RoomOptions): AnswerView => ({
  status: 'answered',
  id: answer.id,
  question: answer.question,
  headline: answer.story.headline.text,
  summary: answer.story.summary.map(toned(answer)),
  insights: answer.story.insights.map(toned(answer)),
  implications: answer.story.implications.map(toned(answer)),
  picture: picture(answer),
  kind: answer.chart.kind,
  notes: [...answer.receipt.notes, ...unusedNote(answer.unused)],
  table: tableView(answer.table, answer.query),
  receipt: receiptLines(answer.receipt),
  sql: sqlView(answer.receipt),
  badge: badge(answer.receipt),
  menus: menus(answer, options),
  next: answer.next.map(choice),
  csv: `/room/answers/${encodeURIComponent(answer.id)}.csv`,
})

const clarify = ({ id, question, message, unused, choices }: Clarify): AnswerView => ({
  status: 'clarify',
  id,
  question,
  message,
  notes: unusedNote(unused),
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

const told = ({ id, question, title, paragraphs, items, choices }: Told): AnswerView => ({
  status: 'told',
  id,
  question,
  title,
  paragraphs,
  items,
  choices: choices.map(choice),
})

const choice = ({ label, question, query }: Choice): ChoiceView => ({ label, question, query })

/** The tone of the first cited fact that has one, so that a dot beside the sentence can say it at a glance. */
const toned =
  ({ facts }: Answered) =>
  ({ text, cites }: Sentence): SentenceView => {
    const tones = cites.map(id => facts.find(f => f.id === id)?.tone)
    return { text, tone: tones.find(t => t === 'good' || t === 'bad') ?? 'neutral' }
  }

/** In the card, under a headline that says the same, the picture goes without its title; enlarged or saved it has it. */
const picture = ({ id, chart, story, receipt }: Answered): PictureView | undefined => {
  if (chart.kind === 'table') return undefined
  const address = (theme: string) => `/room/chart/${encodeURIComponent(id)}.${theme}.png`
  const query = chart.title === story.headline.text ? '?untitled' : ''
  return {
    alt: chart.alt,
    light: address('light') + query,
    dark: address('dark') + query,
    full: { light: address('light'), dark: address('dark') },
    file: `${fileName(chart.title || receipt.reading)}.png`,
  }
}

const unusedNote = (unused: string[]): string[] =>
  unused.length === 0 ? [] : [`Not used: ${unused.map(word => `“${word}”`).join(', ')}.`]

/** A name for a file that people download: letters, digits and dashes of the words, at most 60. */
export const fileName = (words: string): string =>
  words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    .replace(/-+$/, '')
    .toLowerCase() || 'answer'
