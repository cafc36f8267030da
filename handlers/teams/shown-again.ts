import { noOptions, type Shown } from '#handlers/chat/turn.ts'
import { answerView } from '#renderers/view/answer.ts'
import { pictureOf } from '#renderers/view/picture.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { TeamsParts } from './parts.ts'

/** An answer that was given before, ready to be shown again; its picture is painted anew. */
export const shownAgain = async (answer: Answer, { useCases, warn }: TeamsParts): Promise<Shown> => {
  const view = answerView(answer, answer.status === 'answered' ? useCases.options(answer) : noOptions)
  if (view.status !== 'answered' || view.chart.kind === 'table') return { view, answer }
  const { signal } = new AbortController()
  const png = await useCases.paint(pictureOf(view), 'light', { signal, format: 'small' }).catch(error => {
    warn('picture', error)
    return undefined
  })
  return { view, answer, png }
}
