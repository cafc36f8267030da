import { type Clicked, readClicked } from '#handlers/chat/clicked.ts'
import { clicksOf } from '#renderers/teams/clicks.ts'
import { failureView } from '#renderers/view/failure.ts'
import type { Owner } from '#src/store/answers.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { aboutOf } from './about.ts'
import { isAlone } from './alone.ts'
import { askAnew, changeInPlace } from './asked-by-button.ts'
import { doDeed } from './deeds.ts'
import type { Executed } from './event.ts'
import { ownerOf } from './identity.ts'
import type { TeamsParts } from './parts.ts'
import { type PressReply, stranger } from './press.ts'
import { show } from './show.ts'
import { shownAgain } from './shown-again.ts'
import { isFrom, placeName } from './thread.ts'

/** Somebody pressed a button or chose in a menu. What the card sends back is not trusted: it only names an answer and one of its choices. */
export const onPress = async (press: Executed, parts: TeamsParts): Promise<PressReply> => {
  const owner = ownerOf(press.who, press.at.tenant)
  if (!owner) return { text: stranger }
  const clicked = await readChosen(press, owner, parts)
  switch (clicked.kind) {
    case 'told':
      return { text: clicked.message }
    case 'stop':
      return stop(clicked.run, { press, owner }, parts)
  }
  const { kept, mine } = clicked
  const isPersonal = press.at.conversation.type === 'personal'
  const alone = isAlone(kept)
  // What could not be shown in a group stands in the personal chat of its asker.
  const isHere = isFrom(kept.thread, press.at) || (alone && mine && isPersonal)
  if (!isHere || (alone && !mine)) return { text: 'This is not yours to change.' }
  const only = alone && !isPersonal ? press.who : undefined
  const at = { ...press.at, only }
  const known = await aboutOf(at, press.who, parts)
  if (!known.ok) return { text: known.sentence }
  const pressed = { press: { ...press, at }, owner, about: known.about }
  if (clicked.kind === 'deed') return doDeed(clicked, pressed, parts)
  return mine ? changeInPlace(clicked, pressed, parts) : askAnew(clicked, pressed, parts)
}

/** Nobody else will ever change a message whose work was cut off. An answer that was to be changed comes back. */
const stop = async (
  run: string,
  { press: { at, message }, owner }: Stopping,
  parts: TeamsParts,
): Promise<PressReply> => {
  const outcome = await parts.queue.stop(run, owner)
  if (outcome === 'stopping') return { text: 'Stopping…' }
  if (outcome === 'nothing') return { text: 'Nothing of yours is running here.' }
  const view = { ...failureView(ChartroomError.of('chat/cut-off'), ''), retry: false }
  if (message !== undefined) {
    const kept = await parts.answers.at(placeName(at, message))
    const spot = { at, message: () => message, alone: kept?.answer.onlyForAsker }
    await show(kept ? await shownAgain(kept, parts) : { view }, spot, parts)
  }
  return { text: `${view.message} ${view.next}`, late: 'said' }
}

type Stopping = { press: Executed; owner: Owner }

const readChosen = async ({ data, at, message }: Executed, owner: Owner, parts: TeamsParts): Promise<Clicked> => {
  const place = message === undefined ? undefined : placeName(at, message)
  const all = await Promise.all(clicksOf(data).map(text => readClicked(text, owner, { ...parts, place })))
  const [first] = all
  return first ? (combined(all) ?? first) : { kind: 'told', message: 'Choose something first.' }
}

type Ask = Extract<Clicked, { kind: 'ask' }>

/** Several menus of one answer at once: each changes its own part of the query. */
const combined = (all: Clicked[]): Ask | undefined => {
  const asks = all.filter((clicked): clicked is Ask => clicked.kind === 'ask')
  const [first] = asks
  const answer = first?.kept.answer
  if (!first || asks.length < 2 || answer?.status !== 'answered') return undefined
  if (asks.some(({ kept, asked }) => kept.answer.id !== answer.id || !asked.query)) return undefined
  const changes = asks.flatMap(({ asked }) => changedIn(asked.query!, answer.query))
  const query = { ...answer.query, ...Object.fromEntries(changes) } as Query
  return { ...first, asked: { text: asks.map(({ asked }) => asked.text).join(', '), query } }
}

const changedIn = (query: Query, before: Query) =>
  Object.entries({ ...emptied(before), ...query }).filter(
    ([part, value]) => JSON.stringify(value) !== JSON.stringify(before[part as keyof Query]),
  )

/** So that a part which the choice leaves away counts as changed. */
const emptied = (query: Query) => Object.fromEntries(Object.keys(query).map(part => [part, undefined]))
