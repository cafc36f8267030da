import { setTimeout as sleep } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import type { Effects } from '#src/effects.ts'
import type { Metrics } from '#src/metrics.ts'
import { createLanes } from '../chat/lanes.ts'
import { type Verdict, withRetries } from '../chat/retry.ts'
import { CallError, judge, toCallError } from './call-error.ts'

/** A call of the Web API. */
export type Call = {
  method: string
  args: Record<string, unknown>
  /** The conversation it writes in: such calls go one after the other, so that a pause that Slack asks for holds up that conversation and no other. */
  channel?: string
  /** False when a second time would show something twice. Default true. */
  isRepeatable?: boolean
  /** Calls in all. Default 5. */
  tries?: number
  /** The longest wait between two of them, in milliseconds; when Slack asks for more, it fails. Default 70 s. */
  longestMs?: number
  /** Looked at right before it is sent; false lets it be. */
  isStillWanted?: () => boolean
}

/** Whose workspace is called. */
export type Caller = { tenant: string; client: WebClient }

export type Calls = {
  /** Gives Slack's answer, undefined when it was let be. Throws `CallError`. */
  call: (caller: Caller, call: Call) => Promise<unknown>
  /** Answers at the address that came with what somebody did. Throws `CallError` with the method `response_url`. */
  respond: (url: string, body: Record<string, unknown>) => Promise<void>
  /** Waits so many milliseconds; throws `CallError` when the program ends meanwhile. */
  pause: (ms: number) => Promise<void>
  /** Nothing is waited for any longer: what Slack puts off fails. For when the program ends. */
  hurry: () => void
}

/** Slack asks for seconds, or for a minute when a whole workspace is busy. */
const usualLongestMs = 70_000

/**
 * The SDK's clients must neither retry nor wait by themselves: it does so for all channels at once and for half an hour
 * (https://docs.slack.dev/tools/node-slack-sdk/web-api#rate-limits).
 */
export const createCalls = ({ metrics }: { metrics: Metrics }, effects: Pick<Effects, 'random'>): Calls => {
  const lanes = createLanes()
  const retried = (reason: string) => metrics.retried('slack', reason)
  const ended = new AbortController()
  type Patience = Pick<Call, 'tries' | 'longestMs'> & { judge: (error: unknown) => Verdict }
  const patiently = <T>(method: string, work: () => Promise<T>, { longestMs = usualLongestMs, ...rest }: Patience) =>
    withRetries(work, { ...rest, longestMs, onRetry: retried, signal: ended.signal }, effects).catch(error => {
      throw ended.signal.aborted && !(error instanceof CallError) ? new CallError(method, 'given_up') : error
    })
  return {
    call: ({ tenant, client }, { method, args, channel, isRepeatable = true, isStillWanted, ...patience }) => {
      const once = async () => {
        if (isStillWanted?.() === false) return undefined
        return client.apiCall(method, args).catch(error => {
          throw toCallError(method, error)
        })
      }
      const all = () => patiently(method, once, { ...patience, judge: judge(isRepeatable) })
      return channel === undefined ? all() : lanes.run(`${tenant} ${channel}`, all)
    },
    respond: (url, body) =>
      patiently('response_url', () => postTo(url, body), { judge: judge(body.replace_original === true) }),
    pause: ms =>
      sleep(ms, undefined, { signal: ended.signal }).catch(() => {
        throw new CallError('pause', 'given_up')
      }),
    hurry: () => ended.abort(),
  }
}

const timeoutMs = 15_000

/** Bolt's `respond` tells no more than the status; the body has the reason. */
const postTo = async (url: string, body: Record<string, unknown>): Promise<void> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(error => {
    throw toCallError('response_url', error)
  })
  const text = await response.text().catch(() => '')
  if (response.status === 429)
    throw new CallError('response_url', 'ratelimited', {
      afterMs: Number(response.headers.get('retry-after') ?? 1) * 1000,
    })
  const error = errorIn(text)
  if (error !== undefined || !response.ok)
    throw new CallError('response_url', error ?? `http_${response.status}`, { details: text })
}

const errorIn = (text: string): string | undefined => {
  if (!text.startsWith('{')) return undefined
  try {
    const said: unknown = JSON.parse(text)
    const isRefusal = typeof said === 'object' && said !== null && 'error' in said && typeof said.error === 'string'
    return isRefusal ? String(said.error) : undefined
  } catch {
    return undefined
  }
}
