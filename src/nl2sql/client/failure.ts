import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** What went wrong, as one of our errors. Nothing of the server's words gets out; they are the cause. */
export const failureOf = (error: unknown, { model, seconds }: { model: string; seconds: number }): ChartroomError => {
  if (error instanceof ChartroomError) return error
  if (error instanceof APIConnectionTimeoutError || isTimeout(error))
    return ChartroomError.of('language/slow', { seconds }, error)
  if (error instanceof APIUserAbortError) return ChartroomError.of('engine/cancelled', undefined, error)
  if (error instanceof APIConnectionError) return ChartroomError.of('language/unreachable', undefined, error)
  if (error instanceof APIError) return byStatus(error, model)
  return ChartroomError.of('language/unreadable', undefined, error)
}

const byStatus = (error: APIError, model: string): ChartroomError => {
  const { status } = error
  if (status === 401 || status === 403) return ChartroomError.of('language/key', undefined, error)
  if (status === 404) return ChartroomError.of('language/no-model', { model }, error)
  if (status === 429) return ChartroomError.of('language/busy', undefined, error)
  if (status === 408) return ChartroomError.of('language/unreachable', undefined, error)
  return ChartroomError.of((status ?? 500) >= 500 ? 'language/unreachable' : 'language/unreadable', undefined, error)
}

/** What an `AbortSignal.timeout` aborts with. */
export const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

/** Whether the same call may go well in a moment. */
export const isPassing = (error: unknown): boolean =>
  error instanceof ChartroomError && ['language/busy', 'language/unreachable'].includes(error.code)

/** Milliseconds that the server asks to wait, from `retry-after-ms` or `retry-after` (seconds or a date). */
export const askedToWait = (error: unknown, now: number): number | undefined => {
  const cause = error instanceof ChartroomError ? error.cause : error
  if (!(cause instanceof APIError)) return undefined
  const headers = cause.headers as Headers | undefined
  const inMs = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(inMs)) return inMs
  const text = headers?.get('retry-after')
  if (!text) return undefined
  const wait = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined
}
