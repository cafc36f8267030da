import type { Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { demandKey } from './api-key.ts'
import { closeGracefully, listenOn } from './listening.ts'
import { failure, notFound, type Report } from './problem.ts'
import { securityHeaders } from './protection.ts'

export type ApiListenerParts = {
  host: string
  /** 0 takes a free one; `listen()` tells which. */
  port: number
  /** Whoever does not show it sees the page of the API and nothing else. */
  key: string
  api: Hono<{ Bindings: HttpBindings }>
  docs: Hono<{ Bindings: HttpBindings }>
  report: Report
  /** How long `close()` waits for answers that are being worked out, in milliseconds. Default 10 s. */
  grace?: number
}

export type ApiListener = { listen: () => Promise<{ port: number }>; close: () => Promise<void> }

/** A caller that sends slowly is cut off. Requests have no bodies. */
const limits = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 }

/** The API for other machines: nothing of the room, and a key for everything that tells of data. */
export const createApiListener = (parts: ApiListenerParts): ApiListener => {
  const { host, port, grace = 10_000 } = parts
  const server = createAdaptorServer({ fetch: networkApp(parts).fetch, serverOptions: limits }) as Server
  return {
    listen: async () => ({ port: await listenOn(server, { port, host }) }),
    close: () => closeGracefully(server, grace),
  }
}

const open = /^\/(healthz|openapi\.json|docs(\/[\w.-]*)?|problems\/[\w-]+)$/

const networkApp = ({ key, api, docs, report }: ApiListenerParts) => {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const demand = demandKey(key)
  app.use(securityHeaders)
  app.use((c, next) => (open.test(c.req.path) ? next() : demand(c, next)))
  app.get('/healthz', c => c.json({ status: 'ok' }))
  app.route('/', docs)
  app.route('/', api)
  app.notFound(c => notFound(c))
  app.onError((error, c) => failure(c, error, report))
  return app
}
