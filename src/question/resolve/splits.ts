import { daysBetween } from '#src/semantic/calendar.ts'
import type { BaseMeasure } from '#src/semantic/model.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Split } from '#src/vocabulary/query.ts'
import { isCount } from '../counts.ts'
import type { Meaning } from '../lexicon.ts'
import { Gapped } from './gaps.ts'
import { displayOf, keyDimension } from './keys.ts'
import type { Build, NamedSplit } from './types.ts'

/** Splits by dimensions and parts of time that were said. */
export const namedSplits = (b: Build): NamedSplit[] =>
  b.draft.splits.flatMap(split => {
    if (split.kind === 'timepart') return [{ dimension: split.part, at: 0, weak: false }]
    if (split.kind !== 'name') return []
    const meaning = b.picks.of(split)
    const dimension = meaning && splitDimension(b, meaning)
    return dimension ? [{ dimension, at: split.at.from, weak: split.weak }] : []
  })

/** "states with more than 500 orders" lists states; "customers with more than 3 orders" counts customers, unless asked which. */
export const subjectsAsSplits = (b: Build): NamedSplit[] =>
  b.draft.comparisons.flatMap(c => {
    const { subject } = c
    if (!subject || !('meanings' in subject) || b.draft.splits.length > 0 || b.draft.counts) return []
    if (subject.meanings.some(m => m.kind === 'entity')) return []
    const meaning = b.picks.of(subject)
    if (meaning?.kind !== 'dimension') return []
    const dimension = splitDimension(b, meaning)
    return dimension ? [{ dimension, at: subject.at.from, weak: false }] : []
  })

/** "the median list price *of products* by category": the things that have the number are no split of it, unless they are ranked or alone and listed. */
export const withoutOwners = (b: Build, named: NamedSplit[], base?: BaseMeasure): NamedSplit[] => {
  const { draft, ctx } = b
  const aggregated = draft.measures.some(slot => slot.aggregation !== undefined)
  if (!base || isCount(base) || draft.rank || draft.cues.has('which') || (!aggregated && named.length < 2)) return named
  return named.filter(n => !n.weak || n.dimension !== displayOf(ctx.model, base.table))
}

/** All splits in the order they are shown in, at most three. */
export const orderedSplits = (
  b: Build,
  named: NamedSplit[],
  at: { range?: { first: IsoDate; last: IsoDate }; period?: Period },
): Split[] => {
  const { draft } = b
  const buckets: Split[] = draft.splits.flatMap(s => (s.kind === 'grain' ? [{ grain: s.grain }] : []))
  const isTrend = draft.splits.some(s => s.kind === 'trend')
  const time = buckets.length === 0 && isTrend ? [{ grain: fittingGrain(at) }] : buckets
  const subjectGrain = draft.comparisons.flatMap(c =>
    c.subject && 'grain' in c.subject && time.length === 0 ? [{ grain: c.subject.grain }] : [],
  )
  const said = draft.splits.map(s => s.kind)
  const names: Split[] = [...new Set(named.map(n => n.dimension))].map(dimension => ({ dimension }))
  const timeSplits = [...time, ...subjectGrain].slice(0, 1)
  const timeFirst = ['grain', 'trend'].includes(said[0] ?? '')
  const all = timeFirst ? [...timeSplits, ...names] : [...names, ...timeSplits]
  return hourly(all, at).slice(0, 3)
}

/** The grain that shows a stretch of time well: days for a month, weeks for half a year, else months. */
export const fittingGrain = ({
  range,
  period,
}: {
  range?: { first: IsoDate; last: IsoDate }
  period?: Period
}): Grain => {
  const first = period && range && period.start < range.first ? range.first : (period?.start ?? range?.first)
  const end = period && range && period.end > range.last ? range.last : (period?.end ?? range?.last)
  const days = first && end ? daysBetween(first, end) : 365
  if (days <= 45) return 'day'
  if (days <= 190) return 'week'
  return days > 365 * 6 ? 'year' : 'month'
}

const splitDimension = (b: Build, meaning: Meaning): string | undefined => {
  const { model } = b.ctx
  if (meaning.kind === 'entity') return model.tables[meaning.table]?.display ?? keyDimension(model, meaning.table)
  if (meaning.kind !== 'dimension') return undefined
  const d = model.dimensions[meaning.dimension]
  if (!d?.personal) return meaning.dimension
  const key = /name/i.test(d.label) ? (model.tables[d.table]?.display ?? keyDimension(model, d.table)) : undefined
  if (!key || model.dimensions[key]?.personal) throw new Gapped({ gap: 'personal', label: d.label })
  b.notes.push(`${d.label} is personal, so ${model.dimensions[key]?.label.toLowerCase()} is shown instead.`)
  return key
}

/** "by hour" over more than three days is the hour of the day. */
const hourly = (
  splits: Split[],
  { range, period }: { range?: { first: IsoDate; last: IsoDate }; period?: Period },
): Split[] => {
  const days = period ? daysBetween(period.start, period.end) : range ? daysBetween(range.first, range.last) : 99
  return splits.map(s => ('grain' in s && s.grain === 'hour' && days > 3 ? { dimension: 'hour_of_day' } : s))
}
