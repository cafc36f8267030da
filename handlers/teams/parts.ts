import type { ChatParts } from '#handlers/chat/turn.ts'
import type { Effects } from '#src/effects.ts'
import type { Downloads } from './downloads.ts'
import type { References } from './references.ts'
import type { Replies } from './replies.ts'
import type { Sender } from './send.ts'
import type { Standings } from './standing.ts'

/** What everything that happens in Teams is handled with. */
export type TeamsParts = ChatParts & {
  effects: Effects
  sender: Sender
  standings: Standings
  downloads: Downloads
  references: References
  replies: Replies
  /** An address at which a picture can be fetched; none without a public address of the bot. */
  pictureUrl?: (png: Uint8Array) => string
}
