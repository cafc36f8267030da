import type { Asker } from '#src/vocabulary/question.ts'
import type { Access, Role } from './access.ts'
import { isRefusal, type Refusal, roleOf, roomOf } from './role-of.ts'
import { type Level, levels, type WrittenRole } from './schema.ts'

/** Rows of one role, as they are written; `row-rules.ts` reads them against a model. */
export type RowSet = Readonly<Record<string, unknown>>

/** What somebody may see. Lists and sets of a domain by its name; what is absent is not narrowed. */
export type Rights = {
  /** The name of the role, or of both. */
  role: string
  level: Level
  domains?: readonly string[]
  kpis: Readonly<Record<string, readonly string[]>>
  hide: Readonly<Record<string, readonly string[]>>
  /** All sets hold. */
  rows: Readonly<Record<string, readonly RowSet[]>>
  session: Readonly<Record<string, string>>
  questionsPerHour?: number
}

type ByDomain<T> = Readonly<Record<string, readonly T[]>>

/** What is said of one domain, whatever it is called. */
export const ofDomain = <T>(map: ByDomain<T>, domain: string): readonly T[] | undefined =>
  Object.hasOwn(map, domain) ? map[domain] : undefined

/** What whoever asks may see in the place where they ask. */
export const rightsOf = (access: Access, asker?: Asker): Rights | Refusal => {
  const role = roleOf(access, asker)
  return isRefusal(role) ? role : within(rightsOfRole(role), asker && roomOf(access, asker).domains)
}

/**
 * What everybody may see who reads in the place where somebody asks: the rights of the audience that `rooms` names, else of the default role.
 * Refused where the default is `refused`.
 */
export const audienceOf = (access: Access, asker: Asker): Rights | Refusal => {
  const { audience = access.standing.member, domains } = roomOf(access, asker)
  const role = access.roles.get(audience)
  const message = 'Nobody said what everybody here may see, so I answer you alone.'
  return role ? within(rightsOfRole(role), domains) : { code: 'access/audience', message }
}

/** The domain of a question that names none: the one of the place, when it may be asked. */
export const defaultDomainOf = (access: Access, asker: Asker): string | undefined => roomOf(access, asker).default

/** What both may see: as little as either. */
export const meet = (a: Rights, b: Rights): Rights => {
  const clash = JSON.stringify(pairs(a.session)) !== JSON.stringify(pairs(b.session))
  return {
    role: a.role === b.role ? a.role : `${a.role} and ${b.role}`,
    level: levels[Math.min(levels.indexOf(a.level), levels.indexOf(b.level))]!,
    // A server chooses rows by the settings: what it shows under one is not for whoever has another, or none.
    ...narrowed('domains', clash ? [] : both(a.domains, b.domains)),
    kpis: merged(a.kpis, b.kpis, (x, y) => both(x, y)!),
    hide: merged(a.hide, b.hide, union),
    rows: merged(a.rows, b.rows, union),
    session: { ...a.session, ...b.session },
    ...narrowed('questionsPerHour', lower(a.questionsPerHour, b.questionsPerHour)),
  }
}

export const mayAsk = ({ domains }: Rights, domain: string): boolean => !domains || domains.includes(domain)

/** Commands about other people's questions and about the set-up. */
export const mayManage = ({ level }: Rights): boolean => level === 'admin'

/** Bringing data along, and SQL that a language model writes. */
export const mayExplore = ({ level }: Rights): boolean => level !== 'viewer'

/** A text that is the same for all who see the same of a domain, whatever their roles are called: for what is kept of it. Empty: all of it. */
export const rightsKey = ({ kpis, hide, rows, session }: Rights, domain: string): string => {
  const seen = [
    kpis[domain]?.toSorted() ?? null,
    sorted(hide[domain]),
    sorted(rows[domain]?.map(stable)),
    pairs(session),
  ]
  const text = JSON.stringify(seen)
  return text === everything ? '' : text
}

const everything = JSON.stringify([null, [], [], []])

const sorted = (items: readonly string[] = []) => [...new Set(items)].toSorted()
const pairs = (map: Readonly<Record<string, unknown>>) => Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** JSON in which the order of keys does not matter. */
const stable = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(stable)}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${pairs(value as Record<string, unknown>).map(([key, inner]) => `${JSON.stringify(key)}:${stable(inner)}`)}}`
}

const rightsOfRole = ({ name, level, rules }: Role): Rights => {
  const all = rules.map(rule => rightsOfRule(rule, level))
  const met = all.reduce(meet, { role: name, level, kpis: {}, hide: {}, rows: {}, session: {} })
  // What the role says itself about a number or a setting holds, and not what it stands on.
  const session = Object.assign({}, ...rules.toReversed().map(rule => rule.session)) as Rights['session']
  const own = rules.find(rule => rule.questions_per_hour !== undefined)?.questions_per_hour
  const domains = rules.map(rule => rule.domains).reduce(both, undefined)
  return { ...met, role: name, level, session, ...narrowed('domains', domains), ...narrowed('questionsPerHour', own) }
}

const rightsOfRule = ({ domains, kpis, hide, rows }: WrittenRole, level: Level): Rights => ({
  role: '',
  level,
  ...narrowed('domains', domains),
  kpis,
  hide,
  rows: Object.fromEntries(Object.entries(rows).map(([domain, set]) => [domain, [set]])),
  session: {},
})

const within = (rights: Rights, domains?: readonly string[]): Rights => ({
  ...rights,
  ...narrowed('domains', both(rights.domains, domains)),
})

/** Nothing at all when there is no value. */
const narrowed = <K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: T })

const both = (a?: readonly string[], b?: readonly string[]): readonly string[] | undefined =>
  a && b ? a.filter(item => b.includes(item)) : (a ?? b)

const union = <T>(a: readonly T[], b: readonly T[]): T[] => {
  const known = new Set(a.map(stable))
  return [...a, ...b.filter(item => !known.has(stable(item)))]
}

const lower = (a?: number, b?: number) => (a === undefined || b === undefined ? (a ?? b) : Math.min(a, b))

const merged = <T>(
  a: ByDomain<T>,
  b: ByDomain<T>,
  join: (x: readonly T[], y: readonly T[]) => readonly T[],
): ByDomain<T> => {
  const domains = new Set([...Object.keys(a), ...Object.keys(b)])
  return Object.fromEntries(
    [...domains].map(domain => {
      const [x, y] = [ofDomain(a, domain), ofDomain(b, domain)]
      return [domain, x && y ? join(x, y) : (x ?? y ?? [])]
    }),
  )
}
