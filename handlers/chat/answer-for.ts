import type { Answer } from '#src/vocabulary/answer.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import type { Clicked } from './clicked.ts'
import type { ChatParts } from './turn.ts'

type Done = Pick<Extract<Clicked, { kind: 'deed' }>, 'isOpen' | 'kept'>

/**
 * The answer that somebody may see of one that was kept: itself when they asked it or it stands before them; else its query is asked anew
 * as that person, who may be refused. Rows that were worked out with the rights of one person are never handed to another.
 */
export const answerFor = async (
  { isOpen, kept: { answer } }: Done,
  { asker, run }: { asker: Asker; run: string },
  { useCases, running }: Pick<ChatParts, 'useCases' | 'running'>,
): Promise<Answer> => {
  if (isOpen) return answer
  return running.run({ id: run, who: asker.user }, signal =>
    useCases.askAgain(answer, asker, { signal, onStatus: () => undefined }),
  )
}
