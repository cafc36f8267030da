import type { Chart } from '#src/vocabulary/chart.ts'
import type { Query } from '#src/vocabulary/query.ts'

/** Something to click that asks `question`, or runs `query` when the choice is a reading. `current` is what is shown now. */
export type ChoiceView = { label: string; question: string; query?: Query; current?: boolean }

/** One menu under an answer: "Period", "Split by", "Chart". */
export type MenuView = { name: 'period' | 'split' | 'chart'; label: string; choices: ChoiceView[] }

/** A table as text: every cell is already written out; `more` counts the rows that are not shown here. */
export type TableView = {
  /** `wide` columns hold long texts, which may wrap. */
  columns: { label: string; align: 'left' | 'right'; wide: boolean }[]
  rows: string[][]
  total: number
  more: number
  truncated: boolean
}

/** A sentence of the story; `tone` is that of the facts it cites. */
export type SentenceView = { text: string; tone: 'good' | 'bad' | 'neutral' }

/** One line of a receipt: a term and what stands beside it. */
export type LineView = { term: string; lines: string[] }

/** The SQL that ran, and the values bound to it. */
export type SqlView = { text: string; params: { name: string; value: string }[] }

/** The line under an answer: how far to trust it, at a glance. */
export type BadgeView = {
  origin: 'certified' | 'generated' | 'verified'
  label: string
  title: string
  facts: string[]
}

type Common = {
  id: string
  question: string
  /** It holds what not everybody in the place may see. */
  onlyForAsker?: true
}

export type AnsweredView = Common & {
  status: 'answered'
  headline: string
  summary: SentenceView[]
  insights: SentenceView[]
  implications: SentenceView[]
  chart: Chart
  notes: string[]
  table: TableView
  receipt: LineView[]
  sql: SqlView
  badge: BadgeView
  menus: MenuView[]
  next: ChoiceView[]
}
export type ClarifyView = Common & { status: 'clarify'; message: string; notes: string[]; choices: ChoiceView[] }
export type RefusedView = Common & { status: 'refused'; message: string; choices: ChoiceView[] }
export type EmptyView = Common & {
  status: 'empty'
  message: string
  notes: string[]
  receipt: LineView[]
  sql: SqlView
  choices: ChoiceView[]
}
export type ToldView = Common & {
  status: 'told'
  title: string
  paragraphs: string[]
  items: { term: string; text: string; ask?: string }[]
  /** A picture beside the words. */
  chart?: Chart
  choices: ChoiceView[]
}

/** An answer as every room shows it, before it knows where: plain text everywhere, numbers written out. */
export type AnswerView = AnsweredView | ClarifyView | RefusedView | EmptyView | ToldView

/** What is shown when there is no answer. `incident` is set when the log knows more. */
export type FailureView = { status: 'failed'; message: string; next: string; retry: boolean; incident?: string }
