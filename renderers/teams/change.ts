import type { Click } from '../view/click.ts'
import type { MenuView } from '../view/view.ts'
import { carried, type choiceMenus, sendButton } from './clicks.ts'
import { buttons, type ChoiceSet, type Element, type ShowCardAction, small } from './elements.ts'
import { labelText, say } from './escape.ts'
import type { Piece } from './fit.ts'

/**
 * A button that opens the menus of an answer and a button that applies what was chosen in them; at most `most` choices in each. Nothing is
 * chosen beforehand (what is shown now stands in the empty menu), so that only what somebody chooses is sent.
 */
export const changeButton = (answer: string, menus: MenuView[], most: number): ShowCardAction[] => {
  const body = menus.flatMap(menu => menuElements(answer, menu, most))
  if (body.length === 0) return []
  return [
    {
      type: 'Action.ShowCard',
      title: labelText('Change'),
      tooltip: labelText(`Change the ${menus.map(m => m.name).join(' or the ')}`),
      card: { type: 'AdaptiveCard', version: '1.5', body, actions: [sendButton('Apply')] },
    },
  ]
}

const menuElements = (answer: string, { name, label, choices }: MenuView, most: number): Element[] => {
  const now = choices.find(c => c.current)
  const listed = choices.slice(0, most).flatMap((c, index) =>
    carried({ kind: 'menu', answer, menu: name, index }).map(value => ({
      title: labelText(c.current ? `${c.label} (now)` : c.label),
      value,
    })),
  )
  if (listed.length === 0) return []
  return [
    {
      type: 'Input.ChoiceSet',
      id: name,
      label: labelText(label),
      style: 'compact',
      placeholder: labelText(now ? `Now: ${now.label}` : 'As it is'),
      choices: listed,
    } satisfies ChoiceSet,
    ...notListed(choices.length - most),
  ]
}

type ClickMenu = { id: (typeof choiceMenus)[number]; label: string; options: { label: string; click: Click }[] }

/** Clicks to choose one of, as one menu and a button that sends it; at most `most`. */
export const clickMenu = ({ id, label, options }: ClickMenu, most: number): Piece => {
  const choices = options
    .slice(0, most)
    .flatMap(o => carried(o.click).map(value => ({ title: labelText(o.label), value })))
  if (choices.length === 0) return {}
  const placeholder = labelText('Choose one')
  return {
    body: [
      { type: 'Input.ChoiceSet', id, label: labelText(label), style: 'compact', placeholder, choices },
      ...notListed(options.length - most),
      ...buttons([sendButton('Ask')]),
    ],
  }
}

const notListed = (n: number) => (n > 0 ? small(say`${n} more are not listed here. Ask for them in words.`) : [])
