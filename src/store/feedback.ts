import type { Effects } from '#src/effects.ts'
import type { Owner } from './answers.ts'
import type { Database } from './database.ts'

/** What somebody thought of an answer. */
export type Feedback = { answerId: string; verdict: 'up' | 'down'; reason?: string; by?: Owner }

/** Keeps what people say of answers in the database. */
export const storedFeedback =
  ({ query }: Database, { now }: Pick<Effects, 'now'>) =>
  async ({ answerId, verdict, reason, by }: Feedback): Promise<void> => {
    await query(
      `insert into chartroom.feedback (answer, verdict, reason, platform, tenant, person, at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [answerId, verdict, reason, by?.platform, by?.tenant, by?.user, new Date(now())],
    )
  }
