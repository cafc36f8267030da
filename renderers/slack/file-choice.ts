import { cut, plainText } from '../view/plain-text.ts'
import type { SlackMessage } from './block-kit.ts'
import { actions, headline, named, small } from './blocks.ts'
import { button } from './elements.ts'
import { mrkdwn } from './escape.ts'
import { limits } from './limits.ts'

const nameLength = 60

/** Asks the sender of files in a channel, and nobody else, whose data they are to be. `id` is what the buttons name. */
export const fileChoiceMessage = ({ id, names }: { id: string; names: readonly string[] }): SlackMessage => {
  const question = `Who may ask about ${called(names)}?`
  return {
    text: mrkdwn(question, limits.messageText),
    blocks: named(
      [
        ...headline(question, 'picture'),
        ...small(names.length > 1 ? names.map(shown).join(', ') : ''),
        ...actions([
          ...button({ label: 'Only me', click: { kind: 'deed', deed: 'alone', answer: id } }),
          ...button({ label: 'Everybody in this channel', click: { kind: 'deed', deed: 'together', answer: id } }),
        ]),
        ...small(
          'Only you can see this. Nothing is read before you choose; the file itself is in the channel already.',
        ),
      ],
      `${id}.files`,
    ),
  }
}

const shown = (name: string) => `“${cut(plainText(name), nameLength)}”`

const called = (names: readonly string[]) =>
  names.length === 1 ? shown(names[0] ?? '') : `these ${names.length} files`
