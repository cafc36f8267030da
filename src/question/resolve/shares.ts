import type { Grain } from '#src/vocabulary/period.ts'
import type { Filter, MeasureUse, Split } from '#src/vocabulary/query.ts'
import { topOf } from '../formulas.ts'
import { Gapped } from './gaps.ts'
import { fittingGrain } from './splits.ts'
import type { Build } from './types.ts'

/** Measures as shares, running totals or moving windows. @throws Gapped */
export const calcOf = (
  b: Build,
  q: { measures: MeasureUse[]; splits: Split[]; filters: Filter[] },
): { measures: MeasureUse[]; splits: Split[] } => {
  const { draft } = b
  if (draft.share) {
    const rate = shareAsRate(b, q.measures)
    if (rate) return { measures: rate, splits: q.splits }
    if (draft.rank?.n !== undefined && draft.rank.from > (draft.shareAt ?? 0)) throw new Gapped({ gap: 'share' })
    const of = draft.cues.has('as a rate') ? onlyCondition(q.filters) : shareOf(b, q)
    return {
      ...q,
      measures: q.measures.map(m =>
        b.ctx.model.measures[m.measure]?.format.kind === 'percent' ? m : { ...m, calc: { kind: 'share', of } },
      ),
    }
  }
  if (draft.cumulative)
    return { measures: q.measures.map(m => ({ ...m, calc: { kind: 'cumulative' } })), splits: withTime(b, q.splits) }
  if (draft.rolling) {
    const { n, grain, average } = draft.rolling
    const splits = withTime(b, q.splits, grain)
    const own = splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0] ?? 'day'
    const wide = n ?? ({ day: 7, week: 4, month: 3, quarter: 4, year: 3, hour: 24 } as const)[own]
    if (n === undefined) b.notes.push(`A window of ${wide} ${own}s was taken.`)
    const means = average || q.measures.some(m => m.aggregation === 'avg')
    return {
      measures: q.measures.map(m => ({ measure: m.measure, calc: { kind: 'rolling', n: wide, average: means } })),
      splits,
    }
  }
  return q
}

const withTime = (b: Build, splits: Split[], grain?: Grain): Split[] =>
  splits.some(s => 'grain' in s)
    ? splits
    : [...splits, { grain: grain ?? fittingGrain({ range: firstRange(b), period: undefined }) }]

const firstRange = (b: Build) => {
  const time = Object.values(b.ctx.model.tables).find(t => t.time)?.time
  return time ? b.ctx.range(time) : undefined
}

/** "as a rate": of the one condition that was there. @throws Gapped when it is not one. */
const onlyCondition = (filters: Filter[]): string[] => {
  const [only, ...others] = filters
  if (!only || others.length > 0) throw new Gapped({ gap: 'share' })
  return [nameOf(only)]
}

const nameOf = (f: Filter) => ('dimension' in f ? f.dimension : 'entity' in f ? f.entity : f.filter)

/** "percent of orders returned" is the return rate; "share of returned orders by category" divides returned orders up. */
const shareAsRate = (b: Build, measures: MeasureUse[]): MeasureUse[] | undefined => {
  const [use] = measures
  const slot = b.draft.measures[0]
  const measure = use && b.ctx.model.measures[use.measure]
  const asRate = b.draft.cues.has('as a rate') && b.ctx.base !== undefined
  const ofAll = b.draft.context.some(c => c.meanings.some(m => m.kind === 'entity')) && b.draft.splits.length === 0
  if (
    !use ||
    !(slot || asRate) ||
    measures.length > 1 ||
    measure?.kind !== 'base' ||
    measure.where.length === 0 ||
    !(slot?.thingFirst || ofAll || asRate)
  )
    return undefined
  const rate = Object.values(b.ctx.model.measures).find(
    m => m.kind === 'formula' && !m.hidden && topOf(m) === use.measure && m.format.kind === 'percent',
  )
  return rate ? [{ measure: rate.name }] : undefined
}

/** What a share is of: the condition said by a verb ("were cancelled"), else the split, else the first condition after the measure. */
const shareOf = (b: Build, { splits, filters }: { splits: Split[]; filters: Filter[] }): string[] => {
  const predicated = b.draft.filters.flatMap((f, i) =>
    'predicate' in f && f.predicate && filters[i] ? [nameOf(filters[i] as Filter)] : [],
  )
  const comparisons = filters
    .filter(
      f =>
        f.op === 'entity' || f.op === 'gt' || f.op === 'lt' || f.op === 'gte' || f.op === 'lte' || f.op === 'between',
    )
    .map(nameOf)
  const named = splits.flatMap(s => ('dimension' in s ? [s.dimension] : []))
  if (predicated.length > 0) return [...new Set(predicated)]
  if (comparisons.length > 0 && !b.draft.cues.has('from each')) return [...new Set(comparisons)]
  if (named.length > 0) return named
  const after = b.draft.filters.flatMap((f, i) =>
    f.kind === 'values' && f.afterMeasure && filters[i] ? [nameOf(filters[i] as Filter)] : [],
  )
  const [first] = [...after, ...filters.map(nameOf)]
  if (!first) throw new Gapped({ gap: 'share' })
  return [first]
}
