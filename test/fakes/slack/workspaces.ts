import type { Channel, Team, User, UserGroup } from './world.ts'

/** What a test may say of a workspace; everything else is as in the first one. */
export type WorkspaceOptions = {
  id: string
  name?: string
  token?: string
  scopes?: string[]
  installed?: boolean
  groups?: UserGroup[]
}

/** Bot scopes that the methods here look at (https://docs.slack.dev/reference/scopes). */
export const allScopes = [
  'app_mentions:read',
  'assistant:write',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'links:read',
  'links:write',
  'usergroups:read',
  'users:read',
]

/** The workspace every stand-in starts with. */
export const firstWorkspace: WorkspaceOptions = { id: 'T0CHART', name: 'Chart Works', token: 'xoxb-fake' }

/**
 * A workspace with two people (U0ASKER, U0OTHER), a guest and one who has left, the channels C0GENERAL and C0SALES that the bot is in,
 * C0QUIET and the private G0BOARD that it is not in, the archived C0OLD, and a DM with each person (D0ASKER, D0OTHER, D0GUEST, D0GONE).
 */
export const createTeam = (options: WorkspaceOptions): Team => {
  const {
    id,
    name = id,
    token = `xoxb-${id.toLowerCase()}`,
    scopes = allScopes,
    installed = true,
    groups = [],
  } = options
  const people = [user('ASKER'), user('OTHER'), user('GUEST', { guest: true }), user('GONE', { deleted: true })]
  const bot = user('CHARTBOT', { bot: true })
  const everybody = people.map(person => person.id)
  const channels = [
    channel('C0GENERAL', 'general', [...everybody, bot.id]),
    channel('C0SALES', 'sales', [...everybody, bot.id]),
    channel('C0QUIET', 'quiet', everybody),
    { ...channel('G0BOARD', 'board', everybody), kind: 'private' as const },
    { ...channel('C0OLD', 'old', [...everybody, bot.id]), archived: true },
    ...people.map(person => directMessage(person.id, bot.id)),
  ]
  return {
    id,
    name,
    domain: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    botUser: bot.id,
    botId: 'B0CHARTBOT',
    tokens: installed ? [{ token, state: 'active', scopes }] : [],
    users: new Map([...people, bot].map(person => [person.id, person])),
    channels: new Map(channels.map(each => [each.id, each])),
    groups,
  }
}

/** The DM of a person with the bot; Slack makes one when it is first needed. */
export const directMessage = (userId: string, botUser: string): Channel => ({
  ...channel(`D${userId.slice(1)}`, 'directmessage', [userId, botUser]),
  kind: 'im',
  user: userId,
})

const user = (name: string, parts: Partial<User> = {}): User => ({
  id: `U0${name}`,
  name: name.toLowerCase(),
  tz: 'Europe/Amsterdam',
  tzOffset: 3600,
  deleted: false,
  guest: false,
  bot: false,
  ...parts,
})

const channel = (id: string, name: string, members: string[]): Channel => ({
  id,
  name,
  kind: 'public',
  members: new Set(members),
  archived: false,
})
