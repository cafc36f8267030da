import { refuse } from './refusal.ts'
import type { Json } from './world.ts'

/** Arguments of a call as values. Fields of a form that hold JSON are read; what should be JSON and is not is left as text. */
export const readArguments = (contentType: string, body: string, search: URLSearchParams): Json => {
  const fromUrl = fromForm(search)
  if (contentType.startsWith('application/json')) return { ...fromUrl, ...asObject(parseJson(body)) }
  return { ...fromUrl, ...fromForm(new URLSearchParams(body)) }
}

/** A text argument; numbers and booleans of a form are texts too. Undefined when it is not there or empty. */
export const textOf = (args: Json, name: string): string | undefined => {
  const value = args[name]
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** A text argument that must be there. */
export const needText = (args: Json, name: string): string => textOf(args, name) ?? missing(name)

/** `true`, `1` and their like. */
export const flagOf = (args: Json, name: string): boolean => ['true', '1'].includes(textOf(args, name) ?? '')

/** A list argument; `code` when it is something else. */
export const listOf = (args: Json, name: string, code: string): unknown[] | undefined => {
  const value = args[name]
  if (value === undefined || value === null || value === '') return undefined
  return Array.isArray(value) ? value : refuse(code)
}

/** An object, or an empty one when the value is none. */
export const asObject = (value: unknown): Json => (isObject(value) ? value : {})

/** Whether a value is an object with names, and no list. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a JSON text means; undefined when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const jsonFields = new Set([
  'blocks',
  'attachments',
  'files',
  'chunks',
  'view',
  'prompts',
  'unfurls',
  'metadata',
  'loading_messages',
  'user_auth_blocks',
])

const fromForm = (form: URLSearchParams): Json =>
  Object.fromEntries([...form].map(([name, text]) => [name, jsonFields.has(name) ? (parseJson(text) ?? text) : text]))

const missing = (name: string): never =>
  refuse('invalid_arguments', { response_metadata: { messages: [`[ERROR] missing required field: ${name}`] } })
