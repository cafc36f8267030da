import type { Activity } from './activity.ts'

/** More is never read as a question; the engine says so from far less on. */
const most = 10_000

/** What somebody wrote, without the mention of the bot: as typed, not as HTML. */
export const mentionText = ({
  text,
  entities,
  recipient,
}: Pick<Activity, 'text' | 'entities' | 'recipient'>): string => {
  const ours = (entities ?? []).flatMap(entity => (entity?.mentioned.id === recipient.id ? (entity.text ?? []) : []))
  const without = ours.reduce((rest, tag) => rest.replaceAll(tag, ' '), text ?? '')
  // Tags go before entities are decoded: what the person typed with a < is no tag.
  return decoded(without.replace(/<\/?at\b[^>]*>/gi, ''))
    .replaceAll('\u00a0', ' ')
    .trim()
    .slice(0, most)
}

/** Whether the bot was addressed by a mention. */
export const isMentioned = ({ entities, recipient }: Pick<Activity, 'entities' | 'recipient'>): boolean =>
  (entities ?? []).some(entity => entity?.mentioned.id === recipient.id)

const named: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Once: what was `&amp;lt;` stays `&lt;`. */
const decoded = (text: string) =>
  text.replace(/&(?:(nbsp|amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (all, name, decimal, hex) => {
    if (name) return named[name.toLowerCase()]!
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : all
  })
