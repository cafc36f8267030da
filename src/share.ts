import type { Ask, Asking } from './ask.ts'
import { askedAgain } from './asked-again.ts'
import type { Answer } from './vocabulary/answer.ts'
import type { Asker } from './vocabulary/question.ts'

/** Who shares an answer, and with everybody in which place. */
export type Sharing = { asker: Asker; place: string }

/**
 * What everybody in a place may be shown of an answer that one person saw: it is asked again with what all of them may see. Refused when they may
 * see nothing of it.
 */
export const createShare =
  (ask: Ask) =>
  async (answer: Answer, { asker, place }: Sharing, asking: Asking): Promise<Answer> => {
    const shown = await ask({ ...askedAgain(answer), asker: { ...asker, place }, audience: 'place' }, asking)
    if (!shown.onlyForAsker) return shown
    const { id, question: text, domain } = shown
    const message = 'It cannot be shared here: it holds what not everybody here may see.'
    return { status: 'refused', id, question: text, domain, code: 'access/audience', message, choices: [] }
  }
