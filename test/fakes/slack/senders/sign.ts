import { createHmac } from 'node:crypto'

/** How a request differs from what Slack would send. */
export type Tricks = {
  /** Seconds that the timestamp is ahead of the clock; behind it when negative. The signature fits it. */
  skewSeconds?: number
  signature?: 'wrong' | 'missing'
  retry?: { num: number; reason: string }
}

/** Headers of a signed request (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export const signedHeaders = (
  body: string,
  { secret, nowMs, contentType, tricks }: { secret: string; nowMs: number; contentType: string; tricks: Tricks },
): Record<string, string> => {
  const timestamp = String(Math.floor(nowMs / 1000) + (tricks.skewSeconds ?? 0))
  const key = tricks.signature === 'wrong' ? `not ${secret}` : secret
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return {
    'content-type': contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    ...(tricks.signature === 'missing' ? {} : { 'x-slack-signature': signature }),
    ...(tricks.retry
      ? { 'x-slack-retry-num': String(tricks.retry.num), 'x-slack-retry-reason': tricks.retry.reason }
      : {}),
  }
}
