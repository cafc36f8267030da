import { type Click, clickText, type Deed, menuNames, readClick } from '../view/click.ts'
import type { ExecuteAction } from './elements.ts'
import { labelText } from './escape.ts'

/** What an Action.Execute of ours is called: a button, or a button that sends what was chosen in menus. */
export const verbs = { click: 'click', chosen: 'chosen' } as const

/** The menus of choices and of items; the menus of an answer are called by their own names. */
export const choiceMenus = ['choice', 'item'] as const

/** The text that a click is carried as; none when it would not be read back. */
export const carried = (click: Click): string[] => [clickText(click)].filter(text => readClick(text) !== undefined)

/** A button that asks for something, in place. */
export const clickButton = (label: string, click: Click, hint?: string): ExecuteAction[] =>
  carried(click).map(text => ({
    type: 'Action.Execute',
    title: labelText(label),
    ...(hint && { tooltip: labelText(hint) }),
    verb: verbs.click,
    data: { click: text },
  }))

/** A button for a deed. */
export const deedButton = (
  label: string,
  deed: Deed,
  { answer, hint }: { answer: string; hint?: string },
): ExecuteAction[] => clickButton(label, { kind: 'deed', deed, answer }, hint)

/** Sends what was chosen in the menus beside it. */
export const sendButton = (label: string): ExecuteAction => ({
  type: 'Action.Execute',
  title: labelText(label),
  verb: verbs.chosen,
  data: {},
})

/**
 * The texts of the clicks that the data of an Action.Execute carries: one of a button, or one per menu in which something was chosen, in the
 * order period, split, chart. Empty when nothing was chosen. The data are whatever a client sends.
 */
export const clicksOf = (data: unknown): string[] => {
  if (typeof data !== 'object' || data === null) return []
  const given = data as Record<string, unknown>
  const from = 'click' in given ? ['click'] : [...menuNames, ...choiceMenus]
  return from.flatMap(name => {
    const text = given[name]
    return typeof text === 'string' && text !== '' ? [text] : []
  })
}
