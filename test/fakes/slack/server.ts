import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { asObject, parseJson, readArguments } from './arguments.ts'
import { createDoor } from './door.ts'
import { createFaults, type Faults } from './faults.ts'
import { sendAuthorizePage } from './oauth.ts'
import { createRateLimits } from './rate-limits.ts'
import { receiveResponse } from './response-urls.ts'
import { createSockets } from './senders/socket.ts'
import { receiveUpload, sendFile } from './uploads.ts'
import { createWebApi, credentialsOf, teamOfToken } from './web-api.ts'
import type { World } from './world.ts'

/** A route of somebody else's beside Slack's own; true when it has answered. */
export type ExtraRoute = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

/** Everything that is reached over the network, on 127.0.0.1 only. */
export const startServer = async (world: World, { port, route }: { port: number; route?: ExtraRoute }) => {
  const faults = createFaults()
  const limits = createRateLimits(world)
  const sockets = createSockets(world)
  let origin = ''
  const socketUrl = () => `${origin.replace('http', 'ws')}/link/?ticket=${sockets.newTicket()}`
  const callApi = createWebApi({ world, limits, origin: () => origin, socketUrl })
  const enter = createDoor(world, faults)

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const contentType = request.headers['content-type'] ?? ''
    const credentials = credentialsOf(request.headers.authorization)
    const [, place = '', second = '', third = ''] = pathname.split('/')
    if (place === 'oauth') return sendAuthorizePage(world, searchParams, response)
    if (place === 'files-pri')
      return download(world, { id: second.split('-')[1] ?? '', token: credentials.token }, { response, faults })
    if (!['api', 'upload', 'actions'].includes(place)) return end(response, 404, 'not found')
    const body = await bodyOf(request)
    if (place === 'upload') {
      const upload = { id: third, contentType, body }
      const incoming = { method: 'upload', args: { id: third }, team: world.files.get(third)?.team }
      return enter(incoming, response, () => receiveUpload(world, upload))
    }
    const text = body.toString('utf8')
    if (place === 'actions') {
      const incoming = { method: 'response_url', args: asObject(parseJson(text)), team: second }
      return enter(incoming, response, () => receiveResponse(world, { path: pathname, body: text }))
    }
    const { token: inBody, ...named } = { ...readArguments(contentType, text, searchParams), ...credentials.args }
    const token = credentials.token ?? (typeof inBody === 'string' && inBody !== '' ? inBody : undefined)
    const call = { method: second, args: named, token, team: teamOfToken(world, token) }
    return enter(call, response, () => callApi(call))
  }

  const server = createServer(async (request, response) => {
    try {
      if (!(await route?.(request, response))) await answer(request, response)
    } catch (error) {
      if (!response.headersSent)
        end(response, 500, `The stand-in failed: ${error instanceof Error ? error.stack : error}`)
    }
  })
  server.on('upgrade', sockets.upgrade)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  origin = `http://127.0.0.1:${address.port}`
  const close = () =>
    new Promise<void>(resolve => {
      sockets.close()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin, port: address.port, faults, limits, sockets, close }
}

type Downloading = { response: ServerResponse; faults: Faults }

/** Written down like a call, and goes wrong like one (`download`), though what comes is no JSON. */
const download = async (
  world: World,
  { id, token }: { id: string; token: string | undefined },
  { response, faults }: Downloading,
): Promise<void> => {
  const call = { method: 'download', args: { id }, token, team: world.files.get(id)?.team, at: world.now(), ms: 0 }
  const entry = { ...call, outcome: 'running' }
  world.calls.push(entry)
  const { delayMs, fault } = faults.take('download', { id })
  if (delayMs > 0) await sleep(delayMs)
  response.once('close', () => {
    entry.outcome = response.writableFinished ? `http ${response.statusCode}` : 'cut off'
    world.changed()
  })
  if (fault === undefined) return void sendFile(world, { id, token }, response)
  if (typeof fault === 'string') return void response.socket?.resetAndDestroy()
  if ('retryAfterSeconds' in fault)
    return void response.writeHead(429, { 'retry-after': String(fault.retryAfterSeconds) }).end()
  response.writeHead('status' in fault ? fault.status : 500).end()
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const end = (response: ServerResponse, status: number, text: string) => {
  response.writeHead(status, { 'content-type': 'text/plain' })
  response.end(text)
}
