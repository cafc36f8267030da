import type { Shown } from '#handlers/chat/turn.ts'
import { viewOf } from '#handlers/chat/view-of.ts'
import { paintedOf, pictureOf } from '#renderers/view/picture.ts'
import type { KeptAnswer } from '#src/store/answers.ts'
import type { TeamsParts } from './parts.ts'

/** An answer that was given before, ready to be shown again; its picture is painted anew. */
export const shownAgain = async (kept: KeptAnswer, { useCases, warn }: TeamsParts): Promise<Shown> => {
  const { answer } = kept
  const view = await viewOf(kept, { useCases })
  const painting = paintedOf(view)
  if (!painting) return { view, answer }
  const { signal } = new AbortController()
  const png = await useCases.paint(pictureOf(painting), 'light', { signal, format: 'small' }).catch(error => {
    warn('picture', error)
    return undefined
  })
  return { view, answer, png }
}
