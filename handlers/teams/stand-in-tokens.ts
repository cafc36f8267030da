import type { Effects } from '#src/effects.ts'

type Credentials = { fakeUrl: string; clientId?: string; clientSecret?: string; tenantId?: string }

/** A minute before a token runs out a new one is got. */
const margin = 60_000

/** Tokens of the stand-in, asked for as of Entra and kept while they are good; the library that does it for Entra takes no http address. */
export const standInTokens = (credentials: Credentials, { ticks }: Pick<Effects, 'ticks'>) => {
  let kept: { token: string; until: number } | undefined
  return async (scope: string | string[]): Promise<string> => {
    if (kept && kept.until > ticks()) return kept.token
    const { access_token: token, expires_in: seconds } = await askToken(credentials, String(scope))
    kept = { token, until: ticks() + seconds * 1000 - margin }
    return token
  }
}

const askToken = async ({ fakeUrl, clientId, clientSecret, tenantId }: Credentials, scope: string) => {
  const form = { client_id: clientId ?? '', client_secret: clientSecret ?? '', scope, grant_type: 'client_credentials' }
  const response = await fetch(`${fakeUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  }).catch(() => undefined)
  if (!response || response.status >= 500) throw failed('network_error')
  if (!response.ok) throw failed('invalid_client')
  return (await response.json()) as { access_token: string; expires_in: number }
}

/** Named as by the library that signs in at Entra. */
const failed = (errorCode: string) => Object.assign(new Error('no token'), { errorCode })
