import type { Refusal } from './access/role-of.ts'
import type { Ask } from './ask.ts'
import type { Effects } from './effects.ts'
import type { Question } from './vocabulary/question.ts'

/** Why a question is not taken up: who asks may not, or asks too much. Undefined: it is. */
export type Admit = (question: Question) => Promise<Refusal | undefined>

/** The same `ask` for those who may; others are told why not, and nothing is looked up for them. */
export const createAdmitted =
  (ask: Ask, admit: Admit, { newId }: Pick<Effects, 'newId'>): Ask =>
  async (question, asking) => {
    const refusal = await admit(question)
    if (!refusal) return ask(question, asking)
    return { status: 'refused', id: newId(), question: question.text, domain: '', choices: [], ...refusal }
  }
