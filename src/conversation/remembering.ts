import type { Ask } from '#src/ask.ts'
import { type Said, turnOf } from './said.ts'

/** The same `ask`, which remembers in words what was said. An answer is given even when it cannot be remembered. */
export const createRemembering =
  (ask: Ask, { said, warn }: { said: Pick<Said, 'keep'>; warn: (event: string, error: unknown) => void }): Ask =>
  async (question, asking) => {
    const answer = await ask(question, asking)
    const turn = turnOf(answer)
    if (turn && question.thread !== undefined && answer.domain) {
      const telling = { domain: answer.domain, asker: question.asker, alone: answer.onlyForAsker === true }
      await said.keep(question.thread, turn, telling).catch(error => warn('said', error))
    }
    return answer
  }
