import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import { type Incidents, toFailure } from '#handlers/chat/failures.ts'
import { optionsOf } from '#handlers/chat/view-of.ts'
import { roomView } from '#renderers/room/answer.ts'
import type { AnswerView } from '#renderers/room/view.ts'
import type { FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Answers } from '#src/store/answers.ts'
import type { Answer, OnStory } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Failures } from './previews.ts'
import type { RoomUseCases } from './use-cases.ts'

/**
 * One line of a reply (`application/x-ndjson`): words while it runs, and all sentences of the story so far, then the answer or the failure. Both have an id to be shown by. `domain`
 * is the data that a file became.
 */
export type AnswerLine =
  | { type: 'status'; words: string }
  | { type: 'story'; sentences: readonly string[] }
  | { type: 'answer'; view: AnswerView; domain?: string }
  | { type: 'failed'; view: FailureView & { id: string } }

export type Parts = {
  useCases: RoomUseCases
  incidents: Incidents
  answers: Answers
  failures: Failures
  newId: Effects['newId']
}

/** Gives an answer; `onStatus` takes words for people, `onStory` the sentences that were written so far. */
export type Work = (running: {
  signal: AbortSignal
  onStatus: (words: string) => void
  onStory: OnStory
}) => Promise<Answer>

type About = Parts & {
  /** Named in the log. */
  path: string
  /** The conversation that the answer belongs to. */
  thread?: string
  namesDomain?: boolean
}

/** Works, and writes a line whenever there is something to say. Stops the work when the reader goes away. */
export const streamAnswer = (c: Context, work: Work, about: About): Response => {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  c.header('cache-control', 'no-store')
  const gone = new AbortController()
  return stream(c, async out => {
    out.onAbort(() => gone.abort())
    const signal = AbortSignal.any([gone.signal, c.req.raw.signal])
    const send = (line: AnswerLine) => out.write(`${JSON.stringify(line)}\n`)
    const onStatus = (words: string) => void send({ type: 'status', words })
    const onStory: OnStory = sentences => void send({ type: 'story', sentences })
    await send(await lastLine(work, { signal, onStatus, onStory }, about))
  })
}

const lastLine = async (
  work: Work,
  running: Parameters<Work>[0],
  { path, thread, namesDomain, useCases, incidents, answers, failures, newId }: About,
): Promise<AnswerLine> => {
  try {
    const answer = await work(running)
    await answers.put({ answer, thread })
    const view = roomView(answer, await optionsOf({ answer }, { useCases }))
    return { type: 'answer', view, ...(namesDomain && { domain: answer.domain }) }
  } catch (error) {
    const view = toFailure(stopped(error, running.signal), path, incidents)
    const id = newId()
    failures.set(id, view)
    return { type: 'failed', view: { ...view, id } }
  }
}

/** Whatever stopped work throws means that it was stopped. */
const stopped = (error: unknown, signal: AbortSignal) =>
  signal.aborted ? ChartroomError.of('engine/cancelled', undefined, error) : error
