import { takeTurn } from '#handlers/chat/turn.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import { aboutOf } from './about.ts'
import type { Said } from './event.ts'
import { importFiles } from './files.ts'
import { ownerOf } from './identity.ts'
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
  const sender = {
    key: deliveryKey(at, id, parts.effects.newId),
    thread: threadOf(at, owner),
    owner,
    about: known.about,
  }
  if (said.files.length > 0) return takeFiles(said, sender, parts)
  if (said.text === '' && said.hasPicture) return refuse(said, noPictures, parts)
  await askWords(said, sender, parts)
}

const noPictures = 'I cannot look at pictures. Ask in words, or send me a file with data in our own chat.'
const elsewhere = 'Please send me files in our own chat: there they become data that only you can ask about.'

/** The words beside the files are about the data that they became. */
const takeFiles = async (said: Said, sender: Sender, parts: TeamsParts): Promise<void> => {
  if (said.at.conversation.type !== 'personal') return refuse(said, elsewhere, parts)
  const domain = await importFiles(said, sender, parts)
  if (said.text === '') return
  const ask: TeamsParts['useCases']['ask'] = (question, running) =>
    parts.useCases.ask({ ...question, ...(domain !== undefined && { domain }) }, running)
  await askWords(said, sender, { ...parts, useCases: { ...parts.useCases, ask } })
}

type Sender = Parameters<typeof importFiles>[1]

const askWords = async ({ at, who, id, text }: Said, sender: Sender, parts: TeamsParts): Promise<void> => {
  const question = placeName(at, id)
  const asked = { text, only: at.only }
  if (!parts.replies.get(question)) parts.replies.put(question, asked)
  const onShown = (message: string | undefined) => parts.replies.put(question, { ...asked, message })
  const place = createPlace({ at, onShown, reader: { who, owner: sender.owner } }, parts)
  await takeTurn({ ...sender, text: text || 'help' }, { place, format: 'small' }, parts)
}

const refuse = async ({ at, who, id }: Said, sentence: string, { claims, sender, effects, warn }: TeamsParts) => {
  if (!(await claims.claim(deliveryKey(at, id, effects.newId)))) return
  const only = at.conversation.type === 'personal' ? undefined : who
  await sender.send({ ...at, only }, textMessage(sentence)).catch(error => warn('stranger', error))
}
