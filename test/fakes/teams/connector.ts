import type { Chat, Message } from './chat.ts'
import { refuseMessage } from './check-activity.ts'
import { failure, type Reply } from './errors.ts'
import type { Operation } from './script.ts'
import { type Streams, streamInfo } from './streams.ts'
import { type Conversation, findConversation, type Json, type Person, type World } from './world.ts'

/** A request of the bot, read. */
export type Ask = { method: string; path: string; query: URLSearchParams; body: Json }

export type Connector = {
  /** What a request is; undefined when the connector has no such thing. */
  operation: (ask: Ask) => Operation | undefined
  /** The conversation it is about, for limits and the log. */
  conversation: (ask: Ask) => Conversation | undefined
  answer: (ask: Ask) => Reply
}

/** The bot seems to write; goes away with its next message. */
export type Typing = { id: string; conversation: Conversation; at: number }

export type ConnectorParts = {
  world: World
  chat: Chat
  streams: Streams
  typing: Typing[]
  serviceUrl: string
  now: () => number
  countPictures?: boolean
}

/**
 * The Bot Connector of Teams: conversations, activities, members.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export const createConnector = (parts: ConnectorParts): Connector => ({
  operation: ask => routeOf(ask)?.operation(ask),
  conversation: ask => placeOf(parts.world, ask).conversation,
  answer: ask => {
    const route = routeOf(ask)
    return route ? route.answer(parts, ask) : failure('BadRequest', `No such operation: ${ask.method} ${ask.path}`)
  },
})

type Route = {
  method: string
  path: RegExp
  operation: (ask: Ask) => Operation
  answer: (parts: ConnectorParts, ask: Ask) => Reply
}

const sending = ({ body }: Ask): Operation => (streamInfo(body) ? 'stream' : body.type === 'typing' ? 'typing' : 'send')

const routes: Route[] = [
  { method: 'POST', path: /^\/v3\/conversations$/, operation: () => 'create', answer: (p, a) => create(p, a) },
  {
    method: 'POST',
    path: /^\/v3\/conversations\/[^/]+\/activities$/,
    operation: sending,
    answer: (p, a) => send(p, a),
  },
  {
    method: 'POST',
    path: /^\/v3\/conversations\/[^/]+\/activities\/[^/]+$/,
    operation: sending,
    answer: (p, a) => send(p, a),
  },
  {
    method: 'PUT',
    path: /^\/v3\/conversations\/[^/]+\/activities\/[^/]+$/,
    operation: () => 'update',
    answer: (p, a) => update(p, a),
  },
  {
    method: 'DELETE',
    path: /^\/v3\/conversations\/[^/]+\/activities\/[^/]+$/,
    operation: () => 'delete',
    answer: (p, a) => remove(p, a),
  },
  {
    method: 'GET',
    path: /^\/v3\/conversations\/[^/]+\/(members|pagedMembers)$/,
    operation: () => 'members',
    answer: (p, a) => members(p, a),
  },
  {
    method: 'GET',
    path: /^\/v3\/conversations\/[^/]+\/members\/[^/]+$/,
    operation: () => 'members',
    answer: (p, a) => member(p, a),
  },
  { method: 'GET', path: /^\/v3\/teams\/[^/]+$/, operation: () => 'team', answer: (p, a) => team(p, a) },
  { method: 'GET', path: /^\/v3\/teams\/[^/]+\/conversations$/, operation: () => 'team', answer: (p, a) => team(p, a) },
]

const routeOf = ({ method, path }: Ask) => routes.find(route => route.method === method && route.path.test(path))

const steps = ({ path }: Ask) => path.split('/').slice(1).map(decodeURIComponent)

const placeOf = (world: World, ask: Ask) => findConversation(world, steps(ask)[2] ?? '')

/** The conversation, or why the bot cannot reach it. */
const reach = (world: World, ask: Ask): { conversation: Conversation; thread?: string } | Reply => {
  const { conversation, thread } = placeOf(world, ask)
  if (!conversation || conversation.closed === 'gone') return failure('ConversationNotFound')
  if (conversation.closed === 'removed') return failure('BotNotInConversationRoster')
  if (conversation.closed === 'blocked') return failure('ConversationBlockedByUser')
  return { conversation, ...(thread && { thread }) }
}

const isTargeted = ({ query }: Ask) => query.get('isTargetedActivity') === 'true'

const send = (parts: ConnectorParts, ask: Ask): Reply => {
  const found = reach(parts.world, ask)
  if ('status' in found) return found
  const { conversation, thread } = found
  if (streamInfo(ask.body)) {
    const refused = ask.body.type === 'message' ? refuseMessage(ask.body, parts) : undefined
    return refused ?? parts.streams.take(conversation, ask.body, parts.now())
  }
  if (ask.body.type === 'typing') {
    const id = parts.chat.nextId()
    parts.typing.push({ id, conversation, at: parts.now() })
    return { status: 201, body: { id } }
  }
  if (ask.body.type !== 'message') return failure('BadSyntax', `Activities of type ${ask.body.type} cannot be sent`)
  const refused = refuseMessage(ask.body, parts)
  if (refused) return refused
  const to = isTargeted(ask) ? targetOf(parts, conversation, ask) : undefined
  if (to && 'status' in to) return to
  const root = thread ?? (conversation.type === 'channel' ? rootOf(parts, conversation, ask) : undefined)
  const { id } = parts.chat.post({
    conversation,
    from: 'bot',
    activity: ask.body,
    ...(root && { thread: root }),
    ...(to && { to }),
  })
  return { status: 201, body: { id } }
}

/** https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages#handle-errors */
const targetOf = (parts: ConnectorParts, conversation: Conversation, { body }: Ask): Person | Reply => {
  const recipient = body.recipient as Json | undefined
  if (conversation.type === 'personal') return failure('BadArgument', 'Targeted messages are for groups and channels.')
  if (!recipient?.id) return failure('BadArgument', 'Missing recipient when creating targeted message.')
  const prompt = ((body.entities ?? []) as Json[]).find(({ type }) => type === 'targetedMessageInfo')
  const asked = prompt && parts.chat.find(conversation, String(prompt.messageId))
  if (prompt && !asked?.to) return failure('BadArgument', 'targetedMessageInfo names no targeted message.')
  return (
    conversation.members.find(({ id, aadObjectId }) => [id, aadObjectId].includes(String(recipient.id))) ??
    failure('MemberNotFoundInConversation')
  )
}

/** A reply in a channel whose conversation id names no thread goes by what it replies to. */
const rootOf = ({ chat }: ConnectorParts, conversation: Conversation, ask: Ask) => {
  const replied = steps(ask)[4] ?? ask.body.replyToId
  const message = typeof replied === 'string' ? chat.find(conversation, replied) : undefined
  return message && (message.thread ?? message.id)
}

/** The bot's message that is to be changed, or why not. */
const own = (parts: ConnectorParts, ask: Ask): Message | Reply => {
  const found = reach(parts.world, ask)
  if ('status' in found) return found
  const message = parts.chat.find(found.conversation, steps(ask)[4]!)
  if (!message || message.deleted || message.from !== 'bot') return failure('ActivityNotFoundInConversation')
  return (message.to !== undefined) === isTargeted(ask) ? message : failure('ActivityNotFoundInConversation')
}

const update = (parts: ConnectorParts, ask: Ask): Reply => {
  const message = own(parts, ask)
  if ('status' in message) return message
  if (message.to && ask.body.recipient !== undefined)
    return failure('BadArgument', 'Recipient passed on update of a targeted message.')
  const refused = refuseMessage(ask.body, parts)
  if (refused) return refused
  parts.chat.rewrite(message, ask.body)
  return { status: 200, body: { id: message.id } }
}

const remove = (parts: ConnectorParts, ask: Ask): Reply => {
  const message = own(parts, ask)
  if ('status' in message) return message
  message.deleted = true
  return { status: 200, body: {} }
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages */
const create = (parts: ConnectorParts, { body }: Ask): Reply => {
  const channelId = ((body.channelData as Json | undefined)?.channel as Json | undefined)?.id
  return channelId ? newThread(parts, String(channelId), body) : newChat(parts, body)
}

const newThread = ({ world, chat, serviceUrl, ...rest }: ConnectorParts, channelId: string, body: Json): Reply => {
  const { conversation } = findConversation(world, channelId)
  if (conversation?.type !== 'channel' || conversation.closed) return failure('ConversationNotFound')
  const activity = body.activity as Json | undefined
  if (!activity) return failure('BadSyntax', 'Incorrect conversation creation parameters')
  const refused = refuseMessage(activity, rest)
  if (refused) return refused
  const { id } = chat.post({ conversation, from: 'bot', activity })
  return { status: 201, body: { id: `${conversation.id};messageid=${id}`, activityId: id, serviceUrl } }
}

const newChat = ({ world, serviceUrl }: ConnectorParts, body: Json): Reply => {
  const [wanted] = (body.members ?? []) as Json[]
  if (!wanted?.id) return failure('BadSyntax', 'Incorrect conversation creation parameters')
  const { personal } = world.conversations
  const isThere = personal.members.some(({ id, aadObjectId }) => [id, aadObjectId].includes(String(wanted.id)))
  if (!isThere || personal.closed) return failure('BotNotInConversationRoster')
  return { status: 201, body: { id: personal.id, serviceUrl } }
}

const account = (person: Person, { tenantId }: World) => ({
  id: person.id,
  name: person.name,
  aadObjectId: person.aadObjectId,
  email: `${person.key}@chartroom.example`,
  userPrincipalName: `${person.key}@chartroom.example`,
  userRole: 'user',
  tenantId,
  ...person.member,
})

const members = ({ world }: ConnectorParts, ask: Ask): Reply => {
  const found = reach(world, ask)
  if ('status' in found) return found
  const all = found.conversation.members.map(person => account(person, world))
  if (ask.path.endsWith('pagedMembers')) return { status: 200, body: { members: all } }
  // This endpoint names the object id otherwise than the others.
  return { status: 200, body: all.map(({ aadObjectId: objectId, ...rest }) => ({ ...rest, objectId })) }
}

const member = ({ world }: ConnectorParts, ask: Ask): Reply => {
  const found = reach(world, ask)
  if ('status' in found) return found
  const wanted = steps(ask)[4]!
  const person = found.conversation.members.find(({ id, aadObjectId }) => [id, aadObjectId].includes(wanted))
  return person ? { status: 200, body: account(person, world) } : failure('MemberNotFoundInConversation')
}

const team = ({ world }: ConnectorParts, ask: Ask): Reply => {
  if (steps(ask)[2] !== world.team.id) return failure('ConversationNotFound')
  const { channel } = world.conversations
  return ask.path.endsWith('/conversations')
    ? { status: 200, body: { conversations: [{ id: world.team.id }, { id: channel.id, name: channel.name }] } }
    : { status: 200, body: { ...world.team, type: 'standard', channelCount: 2, memberCount: channel.members.length } }
}
