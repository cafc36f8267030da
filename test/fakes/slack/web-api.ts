import { type Incoming, limited, type Reply } from './door.ts'
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

type Tools = { world: World; limits: RateLimits; origin: () => string; socketUrl: () => string }

/** Answers calls of `/api/<method>` as Slack does. */
export const createWebApi = ({ world, limits, origin, socketUrl }: Tools) => {
  const methods: Record<string, Method> = { ...chat, ...stream, ...files(origin), ...views, ...agents, ...people }
  const bare: Record<string, BareMethod> = apps(socketUrl)

  const run = async ({ method, args, token }: Incoming): Promise<Reply> => {
    if (bare[method]) return done(bare[method].run(args, world, token))
    const found = methods[method] ?? refuse('unknown_method', { req_method: method })
    const caller = callerOf(world, token)
    const seconds = limits.secondsToWait(method, found, { args, team: caller.team.id })
    if (seconds > 0) return limited(seconds)
    needScope(caller, found.scope)
    return done(await found.run(args, caller), { 'x-oauth-scopes': caller.scopes.join(',') })
  }

  return (call: Incoming): Promise<Reply> => run(call).catch(refused)
}

/** The workspace that a token belongs to. */
export const teamOfToken = (world: World, token: string | undefined): string | undefined =>
  [...world.teams.values()].find(team => team.tokens.some(grant => grant.token === token))?.id

/** The token of `Authorization: Bearer`, or the client id and secret of `Basic` as arguments. */
export const credentialsOf = (authorization: string | undefined): { token?: string; args: Json } => {
  const [scheme, value = ''] = (authorization ?? '').split(' ')
  if (scheme === 'Bearer') return { token: value || undefined, args: {} }
  if (scheme !== 'Basic') return { args: {} }
  const [client_id, client_secret] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return { args: { client_id, client_secret } }
}

const done = (result: Json, headers?: Record<string, string>): Reply => ({
  outcome: 'ok',
  status: 200,
  body: { ok: true, ...result },
  headers,
})

const refused = (error: unknown): Reply => {
  if (!(error instanceof Refusal)) throw error
  return { outcome: error.code, status: 200, body: { ok: false, error: error.code, ...error.more } }
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
