import { asObject, listOf, needText, textOf } from '../arguments.ts'
import { acceptBlocks } from '../content.ts'
import { findMessage, needMessage, writable } from '../conversations.ts'
import { addMessage, messageJson } from '../messages.ts'
import { refuse } from '../refusal.ts'
import { clearStatus } from '../status.ts'
import type { Json, Message, Team, World } from '../world.ts'
import type { Method } from './method.ts'

/**
 * Streams: started as a reply, added to, stopped once; one that nobody adds to expires
 * (https://docs.slack.dev/reference/methods/chat.startStream).
 */
export const stream = {
  'chat.startStream': {
    scope: 'chat:write',
    perMinute: 20,
    run: (args, { world, team }) => {
      const channel = writable(team, needText(args, 'channel'))
      const threadTs = needText(args, 'thread_ts')
      needMessage(world, { team: team.id, channel: channel.id, ts: threadTs }, 'thread_not_found')
      if (channel.kind !== 'im' && textOf(args, 'recipient_team_id') === undefined) refuse('missing_recipient_team_id')
      if (channel.kind !== 'im' && textOf(args, 'recipient_user_id') === undefined) refuse('missing_recipient_user_id')
      const message = addMessage(world, {
        team: team.id,
        channel: channel.id,
        user: team.botUser,
        text: '',
        threadTs,
        via: 'chat.startStream',
        args: { task_display_mode: args.task_display_mode },
        stream: { state: 'open', touchedAt: world.now(), chunks: [] },
      })
      addChunks(message, args, { world, team })
      clearStatus(world, message)
      return { channel: channel.id, ts: message.ts }
    },
  },
  'chat.appendStream': {
    scope: 'chat:write',
    perMinute: 100,
    run: (args, { world, team }) => {
      const message = openStream(args, { world, team })
      if (textOf(args, 'markdown_text') === undefined && !listOf(args, 'chunks', 'invalid_chunks')?.length)
        refuse('no_text')
      addChunks(message, args, { world, team })
      return { channel: message.channel, ts: message.ts }
    },
  },
  'chat.stopStream': {
    scope: 'chat:write',
    perMinute: 20,
    run: (args, { world, team }) => {
      const message = openStream(args, { world, team })
      addChunks(message, args, { world, team })
      const blocks = listOf(args, 'blocks', 'invalid_blocks_format') ?? []
      message.blocks.push(...acceptBlocks(blocks, { world, team, surface: 'message' }))
      if (message.stream)
        message.stream = { ...message.stream, state: 'stopped', sessionStatus: textOf(args, 'session_status') }
      message.metadata = args.metadata
      world.changed()
      return { channel: message.channel, ts: message.ts, message: messageJson(message, team, world.settings.appId) }
    },
  },
} satisfies Record<string, Method>

/** Most characters of text in one call (https://docs.slack.dev/reference/methods/chat.appendStream). */
const longestChunk = 12_000

const openStream = (args: Json, { world, team }: { world: World; team: Team }): Message => {
  const place = { team: team.id, channel: needText(args, 'channel'), ts: needText(args, 'ts') }
  const message = findMessage(world, place) ?? refuse('message_not_found')
  if (!message.bot) refuse('message_not_owned_by_app')
  const { stream } = message
  if (stream?.state === 'open' && world.now() - stream.touchedAt > world.settings.streamExpiresMs)
    stream.state = 'expired'
  return stream?.state === 'open' ? message : refuse('message_not_in_streaming_state')
}

const addChunks = (message: Message, args: Json, { world, team }: { world: World; team: Team }) => {
  const text = textOf(args, 'markdown_text')
  const chunks = (listOf(args, 'chunks', 'invalid_chunks') ?? []).map(asObject)
  const all = text === undefined ? chunks : [{ type: 'markdown_text', text }, ...chunks]
  const written = all.filter(chunk => chunk.type === 'markdown_text').map(chunk => String(chunk.text ?? ''))
  if (written.join('').length > longestChunk) refuse('msg_too_long')
  for (const chunk of all) checkChunk(chunk)
  const blocks = all.flatMap(chunk => (chunk.type === 'blocks' && Array.isArray(chunk.blocks) ? chunk.blocks : []))
  message.blocks.push(...acceptBlocks(blocks, { world, team, surface: 'message', at: '/chunks/blocks' }))
  message.text += written.join('')
  if (message.stream)
    message.stream = { ...message.stream, touchedAt: world.now(), chunks: [...message.stream.chunks, ...all] }
  world.changed()
}

const taskStatuses = ['pending', 'in_progress', 'complete', 'error']

/** Kinds of chunks (https://docs.slack.dev/reference/methods/chat.appendStream). */
const checkChunk = (chunk: Json) => {
  const isRight =
    (chunk.type === 'markdown_text' && typeof chunk.text === 'string') ||
    (chunk.type === 'plan_update' && typeof chunk.title === 'string') ||
    (chunk.type === 'blocks' && Array.isArray(chunk.blocks)) ||
    (chunk.type === 'task_update' &&
      typeof chunk.id === 'string' &&
      typeof chunk.title === 'string' &&
      taskStatuses.includes(String(chunk.status)))
  if (!isRight) refuse('invalid_chunks')
}
