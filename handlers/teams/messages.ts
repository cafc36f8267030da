import { takeTurn } from '#handlers/chat/turn.ts'
import { aboutOf } from './about.ts'
import type { Said } from './event.ts'
import { ownerOf } from './identity.ts'
import { textMessage } from './outgoing.ts'
import type { TeamsParts } from './parts.ts'
import { createPlace } from './place.ts'
import { stranger } from './press.ts'
import { deliveryKey, placeName, threadOf } from './thread.ts'

/** Somebody asked something; nothing but the mention asks what there is. */
export const onMessage = async (said: Said, parts: TeamsParts): Promise<void> => {
  const { at, who, id } = said
  const owner = ownerOf(who, at.tenant)
  if (!owner) return refuse(said, stranger, parts)
  await parts.references.refresh(at, owner.user).catch(error => parts.warn('reference', error))
  const known = await aboutOf(at, who, parts)
  if (!known.ok) return refuse(said, known.sentence, parts)
  const question = placeName(at, id)
  const asked = { text: said.text, only: at.only }
  if (!parts.replies.get(question)) parts.replies.put(question, asked)
  const onShown = (message: string | undefined) => parts.replies.put(question, { ...asked, message })
  await takeTurn(
    {
      key: deliveryKey(at, id, parts.effects.newId),
      thread: threadOf(at, owner),
      text: said.text || 'help',
      owner,
      about: known.about,
    },
    { place: createPlace({ at, onShown, reader: { who, owner } }, parts), format: 'small' },
    parts,
  )
}

const refuse = async ({ at, who, id }: Said, sentence: string, { claims, sender, effects, warn }: TeamsParts) => {
  if (!(await claims.claim(deliveryKey(at, id, effects.newId)))) return
  const only = at.conversation.type === 'personal' ? undefined : who
  await sender.send({ ...at, only }, textMessage(sentence)).catch(error => warn('stranger', error))
}
