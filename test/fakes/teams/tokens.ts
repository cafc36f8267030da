import { randomUUID } from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { World } from './world.ts'

/** What can be wrong with the token of a request to the bot. `entra` is a good token of Entra, not of the Bot Framework. */
export type TokenFlaw =
  | 'missing'
  | 'garbage'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'wrong-key'
  | 'unknown-kid'
  | 'hs256'
  | 'unsigned'
  | 'expired'
  | 'not-yet'
  | 'no-serviceurl'
  | 'other-serviceurl'
  | 'entra'
  | 'entra-other-tenant'

export type Tokens = {
  /** Keys of the Bot Framework's token service, as a JWKS. */
  keys: { keys: object[] }
  /** A token that the connector sends along to the bot. Undefined when it is to be missing. */
  forBot: (flaw?: TokenFlaw) => Promise<string | undefined>
  /** A token with which the bot calls the connector. Lives for an hour unless told otherwise, in seconds. */
  forConnector: (lifetime?: number) => Promise<string>
  /** Why a bot's token is not taken, or undefined when it is. */
  refusal: (authorization: string | undefined) => Promise<string | undefined>
}

/** The issuer of every token of the public Bot Framework. https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
export const botFrameworkIssuer = 'https://api.botframework.com'

/** Making keys takes a while: one set for all stand-ins of a process. */
const keys = (() => {
  const make = () => Promise.all([1, 2, 3].map(() => generateKeyPair('RS256', { extractable: true })))
  let made: ReturnType<typeof make> | undefined
  return () => {
    made ??= make()
    return made
  }
})()

const otherTenant = 'f0000000-0000-4000-8000-00000000dead'

/** `url` is where the token service itself is reached, `serviceUrl` the connector's. */
export const createTokens = async (
  world: World,
  { url, serviceUrl }: { url: string; serviceUrl: string },
): Promise<Tokens> => {
  const [real, forged, login] = await keys()
  const kid = 'fake-connector-key'
  const jwk = { ...(await exportJWK(real!.publicKey)), kid, use: 'sig', alg: 'RS256', endorsements: ['msteams'] }
  const publicPem = await exportSPKI(real!.publicKey)

  const good = (): JWTPayload => ({
    iss: botFrameworkIssuer,
    aud: world.clientId,
    serviceurl: serviceUrl,
    iat: now(),
    nbf: now() - 60,
    exp: now() + 3600,
  })
  const withoutUrl = () => {
    const { serviceurl: _, ...rest } = good()
    return rest
  }
  const entra = (tenant: string): JWTPayload => ({
    ...withoutUrl(),
    iss: `${url}/${tenant}/v2.0`,
    tid: tenant,
    sub: randomUUID(),
    ver: '2.0',
  })
  const sign = (payload: JWTPayload, header: { kid?: string } = {}, key = real!.privateKey) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, ...header }).sign(key)

  const made: Record<TokenFlaw, () => Promise<string | undefined>> = {
    missing: async () => undefined,
    garbage: async () => 'not.a.token',
    'wrong-issuer': () => sign({ ...good(), iss: 'https://api.botframework.example' }),
    'wrong-audience': () => sign({ ...good(), aud: '99999999-0000-4000-8000-000000000000' }),
    'wrong-key': () => sign(good(), {}, forged!.privateKey),
    'unknown-kid': () => sign(good(), { kid: 'nobody-knows' }),
    hs256: () =>
      new SignJWT(good()).setProtectedHeader({ alg: 'HS256', kid }).sign(new TextEncoder().encode(publicPem)),
    unsigned: async () => `${part({ alg: 'none', typ: 'JWT', kid })}.${part(good())}.`,
    expired: () => sign({ ...good(), iat: now() - 7200, nbf: now() - 7200, exp: now() - 3600 }),
    'not-yet': () => sign({ ...good(), nbf: now() + 3600, exp: now() + 7200 }),
    'no-serviceurl': () => sign(withoutUrl()),
    'other-serviceurl': () => sign({ ...good(), serviceurl: 'https://smba.example/amer/' }),
    entra: () => sign(entra(world.tenantId)),
    'entra-other-tenant': () => sign(entra(otherTenant)),
  }

  return {
    keys: { keys: [jwk] },
    forBot: flaw => (flaw ? made[flaw]() : sign(good())),
    forConnector: (lifetime = 3600) =>
      new SignJWT({ appid: world.clientId, tid: world.tenantId, ver: '1.0', jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'fake-login-key' })
        .setIssuer(`https://sts.windows.net/${world.tenantId}/`)
        .setAudience(botFrameworkIssuer)
        .setIssuedAt()
        .setExpirationTime(now() + lifetime)
        .sign(login!.privateKey),
    refusal: authorization => refusal(authorization, login!.publicKey),
  }
}

const refusal = async (authorization: string | undefined, key: CryptoKey) => {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
  if (!token) return 'no bearer token'
  try {
    await jwtVerify(token, key, { audience: botFrameworkIssuer, algorithms: ['RS256'] })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

const now = () => Math.floor(Date.now() / 1000)
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
