import { type Click, type Deed, readClick } from '#renderers/view/click.ts'
import type { AnswerView, ChoiceView } from '#renderers/view/view.ts'
import type { Asked } from '#src/ask.ts'
import type { Answers, KeptAnswer, Owner } from '#src/store/answers.ts'
import type { ChatUseCases } from './use-cases.ts'
import { viewOf } from './view-of.ts'

/** What is known of the answer that was clicked, and of who clicked. */
type Found = { kept: KeptAnswer; view: AnswerView; mine: boolean }

/** What a click comes to, once the answer has been looked up and the one who clicks is known. */
export type Clicked =
  | ({ kind: 'ask'; asked: Pick<Asked, 'text' | 'query'> } & Found)
  /** `isOpen`: who clicks may have it as it was kept; else it has to be asked anew with their own rights (`answer-for.ts`). */
  | ({ kind: 'deed'; deed: Deed; isOpen: boolean } & Found)
  | { kind: 'stop'; run: string }
  /** Nothing can be done; `message` says why, for the one who clicked. */
  | { kind: 'told'; message: string }

const gone = 'That answer is no longer kept, so it cannot be changed. Please ask the question again.'
const notYours = 'Only the person who asked can do that.'

type Looked = {
  answers: Answers
  useCases: Pick<ChatUseCases, 'options'>
  /** The message that was clicked, as `answers.place` named it, when everybody in that place sees it. */
  place?: string
}

/** Reads the text that a button or menu carried back. Whoever is of another workspace or tenant is told as little as of an answer that is gone. */
export const readClicked = async (text: string, who: Owner, { answers, useCases, place }: Looked): Promise<Clicked> => {
  const click = readClick(text)
  if (!click) return { kind: 'told', message: gone }
  if (click.kind === 'stop') return { kind: 'stop', run: click.run }
  const kept = await answers.get(click.answer)
  if (!kept || kept.owner?.platform !== who.platform || kept.owner.tenant !== who.tenant)
    return { kind: 'told', message: gone }
  const mine = kept.owner.user === who.user
  const { answer } = kept
  const view = await viewOf(kept, { useCases })
  if (click.kind === 'deed')
    return deedOf(click.deed, { kept, view, mine }, mine || (await isShownAt(place, answer.id, answers)))
  const asked = askedBy(click, view)
  return asked ? { kind: 'ask', asked, kept, view, mine } : { kind: 'told', message: gone }
}

/** What everybody in a place was shown there was worked out for all of them. */
const isShownAt = async (place: string | undefined, id: string, answers: Answers): Promise<boolean> =>
  place !== undefined && (await answers.at(place))?.answer.id === id

const ownDeeds = new Set<Deed>(['delete', 'share', 'alone', 'together'])

const deedOf = (deed: Deed, found: Found, isOpen: boolean): Clicked => {
  if (ownDeeds.has(deed) && !found.mine) return { kind: 'told', message: notYours }
  if (deed === 'again') return { kind: 'ask', asked: { text: found.kept.answer.question }, ...found }
  return { kind: 'deed', deed, isOpen, ...found }
}

const askedBy = (
  click: Exclude<Click, { kind: 'deed' | 'stop' }>,
  view: AnswerView,
): Pick<Asked, 'text' | 'query'> | undefined => {
  if (click.kind === 'item') {
    const ask = view.status === 'told' ? view.items[click.index]?.ask : undefined
    return ask === undefined ? undefined : { text: ask }
  }
  const choice = choicesOf(click, view)[click.index]
  return choice && { text: choice.question, query: choice.query }
}

const choicesOf = (click: Extract<Click, { kind: 'menu' | 'choice' }>, view: AnswerView): ChoiceView[] => {
  if (view.status !== 'answered') return click.kind === 'choice' ? view.choices : []
  if (click.kind === 'choice') return view.next
  return view.menus.find(menu => menu.name === click.menu)?.choices ?? []
}
