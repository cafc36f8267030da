import type { Join } from '../model.ts'
import { joinRole } from './join-names.ts'
import { isUnique, keyOf } from './keys.ts'
import type { Link, Profile } from './profile.ts'
import type { Words } from './words.ts'

/** A join and how it was found, for confessions. */
export type DraftJoin = Join & { evidence: Link['evidence']; share: number }

const enough = { own: 0.9, name: 0.95, values: 0.98 } as const
const strength = { own: 3, name: 2, values: 1 } as const

/** Joins many → one from measured links: one for each column, the best named; never a circle. */
export const draftJoins = (profile: Profile, words: Pick<Words, 'ways'>): DraftJoin[] => {
  const good = profile.links.filter(l => l.distinct > 0 && l.share >= enough[l.evidence] && l.from.table !== l.to.table)
  const best = [...Map.groupBy(good, l => `${l.from.table}\0${l.from.columns.join('\0')}`).values()].map(
    links =>
      links.toSorted(
        (a, b) => strength[b.evidence] - strength[a.evidence] || rowsOf(profile, a) - rowsOf(profile, b),
      )[0]!,
  )
  const ordered = best.toSorted((a, b) => strength[b.evidence] - strength[a.evidence])
  const kept: Link[] = []
  for (const link of ordered) if (!reaches(kept, link.to.table, link.from.table)) kept.push(link)
  return named(kept, words)
}

const rowsOf = (profile: Profile, link: Link) => profile.tables.find(t => t.name === link.to.table)?.rows ?? 0

const reaches = (joins: readonly Link[], from: string, to: string): boolean =>
  from === to || joins.some(j => j.from.table === from && reaches(joins, j.to.table, to))

const named = (links: readonly Link[], words: Pick<Words, 'ways'>): DraftJoin[] => {
  const taken = new Set<string>()
  return links.map(link => {
    const role = joinRole(link, links, words)
    const name =
      [role, `${link.from.table}_${role}`, `${link.from.table}_${role}_${link.to.table}`].find(n => !taken.has(n)) ??
      `${role}_${taken.size}`
    taken.add(name)
    return {
      name,
      from: link.from.table,
      fromColumns: link.from.columns,
      to: link.to.table,
      toColumns: link.to.columns,
      evidence: link.evidence,
      share: link.share,
    }
  })
}

/** Tables that more than one join leads to from the same table, directly or on different ways: their columns need to say by which. */
export const ambiguousTargets = (joins: readonly Join[]): Set<string> => {
  const tables = [...new Set(joins.flatMap(j => [j.from, j.to]))]
  return new Set(tables.filter(to => tables.some(from => from !== to && countWays(joins, from, to) > 1)))
}

const countWays = (joins: readonly Join[], from: string, to: string): number =>
  joins.filter(j => j.from === from).reduce((n, j) => n + (j.to === to ? 1 : countWays(joins, j.to, to)), 0)

/** The columns that name a row of each table. */
export const primaryKeys = (profile: Profile): Map<string, string[]> =>
  new Map(
    profile.tables.map(t => {
      const key = keyOf(t)
      return [t.name, key && isUnique(key, t) ? [key.name] : (t.compositeKeys[0] ?? [])]
    }),
  )
