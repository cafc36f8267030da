import OpenAI, { BadRequestError } from 'openai'
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { capped } from './capped.ts'
import type { Completing, ModelReply, ModelRequest, Use } from './complete.ts'
import { failureOf, isTimeout } from './failure.ts'
import { readJson } from './read-json.ts'
import { guarded, type Limits, usualLimits } from './resilience.ts'
import { type Reply, streamed } from './streamed.ts'

export type ModelSettings = {
  apiKey?: string
  /** Any server that speaks the chat completions of OpenAI; absent: OpenAI. */
  baseUrl?: string
  /** The usual model. */
  model: string
  /** Seconds for one try, all of the reply included. Default 45. */
  seconds?: number
  limits?: Partial<Limits>
}

/**
 * One call that came back: what was used, and the value or why there is none. Throws `language/…` when none came back: `language/slow` also when the time
 * of whoever asked is over (a signal that a timeout aborts); `engine/cancelled` when they stopped it.
 */
export type Attempt = <T>(
  request: ModelRequest<T>,
  signal?: AbortSignal,
  hearing?: Hearing,
) => Promise<Omit<ModelReply<T>, 'value'> & ({ value: T } | { problem: ChartroomError })>

export type Hearing = Pick<Completing, 'onText'> & {
  /** Told, with each try, which model is sent how many characters. */
  onSent?: (sent: { model: string; characters: number }) => void
}

/**
 * A language model behind an API like OpenAI's chat completions (OpenAI, Azure's v1 address, vLLM, Ollama, LiteLLM). Servers differ in what they take:
 * what one refuses (a schema for the reply, a temperature, the newer name for the most tokens) it is not sent again.
 */
export const openModel = (
  { apiKey, baseUrl, model: usual, seconds = 45, limits }: ModelSettings,
  effects: Pick<Effects, 'now' | 'ticks' | 'random'>,
): Attempt => {
  const client = new OpenAI({
    apiKey: apiKey ?? 'none',
    baseURL: baseUrl,
    maxRetries: 0,
    timeout: seconds * 1000,
    fetch: capped(mostBytes),
    // Its own log would print questions and keys.
    logLevel: 'off',
  })
  const run = guarded({ ...usualLimits, ...limits }, effects)
  const refused = new Map<string, Set<Nicety>>()
  return async (request, signal, hearing) => {
    const model = request.model ?? usual
    const without = refused.get(model) ?? new Set()
    refused.set(model, without)
    const started = effects.ticks()
    const reply = await run(async inner => {
      const deadline = AbortSignal.any([inner, AbortSignal.timeout(seconds * 1000)])
      try {
        return await send(client, { request, model, without, ...hearing }, deadline)
      } catch (error) {
        throw failureOf(deadline.aborted ? deadline.reason : error, { model, seconds })
      }
    }, signal).catch(error => {
      if (!isTimeout(signal?.reason)) throw error
      throw ChartroomError.of('language/slow', { seconds: Math.round((effects.ticks() - started) / 1000) }, error)
    })
    return { ...readReply(reply, request), use: useOf(reply, { model, ms: Math.round(effects.ticks() - started) }) }
  }
}

/** A reply is a few kilobytes; one without an end would fill the memory. */
const mostBytes = 4_000_000

/** What not every server takes. */
const niceties = ['response_format', 'temperature', 'max_completion_tokens', 'stream_options', 'stream'] as const
type Nicety = (typeof niceties)[number]

type Sending = Hearing & { request: ModelRequest<unknown>; model: string; without: Set<Nicety> }

const send = async (client: OpenAI, sending: Sending, signal: AbortSignal): Promise<Reply> => {
  try {
    const { onText, onSent, model, without } = sending
    onSent?.({ model, characters: sizeOf(bodyOf(sending)) })
    if (onText && !without.has('stream')) {
      const asked = { body: bodyOf(sending), usage: !without.has('stream_options'), onText }
      const reply = await streamed(client, asked, signal)
      if (reply) return reply
      without.add('stream')
    }
    return replyIn(await client.chat.completions.create(bodyOf(sending), { signal }))
  } catch (error) {
    const nicety = refusedBy(error, sending.without)
    if (nicety === undefined) throw error
    sending.without.add(nicety)
    return send(client, sending, signal)
  }
}

const sizeOf = ({ messages, response_format }: ChatCompletionCreateParamsNonStreaming) =>
  JSON.stringify([messages, response_format]).length

/** What a server says that it does not take: by its name, else by its words. */
const refusedBy = (error: unknown, without: ReadonlySet<Nicety>): Nicety | undefined => {
  if (!(error instanceof BadRequestError)) return undefined
  const sent = niceties.filter(nicety => !without.has(nicety))
  return sent.find(n => error.param === n) ?? sent.find(n => error.message.includes(n.split('_')[0]!))
}

const bodyOf = ({ request, model, without }: Sending): ChatCompletionCreateParamsNonStreaming => {
  const { system, messages, schema, temperature, step, most = 2000 } = request
  const shape = z.toJSONSchema(schema, { target: 'draft-7', unrepresentable: 'any' })
  const asked = without.has('response_format')
    ? `${system}\n\nReply with JSON of this schema and nothing else:\n${JSON.stringify(shape)}`
    : system
  return {
    model,
    messages: [{ role: 'system', content: asked }, ...messages],
    ...(!without.has('response_format') && {
      response_format: { type: 'json_schema', json_schema: { name: step, schema: shape, strict: true } },
    }),
    ...(temperature !== undefined && !without.has('temperature') && { temperature }),
    ...(without.has('max_completion_tokens') ? { max_tokens: most } : { max_completion_tokens: most }),
  }
}

const replyIn = ({ choices, usage }: ChatCompletion): Reply => {
  const choice = choices?.[0]
  return {
    ...{ content: String(choice?.message?.content ?? ''), usage },
    declined: Boolean(choice?.message?.refusal) || choice?.finish_reason === 'content_filter',
  }
}

const readReply = <T>(
  { content, declined }: Reply,
  { schema }: ModelRequest<T>,
): { value: T } | { problem: ChartroomError } => {
  if (declined) return { problem: ChartroomError.of('language/declined') }
  const value = readJson(content, schema)
  return value === undefined ? { problem: ChartroomError.of('language/unreadable') } : { value }
}

const useOf = ({ usage }: Reply, { model, ms }: Pick<Use, 'model' | 'ms'>): Use => ({
  model,
  input: usage?.prompt_tokens ?? 0,
  cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
  output: usage?.completion_tokens ?? 0,
  ms,
})
