import { z } from 'zod'
import { type Check, type Finding, fail, ok, warn } from './check.ts'
import { askOnline } from './online.ts'

/** Who the bot says it is, and where it says so: `https://login.microsoftonline.com`, or a stand-in. */
export type TeamsAccess = { clientId: string; clientSecret: string; tenantId: string; loginUrl: string }

/**
 * Whether Entra lets the bot sign in as it does before it answers: a token for the Bot Framework by client credentials. The token is
 * dropped. https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 */
export const teamsWorks = (
  { clientId, clientSecret, tenantId, loginUrl }: TeamsAccess,
  fetch: typeof globalThis.fetch,
): Check => ({
  name: 'Teams sign-in',
  run: async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'https://api.botframework.com/.default',
    })
    const url = `${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`
    const answer = await askOnline('Microsoft Entra', { url, body }, fetch)
    return 'sentence' in answer ? answer : findingOf(answer.status, answer.body)
  },
})

const reply = z.object({ access_token: z.string().optional(), error_description: z.string().optional() })

const findingOf = (status: number, body: unknown): Finding => {
  const { data } = reply.safeParse(body)
  if (data?.access_token) return ok('The bot can sign in.')
  const code = /AADSTS(\d{4,9})/.exec(data?.error_description ?? '')?.[1]
  if (code === undefined)
    return warn(`Microsoft Entra answered ${status}, so nothing was checked there.`, 'Try again in a minute.')
  return (
    known[code] ??
    fail(
      `Microsoft Entra refused the bot (AADSTS${code}).`,
      `See https://login.microsoftonline.com/error?code=${code}.`,
    )
  )
}

const secrets = 'Entra → App registrations → the app → Certificates & secrets'

/** Codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const known: Record<string, Finding | undefined> = {
  '7000215': fail('CLIENT_SECRET is wrong.', `Copy the Value of the secret, not its Secret ID (${secrets}).`),
  '7000222': fail('CLIENT_SECRET has expired.', `Make a new one (${secrets} → New client secret).`),
  '700016': fail(
    'The tenant TENANT_ID has no app CLIENT_ID.',
    'Compare both with Entra → App registrations → the app → Overview.',
  ),
  '90002': fail('There is no tenant TENANT_ID.', 'Copy Directory (tenant) ID from Entra → Overview.'),
  '900023': fail('TENANT_ID is neither an id nor a domain.', 'Copy Directory (tenant) ID from Entra → Overview.'),
  '7000229': fail(
    'The app CLIENT_ID is registered, but has no enterprise application in the tenant.',
    'Make one: az ad sp create --id, with the client id.',
  ),
  '7000112': fail(
    'The app CLIENT_ID is disabled.',
    'Entra → Enterprise applications → the app → Properties → Enabled for users to sign-in.',
  ),
}
