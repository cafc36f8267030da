import { z } from 'zod'
import { type Doer, isForeign, placeKey } from './identity.ts'
import { saidText } from './said-text.ts'
import { type SlackFile, slackFiles } from './slack-file.ts'
import type { Slack } from './slack-parts.ts'

const edited = z.object({ ts: z.string() })

const message = z.object({
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  edited: edited.optional(),
  user_team: z.string().optional(),
  team: z.string().optional(),
  files: slackFiles,
})

/** Messages of people as events bring them; an edited direct message brings what it is now and was before. */
export const messageEvent = message.extend({
  channel: z.string(),
  channel_type: z.string().optional(),
  message: message.optional().catch(undefined),
  previous_message: message.optional().catch(undefined),
})
export type MessageEvent = z.infer<typeof messageEvent>

/** Something that a person said to the bot. */
export type Spoken = {
  user: string
  channel: string
  ts: string
  thread: string
  /** Empty when there are files and no words. */
  text: string
  /** What was sent along; nothing when it was only changed. */
  files: SlackFile[]
  /** When it was changed last; none when it is as it was sent. */
  editedAt?: string
  /** Somebody of another organisation, who may read here and not ask. */
  foreign: boolean
}

/** Subtypes that are plain words of a person; all others are of Slack or of programs (https://docs.slack.dev/reference/events/message). */
const words = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** Slack itself writes as this user. */
const programs = new Set(['USLACKBOT'])

/** What a person said with an event; nothing when it was a program, Slack itself, or a file without a word. */
export const spokenIn = (event: MessageEvent, body: object, botUser: string | undefined): Spoken | undefined => {
  const said = event.subtype === 'message_changed' ? changedIn(event) : event
  if (!said || !words.has(said.subtype) || said.bot_id || !said.user || programs.has(said.user)) return undefined
  if (said.user === botUser) return undefined
  const text = saidText(said.text, botUser)
  const files = said.edited ? [] : said.files
  const isBare = text === '' && files.length === 0
  if (isBare && (said.subtype === 'file_share' || said.files.length > 0)) return undefined
  return {
    user: said.user,
    channel: event.channel,
    ts: said.ts,
    thread: said.thread_ts ?? said.ts,
    text: isBare ? 'help' : text,
    files,
    editedAt: said.edited?.ts,
    foreign: isForeign(body, said),
  }
}

/** Slack changes messages too, when it adds the preview of a link; then nobody has edited it. */
const changedIn = ({ message }: MessageEvent) => (message?.edited ? message : undefined)

/** The key of what was said; nothing when an edit asks nothing new. Each edit is answered once, and so is the message itself, whatever event it comes with. */
export const keyOf = (
  { edits }: Slack,
  doer: Doer,
  { channel, ts, text, editedAt }: Spoken,
  before?: string,
): string | undefined => {
  const key = placeKey(doer, { channel, ts })
  if (before !== undefined) edits.isNew(key, before)
  const isNew = edits.isNew(key, text)
  if (editedAt === undefined) return `${key}:said`
  return isNew ? `${key}:edited:${editedAt}` : undefined
}
