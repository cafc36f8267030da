import type { Block, Json, Message, Team, World } from './world.ts'

type Draft = Pick<Message, 'team' | 'channel' | 'user' | 'text' | 'via'> & Partial<Message>

/** Adds a message to its conversation and gives it a timestamp. */
export const addMessage = (world: World, draft: Draft): Message => {
  const message: Message = {
    ts: world.newTs(),
    bot: true,
    blocks: [],
    deleted: false,
    files: [],
    earlier: [],
    args: {},
    ...draft,
  }
  world.messages.push(message)
  world.changed()
  if (message.bot && message.visibleTo === undefined) world.onPosted(message)
  return message
}

/** Replaces what a message says and keeps what it said before. */
export const editMessage = (world: World, message: Message, { text, blocks }: { text: string; blocks: Block[] }) => {
  message.earlier.push({ text: message.text, blocks: message.blocks })
  message.text = text
  message.blocks = blocks
  message.edited = { user: message.user, ts: world.newTs() }
  world.changed()
}

/** Takes a message out of its conversation. */
export const deleteMessage = (world: World, message: Message) => {
  message.deleted = true
  world.changed()
}

/** Blocks as Slack keeps them: each has a `block_id`, made when there is none. */
export const withIds = (world: World, blocks: Json[]): Block[] =>
  blocks.map(block => ({ block_id: world.newId('b'), ...block, type: String(block.type) }))

/** A message as Slack shows it in answers and payloads. */
export const messageJson = (message: Message, team: Team, appId: string): Json => ({
  type: 'message',
  user: message.user,
  ts: message.ts,
  team: message.team,
  text: message.text,
  ...(message.bot ? { bot_id: team.botId, app_id: appId } : {}),
  ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  ...(message.edited === undefined ? {} : { edited: message.edited }),
  ...(message.files.length > 0 ? { files: message.files.map(id => ({ id })) } : {}),
  ...(message.stream?.state === 'open' ? { streaming_state: 'in_progress' } : {}),
})
