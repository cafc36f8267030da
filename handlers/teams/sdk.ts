import { PUBLIC, withOverrides } from '@microsoft/teams.api'
import { App, type AppOptions, type HttpRouteHandler, type IPlugin } from '@microsoft/teams.apps'
import type { Effects } from '#src/effects.ts'
import { callError } from './call-error.ts'
import { type Address, type Json, TeamsError, type TeamsPort } from './port.ts'
import { isServiceUrl } from './service-url.ts'
import { createSignatures } from './signatures.ts'
import { standInTokens } from './stand-in-tokens.ts'
import { baseOf } from './thread.ts'

export type SdkSettings = {
  clientId?: string
  clientSecret?: string
  tenantId?: string
  fakeUrl?: string
  playground: boolean
}

export type Sdk = {
  port: TeamsPort
  /** Checks the token of a request and gives its activity to the handler. A forged one comes no further than the published keys. */
  receive: HttpRouteHandler
  /** Gets a token for ourselves, to see whether the credentials are right. Throws {@link TeamsError}. */
  signIn: () => Promise<void>
}

/** What the handler gives back for an activity: the answer of the HTTP request. */
export type Handled = { status: number; body?: unknown }

/** The library of Teams behind the port: it checks tokens, gets ours and speaks to the connector. It opens no port and reads no environment. */
export const openSdk = async (
  settings: SdkSettings,
  handle: (activity: unknown) => Promise<Handled>,
  effects: Pick<Effects, 'ticks'>,
): Promise<Sdk> => {
  const routes: HttpRouteHandler[] = []
  const app = new App({
    ...options(settings, effects),
    httpServerAdapter: { registerRoute: (_method, _path, route) => void routes.push(route) },
  })
  app.use(({ activity }) => handle(activity))
  await app.initialize()
  const isSigned = createSignatures(
    cloudOf(settings).openIdMetadataUrl.replace(/openidconfiguration$/, 'keys'),
    effects,
  )
  return {
    port: portOf(app, settings),
    receive: async request => {
      const token = String(request.headers.authorization).replace(/^Bearer /, '')
      return settings.playground || (await isSigned(token)) ? routes[0]!(request) : forged
    },
    signIn: async () => {
      if (settings.playground) return
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new TeamsError('unsent', { code: 'timeout' })), timeout)
      const token = app.tokenProvider.getAppToken().catch(callError)
      await Promise.race([token, late.promise]).finally(() => clearTimeout(timer))
    },
  }
}

/** Longer than this Teams does not work on a message of ours either; and a managed identity is asked for in vain where there is none. */
const timeout = 15_000

/** Every option is given, for what is left out the library takes from the environment. */
const options = (
  { clientId, clientSecret, tenantId, fakeUrl, playground }: SdkSettings,
  effects: Pick<Effects, 'ticks'>,
): AppOptions<IPlugin> => ({
  clientId: clientId ?? '',
  clientSecret: fakeUrl ? '' : (clientSecret ?? ''),
  tenantId: tenantId ?? '',
  ...(fakeUrl && { token: standInTokens({ fakeUrl, clientId, clientSecret, tenantId }, effects) }),
  // Without a secret the bot is a user-assigned managed identity, which has the id of the bot.
  managedIdentityClientId: clientId ?? '',
  cloud: cloudOf({ fakeUrl }),
  serviceUrl: fakeUrl ?? 'https://smba.trafficmanager.net/teams',
  messagingEndpoint: '/api/messages',
  dangerouslyAllowUnauthenticatedRequests: playground,
  client: { timeout, logger: silent },
  logger: silent,
})

const forged = { status: 401, body: { error: 'bad-token', message: 'This is not signed by the Bot Framework.' } }

const cloudOf = ({ fakeUrl: url }: Pick<SdkSettings, 'fakeUrl'>) =>
  url === undefined
    ? PUBLIC
    : withOverrides(PUBLIC, { loginEndpoint: url, openIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration` })

/** The library logs whole activities and errors of its HTTP client, tokens included. What matters of it comes back as a status or an error. */
const silent: NonNullable<AppOptions<IPlugin>['logger']> = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  trace: () => {},
  log: () => {},
  child: () => silent,
}

const portOf = (app: App, places: SdkSettings): TeamsPort => {
  const conversations = (to: Address) => {
    if (!isServiceUrl(to.serviceUrl, places)) throw new TeamsError('unsent', { code: 'WrongService' })
    return app.api.clone({ serviceUrl: to.serviceUrl }).conversations
  }
  return {
    send: async (to, activity) => {
      const { id } = to.conversation
      const posted = to.only
        ? conversations(to).createTargetedActivity(id, { ...full(to, activity), recipient: targeted(to.only) })
        : conversations(to).createActivity(id, full(to, activity))
      // Teams always gives an id, the playground not for every kind.
      return (await posted.catch(callError))?.id
    },
    update: async (to, messageId, activity) => {
      const { id } = to.conversation
      const params = { ...full(to, activity), id: messageId }
      await (to.only
        ? conversations(to).updateTargetedActivity(id, messageId, params)
        : conversations(to).updateActivity(id, messageId, params)
      ).catch(callError)
    },
    remove: async (to, messageId) => {
      const { id } = to.conversation
      await (to.only
        ? conversations(to).deleteTargetedActivity(id, messageId)
        : conversations(to).deleteActivity(id, messageId)
      ).catch(callError)
    },
    member: async (at, { id }) => {
      // The playground has people of its own invention, all of them members.
      if (places.playground) return { userRole: 'user' }
      if (!/^(?!\.{1,2}$)[\w:;=@.~+-]+$/.test(id)) throw new TeamsError('unsent', { code: 'WrongId' })
      return conversations(at).getMemberById(baseOf(at.conversation.id), encodeURIComponent(id)).catch(callError)
    },
  }
}

const full = ({ bot, conversation }: Address, activity: Json) => ({
  type: 'message' as const,
  ...activity,
  from: { id: bot.id, role: 'bot' as const, name: '' },
  conversation: { id: conversation.id, conversationType: conversation.type },
})

const targeted = ({ id }: { id: string }) => ({ id, name: '', role: 'user' as const, isTargeted: true })
