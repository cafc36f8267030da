import { randomUUID } from 'node:crypto'
import type { Conversation, Json, Person, World } from './world.ts'

export type InboundParts = {
  world: World
  serviceUrl: string
  conversation: Conversation
  from: Person
  id: string
  /** Root of the thread in a channel; a new post is its own root. */
  thread?: string
  replyToId?: string
  /** Tenant that the activity names, when it is to be another one. */
  tenant?: string
  locale?: string
}

/** What every activity of Teams carries. https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#receive-a-message-activity */
export const envelope = (parts: InboundParts): Json => {
  const { world, conversation, from, id, locale = 'en-US' } = parts
  const tenant = parts.tenant ?? world.tenantId
  const now = new Date()
  return {
    id,
    channelId: 'msteams',
    serviceUrl: parts.serviceUrl,
    timestamp: now.toISOString(),
    localTimestamp: now.toISOString(),
    localTimezone: 'America/Los_Angeles',
    from: { id: from.id, name: from.name, aadObjectId: from.aadObjectId },
    recipient: { ...world.bot },
    conversation: {
      id: conversation.type === 'channel' ? `${conversation.id};messageid=${parts.thread ?? id}` : conversation.id,
      conversationType: conversation.type,
      tenantId: tenant,
      ...(conversation.type !== 'personal' && { isGroup: true }),
    },
    channelData: {
      tenant: { id: tenant },
      ...(conversation.type === 'channel' && {
        team: { ...world.team },
        channel: { id: conversation.id },
        teamsChannelId: conversation.id,
        teamsTeamId: world.team.id,
      }),
    },
    locale,
    ...(parts.replyToId && { replyToId: parts.replyToId }),
  }
}

export type Words = {
  text: string
  /** Whether the bot is mentioned in front of the text. */
  mention: boolean
  /** A slash command: only the sender sees it. */
  targeted: boolean
}

/** A message that a person has written. The text is escaped as Teams does it, and comes as HTML too. */
export const messageActivity = (parts: InboundParts, { text, mention, targeted }: Words): Json => {
  const base = envelope(parts)
  const { bot } = parts.world
  const escaped = toHtml(text)
  const tag = `<at>${bot.name}</at>`
  return {
    ...base,
    type: 'message',
    textFormat: 'plain',
    text: mention ? `${tag}&nbsp;${escaped}` : escaped,
    attachments: [{ contentType: 'text/html', content: html(escaped, mention ? bot.name : undefined) }],
    entities: [
      ...(mention ? [{ type: 'mention', mentioned: { id: bot.id, name: bot.name }, text: tag }] : []),
      { type: 'clientInfo', locale: base.locale, country: 'US', platform: 'Web', timezone: 'America/Los_Angeles' },
    ],
    ...(targeted && { recipient: { ...bot, isTargeted: true } }),
  }
}

const toHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const html = (escaped: string, mentioned?: string) => {
  const lines = escaped.replaceAll('\n', '<br>')
  return mentioned
    ? `<p><span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${mentioned}</span>&nbsp;${lines}</p>`
    : `<p>${lines}</p>`
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#receive-edit-message-activity */
export const editActivity = (parts: InboundParts, words: Words): Json =>
  withEvent({ ...messageActivity(parts, words), type: 'messageUpdate' }, 'editMessage')

export const deleteActivity = (parts: InboundParts): Json =>
  withEvent({ ...envelope(parts), type: 'messageDelete' }, 'softDeleteMessage')

const withEvent = (activity: Json, eventType: string): Json => ({
  ...activity,
  channelData: { ...(activity.channelData as Json), eventType },
})

/** An invoke: a request of the client whose answer it shows. Its own id is no message's. */
export const invokeActivity = (parts: InboundParts, name: string, value: unknown): Json => {
  const messageId = parts.replyToId
  const base = envelope(parts)
  return {
    ...base,
    id: `f:${randomUUID()}`,
    type: 'invoke',
    name,
    value,
    channelData: {
      ...(base.channelData as Json),
      ...(messageId && { legacy: { replyToId: messageId } }),
      source: { name: 'message' },
    },
  }
}

/** A press of Action.Submit arrives as a message without text. */
export const submitActivity = (parts: InboundParts, value: unknown, text?: string): Json => {
  const base = envelope(parts)
  return {
    ...base,
    type: 'message',
    value,
    ...(text !== undefined && { text, textFormat: 'plain' }),
    channelData: { ...(base.channelData as Json), source: { name: 'message' }, postback: true },
  }
}

export type Membership =
  | { kind: 'installed' | 'uninstalled' | 'upgraded' }
  | { kind: 'joined' | 'left'; people: readonly Person[] }
  | { kind: 'bot-added' | 'bot-removed' }
  | { kind: 'renamed'; name: string }

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events */
export const membershipActivity = (parts: InboundParts, change: Membership): Json => {
  const base = { ...envelope(parts), id: `f:${randomUUID()}` }
  const update = (fields: Json, eventType: string) =>
    withEvent({ ...base, type: 'conversationUpdate', ...fields }, eventType)
  switch (change.kind) {
    case 'installed':
      return { ...base, type: 'installationUpdate', action: 'add' }
    case 'uninstalled':
      return { ...base, type: 'installationUpdate', action: 'remove' }
    case 'upgraded':
      return { ...base, type: 'installationUpdate', action: 'add-upgrade' }
    case 'joined':
      return update({ membersAdded: change.people.map(accountOf) }, 'teamMemberAdded')
    case 'left':
      return update({ membersRemoved: change.people.map(accountOf) }, 'teamMemberRemoved')
    case 'bot-added':
      return update({ membersAdded: [{ id: parts.world.bot.id }] }, 'teamMemberAdded')
    case 'bot-removed':
      return update({ membersRemoved: [{ id: parts.world.bot.id }] }, 'teamMemberRemoved')
    case 'renamed':
      return update({ topicName: change.name }, 'channelRenamed')
  }
}

const accountOf = ({ id, name, aadObjectId }: Person) => ({ id, name, aadObjectId })
