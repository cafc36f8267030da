import type { Asker } from '#src/vocabulary/question.ts'
import { isHeard, type Said } from '../chat/turn.ts'
import { type Doer, ownerOf } from './identity.ts'
import type { Known } from './people.ts'
import type { Slack } from './slack-parts.ts'

/** Who somebody is, for those who are listened to; else a sentence that says why nothing is done. */
export type WhoAsks = { known: Known; refusal?: undefined } | { known?: undefined; refusal: string }

/** `foreign` is what the payload itself says: somebody of another organisation. */
export const whoAsks = async (slack: Slack, doer: Doer, foreign = false): Promise<WhoAsks> => {
  const known: Known = foreign ? { standing: 'external', isSure: true } : await slack.people.of(doer)
  if (await isHeard(known.standing, slack.parts)) return { known }
  return { refusal: !known.isSure ? notKnown : known.standing === 'guest' ? noGuests : membersOnly }
}

const membersOnly = 'Chartroom answers members of the workspace that installed it. Ask one of them, please.'
const noGuests = 'Chartroom answers members of this workspace, and you are a guest here. Ask one of them, please.'
const notKnown =
  'Slack did not say who you are in this workspace, so Chartroom does not answer yet. Please ask again in a minute.'

/** What is said with a question of who asks and who reads the answer. */
export const aboutOf = (
  { standing, groups }: Known,
  { channel, isPrivate = false }: { channel?: string; isPrivate?: boolean },
): NonNullable<Said['about']> => ({
  place: channel,
  standing,
  groups,
  audience: channel === undefined || isPrivate || isDirect(channel) ? 'asker' : 'place',
})

/** Somebody as the use cases know them. */
export const askerOf = (doer: Doer, { standing, groups }: Known, place?: string): Asker => ({
  ...ownerOf(doer),
  standing,
  groups,
  place,
})

/** Only one person and the bot are there. A person's id stands for that conversation when it is written to. */
export const isDirect = (channel: string): boolean => /^[DUW]/.test(channel)
