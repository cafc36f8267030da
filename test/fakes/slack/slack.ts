import { writable } from './conversations.ts'
import type { Fault, FaultPlan } from './faults.ts'
import { type Installing, install } from './oauth.ts'
import { type Click, click, shortcut, suggest } from './senders/clicks.ts'
import { type Command, command } from './senders/commands.ts'
import { createDelivery } from './senders/deliver.ts'
import { appUninstalled, openHome, sendEvent, stopSession, tokensRevoked, verifyUrl } from './senders/events.ts'
import { closeView, type Submission, submitView, topView } from './senders/modals.ts'
import { type Scene, teamOf } from './senders/scene.ts'
import { dm, echo, edit, mention, say, unsay } from './senders/words.ts'
import { type ExtraRoute, startServer } from './server.ts'
import { currentStatus } from './status.ts'
import { waitUntil } from './waiting.ts'
import { createTeam, firstWorkspace, type WorkspaceOptions } from './workspaces.ts'
import { type Ack, createWorld, type Json, type Message, type Settings, type User, type World } from './world.ts'

export type SlackOptions = Partial<Settings> & {
  /** 0 takes any free port. */
  port?: number
  /** The first one is there in any case unless others are named. */
  workspaces?: WorkspaceOptions[]
  now?: () => number
  route?: ExtraRoute
}

/**
 * Slack on 127.0.0.1, to test a real Bolt app against: Web API, files, Events API, commands, clicks, modals, Socket Mode, OAuth.
 *
 * ```ts
 * const slack = await startSlack({ fileReadyMs: 50 })
 * const app = new App({ token: slack.botToken, signingSecret: slack.signingSecret, clientOptions: { slackApiUrl: slack.apiUrl } })
 * const port = await start(app)                                // or `socketMode: true, appToken: slack.appToken`
 * slack.deliverTo(`http://127.0.0.1:${port}/slack/events`)     // without it everything goes over Socket Mode
 *
 * const ack = await slack.command({ command: '/kpi', text: 'revenue' })        // { status: 200, body, ms, sent }
 * const { message } = await slack.mention({ text: 'revenue by state', channel: 'C0SALES' })
 * const answer = await slack.waitFor(() => slack.messages('C0SALES').find(m => m.threadTs === message.ts))
 * await slack.click({ message: answer, action: 'details' })                    // by action_id, label or value
 * await slack.click({ message: answer, action: 'period', option: 'Last week' })
 * await slack.submitView({ values: { reason: 'wrong period' } })
 *
 * slack.fail('chat.postMessage', { error: 'is_archived' })                     // or 'lost', 'reset', { status: 500 }, { delayMs: 300 }
 * slack.limit('chat.update', { seconds: 1, channel: 'C0SALES' })               // 429 with Retry-After
 * await slack.replay(ack.sent)                                                 // the same bytes again
 * await slack.command({ command: '/kpi', skewSeconds: 600 })                   // also `signature: 'wrong'`, `retry: { num, reason }`
 * slack.set({ newBlocks: 'refused', fileReadyMs: 'never' })
 * await slack.close()
 * ```
 *
 * People: U0ASKER (who does things unless another `user` is named), U0OTHER, U0GUEST, U0GONE (left). Channels: C0GENERAL, C0SALES,
 * C0QUIET and the private G0BOARD without the bot, C0OLD (archived), D0ASKER, D0OTHER … Several workspaces: `workspaces: [{ id: 'T1' },
 * { id: 'T2', installed: false }]`; every sender takes `team`.
 */
export const startSlack = async ({
  port = 0,
  workspaces = [firstWorkspace],
  now = Date.now,
  route,
  ...settings
}: SlackOptions = {}) => {
  const world = createWorld({ ...defaults, ...settings }, workspaces.map(createTeam), now)
  const server = await startServer(world, { port, route })
  const line = createDelivery(world, server.sockets)
  const scene: Scene = { world, line, origin: () => server.origin }
  world.onPosted = message => {
    if (world.settings.echo && message.channel.startsWith('D')) void echo(scene, message)
  }
  return {
    ...addresses(world, server),
    ...readers(world),
    ...senders(scene),
    ...troubles(world, server),
    /** Sends any payload, true or forged. */
    send: line.deliver,
    replay: line.replay,
    deliverTo: (to: Settings['to']) => {
      world.settings.to = to
    },
    /** Changes settings while it runs. */
    set: (changed: Partial<Settings>) => Object.assign(world.settings, changed),
    install: (what: Omit<Installing, 'scopes'>) => install(server.origin, what),
    close: async () => {
      line.close()
      await server.close()
    },
  }
}
export type FakeSlack = Awaited<ReturnType<typeof startSlack>>

const defaults: Settings = {
  appId: 'A0CHARTROOM',
  clientId: '1000.2000',
  clientSecret: 'fake-client-secret',
  signingSecret: 'fake-signing-secret',
  appToken: 'xapp-fake',
  fileReadyMs: 0,
  newBlocks: 'allowed',
  ephemeralFiles: 'allowed',
  rateLimits: false,
  retries: false,
  retryDelaysMs: [0, 60_000, 300_000],
  ackTimeoutMs: 3000,
  streamExpiresMs: 5 * 60_000,
  echo: false,
}

type Server = Awaited<ReturnType<typeof startServer>>

const addresses = (world: World, { origin, port }: Server) => ({
  origin,
  port,
  apiUrl: `${origin}/api/`,
  authorizeUrl: `${origin}/oauth/v2/authorize`,
  botToken: teamOf(world, undefined).tokens[0]?.token ?? '',
  appToken: world.settings.appToken,
  signingSecret: world.settings.signingSecret,
  clientId: world.settings.clientId,
  clientSecret: world.settings.clientSecret,
})

/** What a test can look at. */
const readers = (world: World) => ({
  world,
  calls: world.calls,
  files: world.files,
  views: world.views,
  statuses: world.statuses,
  prompts: world.prompts,
  unfurls: world.unfurls,
  deliveries: world.deliveries,
  notices: world.notices,
  /** What is in a conversation now, oldest first, ephemeral messages too; deleted ones only when asked for. */
  messages: (channel: string, { team, deleted = false }: { team?: string; deleted?: boolean } = {}): Message[] =>
    world.messages.filter(m => m.team === teamOf(world, team).id && m.channel === channel && (deleted || !m.deleted)),
  /** What the bot has said in a conversation. */
  answers: (channel: string, { team }: { team?: string } = {}): Message[] =>
    world.messages.filter(m => m.team === teamOf(world, team).id && m.channel === channel && !m.deleted && m.bot),
  /** What the app says it is doing in a thread. */
  status: (channel: string, threadTs: string, team?: string) =>
    currentStatus(world, { team: teamOf(world, team).id, channel, threadTs })?.status,
  callsOf: (method: string) => world.calls.filter(call => call.method === method),
  /** The modal that a person sees. Throws when there is none. */
  modal: (user?: string) => topView(world, { user }),
  /** The first value that is neither empty nor false; throws after `timeoutMs` and says which calls there were. */
  waitFor: <T>(look: () => T | undefined | false | null, timeoutMs = 5000): Promise<T> =>
    waitUntil(look, { timeoutMs, onChange: world.onChange, describe: () => lastCalls(world) }),
})

const lastCalls = (world: World) =>
  `Last calls: ${world.calls
    .slice(-8)
    .map(call => `${call.method} ${call.outcome}`)
    .join(', ')}.`

type First<F> = F extends (scene: Scene, first: infer T) => unknown ? T : never

/** What people do. Each gives how the app acknowledged it. */
const senders = (scene: Scene) => ({
  event: (event: Json, doer?: Parameters<typeof sendEvent>[2]): Promise<Ack> => sendEvent(scene, event, doer),
  verifyUrl: (doer?: First<typeof verifyUrl>) => verifyUrl(scene, doer),
  mention: (words: First<typeof mention>) => mention(scene, words),
  dm: (words: First<typeof dm>) => dm(scene, words),
  say: (words: First<typeof say>) => say(scene, words),
  edit: (change: First<typeof edit>) => edit(scene, change),
  unsay: (what: First<typeof unsay>) => unsay(scene, what),
  command: (what: Command) => command(scene, what),
  click: (what: Click) => click(scene, what),
  suggest: (what: First<typeof suggest>) => suggest(scene, what),
  shortcut: (what: First<typeof shortcut>) => shortcut(scene, what),
  submitView: (what?: Submission) => submitView(scene, what),
  closeView: (what?: Submission) => closeView(scene, what),
  openHome: (doer?: First<typeof openHome>) => openHome(scene, doer),
  stopSession: (what: First<typeof stopSession>) => stopSession(scene, what),
  appUninstalled: (doer?: First<typeof appUninstalled>) => appUninstalled(scene, doer),
  tokensRevoked: (doer?: First<typeof tokensRevoked>) => tokensRevoked(scene, doer),
})

/** What goes wrong, and what changes in the workspace. */
const troubles = (world: World, { faults, limits, sockets }: Server) => ({
  /** Plans a fault for the next call of a method, of `upload` or of `response_url` (`times`, `when`); gives back what takes it away. */
  fail: (method: string, fault: Fault, plan?: FaultPlan) => faults.plan(method, fault, plan),
  /** Makes every answer of a method late. */
  delay: (method: string, delayMs: number) => faults.plan(method, { delayMs }, { times: Number.POSITIVE_INFINITY }),
  limit: limits.limit,
  connections: sockets.count,
  refreshConnections: sockets.refresh,
  cutConnections: sockets.cut,
  archive: (channel: string, team?: string) => {
    writable(teamOf(world, team), channel).archived = true
  },
  removeBot: (channel: string, team?: string) => {
    const { channels, botUser } = teamOf(world, team)
    channels.get(channel)?.members.delete(botUser)
  },
  /** A person leaves. Posts to their DM go on to succeed, as they do in Slack, unless an `error` is named. */
  deactivate: (userId: string, { team, error }: { team?: string; error?: string } = {}) => {
    const user = teamOf(world, team).users.get(userId)
    if (user) Object.assign(user, { deleted: true, refusal: error })
  },
  /** Changes what is known of a person: a guest, of another organisation. */
  change: (userId: string, parts: Partial<User>, team?: string) => {
    const user = teamOf(world, team).users.get(userId)
    if (user) Object.assign(user, parts)
  },
  revoke: (state: 'token_revoked' | 'account_inactive' = 'token_revoked', team?: string) => {
    for (const grant of teamOf(world, team).tokens) grant.state = state
  },
})
