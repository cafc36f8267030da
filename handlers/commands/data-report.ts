import type { Answer, Clarify } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed, quoted } from './reply.ts'
import type { Turn } from './use-cases.ts'

type Report = Extract<Command, { kind: 'data-audit' | 'data-usage' }>

/** A report on what others do, told to the asker alone; refused to whoever is no admin, and where nothing is kept. */
export const ofReport = <R>(
  run: CommandRun<Report>,
  report: ((turn: Turn, words: string) => Promise<R>) | undefined,
  tell: (report: R) => Answer,
): Promise<Answer> => forAdmins(run, report && (turn => report(turn, run.command.words)), tell)

/** What only admins do or see, told to the asker alone; refused to others, and where nothing is kept. */
export const forAdmins = async <R>(
  { turn, reply }: Pick<CommandRun<Command>, 'turn' | 'reply'>,
  work: ((turn: Turn) => Promise<R>) | undefined,
  tell: (result: R) => Answer,
): Promise<Answer> => {
  const domain = turn.domain ?? ''
  if (!work)
    return reply.refused({ domain, code: 'access/nothing-kept', message: 'No questions are kept here.', choices: [] })
  try {
    return { ...tell(await work(turn)), ...(turn.audience === 'place' && { onlyForAsker: true }) }
  } catch (error) {
    if (!(error instanceof ChartroomError) || error.code !== 'access/admins-only') throw error
    return reply.refused({ domain, code: error.code, message: `${error.message} ${error.next}`, choices: [] })
  }
}

export const notUnderstood = (
  { turn, reply }: CommandRun<Report>,
  unread: readonly string[],
  examples: readonly string[],
): Clarify =>
  reply.clarify({
    domain: turn.domain ?? '',
    message: `I do not know what ${listed(unread.map(quoted), 'and')} means here. Say who, how it ended, since when.`,
    unused: [...unread],
    choices: examples.map(question => ({ label: question, question })),
  })
