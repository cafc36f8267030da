import { z } from 'zod'
import type { Clicked } from '../chat/clicked.ts'
import type { Place } from './messages.ts'
import type { Known } from './people.ts'

/** Where something was clicked: a message, an ephemeral message (which cannot be changed by its ts), or a modal or the Home tab. */
export type Where =
  | { kind: 'message'; place: Place; thread: string }
  | { kind: 'private'; channel: string; ts: string; thread?: string }
  | { kind: 'view' }

/** A click on one of our elements, as `block_actions` brings it (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
export type ElementClick = {
  user: string
  /** Somebody of another organisation clicked, in a channel that both share. */
  foreign: boolean
  /** The click as our text, or the question of an example on the Home tab. */
  value: string
  action: string
  where: Where
  /** The same for each delivery of one click. */
  key: string
  trigger: string
  url?: string
}

/** What is to be done with an answer as a whole, who does it, and how they are told. */
export type Deed = Extract<Clicked, { kind: 'deed' }> & {
  known: Known
  key: string
  say: (sentence: string) => Promise<void>
}

const payload = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  team: z.object({ id: z.string(), enterprise_id: z.string().nullish() }).nullish(),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
    view_id: z.string().optional(),
  }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string().default(''),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
})

/** Reads a click; nothing when it is none that we could have offered. */
export const readElementClick = (body: unknown): ElementClick | undefined => {
  const read = payload.safeParse(body)
  if (!read.success) return undefined
  const { user, trigger_id, response_url, container, actions } = read.data
  const { action_id, action_ts, value, selected_option } = actions[0]!
  const clicked = selected_option?.value ?? value
  if (clicked === undefined) return undefined
  return {
    user: user.id,
    foreign: isForeignClick(read.data),
    value: clicked,
    action: action_id,
    where: whereOf(read.data),
    key: `${action_ts}:${container.message_ts ?? container.view_id ?? ''}:${user.id}`,
    trigger: trigger_id,
    url: response_url,
  }
}

/**
 * A person's `team_id` is the organisation where there is one, else the workspace
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload). Another workspace of an organisation is not told from its own.
 */
const isForeignClick = ({ user: { team_id: home }, team }: Pick<z.infer<typeof payload>, 'user' | 'team'>): boolean =>
  !!home && !!team && home !== team.id && home !== team.enterprise_id && (!team.enterprise_id || home.startsWith('E'))

/** The conversation in which it was clicked, if it was in one. */
export const channelOf = ({ where }: Pick<ElementClick, 'where'>): string | undefined =>
  where.kind === 'message' ? where.place.channel : where.kind === 'private' ? where.channel : undefined

/** Where the one who clicked reads on. A thread that has no reply yet shows nothing to one person alone, so it is the conversation then. */
export const spotOf = ({ where }: Pick<ElementClick, 'where'>): { channel?: string; thread?: string } => {
  if (where.kind === 'view') return {}
  if (where.kind === 'private') return { channel: where.channel, thread: where.thread }
  const { place, thread } = where
  return { channel: place.channel, thread: thread === place.ts ? undefined : thread }
}

/** The message that was clicked; no place in a modal or on the Home tab. */
export const placeOf = ({ where }: Pick<ElementClick, 'where'>): Place =>
  where.kind === 'message' ? where.place : where.kind === 'private' ? where : { channel: '', ts: '' }

const whereOf = ({ container, message }: z.infer<typeof payload>): Where => {
  const { channel_id: channel, message_ts: ts, thread_ts, is_ephemeral } = container
  if (channel === undefined || ts === undefined) return { kind: 'view' }
  if (is_ephemeral) return { kind: 'private', channel, ts, ...(thread_ts !== undefined && { thread: thread_ts }) }
  return { kind: 'message', place: { channel, ts }, thread: thread_ts ?? message?.thread_ts ?? ts }
}
