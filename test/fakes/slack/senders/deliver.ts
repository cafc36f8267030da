import { request } from 'node:http'
import { parseJson } from '../arguments.ts'
import type { Ack, Delivery, Destination, Json, PayloadKind, Sent, World } from '../world.ts'
import { signedHeaders, type Tricks } from './sign.ts'
import type { Sockets } from './socket.ts'

export type Payload = { kind: PayloadKind; team: string; payload: Json }

/** Sends payloads to the app, over HTTP to `settings.to`, else over Socket Mode, and writes down how it answered. */
export const createDelivery = (world: World, sockets: Sockets) => {
  const timers = new Set<NodeJS.Timeout>()

  const send = async (
    sent: Sent,
    { retry, delivery }: { retry?: Tricks['retry']; delivery: Delivery },
  ): Promise<Ack> => {
    const start = performance.now()
    const limitMs = world.settings.ackTimeoutMs
    const came = sent.url ? await postTo(sent, limitMs) : await overSocket(sockets, sent, { limitMs, retry })
    const ack = { ...came, ms: performance.now() - start, sent }
    delivery.acks.push(ack)
    world.changed()
    return ack
  }

  /** Events that were not acknowledged come again: at once, after a minute, after five (https://docs.slack.dev/apis/events-api). */
  const retryLater = (first: Payload, ack: Ack, { num, delivery }: { num: number; delivery: Delivery }) => {
    const delay = world.settings.retryDelaysMs[num - 1]
    if (!world.settings.retries || first.kind !== 'events' || isAccepted(ack) || delay === undefined) return
    const retry = { num, reason: ack.failure === 'timeout' ? 'http_timeout' : (ack.failure ?? 'http_error') }
    const timer = setTimeout(async () => {
      timers.delete(timer)
      const again = await send(pack(world, first, { retry }), { retry, delivery })
      retryLater(first, again, { num: num + 1, delivery })
    }, delay)
    timers.add(timer)
  }

  return {
    deliver: async (payload: Payload, tricks: Tricks = {}): Promise<Ack> => {
      const sent = pack(world, payload, tricks)
      const delivery = { sent, acks: [] }
      world.deliveries.push(delivery)
      const ack = await send(sent, { retry: tricks.retry, delivery })
      retryLater(payload, ack, { num: 1, delivery })
      return ack
    },
    /** Sends the very same bytes and headers again. */
    replay: (sent: Sent): Promise<Ack> => {
      const delivery = { sent, acks: [] }
      world.deliveries.push(delivery)
      return send(sent, { delivery })
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
export type DeliveryLine = ReturnType<typeof createDelivery>

/** Whether Slack is content with this answer. */
export const isAccepted = (ack: Ack) => ack.status >= 200 && ack.status < 300

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

/** Bodies: events are JSON, commands are a form, clicks are a form with one JSON field. */
const pack = (world: World, { kind, team, payload }: Payload, tricks: Tricks): Sent => {
  const contentType = kind === 'events' ? json : form
  const body = bodyOf(kind, payload)
  const { signingSecret: secret, to } = world.settings
  const headers = signedHeaders(body, { secret, nowMs: world.now(), contentType, tricks })
  return { kind, team, body, contentType, payload, headers, url: urlFor(to, kind) }
}

const bodyOf = (kind: PayloadKind, payload: Json): string => {
  if (kind === 'events') return JSON.stringify(payload)
  if (kind === 'commands') return new URLSearchParams(payload as Record<string, string>).toString()
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
}

const urlFor = (to: Destination | undefined, kind: PayloadKind): string | undefined =>
  typeof to === 'object' ? (to[kind] ?? (kind === 'options' ? to.interactivity : undefined)) : to

type Came = Pick<Ack, 'status' | 'body' | 'failure'>

const postTo = ({ url = '', body, headers }: Sent, limitMs: number): Promise<Came> =>
  new Promise(resolve => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
    })
    const limit = setTimeout(() => {
      resolve({ status: 0, failure: 'timeout' })
      sent.destroy()
    }, limitMs)
    const end = (came: Came) => {
      clearTimeout(limit)
      resolve(came)
    }
    sent.on('error', () => end({ status: 0, failure: 'connection_failed' }))
    sent.on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', () => end({ status: 0, failure: 'connection_failed' }))
      response.on('end', () =>
        end({ status: response.statusCode ?? 0, body: meaning(Buffer.concat(chunks).toString('utf8')) }),
      )
    })
    sent.end(body)
  })

const overSocket = async (
  sockets: Sockets,
  { kind, payload }: Sent,
  { limitMs, retry }: { limitMs: number; retry: Tricks['retry'] },
): Promise<Came> => {
  const line = sockets.send(kind, payload, { retry })
  if (line === undefined) return { status: 0, failure: 'no_connection' }
  const { promise: late, resolve: giveUp } = Promise.withResolvers<undefined>()
  const limit = setTimeout(() => giveUp(undefined), limitMs)
  const answer = await Promise.race([line.answer, late])
  clearTimeout(limit)
  line.forget()
  return answer === undefined ? { status: 0, failure: 'timeout' } : { status: 200, body: socketMeaning(answer) }
}

const meaning = (text: string): unknown => (text === '' ? undefined : (parseJson(text) ?? text))

const socketMeaning = (payload: Json): unknown => (Object.keys(payload).length === 0 ? undefined : payload)
