import type { Answer, Clarify } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed, quoted } from './reply.ts'
import type { Turn } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-audit' | 'data-usage' }>>

/** A report on what others do, told to the asker alone; refused to whoever is no admin, and where nothing is kept. */
export const ofReport = async <R>(
  { command, turn, reply }: Run,
  report: ((turn: Turn, words: string) => Promise<R>) | undefined,
  tell: (report: R) => Answer,
): Promise<Answer> => {
  const domain = turn.domain ?? ''
  if (!report)
    return reply.refused({ domain, code: 'access/nothing-kept', message: 'No questions are kept here.', choices: [] })
  try {
    return { ...tell(await report(turn, command.words)), ...(turn.audience === 'place' && { onlyForAsker: true }) }
  } catch (error) {
    if (!(error instanceof ChartroomError) || error.code !== 'access/admins-only') throw error
    return reply.refused({ domain, code: error.code, message: `${error.message} ${error.next}`, choices: [] })
  }
}

export const notUnderstood = ({ turn, reply }: Run, unread: readonly string[], examples: readonly string[]): Clarify =>
  reply.clarify({
    domain: turn.domain ?? '',
    message: `I do not know what ${listed(unread.map(quoted), 'and')} means here. Say who, how it ended, since when.`,
    unused: [...unread],
    choices: examples.map(question => ({ label: question, question })),
  })
