import type { Click } from '../view/click.ts'

/**
 * What the `action_id` of everything clickable begins with. The click itself is in `value` (of a button, a feedback button or the selected
 * option), as `clickText` writes it; only an example of the Home tab carries its question there.
 */
export const ourActions = /^(?:answer|menu|choice|item|run|home):/

/** `callback_id` of the modals. */
export const callbackIds = { details: 'details', reason: 'reason', explain: 'explain' } as const

/** Where the two answers of the reason form stand in `view.state.values`. */
export const reasonFields = {
  kind: { block: 'reason.kind', action: 'reason:kind' },
  words: { block: 'reason.words', action: 'reason:words' },
} as const

/** Says what the element does; unique within a message. */
export const actionId = (click: Click): string => {
  switch (click.kind) {
    case 'menu':
      return `menu:${click.menu}`
    case 'choice':
    case 'item':
      return `${click.kind}:${click.index}`
    case 'deed':
      return `answer:${click.deed}`
    case 'stop':
      return 'run:stop'
  }
}
