/** A menu of an answer that offers other readings of it. */
export const menuNames = ['period', 'split', 'chart'] as const
export type MenuName = (typeof menuNames)[number]

/**
 * What can be done with an answer as a whole. `details` shows receipt, SQL and table; `again` asks its question once more; `alone` and `together`
 * say whom files that were sent become data for.
 */
export const deeds = ['details', 'csv', 'share', 'delete', 'up', 'down', 'again', 'alone', 'together'] as const
export type Deed = (typeof deeds)[number]

/**
 * What a button or menu under an answer asks for. It names the answer and which of its choices; what that means is looked up again, so that
 * nothing that a reader's client sends back becomes a query. `choice` counts the choices (or what one may ask next) of a view, `item` its items.
 */
export type Click =
  | { kind: 'menu'; answer: string; menu: MenuName; index: number }
  | { kind: 'choice'; answer: string; index: number }
  | { kind: 'item'; answer: string; index: number }
  | { kind: 'deed'; answer: string; deed: Deed }
  | { kind: 'stop'; run: string }

/** A click as the short text (under 150 characters) that a button carries: `menu.period.2.<answer>`. */
export const clickText = (click: Click): string => {
  switch (click.kind) {
    case 'menu':
      return `menu.${click.menu}.${click.index}.${click.answer}`
    case 'choice':
    case 'item':
      return `${click.kind}.${click.index}.${click.answer}`
    case 'deed':
      return `deed.${click.deed}.${click.answer}`
    case 'stop':
      return `stop.${click.run}`
  }
}

/** The click that a text carries; nothing when it is none of ours. */
export const readClick = (text: string): Click | undefined => {
  if (text.length > 150) return undefined
  const [, kind, rest = ''] = /^([a-z]+)\.(.+)$/.exec(text) ?? []
  if (kind === 'stop') return { kind, run: rest }
  const [, first = '', more = ''] = /^([a-z]+|\d{1,3})\.(.+)$/.exec(rest) ?? []
  if (kind === 'deed') return oneOf(deeds, first, deed => ({ kind, deed, answer: more }))
  if (kind === 'choice' || kind === 'item')
    return isIndex(first) ? { kind, index: Number(first), answer: more } : undefined
  const [, index = '', answer = ''] = /^(\d{1,3})\.(.+)$/.exec(more) ?? []
  return kind === 'menu' && isIndex(index)
    ? oneOf(menuNames, first, menu => ({ kind, menu, index: Number(index), answer }))
    : undefined
}

const isIndex = (text: string) => /^\d{1,3}$/.test(text)

const oneOf = <T extends string>(list: readonly T[], text: string, make: (found: T) => Click): Click | undefined => {
  const found = list.find(item => item === text)
  return found && make(found)
}
