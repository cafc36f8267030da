import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { problem } from './problem.ts'

/** Lets in who shows the key as `Authorization: Bearer …` or `X-API-Key`. It is never read from the address, which ends up in logs. */
export const demandKey = (key: string): MiddlewareHandler => {
  const right = digest(key)
  return async (c, next) => {
    const bearer = /^Bearer +(\S+) *$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const shown = bearer ?? c.req.header('x-api-key')
    // Digests have one length, so that comparing them tells neither the key nor how long it is.
    if (shown !== undefined && timingSafeEqual(digest(shown), right)) return next()
    const detail = 'Send the key of this API as Authorization: Bearer …, or as X-API-Key.'
    return problem(c, { status: 401, kind: 'key', detail }, { 'www-authenticate': 'Bearer realm="chartroom"' })
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
