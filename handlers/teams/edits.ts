import { createHash } from 'node:crypto'
import { takeTurn } from '#handlers/chat/turn.ts'
import { aboutOf } from './about.ts'
import type { Said } from './event.ts'
import { ownerOf } from './identity.ts'
import type { TeamsParts } from './parts.ts'
import { createPlace } from './place.ts'
import { deliveryKey, placeName, threadOf } from './thread.ts'

/**
 * Somebody has changed a question: its answer changes too, in the same message. Teams also tells of edits that change no word (a preview of a
 * link comes, somebody reacts); those are left alone.
 */
export const onEdit = async ({ at: place, who, id, text }: Said, parts: TeamsParts): Promise<void> => {
  const owner = ownerOf(who, place.tenant)
  const question = placeName(place, id)
  const before = parts.replies.get(question)
  if (!owner || text === '' || before?.text === text) return
  // What was private does not become public, whatever the edit says.
  const at = { ...place, only: before?.only ?? place.only }
  const known = await aboutOf(at, who, parts)
  if (!known.ok) return
  parts.replies.put(question, { ...before, text, only: at.only })
  const message = () => parts.replies.get(question)?.message
  const onShown = (shown: string | undefined) => parts.replies.put(question, { text, only: at.only, message: shown })
  await takeTurn(
    {
      key: deliveryKey(at, `${id}:${digest(text)}`, parts.effects.newId),
      thread: threadOf(at, owner),
      text,
      owner,
      about: known.about,
    },
    { place: createPlace({ at, message, onShown, reader: { who, owner } }, parts), format: 'small' },
    parts,
  )
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')
