import { z } from 'zod'

/** A measure that somebody owns, with the view people expect when they ask for it by name. */
export const kpiSchema = z.strictObject({
  label: z.string().optional(),
  measure: z.string(),
  description: z.string(),
  owner: z.string(),
  /** Words for the default period, read by the period reader: "last month". */
  period: z.string().default('last month'),
  /** A dimension or grain. */
  split: z.string().optional(),
  target: z
    .strictObject({ value: z.number(), per: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional() })
    .optional(),
  synonyms: z.array(z.string()).default([]),
})
export type Kpi = z.infer<typeof kpiSchema>
