import { z } from 'zod'
import { amount, count, messages, percent, withoutSession } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

export const sessionMetricsSchema = z
  .strictObject({
    sessions: count('Different sessions.'),
    sessions_with_negative_feedback: count('Sessions with any negative feedback.'),
    sessions_with_negative_feedback_percent: percent('Of 100 sessions, those with negative feedback.'),
    sessions_with_positive_feedback: count('Sessions with any positive feedback; one with both kinds counts in both.'),
    sessions_with_positive_feedback_percent: percent('Of 100 sessions, those with positive feedback.'),
    average_duration_seconds: amount(
      'Average time from the first to the last message of a session inside the range; one message is 0 s.',
    ),
    messages,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'SessionMetrics' })
export type SessionMetrics = z.infer<typeof sessionMetricsSchema>

/** Sessions, their feedback and how long they last. */
export const sessionMetrics = async (filters: SupportFilters, asking: Asking): Promise<SessionMetrics> => {
  const { rows } = await askLog('session-metrics', { filters, ...asking })
  return sessionMetricsSchema.parse(rows[0])
}
