import type { Clicked } from '#handlers/chat/clicked.ts'
import { teamsCard } from '#renderers/teams/card.ts'
import { csvCard } from '#renderers/teams/csv-card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import type { Deed } from '#renderers/view/click.ts'
import { checked } from './checked.ts'
import { cardMessage } from './outgoing.ts'
import type { TeamsParts } from './parts.ts'
import { insidePicture } from './picture.ts'
import { show } from './place.ts'
import { isGone } from './port.ts'
import type { Pressed, PressReply } from './press.ts'
import { shownAgain } from './shown-again.ts'
import { deliveryKey, isPrivate, sharedAt, threadOf } from './thread.ts'

type Done = Extract<Clicked, { kind: 'deed' }>
type Doing = (done: Done, pressed: Pressed, parts: TeamsParts) => Promise<PressReply>

/** Does what a button under an answer says. */
export const doDeed: Doing = async (done, pressed, parts) => {
  const { at, id } = pressed.press
  // Details change nothing, so they may come twice.
  if (done.deed !== 'details' && !(await parts.claims.claim(deliveryKey(at, id, parts.effects.newId))))
    return { text: 'That is being worked on already.' }
  return deeds[done.deed](done, pressed, parts)
}

/** In place, for whoever pressed: the same answer, opened. */
const details: Doing = async ({ kept, view }, { press }, parts) => {
  if (view.status !== 'answered' && view.status !== 'empty') return { text: 'There is nothing more to this answer.' }
  const { png } = await shownAgain(kept, parts)
  const options = { rung: 'picture', picture: insidePicture(png), private: press.at.only !== undefined } as const
  try {
    return { card: checked(teamsCard(view, { ...options, expanded: true })), stands: false }
  } catch {
    return { card: checked(detailsCard(view)), stands: false }
  }
}

/** A message with the rows, in a group or channel only for whoever pressed: up to 60 KB of them are of no use to everybody. */
const csv: Doing = async ({ kept: { answer } }, { press }, { useCases, sender }) => {
  if (answer.status !== 'answered') return { text: 'This answer has no rows.' }
  const { table, story } = answer
  const text = await useCases.csv(answer)
  const card = checked(csvCard({ title: story.headline.text, csv: text, truncated: table.truncated }))
  const isPersonal = press.at.conversation.type === 'personal'
  await sender.send(
    isPersonal ? press.at : { ...press.at, only: press.who },
    cardMessage({ card, summary: 'Rows as CSV' }),
  )
  return { text: isPersonal ? 'The rows are in the next message.' : 'The rows are in a message that only you see.' }
}

/** What only the asker has seen is posted for all, as an answer of its own: what is done with the one does not touch the other. */
const share: Doing = async ({ kept }, { press, owner }, parts) => {
  if (!isPrivate(kept.thread)) return { text: 'Everybody here can see it already.' }
  const mark = `teams:shared:${kept.answer.id}`
  return parts.lanes.run(mark, async () => {
    if (await parts.answers.at(mark)) return { text: 'It has been shared already.' }
    const at = sharedAt(press.at, kept.thread)
    const answer = { ...kept.answer, id: parts.effects.newId() }
    await parts.answers.put({ answer, owner, thread: threadOf(at, owner) })
    await show(await shownAgain({ answer, owner }, parts), { at, asked: true }, parts)
    await parts.answers.place(mark, answer.id)
    return { text: 'Shared.' }
  })
}

const remove: Doing = async (_, { press }, { sender }) => {
  if (press.message === undefined) return { text: 'This message cannot be deleted from here.' }
  await sender.remove(press.at, press.message).catch(error => {
    if (!isGone(error)) throw error
  })
  return { text: 'Deleted.' }
}

const rate =
  (verdict: 'up' | 'down'): Doing =>
  async ({ kept }, { owner }, { useCases }) => {
    await useCases.feedback({ answerId: kept.answer.id, verdict, by: owner })
    return { text: 'Thank you.' }
  }

/** Asking again is a question, and is never done here. */
const again: Doing = async () => ({ text: 'Please ask the question again.' })

const deeds: Record<Deed, Doing> = {
  details,
  csv,
  share,
  delete: remove,
  up: rate('up'),
  down: rate('down'),
  again,
  // Files that were sent wait for nobody here.
  alone: again,
  together: again,
}
