import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import type { Verdict } from '../chat/retry.ts'

/**
 * A call to Slack that failed, with nothing in it that may not be logged: no text, token or address. `code` is Slack's error, `http_500` and
 * the like, `network` when nobody knows whether it arrived, `unreached` when it did not, or `problems` when our own check refused to send it.
 */
export class CallError extends Error {
  readonly method: string
  readonly code: string
  readonly afterMs: number | undefined
  /** Slack is still processing a picture that the message shows. */
  readonly isPictureLate: boolean
  constructor(method: string, code: string, { afterMs, details = '' }: { afterMs?: number; details?: string } = {}) {
    super(`${method}: ${codeOf(code)}`)
    this.name = 'CallError'
    this.method = method
    this.code = codeOf(code)
    this.afterMs = afterMs
    this.isPictureLate = code === 'invalid_blocks' && details.includes('invalid slack file')
  }
}

/** Whatever the SDK threw, as a {@link CallError}. */
export const toCallError = (method: string, error: unknown): CallError => {
  if (error instanceof CallError) return error
  if (error instanceof WebAPIRateLimitedError)
    return new CallError(method, 'ratelimited', { afterMs: error.retryAfter * 1000 })
  if (error instanceof WebAPIPlatformError)
    return new CallError(method, error.data.error, { details: JSON.stringify(error.data) })
  if (error instanceof WebAPIHTTPError) return new CallError(method, `http_${error.statusCode}`)
  return new CallError(method, networkCode(error instanceof WebAPIRequestError ? error.original : error))
}

/** Whether to try again. What may have happened is repeated only where a second time changes nothing. */
export const judge =
  (isRepeatable: boolean) =>
  (error: unknown): Verdict => {
    if (!(error instanceof CallError)) return { retry: false }
    const { code, afterMs } = error
    if (code === 'ratelimited') return { retry: true, afterMs, reason: 'ratelimited' }
    if (code === 'unreached') return { retry: true, reason: 'network' }
    return isUnclear(error) && isRepeatable ? { retry: true, reason: 'unclear' } : { retry: false }
  }

/** Nobody knows whether it happened (https://docs.slack.dev/reference/methods/chat.postMessage#errors: "some aspect … succeeded"). */
export const isUnclear = (error: unknown): boolean =>
  error instanceof CallError && (/^http_5/.test(error.code) || unclear.has(error.code))
/** `unknown_error` is also an answer that is none of Slack's, such as a page of a proxy on the way back. */
const unclear = new Set(['unclear', 'network', 'internal_error', 'fatal_error', 'service_unavailable', 'unknown_error'])

/** Slack does not take a message in this form; a plainer one may do. */
export const isFormRefused = (error: unknown): boolean => error instanceof CallError && refusedForms.has(error.code)
const refusedForms = new Set([
  'problems',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_payload',
])

/** The bot may not write in that conversation, now or any more. */
export const isShutOut = (error: unknown): boolean => error instanceof CallError && shutOut.has(error.code)
const shutOut = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'cannot_reply_to_message',
  'thread_not_found',
  'user_not_in_channel',
])

/** A message that was there is gone, or is not ours to change. */
export const isMessageGone = (error: unknown): boolean => error instanceof CallError && messageGone.has(error.code)
const messageGone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])

/** A response URL takes five answers within half an hour (https://docs.slack.dev/interactivity/handling-user-interaction). */
export const isUrlSpent = (error: unknown): boolean =>
  error instanceof CallError &&
  error.method === 'response_url' &&
  /^(?:expired_url|used_url|http_4\d\d)$/.test(error.code)

/** Slack's errors are words; anything else may be somebody's text. */
const codeOf = (code: string) => (/^[a-z_0-9-]{1,80}$/.test(code) ? code : 'unknown_error')

/** Connections that were never made: the request cannot have arrived. */
const neverArrived = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

const networkCode = (error: unknown): 'unreached' | 'network' => {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && neverArrived.has(String(cause.code))) return 'unreached'
  return 'network'
}
