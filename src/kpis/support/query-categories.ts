import { z } from 'zod'
import { count, messages, percent, withoutCategory, withoutSession } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

const bucketSchema = z
  .strictObject({
    category: z.string(),
    sessions: count('Sessions most of whose messages are of this category; of several the one that came first.'),
    percent_of_sessions: percent('Of 100 sessions with a category, those of this one; the ten sum to 100.'),
  })
  .meta({ id: 'QueryCategory' })

export const queryCategoriesSchema = z
  .strictObject({
    sessions: count('Different sessions.'),
    sessions_without_category: count('Sessions without any message of the ten categories; they are in no share.'),
    categories: z.array(bucketSchema).length(10),
    messages,
    messages_without_session: withoutSession,
    messages_without_category: withoutCategory,
  })
  .meta({ id: 'QueryCategories' })
export type QueryCategories = z.infer<typeof queryCategoriesSchema>

/** What sessions are mostly about. */
export const queryCategories = async (filters: SupportFilters, asking: Asking): Promise<QueryCategories> => {
  const { rows } = await askLog('query-categories', { filters, ...asking })
  const [first] = rows
  const placed = rows.reduce((sum, { sessions }) => sum + Number(sessions), 0)
  return queryCategoriesSchema.parse({
    sessions: first?.sessions_total,
    sessions_without_category: Number(first?.sessions_total) - placed,
    categories: rows.map(({ category, sessions, percent_of_sessions }) => ({
      category,
      sessions,
      percent_of_sessions,
    })),
    messages: first?.messages,
    messages_without_session: first?.messages_without_session,
    messages_without_category: first?.messages_without_category,
  })
}
