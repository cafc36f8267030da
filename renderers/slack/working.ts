import { cut, plainText } from '../view/plain-text.ts'
import type { SlackMessage } from './block-kit.ts'
import { actions, named, prose, small } from './blocks.ts'
import { button } from './elements.ts'
import { mrkdwn } from './escape.ts'
import { limits } from './limits.ts'

/**
 * `run` is what Stop names, `doing` a few words ("Counting 10,000 orders"). `question` is shown where it is not to be seen above, `story` is what is
 * written of the answer so far.
 */
export type Working = { run: string; doing: string; question?: string; story?: readonly string[] }

/** What stands where a slow answer will be. */
export const workingMessage = ({
  run,
  doing,
  question = '',
  story: [first = '', ...rest] = [],
}: Working): SlackMessage => ({
  text: mrkdwn(`${doing}…`, limits.messageText),
  blocks: named(
    [
      ...small(question ? `“${cut(plainText(question), 200)}”` : ''),
      ...prose([[{ bold: plainText(first) }], ...rest.map(line => [plainText(line)])], 'picture', 1500),
      ...prose([[`⏳ ${doing}…`]], 'picture', 300),
      ...actions(button({ label: 'Stop', hint: 'Stop working on this', click: { kind: 'stop', run } })),
    ],
    `${run}.working`,
  ),
})
