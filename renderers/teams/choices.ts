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
const longLabel = 32
/** Letters that a phone shows beside each other. */
const rowRoom = 40

type Offered = { label: string; hint?: string; click: Click }

/** Choices to click: buttons, below each other when their labels are long; many as one menu. */
export const choiceParts = (choices: ChoiceView[], answer: string, ask: string): Part[] =>
  offered(
    choices.map(({ label }, index) => ({ label, click: { kind: 'choice', answer, index } })),
    ask,
  )

/** Items that can be asked about: a few as buttons with the words to ask, for their terms stand above; more as one menu of the terms. */
export const itemParts = (items: ToldView['items'], answer: string): Part[] => {
  const all = items.flatMap(({ term, ask }, index) =>
    ask === undefined ? [] : [{ label: term, hint: ask, click: { kind: 'item', answer, index } as const }],
  )
  const few = all.length <= mostButtons
  return offered(few ? all.map(item => ({ ...item, label: item.hint })) : all, 'Ask about one of these')
}

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

type Made = Offered & { action: ExecuteAction }

/** Labels stand beside each other as far as a phone has room; where one is too long for it, each becomes a row to tap, which can wrap. */
const stacked = (all: Offered[]): Element[] => {
  const made = all.flatMap(offer =>
    clickButton(offer.label, offer.click, offer.hint === offer.label ? undefined : offer.hint).map(action => ({
      ...offer,
      action,
    })),
  )
  if (made.some(o => width(o) > longLabel)) return made.map(rowToTap)
  return besideEachOther(made).flatMap(row => buttons(row.map(o => o.action)))
}

const width = ({ label }: Offered) => clipped(label, 100).length
/** Room that a button needs beside its label, in letters. */
const edges = 4

const besideEachOther = (made: Made[]): Made[][] => {
  const rows: Made[][] = []
  let left = 0
  for (const offer of made) {
    const needs = width(offer) + edges
    if (needs > left) {
      rows.push([])
      left = rowRoom
    }
    rows.at(-1)?.push(offer)
    left -= needs
  }
  return rows
}

const rowToTap = ({ label, action }: Made): Element => ({
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
