import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer, type Call, type Services } from './answering.ts'
import { type Chat, createChat, isSeenBy, type Message } from './chat.ts'
import { createConnector, type Typing } from './connector.ts'
import { createFiles } from './files.ts'
import { createLimits } from './limits.ts'
import { createScript, type Scripted } from './script.ts'
import { createSender, type Sender } from './sender.ts'
import { createStreams, type Stream } from './streams.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { waitFor } from './waiting.ts'
import { type Conversation, createWorld, type Person, type Place, type World } from './world.ts'

export type TeamsOptions = {
  /** 0, the default, takes a free port. */
  port?: number
  /** The bot's messaging endpoint, when it is known already; else `connect`. */
  botUrl?: string
  /** The limits of Teams per conversation and tenant. Off by default: tests are faster than people. */
  limits?: boolean
  /** Counts pictures inside cards towards the 100 KB of a message. */
  countPictures?: boolean
  botName?: string
  /** The clock of limits and streams, in milliseconds. */
  now?: () => number
}

export type FakeTeams = Sender & {
  /** Where token service and connector are: the value of TEAMS_FAKE_URL. */
  url: string
  /** Stands in every activity; the bot calls the connector here. */
  serviceUrl: string
  world: World
  tokens: Tokens
  connect: (botUrl: string) => void
  /** How the next calls are answered; see `Scripted`. */
  script: (...answers: Scripted[]) => void
  scriptLeft: () => number
  /** Names of the sent files that the bot has fetched, in order. */
  fetched: string[]
  /** Every request of the bot but those for tokens and keys, in order. */
  calls: Call[]
  /** How often the public keys were asked for. */
  keysAsked: () => number
  /** Calls that were answered with an error. */
  failed: () => Call[]
  /** The bot's messages in a conversation as they stand, deleted ones too. */
  messages: (place: Place) => Message[]
  /** What a person sees there, of everybody, without what was deleted. */
  seenBy: (person: Person['key'], place: Place) => Message[]
  typing: Typing[]
  streams: Stream[]
  stopStream: (place: Place) => void
  /** The bot is removed or blocked, or the conversation is gone; undefined lets it in again. */
  close: (place: Place, how: Conversation['closed']) => void
  /** Told after every request of the bot; gives a function that ends it. */
  watch: (look: () => void) => () => void
  /** Waits until something holds, checked after every request of the bot; throws after `ms`, 5 s by default. */
  waitFor: <T>(what: () => T | undefined | false, ms?: number) => Promise<T>
  stop: () => Promise<void>
}

/**
 * Teams as a bot sees it, on 127.0.0.1: token service, connector and the people who write. Nothing of the product is in it.
 *
 * The real SDK is pointed at it so (MSAL takes no http address, thus a `token` function; `clientSecret: ''` keeps the environment out):
 *
 *   const teams = await startTeams()
 *   const app = new App({
 *     clientId: teams.world.clientId, tenantId: teams.world.tenantId, clientSecret: '',
 *     token: scope => fetchToken(teams.url, scope),    // POST `${url}/${tenantId}/oauth2/v2.0/token`, kept until it runs out
 *     cloud: withOverrides(PUBLIC, {
 *       loginEndpoint: teams.url, openIdMetadataUrl: `${teams.url}/v1/.well-known/openidconfiguration` }),
 *     serviceUrl: teams.serviceUrl,
 *   })
 *   teams.connect('http://127.0.0.1:<port>/api/messages')
 *   await teams.message({ text: 'revenue by category' })
 *   teams.messages('personal')
 */
export const startTeams = async (options: TeamsOptions = {}): Promise<FakeTeams> => {
  const now = options.now ?? Date.now
  const world = createWorld(options.botName)
  const chat = createChat()
  const streams = createStreams(chat)
  const typing: Typing[] = []
  const calls: Call[] = []
  const script = createScript()
  const watchers = new Set<() => void>()

  const server = createServer()
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(options.port ?? 0, '127.0.0.1', done)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const serviceUrl = `${url}/amer/`
  const files = createFiles(() => url)
  const tokens = await createTokens(world, { url, serviceUrl })
  const connector = createConnector({ world, chat, streams, typing, serviceUrl, now, ...options })
  const limits = options.limits ? createLimits() : undefined

  let keysAsked = 0
  const onKeys = () => {
    keysAsked += 1
  }
  const services: Services = { world, tokens, connector, script, limits, calls, files, onKeys, now }
  server.on('request', (request, response) => {
    void answer(services, request, response).finally(() => {
      for (const look of watchers) look()
    })
  })

  let botUrl = options.botUrl
  const sender = createSender({
    world,
    chat,
    tokens,
    files,
    serviceUrl,
    botUrl: () => botUrl ?? fail('the bot is not connected: call teams.connect(url)'),
  })
  const at = (place: Place) => world.conversations[place]
  return {
    ...sender,
    url,
    serviceUrl,
    world,
    tokens,
    connect: given => {
      botUrl = given
    },
    script: script.add,
    scriptLeft: script.left,
    fetched: files.fetched,
    calls,
    keysAsked: () => keysAsked,
    failed: () => calls.filter(({ status }) => status === 0 || status >= 400),
    messages: place => chat.messages.filter(({ conversation, from }) => conversation === at(place) && from === 'bot'),
    seenBy: (key, place) => seenBy(chat, world.people[key], at(place)),
    typing,
    streams: streams.all,
    stopStream: place => streams.stop(at(place)),
    close: (place, how) => {
      if (how) at(place).closed = how
      else delete at(place).closed
    },
    watch: look => {
      watchers.add(look)
      return () => watchers.delete(look)
    },
    waitFor: (what, ms = 5000) => waitFor(watchers, what, ms),
    stop: async () => {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

const fail = (message: string): never => {
  throw new Error(message)
}

const seenBy = (chat: Chat, person: Person, place: Conversation) =>
  chat.messages.filter(message => message.conversation === place && !message.deleted && isSeenBy(message, person))
