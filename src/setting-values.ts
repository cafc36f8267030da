import { z } from 'zod'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** A whole number in digits, within bounds. */
export const whole = (from: number, to: number) => {
  const error = `must be a whole number from ${grouped(from)} to ${grouped(to)}`
  return z
    .string()
    .regex(/^\d{1,15}$/, error)
    .transform(Number)
    .refine(n => n >= from && n <= to, error)
}
const grouped = (n: number) => n.toLocaleString('en-US')

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text) &&
  text >= '1970-01-01' &&
  text <= '2199-12-31'
/** A calendar day as `YYYY-MM-DD`. */
export const day = z.string().refine(isDay, 'must be a day from 1970 to 2199 such as 2023-01-31')

/** A path; nothing expands a "~" here. */
export const path = z
  .string()
  .refine(text => !text.startsWith('~'), 'must be a path without "~", which is not expanded here')
/** A text; an empty one counts as not set. */
export const optional = z.string().transform(text => text || undefined)
export const optionalUrl = optional.refine(
  text => text === undefined || isHttpUrl(text),
  'must be a URL that starts with http',
)
export const postgresUrl = optional.refine(
  text => text === undefined || /^postgres(ql)?:\/\/./.test(text),
  'must be an address such as postgres://user:password@host/database',
)
/** Where others reach us: https, and no path. */
export const httpsOrigin = optional.refine(
  text =>
    text === undefined || (isHttpUrl(text) && new URL(text).protocol === 'https:' && new URL(text).pathname === '/'),
  'must be an https address without a path, such as https://bot.example.com',
)
const isHttpUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
/** 32 secret bytes. */
export const key = optional
  .refine(
    text => text === undefined || keyBytes(text).length === 32,
    'must be 32 bytes as base64 or 64 hexadecimal digits, such as `openssl rand -base64 32` gives',
  )
  .transform(text => (text === undefined ? undefined : keyBytes(text)))
const keyBytes = (text: string) => new Uint8Array(Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
export const flag = z.enum(['true', 'false'], 'must be true or false').transform(text => text === 'true')
/** A token that begins as its kind does. */
export const token = (prefix: string) =>
  optional.refine(text => text === undefined || text.startsWith(prefix), `must start with ${prefix}`)
export const logLevel = z
  .string()
  .toLowerCase()
  .pipe(z.enum(logLevels, `must be one of ${logLevels.join(', ')}`))
/** An amount of US dollars; an empty one is no limit. */
export const dollars = optional
  .refine(
    text => text === undefined || /^\d{1,9}(\.\d{1,4})?$/.test(text),
    'must be an amount of US dollars such as 2.50',
  )
  .transform(text => (text === undefined ? undefined : Number(text)))
/** A secret that nobody guesses. */
export const secretText = optional.refine(
  text => text === undefined || text.length >= 16,
  'must have at least 16 characters',
)
