import { z } from 'zod'
import { count, messages, percent, withoutCategory, withoutSession } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog } from './statement.ts'

const toolSchema = z
  .strictObject({
    tool: z.string().describe('A category of queries stands for the tool that answers them.'),
    sessions: count('Sessions with any message of this category.'),
    percent_of_sessions: percent('Of 100 sessions with a category, those that use this tool.'),
  })
  .meta({ id: 'Tool' })

export const toolUsageSchema = z
  .strictObject({
    sessions: count('Different sessions.'),
    sessions_without_tool: count('Sessions without any message of the ten categories; they are in no share.'),
    sessions_with_several_tools: count(
      'Sessions that count for more than one tool: the shares may sum to more than 100.',
    ),
    tools: z.array(toolSchema).length(10),
    messages,
    messages_without_session: withoutSession,
    messages_without_category: withoutCategory,
  })
  .meta({ id: 'ToolUsage' })
export type ToolUsage = z.infer<typeof toolUsageSchema>

/** Which tools sessions use. */
export const toolUsage = async (filters: SupportFilters, asking: Asking): Promise<ToolUsage> => {
  const { rows } = await askLog('tool-usage', { filters, ...asking })
  const [first] = rows
  return toolUsageSchema.parse({
    sessions: first?.sessions_total,
    sessions_without_tool: Number(first?.sessions_total) - Number(first?.sessions_with_tool),
    sessions_with_several_tools: first?.sessions_with_several,
    tools: rows.map(({ tool, sessions, percent_of_sessions }) => ({ tool, sessions, percent_of_sessions })),
    messages: first?.messages,
    messages_without_session: first?.messages_without_session,
    messages_without_category: first?.messages_without_category,
  })
}
