import { z } from 'zod'
import type { Foreign } from './foreign.ts'
import type { Report } from './problem.ts'
import { sameWord, spoken } from './words.ts'

export const words = z.string().trim().min(1)
export const field = z.looseObject({
  name: words,
  column: words.optional(),
  type: words.optional(),
  label: words.optional(),
  description: words.optional(),
  synonyms: z.array(words).optional(),
})
export const measure = field.extend({
  aggregations: z.array(words).optional(),
  format: words.optional(),
  formula: words.optional(),
})

/** Dimensions and measures of an Analytics Studio document, written out as our own. */
export type StudioDimension = {
  column: string
  type: string
  label?: string
  synonyms: string[]
  personal?: boolean
  description?: string
}
export type StudioMeasure = { label?: string; synonyms: string[]; description: string; [setting: string]: unknown }

export type Reading = {
  table: string
  give: (text: string, prefix: string) => string
  origins: Foreign['origins']
  report: Report
}

/** Label, synonyms and description of a field; a label that only repeats the name is none. */
export const wording = (read: z.infer<typeof field>, name: string) => {
  const label = read.label ?? spoken(read.name).toLowerCase()
  return {
    ...(sameWord(label) === sameWord(name) ? {} : { label }),
    synonyms: read.synonyms ?? [],
    ...(read.description ? { description: read.description } : {}),
  }
}
