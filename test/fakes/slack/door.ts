import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, Faults } from './faults.ts'
import type { Json, World } from './world.ts'

/** How a call ends: its name in the log and what is sent. */
export type Reply = { outcome: string; status: number; body: string | Json; headers?: Record<string, string> }

/** What comes in: a method of the Web API, or `response_url`, `upload`. */
export type Incoming = { method: string; args: Json; token?: string; team?: string }

/** Every call passes here: it is written down, and what was planned to go wrong with it goes wrong. */
export const createDoor =
  (world: World, faults: Faults) =>
  async (incoming: Incoming, response: ServerResponse, work: () => Reply | Promise<Reply>): Promise<void> => {
    const call = { ...incoming, at: world.now(), ms: 0, outcome: 'running' }
    world.calls.push(call)
    const { delayMs, fault } = faults.take(incoming.method, incoming.args)
    const isCut = fault === 'reset' || fault === 'lost'
    const reply = fault === undefined || fault === 'lost' ? await carefully(work) : replyOf(fault, incoming.method)
    if (delayMs > 0) await sleep(delayMs)
    if (isCut) response.socket?.resetAndDestroy()
    else send(response, reply)
    call.outcome = fault === 'lost' ? 'lost' : reply.outcome
    call.ms = world.now() - call.at
    world.changed()
  }
export type Door = ReturnType<typeof createDoor>

/** 429, with the seconds to wait (https://docs.slack.dev/apis/web-api/rate-limits). */
export const limited = (seconds: number): Reply => ({
  outcome: 'ratelimited',
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
})

/** Errors of a response URL have a status of their own, those of the Web API have not. */
const replyOf = (fault: Exclude<Fault, { delayMs: number } | 'lost'>, method: string): Reply => {
  if (fault === 'reset') return { outcome: 'reset', status: 0, body: '' }
  if ('retryAfterSeconds' in fault) return limited(fault.retryAfterSeconds)
  const isAnswer = method === 'response_url'
  if ('error' in fault) {
    const body = { ok: false, error: fault.error, ...fault.more }
    return { outcome: fault.error, status: isAnswer ? 400 : 200, body }
  }
  const { status, body = 'Internal Server Error' } = fault
  return { outcome: `http ${status}`, status, body: isAnswer ? { ok: false, error: body } : body }
}

const carefully = async (work: () => Reply | Promise<Reply>): Promise<Reply> => {
  try {
    return await work()
  } catch (error) {
    const stack = String(error instanceof Error ? error.stack : error)
    return { outcome: `bug in the stand-in: ${error}`, status: 500, body: stack }
  }
}

const send = (response: ServerResponse, { status, body, headers }: Reply) => {
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8', ...headers })
  response.end(isText ? body : JSON.stringify(body))
}
