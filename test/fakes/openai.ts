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
  | { json: unknown; usage?: { input?: number; cached?: number; output?: number } }
  | { text: string; finish?: 'stop' | 'length' | 'content_filter' }
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
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"id": "chatcmpl')
    setTimeout(() => response.destroy(), 20)
    return
  }
  if ('hang' in scripted) return hang(scripted.hang, response)
  if ('refusal' in scripted) return send(200, completion(call, { content: null, refusal: scripted.refusal }))
  if ('text' in scripted) return send(200, completion(call, { content: scripted.text }, scripted.finish))
  const { input = 100, cached = 0, output = 20 } = scripted.usage ?? {}
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  }
  send(200, { ...completion(call, { content: JSON.stringify(scripted.json) }), usage })
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
