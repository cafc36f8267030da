import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { isFormRefused, isShutOut, isUnclear, isUrlSpent, judge, toCallError } from '#handlers/slack/call-error.ts'
import { libraryLog } from '#handlers/slack/log.ts'

const refusal = (error: string, more = {}) => new WebAPIPlatformError({ ok: false, error, ...more })
const broken = (code: string) =>
  new WebAPIRequestError(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }))
const late = refusal('invalid_blocks', { errors: ['invalid slack file [json-pointer:/blocks/1/slack_file]'] })

describe('a call that failed', () => {
  test.each([
    ['Slack’s error', refusal('not_in_channel'), 'not_in_channel', { retry: false }],
    [
      'a rate limit',
      new WebAPIRateLimitedError(3),
      'ratelimited',
      { retry: true, afterMs: 3000, reason: 'ratelimited' },
    ],
    [
      'a server error',
      new WebAPIHTTPError(502, 'Bad Gateway', {}, '<html>'),
      'http_502',
      { retry: true, reason: 'unclear' },
    ],
    ['a broken connection', broken('ECONNRESET'), 'network', { retry: true, reason: 'unclear' }],
    ['a connection never made', broken('ECONNREFUSED'), 'unreached', { retry: true, reason: 'network' }],
    [
      'a timeout',
      new WebAPIRequestError(new DOMException('late', 'TimeoutError') as unknown as Error),
      'network',
      { retry: true, reason: 'unclear' },
    ],
    ['anything else', new RangeError('xoxb-secret'), 'network', { retry: true, reason: 'unclear' }],
  ])('%s', (_, thrown, code, verdict) => {
    const error = toCallError('chat.update', thrown)
    expect(error.message).toBe(`chat.update: ${code}`)
    expect(judge(true)(error)).toEqual({
      ...verdict,
      ...(code === 'ratelimited' ? {} : { afterMs: undefined, ...verdict }),
    })
  })

  test('is repeated without harm only when it surely did not happen', () => {
    const retried = [
      broken('ECONNRESET'),
      broken('ENOTFOUND'),
      refusal('internal_error'),
      new WebAPIRateLimitedError(1),
    ]
    expect(retried.map(e => judge(false)(toCallError('chat.postMessage', e)).retry)).toEqual([false, true, false, true])
  })

  test('says nothing of what Slack’s answer holds besides a code', () => {
    const error = toCallError(
      'chat.postMessage',
      refusal('xoxb-1 is bad: “revenue of Acme”', { text: 'revenue of Acme' }),
    )
    expect(error.message).toBe('chat.postMessage: unknown_error')
    expect(JSON.stringify({ ...error })).not.toContain('Acme')
  })

  test('is known by what can be done about it', () => {
    const of = (code: string, method = 'chat.postMessage') => toCallError(method, refusal(code))
    expect(toCallError('chat.postMessage', late).isPictureLate).toBe(true)
    expect(of('invalid_blocks').isPictureLate).toBe(false)
    expect([late, of('msg_too_long'), of('no_text')].map(e => isFormRefused(toCallError('m', e)))).toEqual([
      true,
      true,
      false,
    ])
    expect([of('is_archived'), of('account_inactive')].map(isShutOut)).toEqual([true, false])
    expect([of('expired_url', 'response_url'), of('expired_url')].map(isUrlSpent)).toEqual([true, false])
    expect([of('fatal_error'), of('not_authed'), new Error('x')].map(isUnclear)).toEqual([true, false, false])
  })
})

describe('the log of Slack’s libraries', () => {
  const log = (...said: unknown[]) => {
    const lines: string[] = []
    libraryLog({ warn: (_, error) => void lines.push((error as Error).message) }).warn(...said)
    return lines[0]
  }

  test.each([
    ['Failed with xoxb-123-abc at https://hooks.slack.com/commands/T1/2/secret now', 'Failed with … at … now'],
    ['A body: {"text":"revenue of Acme"} was sent', 'A body: … was sent'],
    [new Error('token xapp-1-A-b is wrong'), 'token … is wrong'],
    [{ text: 'revenue of Acme' }, 'trouble without words'],
  ])('%s', (said, line) => {
    expect(log(said, { text: 'never looked at' })).toBe(line)
  })

  test('tells nothing below a warning', () => {
    const lines: unknown[] = []
    const { debug, info } = libraryLog({ warn: event => void lines.push(event) })
    debug()
    info()
    expect(lines).toEqual([])
  })
})
