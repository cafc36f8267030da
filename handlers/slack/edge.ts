import type { IncomingMessage, ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import { LRUCache } from 'lru-cache'
import type { Effects } from '#src/effects.ts'

export type EdgeParts = {
  signingSecret: string
  /** True for the first time that a signature is seen. */
  isNew: (signature: string) => boolean
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
  { signingSecret, isNew, refused, effects }: EdgeParts,
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
  if (isSigned && !isNew(hash ?? '')) return turnAway(401, 'replayed')
  return isReadable(body.toString()) ? body : turnAway(400, 'unreadable')
}

/**
 * Remembers signatures for as long as their timestamps are let in. In this process alone, so that Slack is told at once that it was heard:
 * what comes again elsewhere or after a restart is known by the id of the event, command or click.
 */
export const createSignatures = ({ ticks }: Pick<Effects, 'ticks'>): EdgeParts['isNew'] => {
  const seen = new LRUCache<string, true>({
    max: 100_000,
    ttl: 2 * mostSkewSeconds * 1000,
    ttlResolution: 0,
    perf: { now: ticks },
  })
  return signature => {
    if (seen.has(signature)) return false
    seen.set(signature, true)
    return true
  }
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
