import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'

type Env = { Bindings: HttpBindings }

/**
 * Nothing but the page's own files may run or load, and no other site may frame or embed what is served here. Trusted Types are
 * required and none are allowed: a page that tried to turn text into markup would throw instead. A page that is to be framed by another of
 * ours brings a policy of its own.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
}

const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/**
 * Refuses requests that carry another name than this machine's (DNS rebinding: a foreign name that points to 127.0.0.1) and
 * requests that another site's page has made. Programs send no Origin and no Sec-Fetch-Site and are let in; a link from
 * elsewhere may open the page.
 */
export const fromThisMachine: MiddlewareHandler<Env> = async (c, next) => {
  const { localPort } = c.env.incoming.socket
  const host = c.req.header('host')?.toLowerCase()
  if (!host || !localHosts(localPort).includes(host)) return refuse(c, 421, 'wrong-host')
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return refuse(c, 403, 'wrong-origin')
  const site = c.req.header('sec-fetch-site') ?? 'none'
  const opensPage = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
  if (site !== 'same-origin' && site !== 'none' && !opensPage) return refuse(c, 403, 'wrong-origin')
  await next()
}

const bodiesOf =
  (type: string, error: 'not-json' | 'not-bytes'): MiddlewareHandler =>
  async (c, next) => {
    const brings = ['POST', 'PUT', 'PATCH'].includes(c.req.method)
    const given = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (brings && given !== type) return refuse(c, 415, error)
    await next()
  }

/** A body is JSON and says so: a form of another site cannot send that without asking first. */
export const safeBodies = bodiesOf('application/json', 'not-json')

/** A file says that it is bytes, which a form of another site cannot say either. */
export const safeFiles = bodiesOf('application/octet-stream', 'not-bytes')

const localHosts = (port: number | undefined) =>
  ['localhost', '127.0.0.1', '[::1]'].flatMap(name => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))

const messages = {
  'wrong-host': 'This listener answers only to localhost.',
  'wrong-origin': 'This request comes from another site.',
  'not-json': 'Send application/json.',
  'not-bytes': 'Send application/octet-stream.',
} as const

const refuse = (c: Context, status: 403 | 415 | 421, error: keyof typeof messages) =>
  c.json({ error, message: messages[error] }, status)
