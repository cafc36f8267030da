import { flagOf, needText, textOf } from '../arguments.ts'
import { contentOf } from '../content.ts'
import { findMessage, needMessage, visible, writable } from '../conversations.ts'
import { addMessage, deleteMessage, editMessage, messageJson } from '../messages.ts'
import { refuse } from '../refusal.ts'
import { clearStatus } from '../status.ts'
import type { Json, Message, Team, World } from '../world.ts'
import type { Method } from './method.ts'

/** Posting, changing and deleting messages (https://docs.slack.dev/reference/methods?family=chat). */
export const chat = {
  'chat.postMessage': {
    scope: 'chat:write',
    perSecondIn: 'channel',
    run: (args, { world, team }) => {
      const channel = writable(team, needText(args, 'channel'))
      const content = contentOf(args, { world, team, surface: 'message' })
      const threadTs = threadOf(args)
      const message = addMessage(world, {
        ...said(team, channel.id),
        ...content,
        threadTs,
        via: 'chat.postMessage',
        metadata: args.metadata,
        args: unusual(args),
      })
      clearStatus(world, message)
      return { channel: channel.id, ts: message.ts, message: messageJson(message, team, world.settings.appId) }
    },
  },
  'chat.postEphemeral': {
    scope: 'chat:write',
    perMinute: 100,
    run: (args, { world, team }) => {
      const channel = writable(team, needText(args, 'channel'))
      const user = needText(args, 'user')
      if (!channel.members.has(user) || team.users.get(user)?.deleted) refuse('user_not_in_channel')
      const content = contentOf(args, { world, team, surface: 'ephemeral' })
      const message = addMessage(world, {
        ...said(team, channel.id),
        ...content,
        threadTs: threadOf(args),
        visibleTo: user,
        via: 'chat.postEphemeral',
        args: unusual(args),
      })
      return { message_ts: message.ts }
    },
  },
  'chat.update': {
    scope: 'chat:write',
    perMinute: 50,
    run: (args, { world, team }) => {
      const message = ownMessage(args, { world, team, code: 'cant_update_message' })
      if (message.stream?.state === 'open') refuse('streaming_state_conflict')
      if (Buffer.byteLength(textOf(args, 'text') ?? '') > longestUpdate) refuse('msg_too_long')
      editMessage(world, message, contentOf(args, { world, team, surface: 'message', before: message }))
      const { channel, ts, text } = message
      return { channel, ts, text, message: messageJson(message, team, world.settings.appId) }
    },
  },
  'chat.delete': {
    scope: 'chat:write',
    perMinute: 50,
    run: (args, { world, team }) => {
      const message = ownMessage(args, { world, team, code: 'cant_delete_message' })
      deleteMessage(world, message)
      return { channel: message.channel, ts: message.ts }
    },
  },
  'chat.unfurl': {
    scope: 'links:write',
    perMinute: 50,
    run: (args, { world, team }) => {
      const [channel, ts] = [needText(args, 'channel'), needText(args, 'ts')]
      needMessage(world, { team: team.id, channel, ts }, 'cannot_unfurl_message')
      world.unfurls.push({ team: team.id, channel, ts, unfurls: args.unfurls })
      world.changed()
      return {}
    },
  },
  'chat.getPermalink': {
    run: (args, { world, team }) => {
      const channel = visible(team, needText(args, 'channel'))
      const ts = needText(args, 'message_ts')
      needMessage(world, { team: team.id, channel: channel.id, ts })
      return { channel: channel.id, permalink: permalink(team, channel.id, ts) }
    },
  },
} satisfies Record<string, Method>

/** Most bytes of a changed text (https://docs.slack.dev/reference/methods/chat.update); a posted one may be longer. */
const longestUpdate = 4000

/** The address of a message for people. */
const permalink = (team: Team, channel: string, ts: string) =>
  `https://${team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`

const said = (team: Team, channel: string) => ({ team: team.id, channel, user: team.botUser })

const threadOf = (args: Json): string | undefined => {
  const ts = textOf(args, 'thread_ts')
  return ts === undefined || /^\d+\.\d{6}$/.test(ts) ? ts : refuse('invalid_thread_ts')
}

const ownMessage = (args: Json, { world, team, code }: { world: World; team: Team; code: string }): Message => {
  const channel = visible(team, needText(args, 'channel'))
  if (channel.archived) refuse('is_archived')
  const message = findMessage(world, { team: team.id, channel: channel.id, ts: needText(args, 'ts') })
  if (message === undefined) return refuse('message_not_found')
  return message.bot ? message : refuse(code)
}

const flags = ['unfurl_links', 'unfurl_media', 'mrkdwn', 'link_names', 'reply_broadcast']

/** How it was posted, besides what it says and where. */
const unusual = (args: Json): Json => ({
  ...Object.fromEntries(flags.filter(name => name in args).map(name => [name, flagOf(args, name)])),
  ...(args.parse === undefined ? {} : { parse: args.parse }),
})
