import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.ts'
import { ChartroomError } from './vocabulary/errors.ts'

/**
 * The log: one JSON object a line on stderr. Whatever an error of a library carries, no token, signed address or answer address of a chat
 * gets into it; what people asked is never passed in.
 */
export const createLog = (level: Config['logLevel'], to: DestinationStream = pino.destination(2)): Logger =>
  pino({ level, base: undefined, serializers: { err: errorLine }, formatters: { log: scrubbedTexts } }, to)

const deepest = 4

/** An error and what caused it, without the further fields that libraries hang on errors: they hold requests, headers and answers. */
const errorLine = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return { message: scrub(String(error)) }
  const { cause } = error
  const message = saidOf(error)
  return {
    type: error.name,
    ...(error instanceof ChartroomError ? { code: error.code } : {}),
    message: scrub(message),
    stack: error.stack && scrub(error.stack.replace(error.message, () => message)),
    ...(cause === undefined || depth >= deepest ? {} : { cause: errorLine(cause, depth + 1) }),
  }
}

/** The sentences of some codes hold what people call their files and data; of those the code has to do. */
const saidOf = (error: Error): string =>
  error instanceof ChartroomError && /^(file|source|dataset|domain|input)\//.test(error.code)
    ? error.code
    : error.message

const scrubbedTexts = (entry: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, typeof value === 'string' ? scrub(value) : value]),
  )

const secrets: [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app)-[\w-]+/g, '[token]'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  [/https?:\/\/(?:hooks|files)\.slack\.com\/[^\s"']*/g, '[address]'],
  [/([?&](?:sig|token|code|state|secret|key)=)[^\s&"']+/gi, '$1[secret]'],
]

/** A text without tokens and without addresses that work for whoever has them. */
export const scrub = (text: string): string => secrets.reduce((t, [pattern, by]) => t.replace(pattern, by), text)
