import { paintedOf, pictureOf } from '#renderers/view/picture.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { notForAll } from '../chat/alone.ts'
import { viewOf } from '../chat/view-of.ts'
import { isShutOut } from './call-error.ts'
import type { Deed, ElementClick } from './clicked-element.ts'
import { type Doer, ownerOf, placeIn, placeKey } from './identity.ts'
import { titleOf } from './place.ts'
import { inThread } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import { uploadPicture } from './upload.ts'
import { askerOf } from './who-asks.ts'
import { dropPicture, writeAnswer } from './write-answer.ts'

const notThere =
  'Chartroom is not in this conversation, so it cannot post here. Type /invite @Chartroom and share again; between people alone it cannot be invited.'

/**
 * Shows an answer to the conversation in which only the asker saw it, as those there may see it: what is posted is what comes of asking
 * again with their rights. When that is nothing, only the one who shares is told. Throws `CallError`.
 */
export const share = async (slack: Slack, doer: Doer, { where }: ElementClick, deed: Deed): Promise<void> => {
  const { view, say } = deed
  if (where.kind !== 'private') return say('Everybody here sees this answer already.')
  const { channel } = where
  const key = placeKey(doer, { channel, ts: view.id })
  if (!slack.shared.begin(key)) return say('This answer is shared here already.')
  try {
    const shown = await forAll(slack, doer, { deed, place: channel })
    if ('sentence' in shown) {
      slack.shared.forget(key)
      return say(shown.sentence)
    }
    await postShared(slack, doer, {
      ...shown,
      channel,
      thread: where.thread ?? threadOf(doer, deed, channel),
    })
    slack.shared.as(key, placeKey(doer, { channel, ts: shown.view.id }))
  } catch (error) {
    slack.shared.forget(key)
    if (!isShutOut(error)) throw error
    slack.parts.warn('slack/not-there', error)
    await say(notThere)
  }
}

/** The thread in which it was asked. */
const threadOf = (doer: Doer, { kept }: Deed, channel: string): string | undefined => {
  const place = placeIn(doer, kept.thread)
  return place?.channel === channel ? place.ts : undefined
}

type Shareable = { view: AnswerView; png?: Uint8Array }

/** The answer as everybody in the place may see it, kept for its buttons, or why there is none. */
const forAll = async (
  { parts, effects }: Slack,
  doer: Doer,
  { deed: { kept, view, known }, place }: { deed: Deed; place: string },
): Promise<Shareable | { sentence: string }> => {
  const { useCases } = parts
  const sharing = { asker: askerOf(doer, known, place), place }
  return parts.running.run({ id: effects.newId(), who: doer.user }, async signal => {
    const answer = (await useCases.share?.(kept.answer, sharing, { signal })) ?? kept.answer
    const sentence = whyNot(answer)
    if (sentence !== undefined) return { sentence }
    if (answer.id === kept.answer.id) return { view }
    const owner = ownerOf(doer)
    await parts.answers.put({ answer, owner, thread: kept.thread })
    const shown = await viewOf({ answer, owner }, parts)
    const painting = paintedOf(shown)
    if (!painting) return { view: shown }
    const png = await useCases.paint(pictureOf(painting), 'light', { signal, format: 'full' }).catch(error => {
      parts.warn('picture', error)
      return undefined
    })
    return { view: shown, png }
  })
}

const whyNot = (answer: Answer): string | undefined => {
  if (answer.onlyForAsker) return notForAll
  return answer.status === 'refused' || answer.status === 'clarify' ? answer.message : undefined
}

/** The picture of the same answer is the same; another one has its own. */
const postShared = async (
  slack: Slack,
  doer: Doer,
  { view, png, channel, thread }: Shareable & { channel: string; thread?: string },
): Promise<void> => {
  const writer = { ...inThread(slack, doer, { channel, thread }), isApart: true, instead: undefined }
  const { id } = view
  const fileId = png ? await uploadPicture(slack, doer, { png, title: titleOf(view) }) : slack.pictures.of(id)
  if (fileId && png) slack.pictures.keep(id, fileId)
  else if (fileId) slack.pictures.shared(id)
  try {
    const { place } = await writeAnswer(slack, doer, { view, id, fileId }, writer)
    if (place) await slack.parts.answers.place(placeKey(doer, place), id)
  } catch (error) {
    if (fileId) dropPicture(slack, doer, id)
    throw error
  }
}
