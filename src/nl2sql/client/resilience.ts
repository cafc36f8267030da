import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  type IRetryBackoffContext,
  retry,
  wrap,
} from 'cockatiel'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { askedToWait, isPassing } from './failure.ts'

export type Limits = {
  /** Calls at once, and how many may wait. */
  atOnce: number
  waiting: number
  /** Further tries after a failure that may pass. */
  retries: number
  /** A server that asks for a longer wait is not waited for. Milliseconds. */
  longestWait: number
  /** Failures in a row after which nothing is sent for `pause` milliseconds. */
  failures: number
  pause: number
}

export const usualLimits: Limits = {
  atOnce: 8,
  waiting: 200,
  retries: 2,
  longestWait: 20_000,
  failures: 5,
  pause: 30_000,
}

/** A server that is silent is in trouble too, though asking it again at once would only take as long again. */
const isTrouble = (error: unknown) =>
  isPassing(error) || (error instanceof ChartroomError && error.code === 'language/slow')

export type Guarded = <T>(call: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal) => Promise<T>

/** Runs calls to a server: few at once, again after a pause where that helps, and not at all for a while when it keeps failing. */
export const guarded = (limits: Limits, { now, random }: Pick<Effects, 'now' | 'random'>): Guarded => {
  const pause = ({ attempt, result }: IRetryBackoffContext<unknown>) => {
    const asked = 'error' in result ? askedToWait(result.error, now()) : undefined
    return Math.min(asked ?? 500 * 2 ** (attempt - 1) * (0.5 + random()), limits.longestWait)
  }
  const mayPass = (error: unknown) => isPassing(error) && (askedToWait(error, now()) ?? 0) <= limits.longestWait
  const policy = wrap(
    bulkhead(limits.atOnce, limits.waiting),
    retry(handleWhen(mayPass), { maxAttempts: limits.retries, backoff: new DelegateBackoff(pause) }),
    circuitBreaker(handleWhen(isTrouble), {
      halfOpenAfter: limits.pause,
      breaker: new ConsecutiveBreaker(limits.failures),
    }),
  )
  return async (call, signal) => {
    try {
      return await policy.execute(({ signal: inner }) => call(inner), signal)
    } catch (error) {
      if (signal?.aborted) throw ChartroomError.of('engine/cancelled', undefined, error)
      if (error instanceof BrokenCircuitError) throw ChartroomError.of('language/unreachable', undefined, error)
      if (error instanceof BulkheadRejectedError) throw ChartroomError.of('language/busy', undefined, error)
      throw error
    }
  }
}
