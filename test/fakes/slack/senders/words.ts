import { addMessage, deleteMessage, editMessage, messageJson } from '../messages.ts'
import { eventFile, type SentFile, sendAlong } from '../stored-file.ts'
import { directMessage } from '../workspaces.ts'
import type { Ack, Json, Message, Team } from '../world.ts'
import { sendEvent } from './events.ts'
import type { Doer, Scene } from './scene.ts'
import { teamOf, userOf } from './scene.ts'

type Words = Doer & { text: string; thread?: string; files?: SentFile[] }

/** What somebody wrote, and how the app took the event. */
export type Said = { message: Message; ack: Ack }

/** A person writes in a channel and mentions the app; the mention is put in front when the text has none. */
export const mention = async (
  scene: Scene,
  { channel = 'C0GENERAL', ...words }: Words & { channel?: string },
): Promise<Said> => {
  const team = teamOf(scene.world, words.team)
  const at = `<@${team.botUser}>`
  const text = words.text.includes(at) ? words.text : `${at} ${words.text}`
  const message = write(scene, { ...words, text, channel })
  return { message, ack: await sendEvent(scene, { ...mentionEvent(message, team), ...filesOf(scene, message) }, words) }
}

/** A person writes to the app alone. */
export const dm = async (scene: Scene, words: Words): Promise<Said> => {
  const team = teamOf(scene.world, words.team)
  const channel = directMessage(userOf(words), team.botUser)
  if (!team.channels.has(channel.id)) team.channels.set(channel.id, channel)
  const message = write(scene, { ...words, channel: channel.id })
  const files = filesOf(scene, message)
  const event = { ...imEvent(message), ...(files && { subtype: 'file_share', ...files }) }
  return { message, ack: await sendEvent(scene, event, words) }
}

/** A person writes in a channel without the app; the app hears nothing of it. */
export const say = (scene: Scene, { channel = 'C0GENERAL', ...words }: Words & { channel?: string }): Message =>
  write(scene, { ...words, channel })

/** A person changes what they wrote. The app hears of it in a DM, and in a channel when it is mentioned. */
export const edit = async (
  scene: Scene,
  { message, text, ...doer }: Doer & { message: Message; text: string },
): Promise<Ack | undefined> => {
  const team = teamOf(scene.world, message.team)
  const before = plain(message)
  editMessage(scene.world, message, { text, blocks: [] })
  const place = { channel: message.channel, team: message.team }
  if (isDirect(message)) {
    const changed = { ...plain(message), edited: message.edited }
    return sendEvent(
      scene,
      {
        type: 'message',
        subtype: 'message_changed',
        channel_type: 'im',
        hidden: true,
        ...place,
        ts: message.edited?.ts,
        message: changed,
        previous_message: before,
      },
      { team: team.id, ...doer },
    )
  }
  if (!text.includes(`<@${team.botUser}>`)) return undefined
  const event = { ...mentionEvent(message, team), edited: message.edited, event_ts: message.edited?.ts }
  return sendEvent(scene, event, { team: team.id, ...doer })
}

/** A person deletes what they wrote. The app hears of it in a DM only. */
export const unsay = async (
  scene: Scene,
  { message, ...doer }: Doer & { message: Message },
): Promise<Ack | undefined> => {
  deleteMessage(scene.world, message)
  if (!isDirect(message)) return undefined
  const event = { type: 'message', subtype: 'message_deleted', channel_type: 'im', hidden: true }
  const what = { channel: message.channel, deleted_ts: message.ts, previous_message: plain(message) }
  return sendEvent(scene, { ...event, ...what, ts: scene.world.newTs() }, { team: message.team, ...doer })
}

/** The event that an app gets for its own message in a DM. */
export const echo = (scene: Scene, message: Message): Promise<Ack> => {
  const team = teamOf(scene.world, message.team)
  const json = messageJson(message, team, scene.world.settings.appId)
  const place = { channel: message.channel, channel_type: 'im', event_ts: message.ts }
  return sendEvent(scene, { ...json, ...place }, { team: team.id })
}

const write = (
  { world }: Scene,
  { text, thread, channel, files = [], ...doer }: Words & { channel: string },
): Message => {
  const team = teamOf(world, doer.team)
  if (!team.channels.has(channel)) throw new Error(`There is no channel ${channel} in ${team.id}.`)
  return addMessage(world, {
    team: team.id,
    channel,
    user: userOf(doer),
    bot: false,
    text,
    ...(thread === undefined ? {} : { threadTs: thread }),
    files: files.map(file => sendAlong(world, file, { team: team.id, user: userOf(doer), channel }).id),
    via: 'user',
  })
}

/** What an event says of the files of a message. */
const filesOf = ({ world, origin }: Scene, { files }: Message): { files: Json[]; upload: boolean } | undefined =>
  files.length === 0
    ? undefined
    : { files: files.map(id => eventFile(world, world.files.get(id)!, origin())), upload: false }

const isDirect = (message: Message) => message.channel.startsWith('D')

const plain = (message: Message): Json => ({
  type: 'message',
  client_msg_id: `${message.ts}-client`,
  user: message.user,
  text: message.text,
  ts: message.ts,
  team: message.team,
  ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
})

const mentionEvent = (message: Message, team: Team): Json => ({
  ...plain(message),
  type: 'app_mention',
  channel: message.channel,
  event_ts: message.ts,
  blocks: [writtenBlock(message.text, team)],
})

const imEvent = (message: Message): Json => ({
  ...plain(message),
  channel: message.channel,
  channel_type: 'im',
  event_ts: message.ts,
})

/** What the composer makes of a text (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). */
const writtenBlock = (text: string, team: Team): Json => ({
  type: 'rich_text',
  block_id: 'written',
  elements: [
    {
      type: 'rich_text_section',
      elements: text
        .split(new RegExp(`(<@${team.botUser}>)`))
        .filter(part => part !== '')
        .map(part => (part.startsWith('<@') ? { type: 'user', user_id: team.botUser } : { type: 'text', text: part })),
    },
  ],
})
