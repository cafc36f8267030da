import type { Click } from '../view/click.ts'
import { cut, plainText } from '../view/plain-text.ts'
import type { ChoiceView, ToldView } from '../view/view.ts'
import { clickMenu } from './change.ts'
import { clickButton } from './clicks.ts'
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
export const nextPart = (next: ChoiceView[], answer: string): Part =>
  part(
    next.length === 0
      ? []
      : [
          ...small(say`Ask next:`),
          ...stacked(
            next.map(({ label, question }, index) => ({
              label,
              hint: question,
              click: { kind: 'choice', answer, index },
            })),
          ),
        ],
    2,
  )

const offered = (all: Offered[], label: string): Part[] => {
  if (all.length === 0) return []
  if (all.length <= mostButtons) return [part(stacked(all))]
  return [sizes([100, 40, 15], most => clickMenu({ label, button: 'Ask', options: all }, most))]
}

/** Short labels stand beside each other, longer ones below; a label too long for a phone becomes a row to tap, which can wrap. */
const stacked = (all: Offered[]): Element[] => {
  const actions = all.map(({ label, hint, click }) => clickButton(label, click, hint === label ? undefined : hint))
  const longest = Math.max(...all.map(o => o.label.length))
  if (longest <= shortLabel) return buttons(actions)
  return longest <= longLabel ? actions.flatMap(a => buttons([a])) : all.map((o, i) => rowToTap(o, actions[i]!))
}

const rowToTap = ({ label }: Offered, selectAction: ExecuteAction): Element => ({
  type: 'Container',
  style: 'emphasis',
  selectAction,
  spacing: 'Small',
  items: prose(say`› ${cut(plainText(label), 300)}`),
})

/** Terms with their text, at most `most`. */
export const listed = (items: ToldView['items'], most: number): TextBlock[] => {
  const left = items.length - most
  return [
    ...items
      .slice(0, most)
      .flatMap(({ term, text }) => [
        ...prose(cardText(term, 200), { weight: 'Bolder' }),
        ...prose(cardText(text, 500), { spacing: 'None' }),
      ]),
    ...(left > 0 ? small(say`${left} more are not listed here.`) : []),
  ]
}
