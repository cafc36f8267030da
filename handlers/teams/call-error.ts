import { TeamsError } from './port.ts'

/**
 * Throws what is left of an error of the SDK once everything secret is gone: its HTTP client keeps the request with the token in it.
 * Without an answer of Teams it depends on how far the call got.
 */
export const callError = (error: unknown): never => {
  const { response, code } = error as { response?: Response; code?: string }
  if (response) throw refusal(response)
  if (code !== undefined && neverSent.has(code)) throw new TeamsError('unsent', { code })
  // Errors of the library that gets tokens, and bugs: nothing has been sent.
  if (!isOfHttpClient(error)) throw new TeamsError('unsent', { code: wordOf(error) })
  throw new TeamsError('unclear', { code })
}

type Response = { status: number; headers?: unknown; data?: unknown }

const refusal = ({ status, headers, data }: Response) =>
  new TeamsError('refused', { status, code: codeOf(data), afterMs: afterMs(headers) })

/** The connection was not even opened. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED'])

const isOfHttpClient = (error: unknown) => (error as { isAxiosError?: boolean }).isAxiosError === true

const codeOf = (data: unknown) => {
  const code = (data as { error?: { code?: unknown } } | null | undefined)?.error?.code
  return typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : undefined
}

const wordOf = (error: unknown) => {
  const { errorCode, name } = error as { errorCode?: unknown; name?: unknown }
  return [errorCode, name].find((word): word is string => typeof word === 'string' && /^\w{1,80}$/.test(word))
}

/** Seconds, as the platform writes it; a date is not used there. */
const afterMs = (headers: unknown) => {
  const after = Number((headers as Record<string, unknown> | undefined)?.['retry-after'] ?? Number.NaN)
  return Number.isFinite(after) && after >= 0 ? after * 1000 : undefined
}
