import { type Report, unknown } from '#src/semantic/load/problem.ts'
import {
  type Level,
  levels,
  refusedRole,
  type WrittenRole,
  type WrittenRoles,
  type WrittenRoom,
  type WrittenRooms,
} from './schema.ts'

/** A role, with what it says and what the roles say that it stands on, itself first. */
export type Role = { name: string; level: Level; rules: readonly WrittenRole[] }

/** Who is in which role, and what is to be had where. Made once from the file, and read by `role-of.ts` and `rights.ts`. */
export type Access = {
  roles: ReadonlyMap<string, Role>
  /** People and groups (`slack:T1:U1`) → role; groups in the order of the file. */
  people: ReadonlyMap<string, string>
  groups: ReadonlyMap<string, string>
  /** The role of whoever is named nowhere, by what they are there; `refused` for nobody's. */
  standing: Readonly<Record<'member' | 'guest' | 'external', string>>
  /** By `slack:T1` or `slack:T1:C1`. */
  rooms: ReadonlyMap<string, WrittenRoom>
}

export type Written = { roles?: WrittenRoles; rooms?: WrittenRooms }

/**
 * Puts the parts `roles` and `rooms` of the file together; without them everybody of the workspace is an analyst, and nobody an admin but
 * who sits at the machine. What is wrong is reported under `roles` and `rooms`; the result is fit for use when nothing is.
 */
export const buildAccess = (
  { roles: written, rooms = {} }: Written,
  { domains, report }: { domains: readonly string[]; report: Report },
): Access => {
  const { default: member = 'analyst', guests = refusedRole, external = refusedRole, ...named } = written ?? {}
  const entries = new Map(Object.entries(named as Record<string, WrittenRole>))
  const known = [...levels, ...[...entries.keys()].filter(name => !isLevel(name))]
  const scope: Scope = { entries, known, domains: new Set(domains), report }
  const standing = { member, guest: guests, external }
  for (const [key, name] of Object.entries({ default: member, guests, external }))
    if (!known.includes(name) && name !== refusedRole)
      report(['roles', key], unknown('role', name, [...known, refusedRole]))
  for (const [name, entry] of entries) checkRole(name, entry, scope)
  for (const [place, room] of Object.entries(rooms)) checkRoom(place, room, scope)
  return {
    roles: new Map(known.map(name => [name, roleFrom(name, scope)])),
    people: members('people', scope),
    groups: members('groups', scope),
    standing,
    rooms: new Map(Object.entries(rooms).map(([place, room]) => [placeKey(place), room])),
  }
}

/** Ids of Teams are the same in capitals and small letters. */
export const memberKey = (text: string): string => (text.startsWith('teams:') ? text.toLowerCase() : text)

/** The tenant of Teams is an id like those of people; what stands behind it is told apart by its letters. */
export const placeKey = (text: string): string => {
  const [platform = '', tenant = '', ...place] = text.split(':')
  return [platform, platform === 'teams' ? tenant.toLowerCase() : tenant, ...place].join(':')
}

type Scope = {
  entries: ReadonlyMap<string, WrittenRole>
  known: readonly string[]
  domains: ReadonlySet<string>
  report: Report
}

const isLevel = (name: string): name is Level => (levels as readonly string[]).includes(name)

const checkRole = (name: string, role: WrittenRole, scope: Scope) => {
  const { report } = scope
  const path = ['roles', name]
  if (name === refusedRole || !/^[a-z][a-z0-9_-]*$/.test(name))
    report(path, 'a role is called by small letters, digits, _ and -, and not "refused"')
  if (isLevel(name) && role.base) report([...path, 'base'], `${name} stands on nothing`)
  if (!isLevel(name)) checkBase(name, role, scope)
  checkDomains(role.domains, path, scope)
  for (const part of ['kpis', 'hide', 'rows'] as const)
    for (const domain of Object.keys(role[part])) checkDomain(domain, [...path, part, domain], scope)
}

const checkBase = (name: string, { base }: WrittenRole, { entries, known, report }: Scope) => {
  const path = ['roles', name]
  if (!base) report(path, 'needs "base": admin, analyst, viewer, or another role')
  else if (!known.includes(base)) report([...path, 'base'], unknown('role', base, known))
  else if (chainOf(name, entries).at(-1) === name) report([...path, 'base'], 'goes round in a circle')
}

const checkDomains = (domains: readonly string[] = [], path: string[], scope: Scope) => {
  for (const [i, domain] of domains.entries()) checkDomain(domain, [...path, 'domains', i], scope)
}

const checkDomain = (domain: string, path: (string | number)[], { domains, report }: Scope) => {
  if (!domains.has(domain)) report(path, unknown('domain', domain, domains))
}

const checkRoom = (place: string, { domains, default: first, audience }: WrittenRoom, scope: Scope) => {
  const path = ['rooms', place]
  checkDomains(domains, path, scope)
  if (first) checkDomain(first, [...path, 'default'], scope)
  if (first && domains && !domains.includes(first))
    scope.report([...path, 'default'], `${first} is not one of its domains`)
  if (audience && !scope.known.includes(audience))
    scope.report([...path, 'audience'], unknown('role', audience, scope.known))
}

/** The role and what it stands on, each once; a circle ends with the name that it began with. */
const chainOf = (name: string, entries: Scope['entries'], before: readonly string[] = []): string[] => {
  const chain = [...before, name]
  const base = isLevel(name) ? undefined : entries.get(name)?.base
  if (base === undefined) return chain
  if (!chain.includes(base)) return chainOf(base, entries, chain)
  return base === chain[0] ? [...chain, base] : chain
}

const roleFrom = (name: string, { entries }: Scope): Role => {
  const chain = chainOf(name, entries)
  const level = chain.find(isLevel) ?? 'viewer'
  return { name, level, rules: chain.flatMap(link => entries.get(link) ?? []) }
}

/** Everybody once; whoever stands in two roles is reported, but for groups, of which the first counts. */
const members = (part: 'people' | 'groups', { entries, report }: Scope): Map<string, string> => {
  const found = new Map<string, string>()
  for (const [role, entry] of entries)
    entry[part].forEach((text, i) => {
      const key = memberKey(text)
      const other = found.get(key)
      if (other !== undefined && part === 'people')
        report(['roles', role, part, i], `${text} is in the role ${other} already`)
      if (other === undefined) found.set(key, role)
    })
  return found
}
