import { z } from 'zod'
import { grains } from '#src/vocabulary/period.ts'
import { aggregations, comparators, type Query, querySchema } from '#src/vocabulary/query.ts'

/** A query as a language model writes it: every key is there, `null` for nothing, since servers with strict schemas know no optional keys. */
const period = z.object({
  start: z.string().describe('first day, YYYY-MM-DD'),
  end: z.string().describe('the day after the last one, YYYY-MM-DD'),
  label: z.string().describe('as people say it: "March 2023"'),
})

const filter = z.object({
  dimension: z.string(),
  op: z.enum(['in', 'not_in', ...comparators, 'is_null', 'is_not_null']),
  values: z.array(z.string()).describe('one for a comparison; numbers as text'),
})

const having = z.object({ measure: z.string(), op: z.enum(comparators), value: z.number() })

export const draftSchema = z.object({
  measures: z.array(
    z.object({
      measure: z.string(),
      aggregation: z.enum(aggregations).nullable(),
      look: z.enum(['plain', 'share', 'cumulative', 'ytd']),
    }),
  ),
  splits: z.array(z.string()).describe(`names of dimensions, or one of ${grains.join(', ')}`),
  filters: z.array(filter),
  named_filters: z.array(z.string()),
  having: z.array(having),
  period: period.nullable(),
  compare: period.nullable().describe('the period that each row is compared with'),
  order: z.array(z.object({ by: z.string(), direction: z.enum(['asc', 'desc']) })),
  limit: z.number().nullable(),
})
export type Draft = z.infer<typeof draftSchema>

/** The query that a draft means. Undefined when it is none (an impossible date, no measure); whether its names exist is the compiler's to say. */
export const queryOf = (draft: Draft, domain: string): Query | undefined => {
  const query = {
    domain,
    measures: draft.measures.map(({ measure, aggregation, look }) => ({
      measure,
      ...(aggregation && { aggregation }),
      ...(look === 'share' && { calc: { kind: 'share', of: [] } }),
      ...((look === 'cumulative' || look === 'ytd') && { calc: { kind: look } }),
    })),
    splits: draft.splits.map(name =>
      (grains as readonly string[]).includes(name) ? { grain: name } : { dimension: name },
    ),
    filters: [...draft.filters.map(filterOf), ...draft.named_filters.map(name => ({ op: 'named', filter: name }))],
    having: draft.having,
    ...(draft.period && { period: draft.period }),
    ...(draft.compare && { compare: { period: draft.compare } }),
    order: draft.order,
    ...(draft.limit && { limit: draft.limit }),
  }
  const read = querySchema.safeParse(query)
  return read.success && [draft.period, draft.compare].every(isPeriod) ? read.data : undefined
}

const filterOf = ({ dimension, op, values }: Draft['filters'][number]) => {
  if (op === 'in' || op === 'not_in') return { op, dimension, values }
  if (op === 'is_null' || op === 'is_not_null') return { op, dimension }
  const [value = ''] = values
  return { op, dimension, value: value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value }
}

const isPeriod = (written: Draft['period']) =>
  !written || (!Number.isNaN(Date.parse(written.start)) && Date.parse(written.start) < Date.parse(written.end))
