import { z } from 'zod'
import { count, messages, percent, withoutSession, withoutUser } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

export const retentionSchema = z
  .strictObject({
    users: count('Users with a session.'),
    returning_users: count('Users with more than one session in the range.'),
    one_time_users: count('Users with exactly one.'),
    returning_percent: percent('Of 100 users, those who came back.'),
    one_time_percent: percent('Of 100 users, those who did not; the two sum to 100.'),
    messages,
    messages_without_user: withoutUser,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'Retention' })
export type Retention = z.infer<typeof retentionSchema>

/** Who comes back within the range. */
export const retention = async (filters: SupportFilters, asking: Asking): Promise<Retention> => {
  const { rows } = await askLog('retention', { filters, ...asking })
  return retentionSchema.parse(rows[0])
}
