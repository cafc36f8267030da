import { isForAgain } from '#handlers/chat/again.ts'
import type { Clicked } from '#handlers/chat/clicked.ts'
import { type Outcome, type Place, type Shown, takeTurn } from '#handlers/chat/turn.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import { workingCard } from '#renderers/teams/working.ts'
import { showAlone } from './alone.ts'
import { checked } from './checked.ts'
import type { TeamsParts } from './parts.ts'
import { createPlace } from './place.ts'
import type { Pressed, PressReply } from './press.ts'
import { isForAll, type Spot, show } from './show.ts'
import { shownAgain } from './shown-again.ts'
import { deliveryKey, threadOf } from './thread.ts'

type Ask = Extract<Clicked, { kind: 'ask' }>

/** Somebody other than the asker: what was asked before stays, and the new answer comes below. */
export const askAnew = async (ask: Ask, pressed: Pressed, parts: TeamsParts): Promise<PressReply> => {
  const { at } = pressed.press
  const reader = { who: pressed.press.who, owner: pressed.owner }
  const place = createPlace({ at, asked: true, reader }, parts)
  const said = saidBy(ask, pressed, threadOf(at, pressed.owner), parts)
  void parts.running.follow(takeTurn(said, { place, format: 'small' }, parts))
  return { text: 'The answer comes in a message of its own.' }
}

/**
 * The asker changes an answer: the message becomes the new one, for all who see it, and the press is answered with the same card. When it
 * takes long, the asker sees for the meantime that it is being worked on. When it fails, the answer that was there stays; a failure that was
 * there is no loss.
 */
export const changeInPlace = (ask: Ask, pressed: Pressed, parts: TeamsParts): Promise<PressReply> => {
  const { at, message } = pressed.press
  const response = Promise.withResolvers<PressReply>()
  const spot: Spot = {
    at,
    alone: ask.kept.answer.onlyForAsker,
    message: () => message,
    onShown: (_, card) => response.resolve(card ? { card, stands: true } : { text: 'Done.' }),
  }
  const said = saidBy(ask, pressed, ask.kept.thread ?? threadOf(at, pressed.owner), parts)
  const place = placeOf({ ask, spot, pressed, answer: response.resolve }, parts)
  void parts.running.follow(
    takeTurn(said, { place, format: 'small' }, parts).then(outcome => response.resolve({ text: endings[outcome] })),
  )
  return response.promise
}

const endings: Record<Outcome, string> = {
  answered: 'Done.',
  failed: 'That did not work; the answer is as it was.',
  stopped: 'Stopped; the answer is as it was.',
  undelivered: 'The answer could not be shown. Please ask the question again.',
  duplicate: 'That is being worked on already.',
}

const saidBy = ({ asked }: Ask, { press, owner, about }: Pressed, thread: string, { effects }: TeamsParts) => ({
  key: deliveryKey(press.at, press.id, effects.newId),
  thread,
  ...asked,
  owner,
  about,
})

type InPlace = { ask: Ask; spot: Spot; pressed: Pressed; answer: (response: PressReply) => void }

const placeOf = ({ ask, spot, pressed, answer }: InPlace, parts: TeamsParts): Place => {
  let isWorking = false
  const { at, who } = pressed.press
  const hasAnswer = !isForAgain(ask.kept.answer)
  // The asker's card is the one that said so; writing the message again brings the answer back.
  const bringBack = async () => {
    if (isWorking) await show(await shownAgain(ask.kept, parts), spot, parts)
  }
  const restore = async ({ view }: Shown) => {
    if (view.status !== 'failed') return
    answer({ text: view.message })
    if (!isWorking) return
    await bringBack()
    const only = at.conversation.type === 'personal' ? undefined : who
    await parts.sender.send({ ...at, only }, textMessage(`${view.message} ${view.next}`))
  }
  const beside = async (shown: Shown) => {
    answer({ text: 'The answer is only for you, in a message of its own.' })
    await bringBack()
    await showAlone(shown, { at }, { reader: { who, owner: pressed.owner }, parts })
  }
  return {
    status: () => {},
    working: async (words, run) => {
      isWorking = true
      answer({ card: checked(workingCard(words, run)), stands: false })
    },
    show: shown => {
      if (hasAnswer && shown.view.status === 'failed') return restore(shown)
      return isForAll(at, shown) ? show(shown, spot, parts) : beside(shown)
    },
  }
}
