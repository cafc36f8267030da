import { z } from 'zod'
import type { Activity } from './activity.ts'
import type { Offered } from './downloads.ts'
import { isMentioned, mentionText } from './mention-text.ts'
import type { Account, Address, Scope } from './port.ts'

type Common = {
  /** Of the activity; deliveries that come again have the same. */
  id: string
  /** Where it was said, and so where answers go. */
  at: Address
  who: Account
}
/** Something on a message of the bot. */
type OnMessage = Common & { message?: string }

export type Said = Common & {
  text: string
  /** Files that can be fetched. Only in the personal chat do bots get any. */
  files: Offered[]
  /** A picture was pasted into it, which is not looked at. */
  hasPicture: boolean
}
export type Executed = OnMessage & { data: unknown }
export type Rated = OnMessage & { reaction: 'like' | 'dislike' }

/** What happened, as far as the bot does something about it. */
export type TeamsEvent =
  | ({ kind: 'message' } & Said)
  | ({ kind: 'edit' } & Said)
  | ({ kind: 'submit' } & Executed)
  | ({ kind: 'execute' } & Executed)
  | ({ kind: 'feedback-form' } & Rated)
  | ({ kind: 'feedback' } & Rated & { form: string })
  | ({ kind: 'added' } & Common)
  | ({ kind: 'removed' } & Common)
  | { kind: 'nothing' }

/** Reads what happened from an activity that the guard has let in. `tenant` is ours; undefined with the playground. */
export const readEvent = (activity: Activity, tenant: string | undefined): TeamsEvent => {
  const common: Common = {
    id: activity.id ?? '',
    at: addressOf(activity, tenant),
    who: {
      id: activity.from.id,
      aadObjectId: activity.from.aadObjectId ?? undefined,
      ...(activity.from.name && { name: activity.from.name }),
    },
  }
  switch (activity.type) {
    case 'message':
      return isFromBot(activity) ? nothing : message(activity, common)
    case 'messageUpdate':
      return activity.channelData?.eventType === 'editMessage' && isAddressed(activity)
        ? { kind: 'edit', ...common, ...contentOf(activity) }
        : nothing
    case 'invoke':
      return invoke(activity, { ...common, message: activity.replyToId ?? undefined })
    case 'installationUpdate':
      return activity.action?.startsWith('remove') ? { kind: 'removed', ...common } : { kind: 'added', ...common }
    case 'conversationUpdate':
      return membership(activity, common)
    default:
      return nothing
  }
}

const nothing: TeamsEvent = { kind: 'nothing' }

const addressOf = (activity: Activity, tenant: string | undefined): Address => {
  const { serviceUrl, conversation, channelData, recipient, from, id } = activity
  const isTargeted = recipient.isTargeted === true
  return {
    serviceUrl,
    tenant: (tenant ?? conversation.tenantId ?? channelData?.tenant?.id ?? '').toLowerCase(),
    conversation: { id: isTargeted ? withoutOwnThread(conversation.id, id) : conversation.id, type: typeOf(activity) },
    bot: { id: recipient.id },
    ...(isTargeted && { only: { id: from.id, aadObjectId: from.aadObjectId ?? undefined } }),
  }
}

/** A private post begins no thread that others could reply in. */
const withoutOwnThread = (conversation: string, id: string | null | undefined) =>
  conversation.replace(`;messageid=${id}`, '')

/** Where Teams does not say it, the form of the id does; only what is surely personal is taken for it. */
const typeOf = ({ conversation: { id, conversationType } }: Activity): Scope => {
  if (conversationType) return conversationType
  if (id.includes('@thread.tacv2')) return 'channel'
  return id.startsWith('19:') ? 'groupChat' : 'personal'
}

/** Bots answering bots would never end. */
const isFromBot = ({ from }: Activity) => from.id.startsWith('28:') || from.role === 'bot'

/** In groups and channels the bot answers only what is said to it, also where it may read everything. */
const isAddressed = (activity: Activity) =>
  typeOf(activity) === 'personal' || activity.recipient.isTargeted === true || isMentioned(activity)

const message = (activity: Activity, common: Common): TeamsEvent => {
  const { value, replyToId } = activity
  const content = contentOf(activity)
  if (value !== undefined && value !== null && content.text === '')
    return { kind: 'submit', ...common, message: replyToId ?? undefined, data: value }
  return isAddressed(activity) ? { kind: 'message', ...common, ...content } : nothing
}

const contentOf = (activity: Activity) => {
  const attachments = (activity.attachments ?? []).filter(found => found !== undefined)
  return {
    text: mentionText(activity),
    files: attachments.flatMap(found =>
      'content' in found ? { name: found.name || 'a file', url: found.content.downloadUrl } : [],
    ),
    hasPicture: attachments.some(({ contentType }) => contentType.startsWith('image/')),
  }
}

const execute = z.object({ action: z.object({ data: z.unknown().optional() }) })
const reaction = z.enum(['like', 'dislike'])
const form = z.object({ data: z.object({ actionValue: z.object({ reaction }) }) })
const feedback = z.object({
  actionName: z.literal('feedback'),
  actionValue: z.object({ reaction, feedback: z.string().nullish() }),
})

const invoke = ({ name, value }: Activity, common: OnMessage): TeamsEvent => {
  switch (name) {
    case 'adaptiveCard/action': {
      const { data } = execute.safeParse(value)
      return data ? { kind: 'execute', ...common, data: data.action.data } : nothing
    }
    case 'message/fetchTask': {
      const { data } = form.safeParse(value)
      return data ? { kind: 'feedback-form', ...common, reaction: data.data.actionValue.reaction } : nothing
    }
    case 'message/submitAction': {
      const { data } = feedback.safeParse(value)
      if (!data) return nothing
      const { reaction: given, feedback: words } = data.actionValue
      return { kind: 'feedback', ...common, reaction: given, form: words ?? '' }
    }
    default:
      return nothing
  }
}

const membership = ({ membersAdded, membersRemoved, recipient }: Activity, common: Common): TeamsEvent => {
  const isBot = ({ id }: { id: string }) => id === recipient.id
  if (membersAdded?.some(isBot)) return { kind: 'added', ...common }
  return membersRemoved?.some(isBot) ? { kind: 'removed', ...common } : nothing
}
