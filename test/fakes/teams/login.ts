import type { Reply } from './errors.ts'
import type { createScript } from './script.ts'
import { scriptedReply } from './script.ts'
import { botFrameworkIssuer, type Tokens } from './tokens.ts'
import type { World } from './world.ts'

type Parts = { world: World; tokens: Tokens; script: ReturnType<typeof createScript>; onKeys?: () => void }
type TokenAsk = { method: string; path: string; text: string }

/**
 * The OpenID metadata and keys of the Bot Framework, keys of Entra, and the endpoint where the bot gets its own token.
 * Undefined when the request is for something else.
 */
export const answerLogin = async (parts: Parts, ask: TokenAsk): Promise<Reply | undefined> => {
  const { method, path, text } = ask
  if (method === 'GET' && path.endsWith('/.well-known/openidconfiguration'))
    return { status: 200, body: { issuer: botFrameworkIssuer, jwks_uri: '/v1/.well-known/keys' } }
  if (method === 'GET' && (path === '/v1/.well-known/keys' || path.endsWith('/discovery/v2.0/keys'))) {
    const scripted = parts.script.take('keys')
    parts.onKeys?.()
    return (scripted && scriptedReply(scripted)) ?? { status: 200, body: parts.tokens.keys }
  }
  const tenant = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1]
  if (method !== 'POST' || tenant === undefined) return undefined
  const scripted = parts.script.take('token')
  return (scripted && scriptedReply(scripted)) ?? grant(parts, tenant, new URLSearchParams(text))
}

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#get-a-token */
const grant = async ({ world, tokens }: Parts, tenant: string, form: URLSearchParams): Promise<Reply> => {
  if (tenant !== world.tenantId) return refused('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`)
  if (form.get('grant_type') !== 'client_credentials')
    return refused('unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.')
  if (form.get('client_id') !== world.clientId)
    return refused('unauthorized_client', 'AADSTS700016: Application was not found in the directory.')
  if (form.get('client_secret') !== world.clientSecret)
    return { ...refused('invalid_client', 'AADSTS7000215: Invalid client secret provided.'), status: 401 }
  if (form.get('scope') !== `${botFrameworkIssuer}/.default`)
    return refused('invalid_scope', 'AADSTS70011: The provided value for scope is not valid.')
  const access_token = await tokens.forConnector()
  return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token } }
}

const refused = (error: string, error_description: string): Reply => ({
  status: 400,
  body: { error, error_description },
})
