import { type Access, buildAccess } from './access/access.ts'
import { restrictParts } from './access/restrict.ts'
import {
  audienceOf,
  defaultDomainOf,
  mayAsk,
  mayExplore,
  mayManage,
  meet,
  ofDomain,
  type Rights,
  rightsKey,
  rightsOf,
} from './access/rights.ts'
import { isRefusal, type Refusal } from './access/role-of.ts'
import type { FindDomain, Who } from './ask.ts'
import type { Domain } from './domain.ts'
import type { Named } from './route.ts'
import { nearest } from './semantic/near.ts'
import type { Settings } from './sources/plan.ts'
import type { DomainInfo, Sources } from './sources/sources.ts'
import type { Owner } from './store/answers.ts'
import { readPerson } from './store/person.ts'
import { ChartroomError } from './vocabulary/errors.ts'
import type { Asker } from './vocabulary/question.ts'

/** Data that people brought. */
export type Brought = {
  list: (who: Who) => Promise<{ domain: string; label: string }[]>
  /** Undefined when those who will read the answer may not see one of that name. */
  domain: (name: string, who: Who) => Promise<Domain | undefined>
}

/** What everybody may see of all data: every look-up of a domain goes through here. */
export type Sights = {
  /** Throws `domain/unknown`, also for one that is there and may not be seen. */
  find: FindDomain
  /** The domains that those who read the answer may see, the usual one first. */
  domains: (who: Who) => Promise<Named[]>
  /** Whether the asker may see what not everybody in the place may, data of their own too. Throws `state/…`. */
  seesMore: (who: Who) => Promise<boolean>
  /** Why somebody is not answered at all; undefined when they are. */
  refusal: (asker: Asker | undefined) => Refusal | undefined
  /** May bring data along, and have SQL written by a language model. */
  mayExplore: (who: Who) => boolean
  /** May see what others asked, and change the set-up. */
  mayManage: (who: Who) => boolean
  /** Whether all KPIs of a domain may be asked, and not only those that a role lists. */
  allKpis: (who: Who, domain: string) => boolean
  /** How many questions an hour somebody may ask; without one, any number. */
  limits: (asker: Asker | undefined) => Pick<Rights, 'questionsPerHour'>
  /** Whether roles name groups of the platform, so that it must be known who is in them. */
  usesGroups: () => boolean
  /** The people who are admins by name. */
  admins: () => Owner[]
}

export const createSights = (sources: Pick<Sources, 'domains' | 'open' | 'settings'>, brought?: Brought): Sights => {
  const access = rememberedAccess(sources)
  const rightsFor = (who: Who): Rights | Refusal => {
    const own = rightsOf(access(), who.asker)
    if (isRefusal(own) || who.audience !== 'place' || !who.asker) return own
    const all = audienceOf(access(), who.asker)
    return isRefusal(all) ? all : meet(own, all)
  }
  const visible = (rights: Rights): DomainInfo[] => sources.domains().filter(({ name }) => mayAsk(rights, name))
  const usual = (who: Who, rights: Rights): string | undefined => {
    const here = who.asker && defaultDomainOf(access(), who.asker)
    const seen = visible(rights)
    return seen.find(({ name }) => name === here)?.name ?? (seen.find(d => d.isDefault) ?? seen[0])?.name
  }
  const allowed = (who: Who, test: (rights: Rights) => boolean) => {
    const rights = rightsFor(who)
    return !isRefusal(rights) && test(rights)
  }
  const domains = async (who: Who): Promise<Named[]> => {
    const rights = rightsFor(who)
    if (isRefusal(rights)) return []
    const first = usual(who, rights)
    const seen = visible(rights).toSorted((a, b) => Number(b.name === first) - Number(a.name === first))
    const theirs = (await brought?.list(who)) ?? []
    return [...seen, ...theirs.map(({ domain, label }) => ({ name: domain, label }))].map(({ name, label }) => ({
      name,
      label,
    }))
  }
  const find: FindDomain = async (name, who) => {
    const rights = rightsFor(who)
    const wanted = isRefusal(rights) ? undefined : (name ?? usual(who, rights))
    if (isRefusal(rights) || wanted === undefined)
      throw ChartroomError.of('domain/unknown', { domain: name ?? '', known: [] })
    if (visible(rights).some(domain => domain.name === wanted)) return seenBy(rights, await sources.open(wanted))
    const theirs = await brought?.domain(wanted, who)
    if (theirs) return theirs
    const known = (await domains(who)).map(domain => domain.name)
    throw ChartroomError.of('domain/unknown', { domain: wanted, known, near: nearest(wanted, known, 2) })
  }
  return {
    find,
    domains,
    seesMore: async ({ asker }) => {
      const [own, all] = [rightsFor({ asker }), rightsFor({ asker, audience: 'place' })]
      if (isRefusal(own)) return false
      if (isRefusal(all)) return true
      const seen = visible(own)
      if (seen.length > visible(all).length) return true
      if (seen.some(({ name }) => rightsKey(own, name) !== rightsKey(all, name))) return true
      const [theirs = [], ofAll = []] = await Promise.all([
        brought?.list({ asker }),
        brought?.list({ asker, audience: 'place' }),
      ])
      return theirs.length > ofAll.length
    },
    refusal: asker => {
      const rights = rightsOf(access(), asker)
      return isRefusal(rights) ? rights : undefined
    },
    mayExplore: who => allowed(who, mayExplore),
    // What admins are shown goes to them alone, wherever they ask.
    mayManage: ({ asker }) => allowed({ asker }, mayManage),
    allKpis: (who, domain) => allowed(who, ({ kpis }) => ofDomain(kpis, domain) === undefined),
    limits: asker => {
      const rights = rightsOf(access(), asker)
      return isRefusal(rights) ? {} : { questionsPerHour: rights.questionsPerHour }
    },
    usesGroups: () => access().groups.size > 0,
    admins: () => adminsOf(access()),
  }
}

const adminsOf = ({ people, roles }: Access): Owner[] =>
  [...people].flatMap(([key, role]) => {
    const person = roles.get(role)?.level === 'admin' ? readPerson(key) : undefined
    return person?.platform && person.tenant
      ? [{ platform: person.platform, tenant: person.tenant, user: person.user }]
      : []
  })

const seenBy = (rights: Rights, domain: Domain): Domain => {
  const key = rightsKey(rights, domain.model.domain)
  return key === '' ? domain : domain.as({ key, narrow: parts => restrictParts(parts, rights) })
}

/** Roles and rooms, put together once for what the file says; it was checked when it was read. */
const rememberedAccess = (sources: Pick<Sources, 'domains' | 'settings'>): (() => Access) => {
  let known: { settings: Settings; access: Access } | undefined
  return () => {
    const settings = sources.settings()
    if (known?.settings !== settings)
      known = {
        settings,
        access: buildAccess(settings, { domains: sources.domains().map(d => d.name), report: () => undefined }),
      }
    return known.access
  }
}
