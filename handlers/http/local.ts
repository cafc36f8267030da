import type { Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { closeGracefully, listenOn } from './listening.ts'
import { fromThisMachine, safeBodies, safeFiles, securityHeaders } from './protection.ts'

export type LocalListenerParts = {
  /** 0 takes a free one; `listen()` tells which. */
  port: number
  /** The room, at `/`. */
  room: Hono
  /** The API and its page: they only read, and answer every method themselves, so that no body is looked at before them. */
  reads?: Hono<{ Bindings: HttpBindings }>[]
  /** Further parts of the local listener, such as metrics. Mounted before the room, in this order. */
  api?: Hono[]
  /** Whether questions can be answered now. */
  ready: () => boolean | Promise<boolean>
  /** Told once for every error that no part has caught. */
  log: (error: unknown, path: string) => void
  /** The most bytes of a request's body. Default 64 KiB: a question is a sentence or two. */
  maxBody?: number
  /** How long `close()` waits for answers that are still being worked out, in milliseconds. Default 10 s. */
  grace?: number
}

export type LocalListener = { listen: () => Promise<{ port: number; url: string }>; close: () => Promise<void> }

/**
 * The listener for people at this machine: bound to 127.0.0.1, and it answers only requests that a page of its own, a person or a
 * program of this machine has made. Throws `config/port-in-use` when somebody else listens there.
 */
export const createLocalListener = (parts: LocalListenerParts): LocalListener => {
  const server = createAdaptorServer({ fetch: localApp(parts).fetch, hostname: '127.0.0.1' }) as Server
  return {
    listen: async () => {
      const port = await listenOn(server, { port: parts.port, host: '127.0.0.1' })
      return { port, url: `http://localhost:${port}/` }
    },
    close: () => closeGracefully(server, parts.grace ?? 10_000),
  }
}

const localApp = ({ room, reads = [], api = [], ready, log, maxBody = 64 * 1024 }: LocalListenerParts) => {
  const app = new Hono()
  app.use(securityHeaders, fromThisMachine)
  for (const part of reads) app.route('/', part)
  app.use(except(filesAt, safeBodies, safeFiles))
  app.use(except(filesAt, bodyLimit({ maxSize: maxBody, onError: c => short(c, 413, 'too-large') })))
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, allowed) => notAllowed(c, allowed) }))
  app.get('/healthz', c => c.json({ status: 'ok' }))
  app.get('/readyz', async c => ((await ready()) ? c.json({ status: 'ready' }) : c.json({ status: 'starting' }, 503)))
  for (const part of [...api, room]) app.route('/', part)
  app.notFound(c => short(c, 404, 'not-found'))
  app.onError((error, c) => {
    log(error, c.req.path)
    return c.json({ error: 'internal', message: 'Something went wrong on our side.' }, 500)
  })
  return app
}

/** The one address that takes a file, which is larger than any question: the room counts its bytes as they come. */
const filesAt = '/room/files'

const except =
  (path: string, usual: MiddlewareHandler, there?: MiddlewareHandler): MiddlewareHandler =>
  (c, next) =>
    c.req.path === path ? (there?.(c, next) ?? next()) : usual(c, next)

const messages = {
  'not-found': 'There is nothing here.',
  'too-large': 'This is more than the listener takes.',
} as const

const short = (c: Context, status: 404 | 413, error: keyof typeof messages) =>
  c.json({ error, message: messages[error] }, status)

const notAllowed = (c: Context, allowed: string[]) =>
  c.json({ error: 'method-not-allowed', message: `Use ${allowed.join(' or ')}.` }, 405, { allow: allowed.join(', ') })
