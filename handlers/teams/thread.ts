import type { Owner } from '#src/store/answers.ts'
import type { Address } from './port.ts'

/**
 * The conversation that a question continues. In a personal chat it is the chat, in a channel the thread (its id is in that of the
 * conversation). Group chats have no threads, and questions of two people there have nothing to do with each other, so each has their own.
 * What is asked privately is apart from what is asked aloud: a follow-up in public must not tell what went before.
 */
export const threadOf = ({ tenant, conversation, only }: Address, { user }: Owner): string => {
  const chat = `teams:${tenant}:${conversation.id}`
  if (only) return `${chat}:${user}${privately}`
  return conversation.type === 'groupChat' ? `${chat}:${user}` : chat
}

/** Whether an answer that was kept under this thread is for its asker alone. */
export const isPrivate = (thread: string | undefined): boolean => thread?.endsWith(privately) ?? false

/** The conversation in which a question of this thread was asked: its id. */
export const conversationOf = (thread: string, { tenant, user }: Owner): string => {
  const asked = thread.slice(`teams:${tenant}:`.length)
  const ending = [`:${user}${privately}`, `:${user}`].find(end => asked.endsWith(end)) ?? ''
  return asked.slice(0, asked.length - ending.length)
}

/** Whether an answer of this thread was given in the same chat or channel. */
export const isFrom = (thread: string | undefined, { tenant, conversation }: Address): boolean => {
  const chat = `teams:${tenant}:${baseOf(conversation.id)}`
  return thread?.startsWith(chat) === true && /^(?:[:;]|$)/.test(thread.slice(chat.length))
}

/** The name under which the answer that stands in a message is found. */
export const placeName = ({ tenant, conversation }: Address, messageId: string): string =>
  `teams:${tenant}:${baseOf(conversation.id)}:${messageId}`

/** Names a delivery: one that comes again has the same. Without an id it cannot be told from others. */
export const deliveryKey = ({ tenant, conversation }: Address, id: string, newId: () => string): string =>
  `teams:${tenant}:${baseOf(conversation.id)}:delivery:${id || newId()}`

/** The channel or chat, whichever of its threads it is. */
export const baseOf = (conversationId: string): string => conversationId.split(';', 1)[0]!

const privately = ':private'
