import { z } from 'zod'
import { count, messages, percent, withoutSession, withoutUser } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

const segmentSchema = z
  .strictObject({
    segment: z.enum(['power', 'regular', 'casual', 'one_time']),
    least_sessions: count('Sessions that a user has at least.'),
    most_sessions: count('Sessions that a user has at most; null when there is no most.').nullable(),
    users: count('Users in this segment.'),
    percent_of_users: percent('Of 100 users, those in this segment; the four sum to 100.'),
  })
  .meta({ id: 'Segment' })

export const segmentsSchema = z
  .strictObject({
    users: count('Users with a session.'),
    segments: z.array(segmentSchema).length(4),
    messages,
    messages_without_user: withoutUser,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'Segments' })
export type Segments = z.infer<typeof segmentsSchema>

/** Users by how often they come. */
export const segments = async (filters: SupportFilters, asking: Asking): Promise<Segments> => {
  const { rows } = await askLog('segments', { filters, ...asking })
  const [first] = rows
  return segmentsSchema.parse({
    users: rows.reduce((sum, { users }) => sum + Number(users), 0),
    segments: rows.map(({ segment, least_sessions, most_sessions, users, percent_of_users }) => ({
      segment,
      least_sessions,
      most_sessions,
      users,
      percent_of_users,
    })),
    messages: first?.messages,
    messages_without_user: first?.messages_without_user,
    messages_without_session: first?.messages_without_session,
  })
}
