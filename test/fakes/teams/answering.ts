import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Ask, Connector } from './connector.ts'
import { failure, type Reply } from './errors.ts'
import type { Files } from './files.ts'
import type { Limits } from './limits.ts'
import { answerLogin } from './login.ts'
import { type Operation, type Script, scriptedReply } from './script.ts'
import type { Tokens } from './tokens.ts'
import type { Json, Place, World } from './world.ts'

/** A request of the bot, with what became of it. */
export type Call = {
  operation: Operation | 'unknown'
  method: string
  path: string
  query: Record<string, string>
  body: Json
  conversation?: Place
  /** What was answered; 0 when the connection was cut. */
  status: number
  error?: { code: string; message: string }
  at: number
}

/** Everything that the two services need to answer. */
export type Services = {
  world: World
  tokens: Tokens
  connector: Connector
  script: Script
  limits: Limits | undefined
  calls: Call[]
  files: Files
  /** Told whenever somebody asks for the public keys. */
  onKeys: () => void
  now: () => number
}

/** Answers one request to the token service or the connector, as scripted or as Teams would. */
export const answer = async (services: Services, request: IncomingMessage, response: ServerResponse) => {
  try {
    await answerRequest(services, request, response)
  } catch (error) {
    write(response, failure('ServiceError', `The stand-in failed: ${(error as Error).message}`))
  }
}

const answerRequest = async (services: Services, request: IncomingMessage, response: ServerResponse) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (services.files.answer(pathname, request.headers, response)) return
  const text = await readBody(request)
  const path = pathname.replace(/^\/amer/, '')
  const token = await answerLogin(services, { method: request.method ?? 'GET', path: pathname, text })
  if (token) return write(response, token)
  const ask: Ask = { method: request.method ?? 'GET', path, query: searchParams, body: readJson(text) }
  const refusal = await services.tokens.refusal(request.headers.authorization)
  await answerCall(services, ask, { response, refusal })
}

const answerCall = async (
  services: Services,
  ask: Ask,
  { response, refusal }: { response: ServerResponse; refusal: string | undefined },
) => {
  const operation = services.connector.operation(ask)
  const scripted = operation && services.script.take(operation)
  const place = services.connector.conversation(ask)?.place
  const call: Call = {
    operation: operation ?? 'unknown',
    method: ask.method,
    path: ask.path,
    query: Object.fromEntries(ask.query),
    body: ask.body,
    ...(place && { conversation: place }),
    status: 0,
    at: services.now(),
  }
  services.calls.push(call)
  if (scripted?.delay) await wait(scripted.delay)
  if (scripted && 'reset' in scripted) return response.socket?.resetAndDestroy()
  const reply = refusal
    ? failure('Unauthorized', refusal)
    : ((scripted && scriptedReply(scripted)) ?? usual(services, ask))
  if (scripted && 'lost' in scripted) return response.socket?.resetAndDestroy()
  call.status = reply.status
  if (reply.status >= 400) call.error = (reply.body as { error: { code: string; message: string } }).error
  write(response, reply)
}

const reading: readonly (Operation | undefined)[] = ['members', 'team']

/** What Teams would say: its limits first. */
const usual = ({ connector, limits, now }: Services, ask: Ask): Reply => {
  const operation = connector.operation(ask)
  const kind = reading.includes(operation) ? 'read' : 'send'
  const seconds = limits?.wait(kind, connector.conversation(ask)?.id ?? 'new', now())
  return seconds === undefined
    ? connector.answer(ask)
    : failure('Throttled', undefined, { 'retry-after': String(seconds) })
}

const readBody = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const readJson = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}

const write = (response: ServerResponse, { status, body, headers }: Reply) => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}
