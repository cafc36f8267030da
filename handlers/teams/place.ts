import type { Place } from '#handlers/chat/turn.ts'
import { cardMessage, textMessage } from '#renderers/teams/outgoing.ts'
import { workingCard } from '#renderers/teams/working.ts'
import { plainText } from '#renderers/view/plain-text.ts'
import { type Reader, showAlone } from './alone.ts'
import { checked } from './checked.ts'
import type { TeamsParts } from './parts.ts'
import { isForAll, put, type Spot, show } from './show.ts'

/** A place in Teams: typing, then a card with Stop when it takes long, then that same message becomes the answer. */
export const createPlace = (spot: Spot & { reader: Reader }, parts: TeamsParts): Place => {
  const { at } = spot
  const typing = createTyping(() => parts.sender.typing(at))
  let working: string | undefined
  const end = async (message: string, error: unknown) => {
    await parts.sender.update(at, message, textMessage(untaken)).catch(reason => parts.warn('working', reason))
    throw error
  }
  return {
    status: () => typing.begin(),
    working: async (words, run) => {
      typing.end()
      const card = checked(workingCard(words, run))
      working = await put(cardMessage({ card, summary: plainText(words) }), spot, parts)
    },
    telling: async (sentences, run) => {
      if (working === undefined) return
      const card = checked(workingCard('Putting it into words…', run, sentences))
      await parts.sender.refresh(at, working, cardMessage({ card, summary: plainText(sentences[0] ?? '') }))
    },
    show: shown => {
      typing.end()
      const stands = working
      const there = stands === undefined ? spot : { ...spot, message: () => stands }
      const done = isForAll(spot.at, shown)
        ? show(shown, there, parts)
        : showAlone(shown, there, { reader: spot.reader, parts })
      return stands === undefined ? done : done.catch(error => end(stands, error))
    },
  }
}

const untaken = 'Teams did not take the answer in any form. Please ask again.'

/** An answer that comes at once needs no announcement; one that is typed longer than Teams shows needs it again. */
const [beginAfter, againAfter] = [400, 3000]

const createTyping = (say: () => void) => {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const again = () => {
    say()
    timer = setTimeout(again, againAfter)
  }
  return {
    begin: () => {
      if (!over) timer ??= setTimeout(again, beginAfter)
    },
    end: () => {
      over = true
      clearTimeout(timer)
    },
  }
}
