import { z } from 'zod'
import { amount, count, messages, withoutSession } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { type Asking, askLog, type Row } from './statement.ts'

const daySchema = z
  .strictObject({
    date: z.iso.date().describe('A day of the zone of the data.'),
    sessions: count('Sessions with a message on this day.'),
  })
  .meta({ id: 'SessionsOfDay' })

export const volumeSchema = z
  .strictObject({
    days: count('Days that the range touches, those without any session included.'),
    average_sessions_per_day: amount('Average over all days of the range, days without any session included.'),
    peak_day: daySchema
      .nullable()
      .describe('The day with most sessions, the earliest of several; null when no day has any.'),
    lowest_day: daySchema
      .nullable()
      .describe('The day with fewest sessions, the earliest of several; null when no day has any.'),
    daily: z.array(daySchema).describe('Every day of the range.'),
    sessions: count('Different sessions. One that goes over midnight counts on both days, but here only once.'),
    messages,
    messages_without_session: withoutSession,
  })
  .meta({ id: 'Volume' })
export type Volume = z.infer<typeof volumeSchema>

/** Sessions per day. */
export const volume = async (filters: SupportFilters, asking: Asking): Promise<Volume> => {
  const { first_day, last_day } = filters
  const { rows } = await askLog('volume', { filters, ...asking, params: [asking.log.zone, first_day, last_day] })
  const first = rows[0]
  const any = Number(first?.sessions_total ?? 0) > 0
  return volumeSchema.parse({
    days: rows.length,
    average_sessions_per_day: Number(first?.messages_total ?? 0) > 0 ? first?.average_sessions_per_day : null,
    peak_day: any ? dayOf(rows.find(({ is_peak }) => is_peak)) : null,
    lowest_day: any ? dayOf(rows.find(({ is_lowest }) => is_lowest)) : null,
    daily: rows.map(dayOf),
    sessions: first?.sessions_total ?? 0,
    messages: first?.messages_total ?? 0,
    messages_without_session: first?.messages_without_session ?? 0,
  })
}

const dayOf = (row?: Row) => ({ date: row?.day, sessions: row?.sessions })
