import { type Click, clickText } from '../view/click.ts'
import type { MenuView } from '../view/view.ts'
import { choiceMenu, sendButton } from './clicks.ts'
import type { Action, ChoiceSet, Element, ShowCardAction } from './elements.ts'
import { small } from './elements.ts'
import { labelText, say } from './escape.ts'
import type { Piece } from './fit.ts'

/**
 * A button that opens the menus of an answer and a button that applies what was chosen in them; at most `most` choices in each. Nothing is
 * chosen beforehand (what is shown now stands in the empty menu), so that only what somebody chooses is sent.
 */
export const changeButton = (answer: string, menus: MenuView[], most: number): ShowCardAction[] =>
  menus.length === 0
    ? []
    : [
        {
          type: 'Action.ShowCard',
          title: labelText('Change'),
          tooltip: labelText(`Change the ${menus.map(m => m.name).join(' or the ')}`),
          card: {
            type: 'AdaptiveCard',
            version: '1.5',
            body: menus.flatMap(menu => menuElements(answer, menu, most)),
            actions: [sendButton('Apply')],
          },
        },
      ]

const menuElements = (answer: string, { name, label, choices }: MenuView, most: number): Element[] => {
  const now = choices.find(c => c.current)
  const listed = choices.slice(0, most).map((c, index) => ({
    title: labelText(c.current ? `${c.label} (now)` : c.label),
    value: clickText({ kind: 'menu', answer, menu: name, index }),
  }))
  const left = choices.length - listed.length
  return [
    {
      type: 'Input.ChoiceSet',
      id: name,
      label: labelText(label),
      style: 'compact',
      placeholder: labelText(now ? `Now: ${now.label}` : 'As it is'),
      choices: listed,
    } satisfies ChoiceSet,
    ...(left > 0 ? small(say`${left} more are not listed here. Ask for them in words.`) : []),
  ]
}

/** Clicks to choose one of, as one menu and a button that sends it; at most `most`. */
export const clickMenu = (
  { label, button, options }: { label: string; button: string; options: { label: string; click: Click }[] },
  most: number,
): Piece => {
  const left = options.length - most
  const menu: ChoiceSet = {
    type: 'Input.ChoiceSet',
    id: choiceMenu,
    label: labelText(label),
    style: 'compact',
    placeholder: labelText('Choose one'),
    choices: options.slice(0, most).map(o => ({ title: labelText(o.label), value: clickText(o.click) })),
  }
  const send: Action[] = [sendButton(button)]
  return {
    body: [
      menu,
      ...(left > 0 ? small(say`${left} more are not listed here. Ask for them in words.`) : []),
      { type: 'ActionSet', actions: send },
    ],
  }
}
