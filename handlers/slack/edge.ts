import type { IncomingMessage, ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import type { Effects } from '#src/effects.ts'
import type { Claims } from '#src/store/claims.ts'

export type EdgeParts = {
  signingSecret: string
  claims: Claims
  /** Told of each request that was turned away. */
  refused: (reason: 'skewed' | 'replayed' | 'too-large' | 'cut-off' | 'unreadable') => void
  effects: Pick<Effects, 'now'>
}

/** Slack's payloads are a few kilobytes; a message's blocks, which a click brings back, at most some tens. */
const mostBytes = 1024 * 1024

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const mostSkewSeconds = 300

/**
 * What Bolt does not look at: a timestamp from the future, and the same bytes with the same signature again. Bolt verifies the signature of
 * what is let through, and answers to bodies without one. Gives the body; nothing when the request has been answered.
 */
export const admit = async (
  request: IncomingMessage,
  response: ServerResponse,
  { signingSecret, claims, refused, effects }: EdgeParts,
): Promise<Buffer | undefined> => {
  const turnAway = (status: number, reason: Parameters<EdgeParts['refused']>[0]) => {
    refused(reason)
    // Slack would send it again, and it would be no better (https://docs.slack.dev/apis/events-api).
    response.writeHead(status, { 'x-slack-no-retry': '1', connection: 'close' }).end()
    return undefined
  }
  const sentAt = headerOf(request, 'x-slack-request-timestamp')
  const timestamp = Number(sentAt)
  if (sentAt && !(Math.abs(effects.now() / 1000 - timestamp) <= mostSkewSeconds)) return turnAway(401, 'skewed')
  const body = await bodyOf(request)
  if (!Buffer.isBuffer(body)) return turnAway(body === 'too-large' ? 413 : 400, body)
  const signature = headerOf(request, 'x-slack-signature')
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
  const nowMilliseconds = effects.now()
  const isSigned = isValidSlackRequest({ signingSecret, body: body.toString(), headers, nowMilliseconds })
  // Bolt compares what stands between the first two equals signs.
  const hash = signature.split('=')[1]
  if (isSigned && !(await claims.claim(`slack:request:${hash}`))) return turnAway(401, 'replayed')
  return isReadable(body.toString()) ? body : turnAway(400, 'unreadable')
}

/** An object as JSON, or a form with one or without. Bolt ends the program over `null`. */
const isReadable = (text: string): boolean => {
  const payload = text.startsWith('payload=') ? new URLSearchParams(text).get('payload') : text
  return /^\s*\{|^[a-z_]+=/.test(payload ?? '')
}

const headerOf = ({ headers }: IncomingMessage, name: string): string => String(headers[name] ?? '')

const bodyOf = async (request: IncomingMessage): Promise<Buffer | 'too-large' | 'cut-off'> => {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.length
      if (size > mostBytes) return 'too-large'
      chunks.push(chunk)
    }
  } catch {
    return 'cut-off'
  }
  return Buffer.concat(chunks)
}
