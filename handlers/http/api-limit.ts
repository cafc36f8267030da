import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { LRUCache } from 'lru-cache'
import type { Effects } from '#src/effects.ts'
import { problem } from './problem.ts'

export type RequestLimit = {
  /** Requests that one client may make in a minute. */
  perMinute: number
}

const seconds = 60
const mostClients = 10_000

/**
 * Counts requests of each client in a minute of its own, and says in every reply how many are left
 * (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/). More are refused with 429. What `X-Forwarded-For` says is not believed.
 */
export const limitRequests = (
  { perMinute }: RequestLimit,
  { now }: Pick<Effects, 'now'>,
): MiddlewareHandler<{ Bindings: HttpBindings }> => {
  const clients = new LRUCache<string, { began: number; made: number }>({ max: mostClients })
  return async (c, next) => {
    const client = clientOf(c.env.incoming.socket.remoteAddress ?? '')
    const at = now()
    const before = clients.get(client)
    const window = before && at - before.began < seconds * 1000 ? before : { began: at, made: 0 }
    window.made++
    clients.set(client, window)
    const left = Math.max(0, perMinute - window.made)
    const wait = Math.max(1, Math.ceil((window.began + seconds * 1000 - at) / 1000))
    if (window.made > perMinute) {
      const detail = `${perMinute} requests a minute are answered; wait ${wait} s.`
      c.res = problem(c, { status: 429, kind: 'too-many', detail }, { 'retry-after': String(wait) })
    } else await next()
    c.res.headers.set('RateLimit-Policy', `"default";q=${perMinute};w=${seconds}`)
    c.res.headers.set('RateLimit', `"default";r=${left};t=${wait}`)
  }
}

/** One client has a whole /64 of IPv6 addresses (https://datatracker.ietf.org/doc/html/rfc6177). */
export const clientOf = (address: string): string => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...middle, ...after].slice(0, 4).join(':').toLowerCase()
}
