import type { Ask } from './ask.ts'
import type { Effects } from './effects.ts'
import type { Audit, AuditEntry } from './store/audit.ts'
import type { Answer } from './vocabulary/answer.ts'
import { ChartroomError } from './vocabulary/errors.ts'

/** The same `ask`, which leaves a row of audit for every question, however it ends. */
export const createAudited =
  (
    ask: Ask,
    { audit, warn }: { audit: Audit; warn: (event: string, error: unknown) => void },
    effects: Pick<Effects, 'ticks' | 'newId'>,
  ): Ask =>
  async (question, asking = {}) => {
    const started = effects.ticks()
    const note = (end: Pick<AuditEntry, 'id' | 'outcome'> & Partial<AuditEntry>) => {
      const { text, thread, domain, asker } = question
      const owner = asker && { platform: asker.platform, tenant: asker.tenant, user: asker.user }
      const asked = { owner, place: asker?.place, thread, domain, question: text }
      return audit.write({ ...asked, ms: effects.ticks() - started, ...end }).catch(error => warn('audit', error))
    }
    try {
      const answer = await ask(question, asking)
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
