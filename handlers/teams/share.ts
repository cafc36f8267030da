import { notForAll } from '#handlers/chat/alone.ts'
import type { KeptAnswer } from '#src/store/answers.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { isAlone } from './alone.ts'
import type { TeamsParts } from './parts.ts'
import type { Address } from './port.ts'
import type { Doing, Pressed } from './press.ts'
import { show } from './show.ts'
import { shownAgain } from './shown-again.ts'
import { baseOf, conversationOf, threadOf } from './thread.ts'

/**
 * What only the asker has seen is posted for all, as an answer of its own: what is done with the one does not touch the other. What all may see
 * of it is worked out anew.
 */
export const shareForAll: Doing = async ({ kept }, pressed, parts) => {
  if (!isAlone(kept)) return { text: 'Everybody here can see it already.' }
  const at = await askedAt(kept, pressed, parts)
  if (!at || at.conversation.type === 'personal')
    return { text: 'I no longer know where this was asked. Please ask there again.' }
  const mark = `teams:shared:${kept.answer.id}`
  return parts.lanes.run(mark, async () => {
    if (await parts.answers.at(mark)) return { text: 'It has been shared already.' }
    const forAll = await answerForAll(kept.answer, { at, pressed }, parts)
    const sentence = whyNot(forAll)
    if (sentence !== undefined) return { text: sentence, late: 'said' }
    const { owner } = pressed
    const answer = { ...forAll, id: parts.effects.newId() }
    const thread = threadOf(at, owner)
    await parts.answers.put({ answer, owner, thread })
    await show(await shownAgain({ answer, owner, thread }, parts), { at, asked: true }, parts)
    await parts.answers.place(mark, answer.id)
    return { text: 'Shared.' }
  })
}

const whyNot = (answer: Answer): string | undefined => {
  if (answer.onlyForAsker) return notForAll
  return answer.status === 'refused' || answer.status === 'clarify' ? answer.message : undefined
}

/** Where it was asked, which is neither the thread that a client makes of the private message nor the personal chat where it may stand. */
const askedAt = async ({ thread }: KeptAnswer, { press, owner }: Pressed, { references }: TeamsParts) => {
  const id = thread === undefined ? press.at.conversation.id : conversationOf(thread, owner)
  const { only: _, ...at } = press.at
  const chat = baseOf(id) === baseOf(at.conversation.id) ? at : await references.find(owner.tenant, baseOf(id))
  return chat && { ...chat, conversation: { ...chat.conversation, id } }
}

type Sharing = { at: Address; pressed: Pressed }

const answerForAll = async (answer: Answer, { at, pressed: { owner, about } }: Sharing, parts: TeamsParts) => {
  const { share } = parts.useCases
  if (!share) return answer
  const place = baseOf(at.conversation.id)
  const asker = { ...owner, standing: about.standing, place }
  return parts.running.run({ id: parts.effects.newId(), who: owner.user }, signal =>
    share(answer, { asker, place }, { signal }),
  )
}
