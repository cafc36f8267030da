import type { Context } from 'hono'
import type { z } from 'zod'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { failure, type Report } from './problem.ts'

/** One address of the API: what its page tells of it, and what it answers. */
export type ApiRoute = {
  path: string
  operationId: string
  tag: string
  summary: string
  description: string
  parameters: z.ZodObject
  /** What the page of the API fills in, by parameter. */
  examples?: Readonly<Record<string, string>>
  result: z.ZodType
  /** Whether a reader may keep what a range that is over gave. */
  kept?: boolean
  handle: (c: Context) => Promise<Response>
}

export type ApiTools = {
  near: (word: string, among: readonly string[]) => string[]
  report: Report
  now: () => number
  /** How long an answer may take, in milliseconds. */
  timeoutMs: number
}

/** Works out a reply until the reader goes away or it takes too long; whatever fails becomes a problem in words. */
export const answering = async (
  c: Context,
  { report, timeoutMs }: ApiTools,
  work: (signal: AbortSignal) => Promise<Response>,
): Promise<Response> => {
  const late = AbortSignal.timeout(timeoutMs)
  const signal = AbortSignal.any([c.req.raw.signal, late])
  try {
    return await work(signal)
  } catch (error) {
    return failure(c, signal.aborted ? endOf(error, late.aborted ? timeoutMs / 1000 : undefined) : error, report)
  }
}

/** Why nothing came: it took too long, and then what did, or the reader went away. */
const endOf = (error: unknown, seconds?: number): ChartroomError => {
  if (seconds === undefined) return ChartroomError.of('engine/cancelled', undefined, error)
  const isModel = error instanceof ChartroomError && error.code === 'language/slow'
  return isModel ? error : ChartroomError.of('engine/timeout', { seconds }, error)
}
