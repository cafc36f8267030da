import type { Click } from '../view/click.ts'
import type { ChoiceView, ToldView } from '../view/view.ts'
import { clickMenu } from './change.ts'
import { clickButton } from './clicks.ts'
import { clipped } from './clipped.ts'
import { buttons, type Element, type ExecuteAction, prose, small, type TextBlock } from './elements.ts'
import { cardText, say } from './escape.ts'
import { type Part, part, sizes } from './fit.ts'

/** Teams shows six buttons in a row of its own; more become a menu. */
const mostButtons = 6
const shortLabel = 24
const longLabel = 32

type Offered = { label: string; hint?: string; click: Click }

/** Choices to click: buttons, below each other when their labels are long; many as one menu. */
export const choiceParts = (choices: ChoiceView[], answer: string, ask: string): Part[] =>
  offered(
    choices.map(({ label }, index) => ({ label, click: { kind: 'choice', answer, index } })),
    ask,
  )

/** Items that can be asked about. */
export const itemParts = (items: ToldView['items'], answer: string): Part[] =>
  offered(
    items.flatMap(({ term, ask }, index) =>
      ask === undefined ? [] : [{ label: term, hint: ask, click: { kind: 'item', answer, index } as const }],
    ),
    'Ask about one of these',
  )

/** What one may ask next. */
export const nextPart = (next: ChoiceView[], answer: string): Part => {
  const asks = stacked(
    next.map(({ label, question }, index) => ({ label, hint: question, click: { kind: 'choice', answer, index } })),
  )
  return part(asks.length > 0 ? [...small(say`Ask next:`), ...asks] : [], 2)
}

const offered = (all: Offered[], label: string): Part[] => {
  const id = all[0]?.click.kind === 'item' ? 'item' : 'choice'
  if (all.length === 0) return []
  if (all.length <= mostButtons) return [part(stacked(all))]
  return [sizes([100, 40, 15, 3], most => clickMenu({ id, label, options: all }, most))]
}

/** Short labels stand beside each other, longer ones below; a label too long for a phone becomes a row to tap, which can wrap. */
const stacked = (all: Offered[]): Element[] => {
  const made = all.flatMap(offer =>
    clickButton(offer.label, offer.click, offer.hint === offer.label ? undefined : offer.hint).map(action => ({
      ...offer,
      action,
    })),
  )
  const longest = Math.max(0, ...made.map(o => clipped(o.label, 100).length))
  if (longest <= shortLabel) return buttons(made.map(o => o.action))
  return made.flatMap(o => (longest <= longLabel ? buttons([o.action]) : [rowToTap(o)]))
}

const rowToTap = ({ label, action }: { label: string; action: ExecuteAction }): Element => ({
  type: 'Container',
  style: 'emphasis',
  selectAction: action,
  spacing: 'Small',
  items: prose(say`› ${clipped(label, 300)}`),
})

/** Terms with their text: at most `most`, each of at most `length` characters. */
export const listed = (items: ToldView['items'], { most, length }: { most: number; length: number }): TextBlock[] => {
  const left = items.length - most
  return [
    ...items
      .slice(0, most)
      .flatMap(({ term, text }) => [
        ...prose(cardText(term, 100), { weight: 'Bolder' }),
        ...prose(cardText(text, length), { spacing: 'None' }),
      ]),
    ...(left > 0 ? small(say`${left} more are not listed here.`) : []),
  ]
}
