import { z } from 'zod'

/** Time buckets a result can be split by. Sent to SQL as literals from this list only. */
export const grains = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export const grainSchema = z.enum(grains)
export type Grain = (typeof grains)[number]

/** A calendar day, `YYYY-MM-DD`, in the zone of the semantic model. */
export type IsoDate = string
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A stretch of whole days, half open: `start` is in, `end` is not. `label` is how people would say it: "Oct–Dec 2023". */
export const periodSchema = z.object({
  start: isoDate,
  end: isoDate,
  label: z.string(),
  /** The calendar unit it is (a month, a year …), when it is one; comparison with the one before depends on it. */
  unit: grainSchema.optional(),
  /** How many of that unit. */
  count: z.number().int().positive().optional(),
  /** True when it runs to the anchor and its unit is not over yet ("this month", YTD). */
  toDate: z.boolean().optional(),
  /** What the words literally meant when the period was read again because it lies after the data's last day. */
  insteadOf: z.string().optional(),
})
export type Period = z.infer<typeof periodSchema>
