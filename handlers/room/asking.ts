import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import { type Incidents, toFailure } from '#handlers/chat/failures.ts'
import type { Asked } from '#handlers/chat/use-cases.ts'
import { optionsOf } from '#handlers/chat/view-of.ts'
import { roomView } from '#renderers/room/answer.ts'
import type { AnswerView } from '#renderers/room/view.ts'
import type { FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import type { Failures } from './previews.ts'
import type { RoomUseCases } from './use-cases.ts'

/** What `POST /room/ask` takes. The limits only keep nonsense out; `ask` has its own, with better words. */
export const questionSchema = z.strictObject({
  text: z.string().max(20_000),
  thread: z.string().max(100).optional(),
  domain: z.string().max(100).optional(),
  today: z.iso.date().optional(),
  query: querySchema.optional(),
})

/** One line of the reply (`application/x-ndjson`): words while it runs, then the answer or the failure. Both have an id to be shown by. */
export type AskLine =
  | { type: 'status'; words: string }
  | { type: 'answer'; view: AnswerView }
  | { type: 'failed'; view: FailureView & { id: string } }

type Parts = {
  useCases: RoomUseCases
  incidents: Incidents
  answers: Answers
  failures: Failures
  newId: Effects['newId']
}

/** Asks, and writes a line whenever there is something to say. Stops the question when the reader goes away. */
export const streamAnswer = (c: Context, question: Asked, parts: Parts): Response => {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  c.header('cache-control', 'no-store')
  const gone = new AbortController()
  return stream(c, async out => {
    out.onAbort(() => gone.abort())
    const signal = AbortSignal.any([gone.signal, c.req.raw.signal])
    const send = (line: AskLine) => out.write(`${JSON.stringify(line)}\n`)
    const line = await answerLine(question, {
      ...parts,
      signal,
      onStatus: words => void send({ type: 'status', words }),
    })
    await send(line)
  })
}

type Run = Parts & { signal: AbortSignal; onStatus: (words: string) => void }

const answerLine = async (
  question: Asked,
  { useCases, incidents, answers, failures, newId, signal, onStatus }: Run,
): Promise<AskLine> => {
  try {
    const answer = await useCases.ask(question, { signal, onStatus })
    await answers.put({ answer })
    return { type: 'answer', view: roomView(answer, await optionsOf({ answer }, { useCases })) }
  } catch (error) {
    const view = toFailure(stopped(error, signal), '/room/ask', incidents)
    const id = newId()
    failures.set(id, view)
    return { type: 'failed', view: { ...view, id } }
  }
}

/** Whatever a stopped question throws means that it was stopped. */
const stopped = (error: unknown, signal: AbortSignal) =>
  signal.aborted ? ChartroomError.of('engine/cancelled', undefined, error) : error
