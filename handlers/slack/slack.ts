import { App, AuthorizationError, LogLevel, type Receiver } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import type { Config } from '#src/config.ts'
import type { Effects } from '#src/effects.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Platform, PublicRoute } from '../chat/platform.ts'
import { createSeats } from '../chat/seats.ts'
import { type Authorize, authorizeOne } from './authorize.ts'
import { CallError, toCallError } from './call-error.ts'
import { createCalls } from './calls.ts'
import { goAroundAll } from './catch-all.ts'
import { hearClicks } from './clicks.ts'
import { hearCommands } from './commands.ts'
import { hearDirectMessages } from './direct-messages.ts'
import { createEdits } from './edits.ts'
import { hearHome } from './home.ts'
import { openHttp } from './http.ts'
import { botTokenOf, createInstaller } from './installations.ts'
import { createLatest } from './latest.ts'
import { hearLifecycle } from './lifecycle.ts'
import { libraryLog, noLog } from './log.ts'
import { hearMentions } from './mentions.ts'
import { type ClientOf, createNotes } from './note.ts'
import { createPeople } from './people.ts'
import { createPictures } from './pictures.ts'
import { createShared } from './sharing.ts'
import { hearShortcuts } from './shortcuts.ts'
import { filesOriginOf } from './slack-file.ts'
import type { Slack, SlackParts } from './slack-parts.ts'
import { openSocket } from './socket.ts'
import { hearStop } from './stop.ts'
import { hearViews } from './views.ts'

export type SlackSettings = Config['slack'] & { publicUrl?: string }

/**
 * Slack, over Socket Mode when there is an app token and over signed HTTP otherwise; for the workspace of the bot token, or for all that install
 * the app. It opens no port: what Slack calls over HTTP are routes for the public listener. Throws `chat/settings`; `start` throws `chat/credentials`
 * or `chat/unreachable`.
 */
export const connectSlack = (settings: SlackSettings, parts: SlackParts, effects: Effects): Platform => {
  const calls = createCalls(parts, effects)
  const slack: Slack = {
    parts,
    effects,
    calls,
    people: createPeople({ calls, parts }, effects),
    filesOrigin: filesOriginOf(settings.apiUrl),
    readers: createSeats({ count: filesAtOnce }),
    pictures: createPictures(),
    edits: createEdits(),
    latest: createLatest(),
    shared: createShared(),
  }
  const who = whoMay(settings, parts)
  const door = openDoor(settings, slack)
  hearAll(newApp(door.receiver, who.authorize, { slack, apiUrl: settings.apiUrl }), slack)
  return {
    name: 'slack',
    routes: [...door.routes, ...who.routes],
    start: async () => {
      await who.learn(slack).catch(refusal)
      await door.open().catch(refusal)
    },
    stop: async () => {
      await door.close()
      setTimeout(slack.calls.hurry, graceMs).unref()
    },
    tell: createNotes(slack, who.clientOf),
  }
}

/** Files that are fetched and read at once; others wait. */
const filesAtOnce = 2

type WhoMay = {
  authorize: Authorize
  learn: (slack: Slack) => Promise<void>
  clientOf: ClientOf
  routes: PublicRoute[]
}

const whoMay = ({ botToken, clientId, clientSecret, apiUrl, publicUrl }: SlackSettings, parts: SlackParts): WhoMay => {
  if (botToken) {
    const { authorize, learn, clientOf } = authorizeOne(botToken, clientOptionsFor(apiUrl))
    return { authorize, learn: ({ calls }) => learn(calls), clientOf, routes: [] }
  }
  if (!clientId || !clientSecret) throw missing('SLACK_BOT_TOKEN, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET')
  if (!publicUrl) throw missing('PUBLIC_URL, where people come back to when they install the app')
  const { installer, routes } = createInstaller({ clientId, clientSecret, apiUrl, publicUrl }, parts)
  const clientOf: ClientOf = async tenant =>
    new WebClient(await botTokenOf(tenant, parts.installations), clientOptionsFor(apiUrl))
  return { authorize: source => installer.authorize(source), learn: async () => undefined, clientOf, routes }
}

type Door = { receiver: Receiver; routes: PublicRoute[]; open: () => Promise<void>; close: () => Promise<void> }

const openDoor = ({ appToken, signingSecret, apiUrl }: SlackSettings, slack: Slack): Door => {
  if (appToken) return { ...openSocket(slack, { appToken, apiUrl }), routes: [] }
  if (!signingSecret) throw missing('SLACK_APP_TOKEN or SLACK_SIGNING_SECRET')
  const { receiver, route, close } = openHttp(slack, signingSecret)
  return { receiver, routes: [route], open: async () => undefined, close: async () => close() }
}

const missing = (names: string) =>
  ChartroomError.of('chat/settings', { platform: 'Slack', problem: `it needs ${names}` })

const callTimeoutMs = 30_000

/** How long answers may still wait for Slack once nothing new is taken. */
const graceMs = 10_000

/** Retries are ours: the SDK's would hold up all channels and repeat posts (see calls.ts). */
const clientOptionsFor = (slackApiUrl: string) => ({
  slackApiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: callTimeoutMs,
  logger: noLog(),
})

const newApp = (receiver: Receiver, authorize: Authorize, { slack, apiUrl }: { slack: Slack; apiUrl: string }): App => {
  const clientOptions = clientOptionsFor(apiUrl)
  const app = new App({
    receiver,
    authorize,
    clientOptions,
    logger: libraryLog(slack.parts),
    logLevel: LogLevel.WARN,
    convoStore: false,
    developerMode: false,
    extendedErrorHandler: true,
  })
  // Bolt has put its own log there.
  clientOptions.logger = noLog()
  app.error(async ({ error, body }: { error: Error; body: object }) => {
    if (error instanceof AuthorizationError)
      return slack.parts.warn('slack/unknown-team', new Error(innermost(error)), { team: teamIn(body) })
    const { incident, log } = slack.parts.incidents
    log({ incident: incident(), error, path: 'slack/listener' })
  })
  return app
}

const hearAll = (app: App, slack: Slack): void => {
  goAroundAll(app, slack)
  for (const hear of [
    hearCommands,
    hearMentions,
    hearDirectMessages,
    hearClicks,
    hearShortcuts,
    hearViews,
    hearHome,
    hearStop,
    hearLifecycle,
  ])
    hear(app, slack)
}

const innermost = (error: Error & { original?: Error }): string =>
  error.original ? innermost(error.original) : error.message

const teamIn = (body: object): string => {
  if ('team_id' in body) return String(body.team_id)
  return 'team' in body && typeof body.team === 'object' && body.team !== null && 'id' in body.team
    ? String(body.team.id)
    : ''
}

const refusal = (error: unknown): never => {
  const { code } = error instanceof CallError ? error : toCallError('start', error)
  if (code === 'network' || code === 'unreached' || code === 'ratelimited' || code.startsWith('http_'))
    throw ChartroomError.of('chat/unreachable', { platform: 'Slack' }, error)
  throw ChartroomError.of('chat/credentials', { platform: 'Slack' }, error)
}
