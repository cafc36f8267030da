import { answerFor } from '#handlers/chat/answer-for.ts'
import { teamsCard } from '#renderers/teams/card.ts'
import { csvCard } from '#renderers/teams/csv-card.ts'
import { detailsCard } from '#renderers/teams/details-card.ts'
import { cardMessage } from '#renderers/teams/outgoing.ts'
import { insidePicture } from '#renderers/teams/picture.ts'
import { lineOf } from '#renderers/teams/plain.ts'
import type { Deed } from '#renderers/view/click.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { isAlone } from './alone.ts'
import { checked } from './checked.ts'
import type { TeamsParts } from './parts.ts'
import { isGone } from './port.ts'
import type { Doing, Done, Pressed } from './press.ts'
import { shareForAll } from './share.ts'
import { shownAgain } from './shown-again.ts'
import { deliveryKey } from './thread.ts'

/** Does what a button under an answer says. */
export const doDeed: Doing = async (done, pressed, parts) => {
  const { at, id } = pressed.press
  // Details change nothing, so they may come twice.
  if (done.deed !== 'details' && !(await parts.claims.claim(deliveryKey(at, id, parts.effects.newId))))
    return { text: 'That is being worked on already.' }
  return deeds[done.deed](done, pressed, parts)
}

/** In place, for whoever pressed: the same answer, opened. */
const details: Doing = async (done, pressed, parts) => {
  const answer = await answerOf(done, pressed, parts)
  const { view, png } = await shownAgain({ answer, owner: pressed.owner }, parts)
  if (view.status !== 'answered' && view.status !== 'empty') return { text: lineOf(view) }
  const options = { rung: 'picture', picture: insidePicture(png), private: isAlone(done.kept) } as const
  try {
    return { card: checked(teamsCard(view, { ...options, expanded: true })), stands: false }
  } catch {
    return { card: checked(detailsCard(view)), stands: false }
  }
}

const answerOf = (done: Done, { owner, about }: Pressed, parts: TeamsParts): Promise<Answer> => {
  const { audience: _, ...known } = about
  return answerFor(done, { asker: { ...owner, ...known }, run: parts.effects.newId() }, parts)
}

/** A message with the rows, in a group or channel only for whoever pressed: up to 60 KB of them are of no use to everybody. */
const csv: Doing = async (done, pressed, parts) => {
  const answer = await answerOf(done, pressed, parts)
  if (answer.status === 'refused') return { text: answer.message }
  if (answer.status !== 'answered') return { text: 'This answer has no rows.' }
  const { press } = pressed
  const { table, story } = answer
  const text = await parts.useCases.csv(answer)
  const card = checked(csvCard({ title: story.headline.text, csv: text, truncated: table.truncated }))
  const isPersonal = press.at.conversation.type === 'personal'
  await parts.sender.send(
    isPersonal ? press.at : { ...press.at, only: press.who },
    cardMessage({ card, summary: 'Rows as CSV' }),
  )
  return { text: isPersonal ? 'The rows are in the next message.' : 'The rows are in a message that only you see.' }
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
  share: shareForAll,
  delete: remove,
  up: rate('up'),
  down: rate('down'),
  again,
  // Files that were sent wait for nobody here.
  alone: again,
  together: again,
}
