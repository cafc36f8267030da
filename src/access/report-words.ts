import type { AuditEntry, AuditFilter } from '#src/store/audit.ts'
import { readPerson } from '#src/store/person.ts'
import type { Asker } from '#src/vocabulary/question.ts'

/** What a report is about, and the words that mean nothing here. `label` says it in words: "by U123, failed, since 2024-03-01". */
export type ReportWords = { filter: AuditFilter; label: string; unread: string[] }

/**
 * Reads `@U123 last week failed`: a person (a mention, `slack:T1:U1`, or `me`), how it ended, and since when (UTC), in any order. Somebody of a
 * workspace or tenant sees that one alone; the machine's own user sees all.
 */
export const readReportWords = (text: string, { asker, now }: { asker?: Asker; now: number }): ReportWords => {
  const read: Reading = {
    rest: ` ${text} `,
    owner: asker && { platform: asker.platform, tenant: asker.tenant },
    labels: [],
  }
  const outcome = takeOutcome(read)
  const since = takeSince(read, now)
  const unread = takePerson(read, asker)
  const filter: AuditFilter = {
    ...(read.owner ? { owner: read.owner } : {}),
    ...(outcome ? { outcome } : {}),
    ...(since === undefined ? {} : { since }),
  }
  const day = since === undefined ? [] : [`since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`]
  return { filter, label: [...read.labels, ...(outcome ? [outcome] : []), ...day].join(', '), unread }
}

type Reading = { rest: string; owner?: AuditFilter['owner']; labels: string[] }

const take = (read: Reading, pattern: RegExp): RegExpExecArray | null => {
  const found = pattern.exec(read.rest)
  if (found) read.rest = read.rest.replace(found[0], '  ')
  return found
}

const outcomes: Readonly<Record<string, AuditEntry['outcome']>> = {
  answered: 'answered',
  clarify: 'clarify',
  clarified: 'clarify',
  refused: 'refused',
  empty: 'empty',
  told: 'told',
  failed: 'failed',
  failures: 'failed',
  errors: 'failed',
  stopped: 'stopped',
}

const takeOutcome = (read: Reading): AuditEntry['outcome'] | undefined => {
  const found = take(read, new RegExp(`(?<= )(?:${Object.keys(outcomes).join('|')})(?= )`, 'i'))
  return found ? outcomes[found[0].toLowerCase()] : undefined
}

const [anHour, aDay] = [3_600_000, 86_400_000]
const units: Readonly<Record<string, number>> = { hour: anHour, day: aDay, week: 7 * aDay, month: 30 * aDay }

/** `today` and `yesterday` begin at midnight, the others so long before now. */
const takeSince = (read: Reading, now: number): number | undefined => {
  const midnight = now - (now % aDay)
  if (take(read, /(?<= )today(?= )/i)) return midnight
  if (take(read, /(?<= )(?:since )?yesterday(?= )/i)) return midnight - aDay
  const [, count = '1', unit] = take(read, /(?<= )(?:last|past) (?:(\d{1,3}) )?(hour|day|week|month)s?(?= )/i) ?? []
  return unit === undefined ? undefined : now - Number(count) * units[unit.toLowerCase()]!
}

/** Whatever is left is a person, or means nothing. Nobody looks beyond their own workspace. */
const takePerson = (read: Reading, asker?: Asker): string[] => {
  const words = read.rest.split(/\s+/).filter(Boolean)
  const [word] = words
  if (words.length !== 1 || word === undefined) return words
  const person = word.toLowerCase() === 'me' ? asker : readMention(word)
  const isElsewhere =
    asker &&
    person &&
    [person.platform ?? asker.platform, person.tenant ?? asker.tenant].join() !== [asker.platform, asker.tenant].join()
  if (!person || isElsewhere) return words
  read.owner = { ...read.owner, ...pickOwner(person) }
  read.labels.push(`by ${person.user}`)
  return []
}

const pickOwner = ({ platform, tenant, user }: NonNullable<AuditFilter['owner']>) => ({
  ...(platform ? { platform } : {}),
  ...(tenant ? { tenant } : {}),
  user,
})

/** `<@U123>`, `<@U123|ann>`, `@U123` or an id as `chartroom forget` takes it. */
const readMention = (word: string) => {
  const [, mentioned] = /^<@([^|>\s]+)(?:\|[^>]*)?>$/.exec(word) ?? []
  const id = mentioned ?? (word.startsWith('@') ? word.slice(1) : word)
  return mentioned || word.startsWith('@') || isId(id) ? readPerson(id) : undefined
}

/** An id has a digit or a colon in it; a plain word is none. */
const isId = (word: string) => /[\d:]/.test(word)
