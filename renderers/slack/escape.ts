import { bytes, cut, plainText } from '../view/plain-text.ts'

declare const escaped: unique symbol

/** Text that Slack reads as markup and that holds none. Only {@link mrkdwn} makes it. */
export type Mrkdwn = string & { readonly [escaped]: true }

/**
 * A text that stays itself where Slack reads markup (the `text` of a message): it cannot mention, link or format.
 * Slack has entities for `& < >` and none for the rest (https://docs.slack.dev/messaging/formatting-message-text), so `*`, `~` and a
 * backtick become characters that look like them, `_` too at the edge of a word, and a zero-width space keeps `:name:`, `@name` and `://`
 * from being read. At most `most` UTF-8 bytes, cut between characters.
 */
export const mrkdwn = (text: string, most: number): Mrkdwn =>
  inert(cut(plainText(text), most, bytesEscaped) || '–') as Mrkdwn

/** Never less than the escaped text takes. */
const bytesEscaped = (text: string) =>
  bytes(text) + 4 * count(text, /&/g) + 3 * count(text, /[<>]/g) + 3 * count(text, /[*~`_:@]/g)

const inert = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*~`]/g, c => lookAlikes[c] ?? c)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, lowLine)
    .replace(/:(?=[^\s:]+:)|:(?=\/\/)|@(?=[\p{L}\p{N}])/gu, c => `${c}\u200b`)

const lowLine = '\u02cd'
const lookAlikes: Record<string, string> = { '*': '\u2217', '~': '\u223c', '`': '\u02cb' }
const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0
