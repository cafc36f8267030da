import { z } from 'zod'
import { sampleNames } from '../sample/sample.ts'

/** `chartroom.yaml` as people write it. What a setting means is said in docs/guides/sources.md. */

const text = z.string().trim().min(1)
const names = z.array(text).min(1)

export const sourceSchema = z.strictObject({
  sample: z.enum(sampleNames).optional(),
  path: text.optional(),
  postgres: text.optional(),
  schemas: names.optional(),
  tables: names.optional(),
  without: names.optional(),
})
export type WrittenSource = z.infer<typeof sourceSchema>

export const domainSchema = z.strictObject({ source: text, model: text.optional(), label: text.optional() })

export const fileSchema = z.strictObject({
  default: text.optional(),
  sources: z.record(z.string(), z.unknown()),
  domains: z.record(z.string(), z.unknown()),
  roles: z.unknown().optional(),
  rooms: z.unknown().optional(),
})
