import type { Ask, Asking } from './ask.ts'
import type { Effects } from './effects.ts'
import type { Owner } from './store/answers.ts'
import type { Audit, AuditEntry } from './store/audit.ts'
import type { Answer } from './vocabulary/answer.ts'
import { ChartroomError } from './vocabulary/errors.ts'

/** Who asks, and where. */
export type Asker = { owner?: Owner; place?: string }

/** An `ask` that leaves a row of audit for every question, however it ends. */
export const createAudited =
  (
    ask: Ask,
    { audit, warn }: { audit: Audit; warn: (event: string, error: unknown) => void },
    effects: Pick<Effects, 'ticks' | 'newId'>,
  ) =>
  async (question: Parameters<Ask>[0] & Asker, asking: Asking = {}): Promise<Answer> => {
    const { owner, place, ...asked } = question
    const started = effects.ticks()
    const note = (end: Pick<AuditEntry, 'id' | 'outcome'> & Partial<AuditEntry>) => {
      const { text, thread, domain } = asked
      const entry = { owner, place, thread, domain, question: text, ms: effects.ticks() - started, ...end }
      return audit.write(entry).catch(error => warn('audit', error))
    }
    try {
      const answer = await ask(asked, asking)
      await note(endOf(answer))
      return answer
    } catch (error) {
      const code = error instanceof ChartroomError ? error.code : undefined
      const stopped = asking.signal?.aborted || code === 'engine/cancelled'
      await note({ id: effects.newId(), outcome: stopped ? 'stopped' : 'failed', code })
      throw error
    }
  }

const endOf = (answer: Answer) => ({
  id: answer.id,
  domain: answer.domain,
  outcome: answer.status,
  ...(answer.status === 'refused' && { code: answer.code }),
  ...('receipt' in answer && { sql: answer.receipt.sql, rows: answer.receipt.rows }),
})
