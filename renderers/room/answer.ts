import type { Answer, AnswerOptions } from '#src/vocabulary/answer.ts'
import { answerView } from '../view/answer.ts'
import { fileName } from '../view/file-name.ts'
import type * as Shared from '../view/view.ts'
import { sqlPieces } from './sql.ts'
import type { AnsweredView, AnswerView, PictureView, SqlView, ToldView } from './view.ts'

/** An answer as the room's page shows it. Pure; the addresses are those that the room serves. */
export const roomView = (answer: Answer, options: AnswerOptions): AnswerView => {
  const view = answerView(answer, options)
  if (view.status === 'answered') return answered(view)
  if (view.status === 'told') return told(view)
  return view.status === 'empty' ? { ...view, sql: coloured(view.sql) } : view
}

const answered = (view: Shared.AnsweredView): AnsweredView => {
  const { chart, sql, ...rest } = view
  return {
    ...rest,
    picture: picture(view),
    kind: chart.kind,
    sql: coloured(sql),
    csv: `/room/answers/${encodeURIComponent(view.id)}.csv`,
  }
}

const told = ({ chart, ...view }: Shared.ToldView): ToldView =>
  chart ? { ...view, picture: picture({ id: view.id, chart, headline: view.title }) } : view

const coloured = (sql: Shared.SqlView): SqlView => ({ ...sql, pieces: sqlPieces(sql.text) })

/** In the card, under a headline that says the same, the picture goes without its title; enlarged or saved it has it. */
const picture = ({
  id,
  chart,
  headline,
}: Pick<Shared.AnsweredView, 'id' | 'chart' | 'headline'>): PictureView | undefined => {
  if (chart.kind === 'table') return undefined
  const address = (theme: string) => `/room/chart/${encodeURIComponent(id)}.${theme}.png`
  const query = chart.title === headline ? '?untitled' : ''
  return {
    alt: chart.alt,
    light: address('light') + query,
    dark: address('dark') + query,
    full: { light: address('light'), dark: address('dark') },
    file: `${fileName(chart.title || headline)}.png`,
  }
}
