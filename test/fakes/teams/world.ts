/** JSON that came over the wire, not looked at yet. */
export type Json = Record<string, unknown>

export type Person = {
  key: 'asker' | 'colleague' | 'outsider'
  id: string
  name: string
  aadObjectId: string
  /** What the connector says of them beyond that, when it is not what it says of a member of the tenant. */
  member?: { userRole?: string; tenantId?: string; userPrincipalName?: string }
}

/** A conversation by its short name: the asker's own chat with the bot, a group chat, a channel of a team. */
export type Place = 'personal' | 'group' | 'channel'

export type Conversation = {
  place: Place
  id: string
  type: 'personal' | 'groupChat' | 'channel'
  name: string
  members: Person[]
  /** What keeps the bot out of it; then every call about it fails. */
  closed?: 'removed' | 'blocked' | 'gone'
}

export type World = {
  tenantId: string
  clientId: string
  clientSecret: string
  bot: { id: string; name: string }
  team: { id: string; name: string; aadGroupId: string }
  people: Record<Person['key'], Person>
  conversations: Record<Place, Conversation>
}

const person = (key: Person['key'], name: string, digit: string): Person => ({
  key,
  name,
  id: `29:1${digit.repeat(3)}-${key}_J2vFx0sLwq4bM9dYtPzQk`,
  aadObjectId: `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`,
})

/**
 * A tenant with a bot, a team and three people. The asker and the colleague are in the group chat and the channel; the outsider is in
 * neither. Ids have the shapes of real ones.
 * See https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-basics
 */
export const createWorld = (botName = 'Chartroom'): World => {
  const people = {
    asker: person('asker', 'Avery Example', 'a'),
    colleague: person('colleague', 'Blake Example', 'b'),
    outsider: person('outsider', 'Casey Example', 'c'),
  }
  const clientId = '0f000000-1111-4222-8333-444444444444'
  const both = [people.asker, people.colleague]
  return {
    tenantId: 'd0000000-5555-4666-8777-888888888888',
    clientId,
    clientSecret: 'secret-of-the-stand-in',
    bot: { id: `28:${clientId}`, name: botName },
    team: {
      id: '19:7ea3000000000000000000000000000a@thread.tacv2',
      name: 'Sales',
      aadGroupId: 'e0000000-9999-4aaa-8bbb-cccccccccccc',
    },
    people,
    conversations: {
      personal: {
        place: 'personal',
        id: 'a:1pErSoNaL_QkV3x9-5hTq',
        type: 'personal',
        name: people.asker.name,
        members: [people.asker],
      },
      group: {
        place: 'group',
        id: '19:9f0e000000000000000000000000000b@thread.v2',
        type: 'groupChat',
        name: 'Numbers',
        members: both,
      },
      channel: {
        place: 'channel',
        id: '19:c4a0000000000000000000000000000c@thread.tacv2',
        type: 'channel',
        name: 'Revenue',
        members: both,
      },
    },
  }
}

/** A conversation by the id of a URL: a channel's threads have ids of their own, `<channel>;messageid=<root>`. */
export const findConversation = (world: World, id: string): { conversation?: Conversation; thread?: string } => {
  const [base, thread] = id.split(';messageid=')
  return { conversation: Object.values(world.conversations).find(c => c.id === base), ...(thread && { thread }) }
}
