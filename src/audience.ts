import type { Ask } from './ask.ts'
import type { Answer } from './vocabulary/answer.ts'
import { ChartroomError } from './vocabulary/errors.ts'
import type { Question } from './vocabulary/question.ts'

/** Whether the asker may see what not everybody in the place may. */
export type SeesMore = (question: Question) => boolean | Promise<boolean>

/**
 * The same `ask` for answers that everybody in a place reads: they are made with what all of them may see. Where that is not enough and the
 * asker may see more, it is made with the asker's own rights, and is for the asker alone.
 */
export const createForAudience =
  (ask: Ask, { seesMore }: { seesMore: SeesMore }): Ask =>
  async (question, asking) => {
    if (question.audience !== 'place' || !(await seesMore(question))) return ask(question, asking)
    const forAll = await ask(question, asking).catch(noneWhenUnknown)
    if (forAll && isWhole(forAll)) return forAll
    // What is written meanwhile stands where everybody reads it.
    const own = await ask({ ...question, audience: 'asker' }, { ...asking, onStory: undefined })
    // Asked back or refused either way: that is the same for everybody there.
    const isMore = !forAll || (own.status !== 'clarify' && own.status !== 'refused')
    return isMore ? { ...own, onlyForAsker: true } : forAll
  }

const isWhole = ({ status }: Answer) => status === 'answered' || status === 'told'

/** A domain that the place may not see does not exist for it. */
const noneWhenUnknown = (thrown: unknown): undefined => {
  if (thrown instanceof ChartroomError && thrown.code === 'domain/unknown') return undefined
  throw thrown
}
