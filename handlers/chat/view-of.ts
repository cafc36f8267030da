import { answerView } from '#renderers/view/answer.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import type { KeptAnswer } from '#src/store/answers.ts'
import { type AnswerOptions, noOptions } from '#src/vocabulary/answer.ts'
import type { ChatUseCases } from './use-cases.ts'

type Known = { useCases: Pick<ChatUseCases, 'options'> }

/** What the menus under an answer offer to the one who asked. */
export const optionsOf = async ({ answer, owner }: KeptAnswer, { useCases }: Known): Promise<AnswerOptions> =>
  answer.status === 'answered' ? (answer.options ?? useCases.options(answer, owner)) : noOptions

/** An answer written out, with its menus. The same answer gives the same view, so that a click can name a choice by its place. */
export const viewOf = async (kept: KeptAnswer, known: Known): Promise<AnswerView> =>
  answerView(kept.answer, await optionsOf(kept, known))
