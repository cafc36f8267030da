import { z } from 'zod'
import { aggregationSchema } from '#src/vocabulary/query.ts'

/**
 * The shapes of `model.yaml`, entry by entry, as an analyst writes them. Every entry is checked on its own, so that one slip does not hide the
 * others; what the entries say about each other is checked afterwards (`load/`).
 */

const words = z.string().trim().min(1)
const list = z.array(words)
const names = z.union([words, z.array(words).min(1)])
const scalar = z.union([z.string(), z.number(), z.boolean()])
const comparable = z.union([z.number(), z.string()])

export const columnTypes = ['text', 'number', 'boolean', 'date', 'timestamp', 'timestamptz'] as const
const columnType = z.enum(columnTypes)

/** `currency` is the model's own currency; a map says more: `{ kind: number, unit: kg }`. */
const format = z.union([
  z.enum(['number', 'integer', 'currency', 'percent', 'duration']),
  z.strictObject({
    kind: z.enum(['number', 'integer', 'currency', 'percent', 'duration']),
    currency: z.string().length(3).optional(),
    unit: words.optional(),
  }),
])
export type WrittenFormat = z.infer<typeof format>

/** Comparisons that a filter may make with one dimension; a bare value or a list of values is the other way to write one. */
export const comparisonSchema = z.strictObject({
  not: z.union([scalar, z.array(scalar).min(1)]).optional(),
  gt: comparable.optional(),
  gte: comparable.optional(),
  lt: comparable.optional(),
  lte: comparable.optional(),
  between: z.tuple([z.number(), z.number()]).optional(),
  like: words.optional(),
  not_like: words.optional(),
  empty: z.boolean().optional(),
})
export type WrittenComparison = z.infer<typeof comparisonSchema>

/** Keeps rows of a table whose measure compares: `{ each: orders, having: gross_revenue, gte: 500 }`. */
export const entityFilterSchema = z.strictObject({
  each: words,
  having: words,
  gt: z.number().optional(),
  gte: z.number().optional(),
  lt: z.number().optional(),
  lte: z.number().optional(),
  eq: z.number().optional(),
  between: z.tuple([z.number(), z.number()]).optional(),
})
export type WrittenEntityFilter = z.infer<typeof entityFilterSchema>

export const headSchema = z.strictObject({
  domain: z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lower-case letters, digits and _'),
  label: words.optional(),
  description: words.optional(),
  zone: words.default('UTC'),
  week_start: z.enum(['monday', 'saturday', 'sunday']).default('monday'),
  fiscal_year_start: z.number().int().min(1).max(12).default(1),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be three capital letters, such as USD')
    .optional(),
  default_measure: words.optional(),
  examples: list.default([]),
})
export type WrittenHead = z.infer<typeof headSchema>

/** The whole file; the sections are read entry by entry. */
export const fileSchema = headSchema.extend({
  tables: z.record(z.string(), z.unknown()).default({}),
  joins: z.array(z.unknown()).default([]),
  dimensions: z.record(z.string(), z.unknown()).default({}),
  measures: z.record(z.string(), z.unknown()).default({}),
  filters: z.record(z.string(), z.unknown()).default({}),
  phrases: z.array(z.unknown()).default([]),
  kpis: z.record(z.string(), z.unknown()).default({}),
})

export const tableSchema = z.strictObject({
  label: words.optional(),
  synonyms: list.default([]),
  description: words.optional(),
  key: names.optional(),
  /** A column, `table.column` of a joined table, or a date dimension. */
  time: words.optional(),
  display: words.optional(),
  value: words.optional(),
  /** Name → type, or what it holds as well. When given, every reference to a column is checked. */
  columns: z
    .record(z.string(), z.union([columnType, z.strictObject({ type: columnType, description: words.optional() })]))
    .optional(),
})
export type WrittenTable = z.infer<typeof tableSchema>

/** `order_items.order_id -> orders.order_id`, or a map when a name or several columns are needed. */
export const joinSchema = z.union([
  words,
  z.strictObject({ name: words.optional(), from: names, to: names, unique: z.boolean().default(false) }),
])
export type WrittenJoin = z.infer<typeof joinSchema>

export const dimensionSchema = z.strictObject({
  column: words.optional(),
  table: words.optional(),
  expression: words.optional(),
  via: words.optional(),
  type: columnType.optional(),
  label: words.optional(),
  synonyms: list.default([]),
  description: words.optional(),
  personal: z.boolean().default(false),
  hidden: z.boolean().default(false),
  comparable: z.boolean().default(false),
  format: format.optional(),
  geo: z.enum(['us-state', 'country']).optional(),
  values: z.record(z.string(), list).default({}),
  note: words.optional(),
})
export type WrittenDimension = z.infer<typeof dimensionSchema>

const aggregated = z.union([words, z.number()]).optional()

export const measureSchema = z.strictObject({
  table: words.optional(),
  formula: words.optional(),
  sum: aggregated,
  avg: aggregated,
  min: aggregated,
  max: aggregated,
  median: aggregated,
  count: aggregated,
  count_distinct: aggregated,
  also: z.array(aggregationSchema).default([]),
  /** Read by `load/filters`. */
  where: z.unknown().optional(),
  format: format.optional(),
  good: z.enum(['up', 'down']).optional(),
  label: words.optional(),
  synonyms: list.default([]),
  description: words.optional(),
  hidden: z.boolean().default(false),
  note: words.optional(),
})
export type WrittenMeasure = z.infer<typeof measureSchema>

export const namedFilterSchema = z.strictObject({
  label: words.optional(),
  synonyms: list.default([]),
  description: words.optional(),
  where: z.unknown(),
})
export type WrittenNamedFilter = z.infer<typeof namedFilterSchema>

export const phraseSchema = z.strictObject({ phrase: words, synonyms: list.default([]), means: z.unknown() })
export type WrittenPhrase = z.infer<typeof phraseSchema>
