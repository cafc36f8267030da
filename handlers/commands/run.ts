import type { Effects } from '#src/effects.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { runData } from './data.ts'
import { runDataAudit } from './data-audit.ts'
import { runDeed } from './data-own.ts'
import { runDataReload } from './data-reload.ts'
import { runDataReview } from './data-review.ts'
import { runDataUsage } from './data-usage.ts'
import { runDataVerified } from './data-verified.ts'
import { runHelp } from './help.ts'
import { runKpi } from './kpi.ts'
import type { Command } from './parse.ts'
import { replyTo } from './reply.ts'
import type { Turn, UseCases } from './use-cases.ts'

/** A command, and where and when it was said. */
export type CommandRequest = Turn & { command: Command; signal?: AbortSignal }

/**
 * Runs a command of any room. The `question` of every choice and the `ask` of every item is again a text for `parseCommand`.
 * Throws what the use cases throw.
 */
export const runCommand = async (
  { command, signal, ...turn }: CommandRequest,
  useCases: UseCases,
  effects: Pick<Effects, 'newId'>,
): Promise<Answer> => {
  const asked = (text: string) => useCases.ask({ ...turn, text }, { signal })
  const run = { turn, signal, asked, reply: replyTo(command, effects) }
  switch (command.kind) {
    case 'ask':
      return asked(command.question)
    case 'kpi':
      return runKpi({ ...run, command }, useCases)
    case 'data':
      return runData({ ...run, command }, useCases)
    case 'data-reload':
      return runDataReload({ ...run, command }, useCases)
    case 'data-audit':
      return runDataAudit({ ...run, command }, useCases)
    case 'data-usage':
      return runDataUsage({ ...run, command }, useCases)
    case 'data-verified':
      return runDataVerified({ ...run, command }, useCases)
    case 'data-review':
      return runDataReview({ ...run, command }, useCases)
    case 'dataset':
      return runDeed({ ...run, command }, useCases)
    case 'help':
      return runHelp({ ...run, command }, useCases)
  }
}
