import { z } from 'zod'
import type { Message } from './client/complete.ts'
import { draftSchema } from './draft.ts'

/** One step that a language model wants taken. */
const stepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('query'), query: draftSchema }),
  z.object({ kind: z.literal('sql'), sql: z.string(), says: z.string(), look: z.boolean().default(false) }),
  z.object({ kind: z.literal('values'), column: z.string(), like: z.string().nullable() }),
  z.object({ kind: z.literal('find'), words: z.string() }),
  z.object({ kind: z.literal('compute'), code: z.string(), says: z.string() }),
  z.object({ kind: z.literal('split'), parts: z.array(z.string()) }),
  z.object({ kind: z.literal('ask'), question: z.string(), choices: z.array(z.string()) }),
  z.object({ kind: z.literal('diagram'), title: z.string(), mermaid: z.string(), says: z.array(z.string()) }),
  z.object({ kind: z.literal('decline'), why: z.string() }),
])
export type Step = z.infer<typeof stepSchema>

/** As it is written: what may be left out is. */
export type WrittenStep = z.input<typeof stepSchema>

export const planSchema = z.object({ thought: z.string(), step: stepSchema })
export type Plan = z.infer<typeof planSchema>

/** What was wanted, and what came of it, for the next step. */
export const told = (plan: Plan, observation: string): Message[] => [
  { role: 'assistant', content: JSON.stringify(plan) },
  { role: 'user', content: observation },
]
