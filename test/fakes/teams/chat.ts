import { adaptiveCard } from './check-activity.ts'
import type { Conversation, Json, Person } from './world.ts'

/** A message as it stands now. */
export type Message = {
  id: string
  conversation: Conversation
  /** Root of the thread it is in; channels only. */
  thread?: string
  from: Person | 'bot'
  /** The only person who sees it; absent when everybody does. */
  to?: Person
  /** As last written. */
  activity: Json
  /** Every earlier wording, oldest first. */
  earlier: Json[]
  deleted: boolean
  /** Cards that only one person has got instead, by pressing Action.Execute; an update takes them away again. */
  views: Map<Person['key'], Json>
}

export type Chat = {
  messages: Message[]
  /** Ids grow like those of Teams, which are times in milliseconds. */
  nextId: () => string
  /** A person's or the bot's message; a message of this id that is there already stays as it is. */
  post: (message: Pick<Message, 'conversation' | 'from' | 'activity'> & Partial<Message>) => Message
  find: (conversation: Conversation, id: string) => Message | undefined
  rewrite: (message: Message, activity: Json) => void
}

export const createChat = (): Chat => {
  const messages: Message[] = []
  let last = Date.now()
  const nextId = () => String(++last)
  const find = (conversation: Conversation, id: string) =>
    messages.find(message => message.conversation === conversation && message.id === id)
  return {
    messages,
    nextId,
    find,
    post: given => {
      const id = given.id ?? nextId()
      const there = find(given.conversation, id)
      if (there) return there
      const message: Message = { earlier: [], deleted: false, views: new Map(), ...given, id }
      messages.push(message)
      return message
    },
    rewrite: (message, activity) => {
      message.earlier.push(message.activity)
      message.activity = activity
      message.views.clear()
    },
  }
}

/** The Adaptive Cards of a message, as a person sees them. */
export const cardsOf = (message: Message, viewer?: Person['key']): Json[] => {
  const own = viewer && message.views.get(viewer)
  if (own) return [own]
  const attachments = (message.activity.attachments ?? []) as Json[]
  return attachments.filter(({ contentType }) => contentType === adaptiveCard).map(({ content }) => content as Json)
}

/** Whether a person sees a message: targeted ones reach one person, and only members see anything. */
export const isSeenBy = (message: Message, person: Person): boolean =>
  message.conversation.members.includes(person) &&
  (message.to === undefined || message.to === person || message.from === person)
