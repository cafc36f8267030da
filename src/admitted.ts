import type { Taken } from './access/limit.ts'
import { isRefusal, type Refusal } from './access/role-of.ts'
import type { Ask } from './ask.ts'
import type { Effects } from './effects.ts'
import type { Question } from './vocabulary/question.ts'

/** Lets a question through, or says why not: who asks may not, or asks too much. */
export type Admit = (question: Question) => Promise<Taken | Refusal>

/** The same `ask` for those who may; others are told why not, and nothing is looked up for them. */
export const createAdmitted =
  (ask: Ask, admit: Admit, { newId }: Pick<Effects, 'newId'>): Ask =>
  async (question, asking) => {
    const taken = await admit(question)
    if (isRefusal(taken))
      return { status: 'refused', id: newId(), question: question.text, domain: '', choices: [], ...taken }
    try {
      return await ask(question, asking)
    } finally {
      taken.done()
    }
  }
