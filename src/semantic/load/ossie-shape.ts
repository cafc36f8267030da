import { z } from 'zod'
import type { Expression } from '../expression.ts'
import type { Foreign } from './foreign.ts'
import type { Path, Report } from './problem.ts'

/** The parts of an Apache Ossie document that are read (https://github.com/apache/ossie, core-spec); others are passed over. */
const words = z.string().trim().min(1)
export const aiContext = z.union([
  z.string(),
  z.looseObject({ synonyms: z.array(words).optional(), examples: z.array(words).optional() }),
])
const dialect = z.looseObject({ dialect: words, expression: words })
export const expression = z.union([z.looseObject({ dialects: z.array(dialect).min(1) }), z.array(dialect).min(1)])
const source = z.union([words, z.looseObject({ kind: z.enum(['table', 'query']), object: z.unknown() })])
const entry = { name: words, description: z.string().optional(), ai_context: aiContext.optional() }
export const field = z.looseObject({
  ...entry,
  expression,
  label: z.string().optional(),
  datatype: words.optional(),
  dimension: z.looseObject({ is_time: z.boolean().optional() }).nullish(),
})
export const dataset = z.looseObject({
  ...entry,
  source,
  primary_key: z.array(words).optional(),
  unique_keys: z.array(z.array(words)).optional(),
  fields: z.array(z.unknown()).default([]),
})
export const relationship = z.looseObject({
  ...entry,
  from: words,
  to: words,
  from_columns: z.array(words).min(1),
  to_columns: z.array(words).min(1),
})
export const metric = z.looseObject({ ...entry, expression, datatype: words.optional() })
export const model = z.looseObject({
  ...entry,
  datasets: z.array(z.unknown()).min(1),
  relationships: z.array(z.unknown()).default([]),
  metrics: z.array(z.unknown()).default([]),
})

export type OssieMetric = z.infer<typeof metric>

/** A field of a dataset; `expression` is missing when its SQL says more than we can. `dimension` is the name it got. */
export type OssieField = {
  name: string
  expression?: Expression
  sql: string
  type: string
  path: Path
  time: boolean
  offered: boolean
  hidden: boolean
  dimension?: string
  description?: string
  synonyms: string[]
}
export type OssieTable = { dataset: string; table: string; fields: OssieField[] }

export type OssieState = Pick<Foreign, 'origins' | 'confessions'> & {
  report: Report
  give: (text: string, prefix: string) => string
}
