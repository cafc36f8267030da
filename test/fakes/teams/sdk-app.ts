import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PUBLIC, withOverrides } from '@microsoft/teams.api'
import { App, type HttpRouteHandler, type IHttpServerAdapter } from '@microsoft/teams.apps'
import type { FakeTeams } from './teams.ts'

export type SdkApp = {
  app: App
  /** Messages of the SDK's log, level in front. */
  log: string[]
  stop: () => Promise<void>
}

/**
 * The real SDK over node:http, pointed at the stand-in and connected to it. `setUp` registers handlers before it listens.
 * `token` replaces how the bot gets its own.
 */
export const startSdkApp = async (
  teams: FakeTeams,
  setUp: (app: App) => void,
  token: AskToken = tokenOf(teams),
): Promise<SdkApp> => {
  const log: string[] = []
  const routes = new Map<string, HttpRouteHandler>()
  const adapter: IHttpServerAdapter = { registerRoute: (_, path, handler) => void routes.set(path, handler) }
  const app = new App({
    clientId: teams.world.clientId,
    tenantId: teams.world.tenantId,
    clientSecret: '',
    token,
    cloud: withOverrides(PUBLIC, {
      loginEndpoint: teams.url,
      openIdMetadataUrl: `${teams.url}/v1/.well-known/openidconfiguration`,
    }),
    serviceUrl: teams.serviceUrl,
    httpServerAdapter: adapter,
    logger: loggerTo(log),
  })
  setUp(app)
  await app.initialize()

  const server = createServer(async (request, response) => {
    const handler = routes.get(request.url ?? '')
    const headers = request.headers as Record<string, string | string[]>
    const { status, body } = handler
      ? await handler({ headers, body: JSON.parse(await read(request)) })
      : { status: 404, body: undefined }
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body === undefined ? '' : JSON.stringify(body))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  teams.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
  const stop = async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
  }
  return { app, log, stop }
}

type AskToken = (scope: string | string[]) => Promise<string>

/** Gets a token as MSAL would, and keeps it: the SDK asks a `token` function before every call. */
export const tokenOf = ({ url, world }: FakeTeams): AskToken => {
  let kept: Promise<string> | undefined
  const get = async (scope: string | string[]) => {
    const response = await fetch(`${url}/${world.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: world.clientId,
        client_secret: world.clientSecret,
        scope: String(scope),
      }),
    })
    return ((await response.json()) as { access_token: string }).access_token
  }
  return scope => {
    kept ??= get(scope)
    return kept
  }
}

const loggerTo = (log: string[]) => {
  const note =
    (level: string) =>
    (...parts: unknown[]) =>
      void log.push(`${level} ${parts.map(String).join(' ')}`)
  const logger = {
    error: note('error'),
    warn: note('warn'),
    info: note('info'),
    debug: () => {},
    trace: () => {},
    log: (level: string, ...parts: unknown[]) => void (level !== 'debug' && note(level)(...parts)),
    child: () => logger,
  }
  return logger
}

const read = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
