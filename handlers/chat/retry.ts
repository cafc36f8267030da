import { setTimeout as sleep } from 'node:timers/promises'
import type { Effects } from '#src/effects.ts'

/** What to do about an error of a platform: give up, or try again, after the time that the platform asked for. */
export type Verdict = { retry: false } | { retry: true; afterMs?: number; reason: string }

export type RetrySettings = {
  /** Calls in all. Default 5. */
  tries?: number
  /** The first wait in milliseconds, doubled each time. Default 500. */
  firstMs?: number
  /** No wait is longer; when the platform asks for more, the error is thrown. Default 20 s. */
  longestMs?: number
  judge: (error: unknown) => Verdict
  onRetry?: (reason: string) => void
  signal?: AbortSignal
}

/** Calls until it succeeds, waiting in between with ±20 % of chance, so that many callers do not come back at once. Throws the last error. */
export const withRetries = async <T>(
  call: () => Promise<T>,
  { tries = 5, firstMs = 500, longestMs = 20_000, judge, onRetry, signal }: RetrySettings,
  { random }: Pick<Effects, 'random'>,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      const verdict = judge(error)
      if (!verdict.retry || attempt >= tries || (verdict.afterMs ?? 0) > longestMs) throw error
      onRetry?.(verdict.reason)
      const backoff = Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (0.8 + 0.4 * random())
      await sleep(Math.max(verdict.afterMs ?? 0, backoff), undefined, { signal })
    }
  }
}
