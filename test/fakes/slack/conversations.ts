import { refuse } from './refusal.ts'
import { directMessage } from './workspaces.ts'
import type { Channel, Message, Team, World } from './world.ts'

/**
 * The conversation that a bot may write in, by its id, `#name`, or the id of a person.
 * Refuses as Slack does: unknown or private to it, archived, not a member. A post to somebody who has left succeeds
 * (https://github.com/slackapi/python-slack-sdk/issues/1156).
 */
export const writable = (team: Team, channelId: string): Channel => {
  const channel = findChannel(team, channelId) ?? refuse('channel_not_found')
  const isMember = channel.members.has(team.botUser)
  if (channel.kind === 'private' && !isMember) refuse('channel_not_found')
  if (channel.archived) refuse('is_archived')
  if (!isMember) refuse('not_in_channel')
  const refusal = channel.user && team.users.get(channel.user)?.refusal
  if (refusal) refuse(refusal)
  return channel
}

/** The conversation that a bot may see; a private one it is not in does not exist for it. */
export const visible = (team: Team, channelId: string): Channel => {
  const channel = findChannel(team, channelId) ?? refuse('channel_not_found')
  return channel.kind === 'private' && !channel.members.has(team.botUser) ? refuse('channel_not_found') : channel
}

/** The DM with a person, made when there is none yet. */
export const openDirectMessage = (team: Team, userId: string): Channel => {
  const user = team.users.get(userId) ?? refuse('user_not_found')
  if (user.deleted) refuse('user_disabled')
  if (user.bot) refuse('cannot_dm_bot')
  const made = directMessage(userId, team.botUser)
  const found = team.channels.get(made.id) ?? made
  team.channels.set(found.id, found)
  return found
}

/** A message that is still there and that everybody sees. An ephemeral one cannot be found (https://docs.slack.dev/reference/methods/chat.update). */
export const findMessage = (world: World, { team, channel, ts }: { team: string; channel: string; ts: string }) =>
  world.messages.find(
    m => m.team === team && m.channel === channel && m.ts === ts && !m.deleted && m.visibleTo === undefined,
  )

/** The same, or the given error. */
export const needMessage = (
  world: World,
  place: { team: string; channel: string; ts: string },
  code = 'message_not_found',
): Message => findMessage(world, place) ?? refuse(code)

const findChannel = (team: Team, channelId: string): Channel | undefined => {
  if (team.channels.has(channelId)) return team.channels.get(channelId)
  if (team.users.has(channelId) && !team.users.get(channelId)?.deleted) return openDirectMessage(team, channelId)
  return [...team.channels.values()].find(channel => channel.kind !== 'im' && `#${channel.name}` === channelId)
}
