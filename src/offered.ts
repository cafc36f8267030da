import type { Ask, FindDomain } from './ask.ts'
import { optionsFor } from './question/next.ts'
import type { Answer } from './vocabulary/answer.ts'
import type { Question } from './vocabulary/question.ts'

/**
 * The same `ask`, whose answers say what the menus under them offer: worked out once, with what those may see who read the answer, where they asked. A
 * later look at a kept answer knows less of them: neither groups nor what they are there.
 */
export const createOffered =
  (ask: Ask, { find }: { find: FindDomain }): Ask =>
  async (question, asking) => {
    const answer = await ask(question, asking)
    if (answer.status !== 'answered') return answer
    const { model } = await find(answer.domain, { asker: question.asker, audience: readersOf(answer, question) })
    return { ...answer, options: optionsFor(answer, model) }
  }

const readersOf = ({ onlyForAsker }: Answer, { audience }: Question) => (onlyForAsker ? 'asker' : audience)
