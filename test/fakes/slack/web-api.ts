import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults } from './faults.ts'
import { agents } from './methods/agents.ts'
import { apps, type BareMethod } from './methods/apps.ts'
import { chat } from './methods/chat.ts'
import { files } from './methods/files.ts'
import { type Caller, type Method, needScope } from './methods/method.ts'
import { people } from './methods/people.ts'
import { stream } from './methods/stream.ts'
import { views } from './methods/views.ts'
import type { RateLimits } from './rate-limits.ts'
import { Refusal, refuse } from './refusal.ts'
import type { Json, World } from './world.ts'

type Tools = { world: World; faults: Faults; limits: RateLimits; origin: () => string; socketUrl: () => string }
type Request = { method: string; args: Json; token?: string }

/** Answers calls of `/api/<method>` as Slack does, and writes each of them down. */
export const createWebApi = ({ world, faults, limits, origin, socketUrl }: Tools) => {
  const methods: Record<string, Method> = { ...chat, ...stream, ...files(origin), ...views, ...agents, ...people }
  const bare: Record<string, BareMethod> = apps(socketUrl)

  const run = async ({ method, args, token }: Request, send: Send): Promise<void> => {
    if (bare[method]) return send.ok(bare[method].run(args, world, token))
    const found = methods[method] ?? refuse('unknown_method', { req_method: method })
    const caller = callerOf(world, token)
    const seconds = limits.secondsToWait(method, found, { args, team: caller.team.id })
    if (seconds > 0) return send.limited(seconds)
    needScope(caller, found.scope)
    return send.ok(await found.run(args, caller), { 'x-oauth-scopes': caller.scopes.join(',') })
  }

  return async (
    { method, args: { token: inBody, ...args }, token = String(inBody ?? '') || undefined }: Request,
    response: ServerResponse,
  ) => {
    const team = [...world.teams.values()].find(t => t.tokens.some(grant => grant.token === token))?.id
    const call = { method, team, token, args, at: world.now(), ms: 0, outcome: 'running' }
    world.calls.push(call)
    const { delayMs, fault } = faults.take(method, args)
    const send = sender(response, { delayMs, lost: fault === 'lost' })
    if (fault === 'reset') send.reset()
    else if (fault && fault !== 'lost') await send.fault(fault)
    else await run({ method, args, token }, send).catch(error => send.refused(error))
    call.outcome = send.outcome()
    call.ms = world.now() - call.at
    world.changed()
  }
}

const callerOf = (world: World, token: string | undefined): Caller => {
  if (token === undefined) return refuse('not_authed')
  for (const team of world.teams.values()) {
    const grant = team.tokens.find(g => g.token === token)
    if (grant && grant.state !== 'active') return refuse(grant.state)
    if (grant) return { world, team, token, scopes: grant.scopes }
  }
  return refuse('invalid_auth')
}

type Send = ReturnType<typeof sender>

/** Ways to end a call. What is lost has happened, but nobody hears of it. */
const sender = (response: ServerResponse, { delayMs, lost }: { delayMs: number; lost: boolean }) => {
  let outcome = ''
  const reset = (why: string) => {
    outcome = why
    response.socket?.resetAndDestroy()
  }
  const write = async (status: number, body: string | Json, headers: Record<string, string> = {}) => {
    if (delayMs > 0) await sleep(delayMs)
    if (lost) return reset('lost')
    const isText = typeof body === 'string'
    response.writeHead(status, {
      'content-type': isText ? 'text/plain' : 'application/json; charset=utf-8',
      ...headers,
    })
    response.end(isText ? body : JSON.stringify(body))
  }
  const end = (name: string, ...answer: Parameters<typeof write>) => {
    outcome = name
    return write(...answer)
  }
  return {
    outcome: () => outcome,
    reset: () => reset('reset'),
    ok: (result: Json, headers?: Record<string, string>) => end('ok', 200, { ok: true, ...result }, headers),
    limited: (seconds: number) =>
      end('ratelimited', 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }),
    refused: (error: unknown) =>
      error instanceof Refusal
        ? end(error.code, 200, { ok: false, error: error.code, ...error.more })
        : end(`bug in the stand-in: ${error}`, 500, String(error instanceof Error ? error.stack : error)),
    fault(fault: { error: string; more?: Json } | { status: number; body?: string } | { retryAfterSeconds: number }) {
      if ('error' in fault) return end(fault.error, 200, { ok: false, error: fault.error, ...fault.more })
      if ('status' in fault) return end(`http ${fault.status}`, fault.status, fault.body ?? 'Internal Server Error')
      return this.limited(fault.retryAfterSeconds)
    },
  }
}

/** The token of `Authorization: Bearer`, or the client id and secret of `Basic` as arguments. */
export const credentialsOf = (authorization: string | undefined): { token?: string; args: Json } => {
  const [scheme, value = ''] = (authorization ?? '').split(' ')
  if (scheme === 'Bearer') return { token: value || undefined, args: {} }
  if (scheme !== 'Basic') return { args: {} }
  const [client_id, client_secret] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return { args: { client_id, client_secret } }
}
