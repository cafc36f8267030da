import type {
  Button,
  ConfirmationDialog,
  FeedbackButtons,
  IconButton,
  PlainTextElement,
  StaticSelect,
} from '@slack/types'
import { type Click, clickText, readClick } from '../view/click.ts'
import { cut, leftToRight, plainText } from '../view/plain-text.ts'
import { actionId } from './action-ids.ts'
import { limits } from './limits.ts'

/** What stands for a text that is empty once it is clean; Slack takes no empty text. */
export const nothing = '–'

/** Text in which Slack reads no markup and no `:emoji:`. */
export const plain = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(leftToRight(plainText(text)), most) || nothing,
  emoji: false,
})

export type ButtonOptions = {
  label: string
  click: Click
  hint?: string
  style?: 'primary'
  confirm?: ConfirmationDialog
}

/**
 * A button, or none when its click could not be read back. `hint` is what a screen reader says instead of the label, which it repeats, so that
 * who speaks to a machine can name what is seen (https://www.w3.org/WAI/WCAG22/Understanding/label-in-name).
 */
export const button = ({ label, click, hint = label, style, confirm }: ButtonOptions): Button[] =>
  carries(click)
    ? [
        {
          type: 'button',
          text: plain(label, limits.buttonText),
          action_id: actionId(click),
          value: clickText(click),
          ...(hint !== label && { accessibility_label: plain(hint, limits.hint).text }),
          ...(style && { style }),
          ...(confirm && { confirm }),
        },
      ]
    : []

export type SelectOption = { label: string; click: Click; chosen?: boolean; hint?: string }

export type SelectOptions = { id: string; label: string; options: SelectOption[]; most?: number }

/** A menu of at most `most` options, the chosen one always among them; none when there is nothing to choose. */
export const select = ({ id, label, options, most = limits.options }: SelectOptions): StaticSelect[] => {
  const usable = options.filter(o => carries(o.click))
  const chosen = usable.find(o => o.chosen)
  const first = usable.slice(0, most)
  const shown = chosen && first.length > 0 && !first.includes(chosen) ? [...first.slice(0, -1), chosen] : first
  if (shown.length === 0) return []
  return [
    {
      type: 'static_select',
      action_id: id,
      placeholder: plain(label, limits.placeholder),
      options: shown.map(option),
      ...(chosen && { initial_option: option(chosen) }),
    },
  ]
}

const option = ({ label, click, hint }: SelectOption) => ({
  text: plain(label, limits.optionText),
  value: clickText(click),
  ...(hint !== undefined && { description: plain(hint, limits.optionText) }),
})

/** Thumbs. Slack sends every press, also the one that takes a thumb back, and does not say which it was. */
export const feedback = (answer: string): FeedbackButtons[] => {
  const [up, down] = [thumb(answer, 'up'), thumb(answer, 'down')]
  return carries(up.click)
    ? [
        {
          type: 'feedback_buttons',
          action_id: 'answer:feedback',
          positive_button: {
            text: plain('Good answer', limits.buttonText),
            value: clickText(up.click),
            ...heard(up.hint),
          },
          negative_button: {
            text: plain('Bad answer', limits.buttonText),
            value: clickText(down.click),
            ...heard(down.hint),
          },
        },
      ]
    : []
}

/** The same as plain buttons, for messages that take no feedback buttons. */
export const thumbs = (answer: string): Button[] => [
  ...button({ label: '👍 Good', ...thumb(answer, 'up') }),
  ...button({ label: '👎 Bad', ...thumb(answer, 'down') }),
]

/** A small bin, shown to the asker alone where the asker is known. */
export const bin = (answer: string, asker?: string): IconButton[] => {
  const click: Click = { kind: 'deed', deed: 'delete', answer }
  return carries(click)
    ? [
        {
          type: 'icon_button',
          icon: 'trash',
          text: plain('Delete', limits.buttonText),
          action_id: actionId(click),
          value: clickText(click),
          ...heard('Delete this answer'),
          confirm: sureToDelete,
          ...(asker && /^[UW][A-Z0-9]+$/.test(asker) && { visible_to_user_ids: [asker] }),
        },
      ]
    : []
}

/** Asked before an answer is deleted; a thumb on a phone slips. */
export const sureToDelete: ConfirmationDialog = {
  title: plain('Delete this answer?', limits.confirmTitle),
  text: plain('It goes away for everybody here. The question can be asked again.', limits.confirmText),
  confirm: plain('Delete', limits.confirmButton),
  deny: plain('Keep', limits.confirmButton),
  style: 'danger',
}

const thumb = (answer: string, deed: 'up' | 'down') => ({
  click: { kind: 'deed', deed, answer } satisfies Click,
  hint: deed === 'up' ? 'Good answer: it helped' : 'Bad answer: say what is wrong',
})

const heard = (hint: string) => ({ accessibility_label: hint })

/** A click that is too long to come back would be a button that does nothing. */
const carries = (click: Click) => readClick(clickText(click)) !== undefined
