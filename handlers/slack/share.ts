import { isShutOut } from './call-error.ts'
import type { Deed, ElementClick } from './clicked-element.ts'
import { type Doer, placeKey } from './identity.ts'
import { inThread } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import { writeAnswer } from './write-answer.ts'

const notThere =
  'Chartroom is not in this conversation, so it cannot post here. Type /invite @Chartroom and share again; between people alone it cannot be invited.'

/** Shows an answer to the conversation in which only the asker saw it. Throws `CallError`. */
export const share = async (slack: Slack, doer: Doer, { where }: ElementClick, { view, say }: Deed): Promise<void> => {
  if (where.kind !== 'private') return say('Everybody here sees this answer already.')
  const key = `${placeKey(doer, { channel: where.channel, ts: view.id })}`
  if (slack.shared.has(key)) return say('This answer is shared here already.')
  slack.shared.set(key, true)
  const writer = { ...inThread(slack, doer, { channel: where.channel }), isApart: true, instead: undefined }
  const fileId = slack.pictures.of(view.id)
  if (fileId) slack.pictures.shared(view.id)
  try {
    const { place } = await writeAnswer(slack, doer, { view, id: view.id, fileId }, writer)
    if (place) await slack.parts.answers.place(placeKey(doer, place), view.id)
  } catch (error) {
    slack.shared.delete(key)
    if (fileId) slack.pictures.dropped(view.id)
    if (!isShutOut(error)) throw error
    slack.parts.warn('slack/not-there', error)
    await say(notThere)
  }
}
