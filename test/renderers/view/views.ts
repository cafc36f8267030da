import { answerView } from '#renderers/view/answer.ts'
import type { AnsweredView, AnswerView, EmptyView } from '#renderers/view/view.ts'
import { type Answer, type AnswerOptions, noOptions } from '#src/vocabulary/answer.ts'
import { answered, empty, query } from '#test/fakes/room-answers.ts'

/** What the answers of `test/fakes/room-answers.ts` can be changed to. */
export const someOptions: AnswerOptions = {
  periods: [
    { label: 'December 2023', question: 'in december', query },
    { label: 'Q4 2023', question: 'in q4' },
  ],
  splits: [],
  charts: ['bar', 'donut'],
}

export const viewOf = (answer: Answer, options: AnswerOptions = noOptions): AnswerView => answerView(answer, options)

export const answeredView = (options?: AnswerOptions): AnsweredView => {
  const view = viewOf(answered('a1', 'revenue by category'), options)
  if (view.status !== 'answered') throw new Error(view.status)
  return view
}

export const emptyView = (): EmptyView => {
  const view = viewOf(empty('e1', 'orders in Alaska'))
  if (view.status !== 'empty') throw new Error(view.status)
  return view
}
