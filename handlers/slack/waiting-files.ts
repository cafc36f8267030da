import { fileChoiceMessage } from '#renderers/slack/file-choice.ts'
import { filesIn, filesMost, waitingFiles } from '../chat/sent-files.ts'
import type { Said } from '../chat/turn.ts'
import { isMessageGone } from './call-error.ts'
import type { Deed, ElementClick } from './clicked-element.ts'
import { conversationOf, type Doer, ownerOf, placeIn, placeKey } from './identity.ts'
import { aside, directly, inThread, type Spot } from './place-in-thread.ts'
import { overPrivate } from './place-over.ts'
import { nameOf, type SlackFile } from './slack-file.ts'
import type { Slack } from './slack-parts.ts'
import { takeFiles } from './take-files.ts'
import { aboutOf } from './who-asks.ts'
import type { Writer } from './writer.ts'

type Sent = { files: readonly SlackFile[]; spot: Spot & { thread: string } }

/** Files in a channel become data of nobody before their sender has said whose: only they are asked. */
export const askWhom = async (slack: Slack, doer: Doer, said: Said, { files, spot }: Sent): Promise<void> => {
  const { parts, effects } = slack
  if (!(await parts.claims.claim(said.key))) return parts.metrics.duplicate('slack')
  const { channel, thread, isActive } = spot
  const id = effects.newId()
  const named = files.slice(0, filesMost).map(file => ({ id: file.id, name: nameOf(file) }))
  const answer = waitingFiles({ id, text: said.text, files: named })
  await parts.answers.put({ answer, owner: said.owner, thread: placeKey(doer, { channel, ts: thread }) })
  const message = fileChoiceMessage({ id, names: named.map(({ name }) => name) })
  const writer = aside(slack, doer, { channel, thread: isActive ? thread : undefined })
  await writer.write(message, id).catch(async error => {
    const instead = writer.instead?.(error)
    if (!instead) throw error
    parts.warn('slack/elsewhere', error)
    await instead.write(message, id)
  })
}

const gone = 'These files are no longer known here. Please send them again.'
const begun = 'These files are being read already.'

/** The sender has said whose data the files become: theirs alone, or that of the channel. */
export const takeWaiting = async (slack: Slack, doer: Doer, click: ElementClick, what: Deed): Promise<void> => {
  const { kept, known, deed, say } = what
  const waiting = filesIn(kept)
  const place = placeIn(doer, kept.thread)
  if (!waiting || !place) return say(gone)
  if (!(await slack.parts.claims.claim(`slack:${doer.tenant}:waiting:${kept.answer.id}`))) return say(begun)
  const isPrivate = deed === 'alone'
  const { channel, ts: thread } = place
  const said = {
    key: `slack:${doer.tenant}:files:${kept.answer.id}`,
    // What is asked of private data is no conversation of the thread: it goes on with what the sender asked in commands there.
    thread: isPrivate ? `slack:${doer.tenant}:${channel}:${doer.user}` : await conversationOf(slack, doer, place),
    text: waiting.text,
    owner: ownerOf(doer),
    about: aboutOf(known, { channel, isPrivate }),
  }
  const isOver = isPrivate && click.where.kind === 'private'
  if (!isOver) await takeAway(slack, doer, click)
  const own = (nth: number) => aloneAt(slack, doer, click, { channel, nth })
  const files = waiting.files
  const ear = { channel, thread: click.where.kind === 'private' ? click.where.thread : undefined }
  if (isPrivate) await takeFiles(slack, doer, said, { files, ear, writer: own })
  else {
    const writer = (nth: number) => inThread(slack, doer, { channel, thread, isActive: nth > 0 })
    await takeFiles(slack, doer, said, { files, ear, channel, writer })
  }
}

/** The first answer takes the place of the buttons, others stand beside it. Where the buttons came as a direct message, so do the answers. */
const aloneAt = (
  slack: Slack,
  doer: Doer,
  { where, url }: ElementClick,
  { channel, nth }: { channel: string; nth: number },
): Writer => {
  if (where.kind !== 'private') return directly(slack, doer)
  if (nth === 0 && url !== undefined) return overPrivate(slack, doer, { url, isStillWanted: () => true })
  return aside(slack, doer, { channel, thread: where.thread })
}

/** The buttons have had their use. */
const takeAway = async (slack: Slack, doer: Doer, { where, url }: ElementClick): Promise<void> => {
  const going =
    where.kind === 'message'
      ? slack.calls.call(doer, { method: 'chat.delete', args: { ...where.place }, channel: where.place.channel })
      : url !== undefined && slack.calls.respond(url, { delete_original: true })
  await Promise.resolve(going).catch(error => {
    if (!isMessageGone(error)) slack.parts.warn('slack/take-away', error)
  })
}
