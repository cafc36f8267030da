import type { Said } from '#handlers/chat/turn.ts'
import type { TeamsParts } from './parts.ts'
import type { Account, Address } from './port.ts'
import { stranger } from './press.ts'
import { baseOf } from './thread.ts'

/** What is known of who asks and of who reads the answer, or the sentence to refuse with. */
export type About = { ok: true; about: NonNullable<Said['about']> } | { ok: false; sentence: string }

/** Deny by default: whoever Teams does not vouch for is not answered. */
export const aboutOf = async (
  at: Address,
  who: Account,
  { standings }: Pick<TeamsParts, 'standings'>,
): Promise<About> => {
  const standing = await standings.of(at, who)
  if (standing === 'stranger') return { ok: false, sentence: stranger }
  if (standing === 'unknown') return { ok: false, sentence: unknown }
  const called = who.name === undefined ? {} : { name: who.name }
  return { ok: true, about: { place: baseOf(at.conversation.id), standing, audience: audienceOf(at), ...called } }
}

const unknown = 'Teams did not say who you are in this organization, so I cannot answer. Please try again in a minute.'

/** Everybody there, unless it is a chat with the bot alone or a message for one person. */
const audienceOf = ({ conversation, only }: Address) => (only || conversation.type === 'personal' ? 'asker' : 'place')
