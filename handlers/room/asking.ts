import type { Context } from 'hono'
import { z } from 'zod'
import { querySchema } from '#src/vocabulary/query.ts'
import { type Parts, streamAnswer } from './answer-lines.ts'

/** What `POST /room/ask` takes. The limits only keep nonsense out; `ask` has its own, with better words. */
export const questionSchema = z.strictObject({
  text: z.string().max(20_000),
  thread: z.string().max(100).optional(),
  domain: z.string().max(100).optional(),
  today: z.iso.date().optional(),
  query: querySchema.optional(),
})

/** Asks; the question stops when whoever asked goes away. */
export const askQuestion = (c: Context, question: z.infer<typeof questionSchema>, parts: Parts): Response =>
  streamAnswer(c, running => parts.useCases.ask(question, running), {
    ...parts,
    path: '/room/ask',
    thread: question.thread,
  })
