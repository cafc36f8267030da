import { clickButton } from './clicks.ts'
import { type AdaptiveCard, buttons, heading, prose } from './elements.ts'
import { cardText, labelText, say } from './escape.ts'

/** What stands where the answer will be, while it takes long: what is written of it so far, what goes on, and a button that stops it. */
export const workingCard = (
  words: string,
  run: string,
  [first = '', ...rest]: readonly string[] = [],
): AdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: labelText(words, 200),
  body: [
    ...heading(cardText(first, 200)),
    ...rest.flatMap(line => prose(cardText(line, 400))),
    ...prose(cardText(words, 200) || say`Working on it…`, { isSubtle: true }),
    ...buttons(clickButton('Stop', { kind: 'stop', run }, 'Stop working on this question')),
  ],
})
