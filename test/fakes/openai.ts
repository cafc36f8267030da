import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** What was asked of the model, as the server got it. */
export type ModelCall = {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { type: string; json_schema?: { name: string; strict?: boolean; schema: JsonSchema } }
  temperature?: number
  max_tokens?: number
  max_completion_tokens?: number
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  authorization: string | undefined
}

type JsonSchema = {
  type?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: unknown
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

/** How the server answers a call. */
export type Scripted =
  /** `whole`: in one piece, though bits were asked for. */
  | { json: unknown; usage?: { input?: number; cached?: number; output?: number }; whole?: boolean }
  | { text: string; finish?: 'stop' | 'length' | 'content_filter' }
  /** Bits of a reply, each sent when what stands before it has come to pass. */
  | { bits: readonly (string | Promise<unknown>)[] }
  | { refusal: string }
  | { status: number; headers?: Record<string, string>; message?: string; param?: string }
  /** The connection is cut before, or in the middle of, a reply. */
  | { cut: 'before' | 'within' }
  /** Nothing comes, or a reply without an end. */
  | { hang: 'silent' | 'endless' | 'flood' }

export type FakeOpenAi = {
  /** For `OPENAI_BASE_URL`. */
  url: string
  calls: ModelCall[]
  close: () => Promise<void>
}

/**
 * A server that speaks chat completions, with replies from a script. It refuses what the real one refuses: no model, no messages, a strict schema
 * with optional or further keys (https://platform.openai.com/docs/guides/structured-outputs).
 */
export const openFakeOpenAi = async (
  script: (call: ModelCall, nth: number) => Scripted | Promise<Scripted>,
): Promise<FakeOpenAi> => {
  const calls: ModelCall[] = []
  const server = createServer(async (request, response) => {
    const call = await readCall(request)
    calls.push(call)
    const objection = objectionTo(call)
    await play(objection ?? (await script(call, calls.length - 1)), { call, response })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const readCall = async (request: IncomingMessage): Promise<ModelCall> => ({
  ...((await json(request)) as Omit<ModelCall, 'authorization'>),
  authorization: request.headers.authorization,
})

const objectionTo = (call: ModelCall): Scripted | undefined => {
  if (!call.model) return { status: 400, message: 'you must provide a model parameter', param: 'model' }
  if (!Array.isArray(call.messages) || call.messages.length === 0)
    return { status: 400, message: 'messages is empty', param: 'messages' }
  const format = call.response_format?.json_schema
  const problem = format?.strict ? strictProblem(format.schema) : undefined
  return problem === undefined
    ? undefined
    : {
        status: 400,
        message: `Invalid schema for response_format '${format?.name}': ${problem}`,
        param: 'response_format',
      }
}

const strictProblem = (schema: JsonSchema): string | undefined => {
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties ?? {})
    if (schema.additionalProperties !== false)
      return "'additionalProperties' is required to be supplied and to be false"
    const missing = names.find(name => !schema.required?.includes(name))
    if (missing !== undefined) return `'required' is required to include every key in properties. Missing '${missing}'`
  }
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ]
  return inner.map(strictProblem).find(problem => problem !== undefined)
}

type Stage = { call: ModelCall; response: ServerResponse }

const play = async (scripted: Scripted, { call, response }: Stage): Promise<void> => {
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(body))
  }
  if ('status' in scripted) {
    const { status, headers, message = 'no', param = null } = scripted
    return send(status, { error: { message, param, type: 'error', code: null } }, headers)
  }
  if ('cut' in scripted) {
    if (scripted.cut === 'before') return void response.destroy()
    response.writeHead(200, {
      'content-type': call.stream ? 'text/event-stream' : 'application/json',
      'content-length': '1000',
    })
    response.write(call.stream ? 'data: {"choices": [{"delta": {"content": "{"}}]}\n\ndata: {"cho' : '{"id": "chatcmpl')
    setTimeout(() => response.destroy(), 20)
    return
  }
  if ('hang' in scripted) return hang(scripted.hang, response)
  if (call.stream && !('whole' in scripted)) return stream(scripted, { call, response })
  if ('refusal' in scripted) return send(200, completion(call, { content: null, refusal: scripted.refusal }))
  if ('text' in scripted) return send(200, completion(call, { content: scripted.text }, scripted.finish))
  if ('bits' in scripted) {
    await Promise.all(scripted.bits)
    return send(200, completion(call, { content: scripted.bits.filter(bit => typeof bit === 'string').join('') }))
  }
  const usage = usageOf(scripted.usage)
  send(200, { ...completion(call, { content: JSON.stringify(scripted.json) }), usage })
}

const usageOf = ({
  input = 100,
  cached = 0,
  output = 20,
}: {
  input?: number
  cached?: number
  output?: number
} = {}) => ({
  ...{ prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  prompt_tokens_details: { cached_tokens: cached },
})

type Told = Exclude<Scripted, { status: number } | { cut: unknown } | { hang: unknown }>

/** The reply in bits of 20 letters as server-sent events, what was used in the last one if that was asked for (https://platform.openai.com/docs/api-reference/chat-streaming). */
const stream = async (scripted: Told, { call, response }: Stage): Promise<void> => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const common = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: call.model }
  const send = (chunk: object) => response.write(`data: ${JSON.stringify({ ...common, ...chunk })}\n\n`)
  const delta = (part: object, finish: string | null = null) =>
    send({ choices: [{ index: 0, delta: part, finish_reason: finish }] })
  const text = 'json' in scripted ? JSON.stringify(scripted.json) : 'text' in scripted ? scripted.text : ''
  const bits = 'bits' in scripted ? scripted.bits : (text.match(/[\s\S]{1,20}/g) ?? [])
  if ('refusal' in scripted) delta({ refusal: scripted.refusal })
  for (const bit of bits) {
    if (typeof bit === 'string') delta({ content: bit })
    else await bit
  }
  delta({}, ('finish' in scripted ? scripted.finish : undefined) ?? 'stop')
  if (call.stream_options?.include_usage)
    send({ choices: [], usage: usageOf('usage' in scripted ? scripted.usage : undefined) })
  response.end('data: [DONE]\n\n')
}

const completion = ({ model }: ModelCall, message: object, finish = 'stop') => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 0,
  model,
  choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason: finish }],
  usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
})

/** `endless` sends a space now and then; `flood` as much as is taken. Both until the client has gone. */
const hang = (how: 'silent' | 'endless' | 'flood', response: ServerResponse): void => {
  if (how === 'silent') return
  response.writeHead(200, { 'content-type': 'application/json' })
  if (how === 'endless') {
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
    return
  }
  const chunk = Buffer.alloc(64 * 1024, ' ')
  const pour = () => {
    if (!response.destroyed) response.write(chunk, error => (error ? undefined : setImmediate(pour)))
  }
  pour()
}
