import { flagOf, needText, textOf } from '../arguments.ts'
import { openDirectMessage, visible } from '../conversations.ts'
import { messageJson } from '../messages.ts'
import { refuse } from '../refusal.ts'
import type { Channel, Json, Message, Team, User } from '../world.ts'
import { type Caller, type Method, needScope } from './method.ts'

/** Who and what there is in a workspace. */
export const people = {
  'auth.test': {
    run: (_, { team }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: team.users.get(team.botUser)?.name,
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': {
    perMinute: 50,
    run: (_, { team }) => ({ team: { id: team.id, name: team.name, domain: team.domain } }),
  },
  'bots.info': {
    perMinute: 50,
    run: (args, { team, world }) =>
      (textOf(args, 'bot') ?? team.botId) === team.botId
        ? {
            bot: {
              id: team.botId,
              app_id: world.settings.appId,
              user_id: team.botUser,
              name: 'chartroom',
              deleted: false,
            },
          }
        : refuse('bot_not_found'),
  },
  'users.info': {
    scope: 'users:read',
    perMinute: 100,
    run: (args, { team }) => ({
      user: userJson(team, team.users.get(needText(args, 'user')) ?? refuse('user_not_found')),
    }),
  },
  'usergroups.list': {
    scope: 'usergroups:read',
    perMinute: 20,
    run: (args, { team }) => ({
      usergroups: team.groups
        .filter(group => !group.deleted || flagOf(args, 'include_disabled'))
        .map(({ id, handle, users, deleted }) => ({
          id,
          team_id: team.id,
          is_usergroup: true,
          name: handle,
          handle,
          date_delete: deleted ? 1_700_000_000 : 0,
          user_count: users.length,
          ...(flagOf(args, 'include_users') ? { users } : {}),
        })),
    }),
  },
  'conversations.open': {
    perMinute: 50,
    run: (args, { team }) => {
      const [user, ...more] = needText(args, 'users').split(',')
      if (user === undefined || more.length > 0) refuse('invalid_users')
      const known = team.channels.has(`D${user?.slice(1)}`)
      const channel = openDirectMessage(team, user ?? '')
      const full = flagOf(args, 'return_im') ? channelJson(channel, team) : { id: channel.id }
      return { ...(known ? { no_op: true, already_open: true } : {}), channel: full }
    },
  },
  'conversations.info': {
    perMinute: 50,
    run: (args, { team }) => ({ channel: channelJson(visible(team, needText(args, 'channel')), team) }),
  },
  'conversations.members': {
    perMinute: 100,
    run: (args, { team }) => ({
      members: [...visible(team, needText(args, 'channel')).members],
      response_metadata: { next_cursor: '' },
    }),
  },
  // Reading history is not asked for: apps outside the Marketplace get one request a minute (https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps).
  'conversations.history': {
    perMinute: 1,
    run: (args, caller) => history(args, caller, m => m.threadTs === undefined),
  },
  'conversations.replies': {
    perMinute: 1,
    run: (args, caller) => {
      const ts = needText(args, 'ts')
      return history(args, caller, m => m.ts === ts || m.threadTs === ts)
    },
  },
} satisfies Record<string, Method>

/** Newest first; direct messages may be read with `im:history`, which the app has. Metadata comes when it is asked for. */
const history = (args: Json, caller: Caller, isShown: (message: Message) => boolean): Json => {
  const { world, team } = caller
  const channel = visible(team, needText(args, 'channel'))
  needScope(caller, channel.kind === 'im' ? 'im:history' : 'channels:history')
  const messages = world.messages
    .filter(
      m => m.team === team.id && m.channel === channel.id && !m.deleted && m.visibleTo === undefined && isShown(m),
    )
    .slice(-Number(textOf(args, 'limit') ?? 100))
    .reverse()
    .map(message => ({
      ...messageJson(message, team, world.settings.appId),
      ...(flagOf(args, 'include_all_metadata') && message.metadata ? { metadata: message.metadata } : {}),
    }))
  return { messages, has_more: false }
}

const userJson = (team: Team, user: User): Json => ({
  id: user.id,
  team_id: user.home ?? team.id,
  name: user.name,
  real_name: user.name,
  deleted: user.deleted,
  is_bot: user.bot,
  is_restricted: user.guest,
  is_ultra_restricted: user.single ?? false,
  ...(user.stranger && { is_stranger: true }),
  ...(user.org !== undefined && {
    enterprise_user: { id: user.id, enterprise_id: user.org, teams: [user.home ?? team.id] },
  }),
  tz: user.tz,
  tz_offset: user.tzOffset,
  profile: { display_name: user.name, real_name: user.name },
})

const channelJson = (channel: Channel, team: Team): Json => ({
  id: channel.id,
  ...(channel.kind === 'im' ? { user: channel.user } : { name: channel.name, name_normalized: channel.name }),
  is_channel: channel.kind === 'public',
  is_group: channel.kind === 'private',
  is_im: channel.kind === 'im',
  is_private: channel.kind !== 'public',
  is_archived: channel.archived,
  is_member: channel.members.has(team.botUser),
  is_ext_shared: false,
  num_members: channel.members.size,
})
