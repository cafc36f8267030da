import type { Filter, Query, Split } from '#src/vocabulary/query.ts'
import { measureColumn } from '#src/vocabulary/query.ts'
import type { Draft } from './draft.ts'
import type { Meaning } from './lexicon.ts'
import type { Periods, ResolveContext } from './resolve/types.ts'

/**
 * A follow-up is a patch: what it names fills its slot, everything else stays as it was in the thread. "also" adds, "drop" takes away, "all"
 * clears, a filter on the same dimension replaces.
 */
export const isFollowUp = (draft: Draft, text: string): boolean => {
  const own = draft.measures.length > 0
  if (
    own &&
    !draft.cues.has('qualified') &&
    /^\s*(top|bottom|worst|best|lowest|highest|in|from|by|monthly|weekly|daily|over|all|show)\b/i.test(text) &&
    draft.splits.length + draft.filters.length + draft.periods.length > 0
  )
    return false
  const leads =
    /^\s*(and|or|but|also|what about|how about|same|now|just|only|make it|then|instead|without|excluding|except|as an?|ok and|for|drop|remove|add|put|include|all|back|go back|undo|compare|compared|show (it|that|this|them)|split (it|that|this)|break (it|that|this)|over|under|above|below|at least|more than|less than|monthly|weekly|daily|quarterly|yearly|by|in|from|top|bottom|worst|best|lowest|highest)\b/i.test(
      text,
    )
  if (!own || /\b(those|these|them)\b/i.test(text)) return true
  if (draft.cues.has('same') || draft.cues.has('instead') || draft.cues.has('also') || leads) return true
  return alone(draft)
}

/** Only a measure was said ("average order value"). */
const alone = (d: Draft) =>
  d.splits.length + d.filters.length + d.periods.length + d.comparisons.length === 0 && !d.rank && !d.why && !d.share

const nameOf = (s: Split) => ('grain' in s ? s.grain : s.dimension)

/** "by X" replaces the splits, "also by X" adds one, another grain takes the place of the old one, "drop X" takes it away. */
export const mergeSplits = (said: Split[], draft: Draft, { base, model }: ResolveContext): Split[] => {
  if (!base) return said
  const dropped = droppedNames(draft, 'split', model)
  const kept = base.splits.filter(s => !dropped.has(nameOf(s)) && !draft.cues.has(`drop:${nameOf(s)}`))
  if (said.length === 0) return kept
  if (draft.splits.some(s => 'also' in s && s.also))
    return [...kept, ...said.filter(s => !kept.some(k => nameOf(k) === nameOf(s)))].slice(0, 3)
  const timeStays =
    draft.cues.has('and') && kept.length > 0 && kept.every(s => 'grain' in s) && said.every(s => 'dimension' in s)
  if (timeStays) return [...kept, ...said]
  const replacesGrain = said.every(s => 'grain' in s) && kept.some(s => 'grain' in s)
  return replacesGrain ? kept.map(s => ('grain' in s ? (said[0] ?? s) : s)) : said
}

const droppedNames = (draft: Draft, role: 'split' | 'filter', model: ResolveContext['model']): Set<string> => {
  const dropped = draft.dropped.filter(n => !n.only || n.only === role)
  const cleared = role === 'filter' ? draft.cleared : []
  return new Set([...dropped, ...cleared].flatMap(n => n.meanings.flatMap(m => droppedName(m, model))))
}

const droppedName = (m: Meaning, model: ResolveContext['model']): string[] => {
  if (m.kind === 'dimension' || m.kind === 'value') return [m.dimension]
  return m.kind === 'entity' ? [model.tables[m.table]?.display ?? m.table] : []
}

type ListFilter = Extract<Filter, { op: 'in' | 'not_in' }>
const isList = (f: Filter): f is ListFilter => f.op === 'in' || f.op === 'not_in'

/** A filter on the same dimension replaces; a negation takes values out of a list that was there; others add up. */
export const mergeFilters = (said: Filter[], draft: Draft, { base, model }: ResolveContext): Filter[] => {
  if (!base) return said
  const dropped = droppedNames(draft, 'filter', model)
  const clears = draft.cues.has('all') && base.limit === undefined && said.length === 0
  const before = clears ? [] : base.filters.filter(f => !('dimension' in f && dropped.has(f.dimension)))
  const lists = draft.filters.filter(f => f.kind === 'values')
  return said.reduce<Filter[]>((all, f, i) => {
    const slot = draft.filters[i]
    const adds = slot?.kind === 'values' && (slot.added || (slot.also && lists.includes(slot)))
    return merge(all, f, {
      adds,
      includes: slot?.kind === 'values' && slot.added,
      clears: slot?.kind === 'values' && slot.dropped === true,
    })
  }, before)
}

const merge = (all: Filter[], f: Filter, how: { adds: boolean; includes: boolean; clears: boolean }): Filter[] => {
  if (f.op === 'entity') return [...all.filter(g => g.op !== 'entity' || g.entity !== f.entity), f]
  if (!('dimension' in f)) return [...all.filter(g => JSON.stringify(g) !== JSON.stringify(f)), f]
  const same = all.find((g): g is ListFilter => isList(g) && g.dimension === f.dimension)
  const others = all.filter(g => !('dimension' in g) || g.dimension !== f.dimension)
  const merged = same && isList(f) ? mergeLists(same, f, how) : f
  return merged ? [...others, merged] : others
}

const mergeLists = (
  old: ListFilter,
  f: ListFilter,
  { adds, includes, clears }: { adds: boolean; includes: boolean; clears: boolean },
): ListFilter | undefined => {
  if (includes && old.op === 'not_in')
    return withValues(
      old,
      old.values.filter(v => !f.values.includes(v)),
    )
  if (f.op === 'not_in' && old.op === 'in' && clears)
    return withValues(
      old,
      old.values.filter(v => !f.values.includes(v)),
    )
  if (f.op === 'not_in' && old.op === 'in')
    return (
      withValues(
        old,
        old.values.filter(v => !f.values.includes(v)),
      ) ?? f
    )
  if (f.op === old.op && (adds || f.op === 'not_in')) return withValues(f, [...new Set([...old.values, ...f.values])])
  return f
}

const withValues = (f: ListFilter, values: ListFilter['values']): ListFilter | undefined =>
  values.length > 0 ? { ...f, values } : undefined

/** The period of the thread stays until another is named. */
export const withBasePeriod = (periods: Periods, draft: Draft, { base }: ResolveContext): Periods => {
  if (!base?.period || periods.main || (draft.cues.has('all') && draft.cues.has('period'))) return periods
  return { ...periods, main: base.period }
}

/** Order and limit stay while the splits do; they follow a new measure. */
export const keptOrder = (query: Query, draft: Draft, { base }: ResolveContext): Partial<Query> => {
  if (!base || base.order.length === 0) return {}
  if (base.splits.length !== query.splits.length) return {}
  const [old] = base.order
  const [first] = query.measures
  const was = base.measures[0] && measureColumn(base.measures[0])
  const by = old?.by === was && first ? measureColumn(first) : (old?.by ?? 'time')
  const order = [{ by, direction: old?.direction ?? ('desc' as const) }]
  if (draft.cues.has('all')) return { order }
  const limit = draft.newLimit ?? base.limit
  return {
    order,
    ...(limit ? { limit } : {}),
    ...(base.limitPer && JSON.stringify(base.splits) === JSON.stringify(query.splits)
      ? { limitPer: base.limitPer }
      : {}),
  }
}
