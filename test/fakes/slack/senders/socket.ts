import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { asObject, parseJson } from '../arguments.ts'
import type { Json, PayloadKind, World } from '../world.ts'

const envelopeTypes: Record<PayloadKind, string> = {
  events: 'events_api',
  commands: 'slash_commands',
  interactivity: 'interactive',
  options: 'interactive',
}

/** The other end of Socket Mode (https://docs.slack.dev/apis/events-api/using-socket-mode). */
export const createSockets = (world: World) => {
  const server = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  /** Connections that were asked to end; nothing more is sent over them. */
  const ending = new WeakSet<WebSocket>()
  let turn = 0
  const tickets = new Set<string>()
  const waiting = new Map<string, (payload: Json) => void>()

  const welcome = (socket: WebSocket) => {
    open.add(socket)
    socket.on('close', () => {
      open.delete(socket)
      world.changed()
    })
    socket.on('message', data => {
      const said = asObject(parseJson(String(data)))
      const answer = waiting.get(String(said.envelope_id))
      waiting.delete(String(said.envelope_id))
      answer?.(asObject(said.payload))
    })
    const { appId } = world.settings
    say(socket, {
      type: 'hello',
      num_connections: open.size,
      connection_info: { app_id: appId },
      debug_info: { host: 'stand-in', build_number: 1, approximate_connection_time: 18_060 },
    })
    world.changed()
  }

  /** Slack hands payloads out to the connections in turn. */
  const next = (): WebSocket | undefined => {
    const able = [...open].filter(socket => socket.readyState === WebSocket.OPEN && !ending.has(socket))
    return able[turn++ % able.length]
  }

  return {
    count: () => open.size,
    newTicket: () => {
      const ticket = world.newId('ticket')
      tickets.add(ticket)
      return ticket
    },
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const ticket = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
      return server.handleUpgrade(request, socket, head, welcome)
    },
    /** Sends one envelope to one of the connections and gives the payload of its acknowledgement. */
    send: (
      kind: PayloadKind,
      payload: Json,
      {
        retry,
        envelopeId = world.newId('envelope'),
      }: { retry?: { num: number; reason: string }; envelopeId?: string } = {},
    ): { answer: Promise<Json>; forget: () => void } | undefined => {
      const socket = next()
      if (socket === undefined) return undefined
      const answer = new Promise<Json>(resolve => waiting.set(envelopeId, resolve))
      say(socket, {
        envelope_id: envelopeId,
        type: envelopeTypes[kind],
        payload,
        accepts_response_payload: kind !== 'events',
        ...(kind === 'events' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
      })
      return { answer, forget: () => waiting.delete(envelopeId) }
    },
    /** Asks every client to connect again, as Slack does every few hours. The clients close the connection. */
    refresh: (reason: 'refresh_requested' | 'warning' | 'link_disabled' = 'refresh_requested') => {
      for (const socket of open) {
        ending.add(socket)
        say(socket, { type: 'disconnect', reason, debug_info: { host: 'stand-in' } })
      }
    },
    /** Cuts every connection without a word. */
    cut: () => {
      for (const socket of open) socket.terminate()
    },
    close: () => {
      for (const socket of open) socket.terminate()
      server.close()
    },
  }
}
export type Sockets = ReturnType<typeof createSockets>

const say = (socket: WebSocket, message: Json) => socket.send(JSON.stringify(message))
