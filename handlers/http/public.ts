import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { PublicRoute } from '#handlers/chat/platform.ts'
import { closeGracefully, listenOn } from './listening.ts'

export type PublicListenerParts = {
  /** 0 takes a free port; `listen()` tells which. */
  port: number
  host: string
  /** What the platforms call. Beside these there is `/healthz`, and nothing else ever. */
  routes: readonly PublicRoute[]
  /** Told once for every error that no route has caught. */
  log: (error: unknown, path: string) => void
  /** How long `close()` waits for requests that are still being answered, in milliseconds. Default 10 s. */
  grace?: number
}

export type PublicListener = { listen: () => Promise<{ port: number }>; close: () => Promise<void> }

/**
 * The listener that the platforms reach from outside. It knows exact paths only and tells nothing about the program; who may call a route is
 * checked by the route. Throws `config/port-in-use` when somebody else listens there.
 */
export const createPublicListener = ({
  port,
  host,
  routes,
  log,
  grace = 10_000,
}: PublicListenerParts): PublicListener => {
  const known = [...routes, health]
  const server = createServer(limits, (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    answer(request, response, known).catch(error => {
      log(error, pathOf(request))
      if (response.headersSent) response.destroy()
      else short(response, 500, 'internal')
    })
  })
  return {
    listen: async () => ({ port: await listenOn(server, { port, host }) }),
    close: () => closeGracefully(server, grace),
  }
}

/** A caller that sends slowly is cut off: headers within 10 s, all within 30 s (Node looks every 5 s), at most 16 KB of headers. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
}

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

const health: PublicRoute = {
  method: 'GET',
  path: '/healthz',
  handle: (_, response) => void response.setHeader('content-type', 'application/json').end('{"status":"ok"}'),
}

const answer = async (request: IncomingMessage, response: ServerResponse, routes: readonly PublicRoute[]) => {
  const path = pathOf(request)
  const found = routes.filter(route => (route.path.endsWith('/') ? path.startsWith(route.path) : route.path === path))
  if (found.length === 0) return short(response, 404, 'not-found')
  const route = found.find(({ method }) => method === request.method)
  if (route) return route.handle(request, response)
  response.setHeader('allow', found.map(({ method }) => method).join(', '))
  return short(response, 405, 'method-not-allowed')
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0]!

const short = (response: ServerResponse, status: number, error: string) => {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify({ error }))
}
