import { z } from 'zod'
import { grainSchema, periodSchema } from './period.ts'

export const aggregations = ['sum', 'avg', 'min', 'max', 'median', 'count', 'count_distinct'] as const
export const aggregationSchema = z.enum(aggregations)
export type Aggregation = (typeof aggregations)[number]

const scalar = z.union([z.string(), z.number(), z.boolean()])
export type Scalar = z.infer<typeof scalar>

/** How a measure is looked at. `of` names the dimensions whose whole is the denominator of a share. */
export const calcSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('share'), of: z.array(z.string()) }),
  z.object({ kind: z.literal('cumulative') }),
  z.object({ kind: z.literal('ytd') }),
  z.object({ kind: z.literal('rolling'), n: z.number().int().min(2).max(366), average: z.boolean().optional() }),
])
export type Calc = z.infer<typeof calcSchema>

/** A measure of the model; `aggregation` takes another aggregation of its column than the model's own, where the model allows it. */
export const measureUseSchema = z.object({
  measure: z.string(),
  aggregation: aggregationSchema.optional(),
  calc: calcSchema.optional(),
  /** Divided by another measure, or by the number of time buckets that have rows ("average revenue per customer", "average orders per day"). */
  per: z.union([z.object({ measure: z.string() }), z.object({ grain: grainSchema })]).optional(),
})
export type MeasureUse = z.infer<typeof measureUseSchema>

/** What the result has one row for. A `grain` split buckets the query's time. */
export const splitSchema = z.union([z.object({ dimension: z.string() }), z.object({ grain: grainSchema })])
export type Split = z.infer<typeof splitSchema>

export const comparators = ['gt', 'gte', 'lt', 'lte', 'eq', 'ne'] as const
export type Comparator = (typeof comparators)[number]

const rowFilters = [
  z.object({ op: z.enum(['in', 'not_in']), dimension: z.string(), values: z.array(scalar).min(1) }),
  z.object({ op: z.enum(comparators), dimension: z.string(), value: z.union([z.number(), z.string()]) }),
  z.object({ op: z.literal('between'), dimension: z.string(), from: z.number(), to: z.number() }),
  z.object({ op: z.enum(['like', 'not_like']), dimension: z.string(), pattern: z.string() }),
  z.object({ op: z.enum(['is_null', 'is_not_null']), dimension: z.string() }),
  z.object({ op: z.enum(['named', 'not_named']), filter: z.string() }),
] as const
const rowFilterSchema = z.discriminatedUnion('op', rowFilters)
export type RowFilter = z.infer<typeof rowFilterSchema>

/** Keeps rows. Values are bound, never written into SQL. `like` patterns come only from phrase mappings of the model. */
export const filterSchema = z.discriminatedUnion('op', [
  ...rowFilters,
  z.object({
    op: z.literal('entity'),
    /** A table with a primary key: keeps its rows whose measure compares ("orders over $500", "customers with at least 3 orders"). */
    entity: z.string(),
    measure: z.string(),
    compare: z.enum([...comparators, 'between']),
    value: z.number(),
    to: z.number().optional(),
    /** The rows that the measure looks at, when they are others than the query's: "no order of Books", "more than 2 orders in March". */
    where: z.array(rowFilterSchema).min(1).optional(),
    period: periodSchema.optional(),
    time: z.string().optional(),
  }),
])
export type Filter = z.infer<typeof filterSchema>

/** Keeps rows of the result by a measure ("states with more than 500 orders"). */
export const havingSchema = z.object({
  measure: z.string(),
  aggregation: aggregationSchema.optional(),
  op: z.enum([...comparators, 'between']),
  value: z.number(),
  to: z.number().optional(),
})
export type Having = z.infer<typeof havingSchema>

/** The period that each row is compared with. `shift` moves time buckets: a bucket is compared with the one `shift` earlier. */
export const compareSchema = z.object({
  period: periodSchema,
  shift: z.object({ n: z.number().int().positive(), unit: grainSchema }).optional(),
})
export type Compare = z.infer<typeof compareSchema>

export const orderSchema = z.object({
  /** A measure or dimension name of this query, `time` for the time split, or `change` for measure − previous. */
  by: z.string(),
  direction: z.enum(['asc', 'desc']),
})

/** A question the semantic model explains completely. The rules and a language model fill in the same type. */
export const querySchema = z.object({
  domain: z.string(),
  measures: z.array(measureUseSchema).min(1).max(6),
  splits: z.array(splitSchema).max(3).default([]),
  filters: z.array(filterSchema).default([]),
  having: z.array(havingSchema).default([]),
  period: periodSchema.optional(),
  /** The date dimension that period and grain look at, when it is not the measure's own ("shipped in March"). */
  time: z.string().optional(),
  compare: compareSchema.optional(),
  order: z.array(orderSchema).default([]),
  limit: z.number().int().positive().optional(),
  /** The limit holds within each value of these dimensions ("top 3 products in each category"). */
  limitPer: z.array(z.string()).optional(),
  /** A chart kind that was asked for. */
  chart: z.string().optional(),
  /** What is wanted beyond the rows: `why` explains a change. */
  intent: z.enum(['value', 'why']).default('value'),
})
export type Query = z.infer<typeof querySchema>

/** The column that a measure use gets in the result: `revenue`, `avg_freight`, `revenue_share`, `revenue_rolling_3`. */
export const measureColumn = ({ measure, aggregation, calc, per }: MeasureUse): string => {
  const plain = aggregation ? `${aggregation}_${measure}` : measure
  const base = per ? `${plain}_per_${'grain' in per ? per.grain : per.measure}` : plain
  if (!calc) return base
  return calc.kind === 'rolling' ? `${base}_rolling_${calc.n}` : `${base}_${calc.kind}`
}
