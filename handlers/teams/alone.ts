import { answeredAlone } from '#handlers/chat/alone.ts'
import type { Shown } from '#handlers/chat/turn.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import type { KeptAnswer, Owner } from '#src/store/answers.ts'
import type { TeamsParts } from './parts.ts'
import { type Account, type Address, isGone, TeamsError } from './port.ts'
import { type Spot, show } from './show.ts'
import { isPrivate } from './thread.ts'

/** Whether an answer was shown to its asker and nobody else. */
export const isAlone = ({ answer, thread }: KeptAnswer): boolean => answer.onlyForAsker === true || isPrivate(thread)

/** Who is to see it: as Teams names them in that conversation, and as we do. */
export type Reader = { who: Account; owner: Owner }

/**
 * Shows an answer to its asker and nobody else: there, in a message that only they see; when Teams does not take that, in their personal chat.
 * What everybody saw of it until then becomes a sentence that tells nothing of it.
 */
export const showAlone = async (shown: Shown, spot: Spot, { reader, parts }: Showing): Promise<void> => {
  const isShown = await showPrivately(shown, spot.at, { reader, parts })
  const there = spot.message?.()
  if (there !== undefined) await cover(spot.at, { there, words: isShown ? answeredAlone : nowhere }, parts)
  else if (!isShown) await parts.sender.send(spot.at, textMessage(nowhere))
  spot.onShown?.(undefined, undefined)
}

type Showing = { reader: Reader; parts: TeamsParts }

const nowhere = 'The answer holds data that not everybody here may see. Please ask me in our own chat.'

const showPrivately = async (shown: Shown, at: Address, { reader: { who, owner }, parts }: Showing) => {
  const refused = (error: unknown) => {
    if (!(error instanceof TeamsError) || error.end !== 'refused') throw error
    parts.warn('alone', error)
    return false
  }
  const put = (to: Address) => show(shown, { at: to, alone: true }, parts).then(() => true, refused)
  if (await put({ ...at, only: who })) return true
  const chat = await parts.references.personal(owner)
  return chat !== undefined && put(chat)
}

const cover = async (at: Address, { there, words }: { there: string; words: string }, { sender }: TeamsParts) => {
  await sender.update(at, there, textMessage(words)).catch(error => {
    if (!isGone(error)) throw error
  })
}
