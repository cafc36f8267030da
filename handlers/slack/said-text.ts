/**
 * What somebody typed, as words: Slack writes people, channels and links in angle brackets and three characters as entities
 * (https://docs.slack.dev/messaging/formatting-message-text). Mentions of the bot are left out,
 * and calls to everybody, which would be read as words of the question.
 */
export const saidText = (text: string, botUser?: string): string =>
  text
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, kind: string, target: string, label: string | undefined) =>
      kind === '@' && target === botUser ? ' ' : wordFor(kind, target, label),
    )
    .replace(/&(lt|gt|amp);/g, (_, name: keyof typeof entities) => entities[name])
    .replace(/[^\S\n]+/g, ' ')
    .trim()

const entities = { lt: '<', gt: '>', amp: '&' }

const wordFor = (kind: string, target: string, label: string | undefined): string => {
  if (kind === '#' || kind === '@') return `${kind}${label || target}`
  if (kind === '!') return /^(?:channel|here|everyone)$/.test(target) ? ' ' : (label ?? `@${target.split('^')[0]}`)
  return label ?? target.replace(/^mailto:/, '')
}
