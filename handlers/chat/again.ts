import type { FailureView } from '#renderers/view/view.ts'
import type { Answers, KeptAnswer } from '#src/store/answers.ts'
import type { Answer } from '#src/vocabulary/answer.ts'

const code = 'failed'

/**
 * "Try again" under a failure asks the same words: there is no answer that could be looked up, so the question is kept like one, under the id of
 * its run. Gives that id; nothing when trying again is of no use.
 */
export const keepForAgain = async (
  { text, owner, thread }: Pick<KeptAnswer, 'owner' | 'thread'> & { text: string },
  { view: { message, retry }, run }: { view: FailureView; run: string },
  answers: Pick<Answers, 'put'>,
): Promise<string | undefined> => {
  if (!retry) return undefined
  const answer: Answer = { status: 'refused', id: run, question: text, domain: '', code, message, choices: [] }
  await answers.put({ answer, owner, thread })
  return run
}

/** Whether this is no answer but a question that failed. */
export const isForAgain = (answer: Answer): boolean => answer.status === 'refused' && answer.code === code
