import { z } from 'zod'
import { amount, count, messages, withoutSession, withoutUser } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog, type Row } from './statement.ts'

const mostActiveSchema = z
  .strictObject({
    user_id: z.string().nullable().describe('Null for who may not see who it is.'),
    sessions: count('Sessions of this user.'),
  })
  .meta({ id: 'MostActiveUser' })

export const returningUsersSchema = z
  .strictObject({
    returning_users: count('Users with more than one session in the range.'),
    sessions_per_returning_user: amount('Sessions of returning users ÷ returning users.'),
    most_active_user: mostActiveSchema
      .nullable()
      .describe(
        'The returning user with most sessions, of several the one who came first. Null when nobody came back.',
      ),
    average_days_between_first_and_last_chat: amount(
      'Days from the first to the last chat of a returning user, by the calendar: 0 when both are on one day.',
    ),
    longest_span_days: amount('The most days from the first to the last chat of a returning user.'),
    messages,
    messages_without_user: withoutUser,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'ReturningUsers' })
export type ReturningUsers = z.infer<typeof returningUsersSchema>

/** Who comes back, how often and for how long. `maySeeUsers`: whether whoever asks may see who somebody is. */
export const returningUsers = async (
  filters: SupportFilters,
  { maySeeUsers, ...asking }: Asking & { maySeeUsers: boolean },
): Promise<ReturningUsers> => {
  const { rows } = await askLog('returning-users', { filters, ...asking, params: [asking.log.zone] })
  const { most_active_user_id: id, most_active_user_sessions: sessions, ...rest } = rows[0] ?? ({} as Row)
  return returningUsersSchema.parse({
    ...rest,
    most_active_user: sessions === null ? null : { user_id: maySeeUsers ? id : null, sessions },
  })
}
