import type { ServerResponse } from 'node:http'
import { announcer } from './waiting.ts'

/** Everything the stand-in holds: workspaces with people, channels, messages and files, and what has happened. */
export type World = {
  settings: Settings
  now: () => number
  newId: (prefix: string) => string
  /** A fresh message timestamp such as `1700000000.000100`; always greater than the last one. */
  newTs: () => string
  teams: Map<string, Team>
  messages: Message[]
  files: Map<string, StoredFile>
  views: Map<string, OpenView>
  statuses: Status[]
  prompts: Prompts[]
  unfurls: Unfurl[]
  triggers: Map<string, Trigger>
  responseUrls: Map<string, ResponseUrl>
  calls: Call[]
  deliveries: Delivery[]
  /** What Slack itself tells one person, such as a command that failed. */
  notices: Notice[]
  codes: Map<string, { team: string; redirectUri: string; scopes: string[]; used: boolean }>
  /** Hears of every message of the bot that everybody in the conversation sees. */
  onPosted: (message: Message) => void
  /** Tells everybody who waits that something is different. */
  changed: () => void
  onChange: (listener: () => void) => () => void
}

/** What can be changed while the stand-in runs. Times are milliseconds. */
export type Settings = {
  /** Where events, commands and clicks are posted; without one they go over Socket Mode. */
  to?: Destination
  appId: string
  clientId: string
  clientSecret: string
  signingSecret: string
  appToken: string
  /** How long an uploaded file is being processed; until then no block can show it. */
  fileReadyMs: number | 'never'
  newBlocks: 'allowed' | 'refused'
  ephemeralFiles: 'allowed' | 'refused'
  /** Whether Slack's documented tiers hold; without, only what `limit` asks for is limited. */
  rateLimits: boolean
  /** Whether an event that is not acknowledged comes again. */
  retries: boolean
  retryDelaysMs: number[]
  ackTimeoutMs: number
  streamExpiresMs: number
  /** Whether the bot gets an event for its own messages in a DM, as it does from Slack. */
  echo: boolean
}

/** One URL for everything, as Bolt has it, or one for each kind. */
export type Destination = string | Partial<Record<PayloadKind, string>>
export type PayloadKind = 'events' | 'commands' | 'interactivity' | 'options'

export type Team = {
  id: string
  name: string
  domain: string
  botUser: string
  botId: string
  /** Tokens that were handed out, newest last. */
  tokens: { token: string; state: 'active' | 'token_revoked' | 'account_inactive'; scopes: string[] }[]
  users: Map<string, User>
  channels: Map<string, Channel>
  groups: UserGroup[]
}

/** People who are named together, such as `@analysts`. */
export type UserGroup = { id: string; handle: string; users: string[]; deleted?: boolean }

export type User = {
  id: string
  name: string
  tz: string
  tzOffset: number
  deleted: boolean
  guest: boolean
  bot: boolean
  /** A guest of one channel. */
  single?: boolean
  /** The workspace of somebody of another one, and the organisation that it belongs to. */
  home?: string
  org?: string
  /** Of another workspace, and in no channel that the app sees. */
  stranger?: boolean
  /** The error of a post to somebody who has left; without one it succeeds. */
  refusal?: string
}
export type Channel = {
  id: string
  name: string
  kind: 'public' | 'private' | 'im'
  members: Set<string>
  archived: boolean
  /** The person on the other side of a DM. */
  user?: string
}

export type Json = Record<string, unknown>
export type Block = Json & { type: string; block_id: string }

export type Message = {
  team: string
  channel: string
  ts: string
  user: string
  bot: boolean
  text: string
  blocks: Block[]
  threadTs?: string
  /** The only person who sees it; everybody in the channel without one. */
  visibleTo?: string
  edited?: { user: string; ts: string }
  deleted: boolean
  /** Files that were shared in it. */
  files: string[]
  via: 'user' | 'chat.postMessage' | 'chat.postEphemeral' | 'chat.startStream' | 'response_url' | 'ack' | 'share'
  /** What it was before each update, oldest first. */
  earlier: { text: string; blocks: Block[] }[]
  metadata?: unknown
  /** Every other argument it was posted with, such as `unfurl_links`. */
  args: Json
  stream?: { state: 'open' | 'stopped' | 'expired'; touchedAt: number; chunks: Json[]; sessionStatus?: string }
}

export type StoredFile = {
  id: string
  team: string
  name: string
  title: string
  length: number
  bytes?: Buffer
  state: 'waiting' | 'uploaded' | 'complete' | 'deleted'
  /** When it can be shown; infinity when never. */
  readyAt: number
  sharedIn: string[]
  /** The person who sent it; the app's own have none. */
  user?: string
  /** `external` is kept elsewhere, such as in Google Drive. */
  mode?: 'hosted' | 'snippet' | 'external' | 'tombstone' | 'post'
  /** Another address than it has, as a forged event would say. */
  address?: string
  /** An event says no more of it than its id, as of a file of another organisation. */
  isHidden?: boolean
  /** Answers who downloads it, in place of its bytes. */
  serve?: (response: ServerResponse) => void
}

export type OpenView = {
  id: string
  team: string
  user: string
  type: 'modal' | 'home'
  view: Json
  hash: string
  root: string
  previous?: string
  open: boolean
}

export type Status = {
  team: string
  channel: string
  threadTs: string
  status: string
  loadingMessages: string[]
  at: number
}
export type Prompts = { team: string; channel: string; threadTs?: string; title?: string; prompts: unknown[] }
export type Unfurl = { team: string; channel: string; ts: string; unfurls: unknown }
export type Trigger = { team: string; user: string; at: number; used: boolean; view?: string }
export type ResponseUrl = {
  team: string
  channel: string
  user: string
  at: number
  uses: number
  /** The message that was clicked; without one, the answer to a command. */
  message?: string
  threadTs?: string
}
export type Call = {
  method: string
  team?: string
  token?: string
  args: Json
  at: number
  ms: number
  /** `ok`, Slack's error, or what happened to the connection; `running` before it is answered. */
  outcome: string
}
export type Notice = { team: string; channel: string; user: string; text: string }

/** What was sent to the app, byte for byte. */
export type Sent = {
  kind: PayloadKind
  team: string
  body: string
  contentType: string
  payload: Json
  headers: Record<string, string>
  url?: string
}

/** How the app answered. */
export type Ack = {
  /** HTTP status; 200 over Socket Mode; 0 when no answer came. */
  status: number
  /** JSON as it means, other text as it is, undefined when empty. */
  body?: unknown
  ms: number
  failure?: 'timeout' | 'connection_failed' | 'no_connection'
  sent: Sent
}
export type Delivery = { sent: Sent; acks: Ack[] }

/** An empty world with these workspaces. */
export const createWorld = (settings: Settings, teams: Team[], now: () => number): World => {
  // Ids of a stand-in that is started again must not be those of the one before: the bot remembers what it has answered.
  let ids = Math.floor(now())
  let lastTs = 0
  const changes = announcer()
  return {
    settings,
    now,
    newId: prefix => `${prefix}${(++ids).toString(36).toUpperCase().padStart(9, '0')}`,
    newTs: () => {
      lastTs = Math.max(lastTs + 1, now() * 1000)
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`
    },
    teams: new Map(teams.map(team => [team.id, team])),
    messages: [],
    files: new Map(),
    views: new Map(),
    statuses: [],
    prompts: [],
    unfurls: [],
    triggers: new Map(),
    responseUrls: new Map(),
    calls: [],
    deliveries: [],
    notices: [],
    codes: new Map(),
    onPosted: () => undefined,
    changed: changes.changed,
    onChange: changes.onChange,
  }
}
