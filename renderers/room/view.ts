import type { ChartKind } from '#src/vocabulary/chart.ts'
import type * as Shared from '../view/view.ts'

/** A picture in both themes; `full` is what is enlarged and saved, under the name `file`. */
export type PictureView = {
  alt: string
  light: string
  dark: string
  full: { light: string; dark: string }
  file: string
}

/** A piece of SQL to be coloured; the texts of all pieces together are the SQL. */
export type SqlPiece = { kind: 'plain' | 'keyword' | 'text' | 'number' | 'remark'; text: string }

export type SqlView = Shared.SqlView & { pieces: SqlPiece[] }

/** The page draws no charts: it is given the addresses of pictures instead. */
export type AnsweredView = Omit<Shared.AnsweredView, 'chart' | 'sql'> & {
  /** Absent when the answer is a table and nothing else. */
  picture?: PictureView
  kind: ChartKind
  sql: SqlView
  csv: string
}
export type EmptyView = Omit<Shared.EmptyView, 'sql'> & { sql: SqlView }

/** As it is, with the addresses of its picture. */
export type ToldView = Omit<Shared.ToldView, 'chart'> & { picture?: PictureView }

/** What the page is given for an answer. Plain text everywhere: the page never reads any of it as markup. */
export type AnswerView = AnsweredView | EmptyView | Shared.ClarifyView | Shared.RefusedView | ToldView
