import { type Finding, warn } from './check.ts'

/** An answer of a service. `body` is whatever JSON it sent. */
export type Reply = { status: number; headers: Headers; body: unknown }

/**
 * Asks a service and gives its answer, or a warning when it cannot be reached or is not itself: offline is no fault of the settings.
 * `who` is the service as people know it. No redirect is followed, so that a token goes nowhere else.
 */
export const askOnline = async (
  who: string,
  request: { url: string; headers?: Record<string, string>; body: URLSearchParams },
  fetch: typeof globalThis.fetch,
): Promise<Reply | Finding> => {
  const { url, headers, body } = request
  try {
    const init = { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(patience) } as const
    const response = await fetch(url, init)
    return { status: response.status, headers: response.headers, body: await response.json() }
  } catch {
    return warn(
      `${who} could not be reached, so nothing was checked there.`,
      'Try again with a connection; a proxy or firewall must let it through.',
    )
  }
}

/** Less than what the doctor waits for a check. */
const patience = 10_000
