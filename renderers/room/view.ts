import type { Choice } from '#src/vocabulary/answer.ts'
import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Query } from '#src/vocabulary/query.ts'

/** What an answer can be changed to: other periods, other splits, and the chart kinds that fit the result. */
export type RoomOptions = { periods: Choice[]; splits: Choice[]; charts: ChartKind[] }

/** A button that asks: the page posts `question` (and `query`, when the choice is a reading) back to `/room/ask`. */
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

/** A picture in both themes; `full` is what is enlarged and saved, under the name `file`. */
export type PictureView = {
  alt: string
  light: string
  dark: string
  full: { light: string; dark: string }
  file: string
}

/** A sentence of the story; `tone` is that of the facts it cites. */
export type SentenceView = { text: string; tone: 'good' | 'bad' | 'neutral' }

/** One line of a receipt: a term and what stands beside it. */
export type LineView = { term: string; lines: string[] }

/** A piece of SQL to be coloured; the texts of all pieces together are the SQL. */
export type SqlPiece = { kind: 'plain' | 'keyword' | 'text' | 'number' | 'remark'; text: string }

export type SqlView = { text: string; pieces: SqlPiece[]; params: { name: string; value: string }[] }

/** The line under an answer: how far to trust it, at a glance. */
export type BadgeView = { origin: 'certified' | 'generated'; label: string; title: string; facts: string[] }

type Common = { id: string; question: string }

export type AnsweredView = Common & {
  status: 'answered'
  headline: string
  summary: SentenceView[]
  insights: SentenceView[]
  implications: SentenceView[]
  /** Absent when the answer is a table and nothing else. */
  picture?: PictureView
  kind: ChartKind
  notes: string[]
  table: TableView
  receipt: LineView[]
  sql: SqlView
  badge: BadgeView
  menus: MenuView[]
  next: ChoiceView[]
  csv: string
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
  choices: ChoiceView[]
}

/** What the page is given for an answer. Plain text everywhere: the page never reads any of it as markup. */
export type AnswerView = AnsweredView | ClarifyView | RefusedView | EmptyView | ToldView

/** What the page is given when there is no answer. `incident` is set when the log knows more. */
export type FailureView = { status: 'failed'; message: string; next: string; retry: boolean; incident?: string }
