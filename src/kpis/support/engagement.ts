import { z } from 'zod'
import { amount, count, messages, withoutSession, withoutUser } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

export const engagementSchema = z
  .strictObject({
    unique_users: count('Different users.'),
    conversations: count('Different conversations; a conversation is a session.'),
    conversations_per_user: amount('Conversations of known users ÷ unique users.'),
    conversations_without_user: count('Conversations of which no message has a user.'),
    messages,
    messages_without_user: withoutUser,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'Engagement' })
export type Engagement = z.infer<typeof engagementSchema>

/** How many people talk to the bot, and how often. */
export const engagement = async (filters: SupportFilters, asking: Asking): Promise<Engagement> => {
  const { rows } = await askLog('engagement', { filters, ...asking })
  return engagementSchema.parse(rows[0])
}
