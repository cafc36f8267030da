import { pathTo } from '#src/semantic/compile/paths.ts'
import { timeDimension } from '#src/semantic/compile/rows.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Query, Split } from '#src/vocabulary/query.ts'
import { isCount } from '../counts.ts'
import type { Draft } from '../draft.ts'
import { keptOrder, mergeFilters, mergeSplits, withBasePeriod } from '../follow.ts'
import { baseOf } from '../formulas.ts'
import { compareOf } from './compare.ts'
import { comparisonsOf } from './conditions.ts'
import { conflict } from './conflicts.ts'
import { bothSides, filtersOf } from './filters.ts'
import { type Gap, Gapped } from './gaps.ts'
import { measuresOf } from './measures.ts'
import { doneAtAll, periodsOf, timeOf } from './periods.ts'
import { rankOf } from './ranks.ts'
import { calcOf } from './shares.ts'
import { namedSplits, orderedSplits, subjectsAsSplits, withoutOwners } from './splits.ts'
import { countedWhereKept, placePeriod, placeValues, thingOf, withDeeds } from './things.ts'
import type { Build, Candidate, ResolveContext } from './types.ts'

/** One query of a draft for one choice of meanings, or what is missing for it. */
export const build = (
  draft: Draft,
  { picks, total }: Pick<Build, 'picks' | 'total'>,
  ctx: ResolveContext,
): Candidate | Gap => {
  try {
    return assembleQuery({ draft, picks, ctx, notes: [], total })
  } catch (error) {
    if (error instanceof Gapped) return error.gap
    throw error
  }
}

const assembleQuery = (b: Build): Candidate => {
  const { draft, picks, ctx, notes } = b
  const { model } = ctx
  const foreign = draft.currencies.find(code => code !== model.currency && code !== 'any')
  if (foreign) throw new Gapped({ gap: 'currency', code: foreign })
  averagePerBucket(b)
  const subjects = subjectsAsSplits(b)
  const named = [...namedSplits(b), ...subjects]
  const measures = measuresOf(b, named)
  if (draft.cues.has('per+per')) throw new Gapped({ gap: 'average', measure: measures[0]?.measure ?? '', by: 'per' })
  const base = baseOf(model.measures[measures[0]?.measure ?? ''], model)
  const time = timeOf(b)
  const timeName = base && (time ?? timeDimension(model, { table: base.table }))
  const range = timeName ? ctx.range(timeName) : undefined
  const periods = periodsOf(b, range)
  const asked = orderedSplits(b, withoutOwners(b, named, base), { range, period: periods.main ?? ctx.base?.period })
  const splits = mergeSplits(asked, draft, ctx)
  const conditions = comparisonsOf(b, splits, measures)
  const thing = thingOf(b, measures, splits)
  const sided = bothSides(filtersOf(b, thing), b)
  const deeds = withDeeds(b, thing, { filters: conditions.filters, beside: sided.filters })
  if (sided.split && !splits.some(s => 'dimension' in s && s.dimension === sided.split))
    splits.push({ dimension: sided.split })
  const kept = placeValues(b, thing, { filters: sided.filters, of: deeds })
  const said = mergeFilters([...kept, ...doneAtAll(b, { time, splits })], draft, ctx)
  if (draft.share && conditions.having.length > 0) throw new Gapped({ gap: 'share' })
  const compare = compareOf(b, { ...withBasePeriod(periods, draft, ctx), range, splits })
  const placed = placePeriod(b, { thing, filters: said, period: compare.period, time, measures, splits })
  const { filters } = placed
  const withCalc = calcOf(b, {
    measures: countedWhereKept(b, { thing, measures, filters, splits, time: placed.time }),
    splits: compare.split ? [...splits, { grain: compare.split }] : splits,
    filters,
  })
  const query: Query = {
    domain: model.domain,
    measures: withCalc.measures,
    splits: withCalc.splits,
    filters,
    having: conditions.having.length > 0 ? conditions.having : (ctx.base?.having ?? []),
    ...(placed.period ? { period: placed.period } : {}),
    ...(placed.time || ctx.base?.time ? { time: placed.time ?? ctx.base?.time } : {}),
    ...(compare.compare ? { compare: compare.compare } : {}),
    order: [],
    ...(draft.chart ? { chart: draft.chart } : {}),
    intent: draft.why ? 'why' : 'value',
  }
  const ranked = { ...query, ...(draft.rank ? {} : keptOrder(query, draft, ctx)), ...rankOf(b, query) }
  conflict(ranked, model)
  const byTime = model.dimensions[ranked.time ?? timeName ?? '']
  if (byTime?.type === 'date' && ranked.splits.some(isHours)) throw new Gapped({ gap: 'hours', label: byTime.label })
  return {
    query: ranked,
    notes,
    score: picks.score * nearness(ranked, model) * (draft.splits.some(x => x.kind === 'name' && x.weak) ? 0.97 : 1),
  }
}

const isHours = (s: Split): boolean => ('grain' in s ? s.grain === 'hour' : s.dimension === 'hour_of_day')

/** "orders per day on average": a count has an average only over its buckets. */
const averagePerBucket = ({ draft, ctx }: Build): void => {
  const [slot] = draft.measures
  const grains = draft.splits.flatMap(x => (x.kind === 'grain' ? [x.grain] : []))
  const [grain] = grains
  const counts = slot?.meanings.every(m => m.kind !== 'measure' || isCount(ctx.model.measures[m.measure]))
  if (!slot || !grain || grains.length > 1 || slot.aggregation !== 'avg' || slot.per || !counts) return
  slot.per = { grain }
  draft.splits = draft.splits.filter(x => x.kind !== 'grain')
}

/** Names that lie in the measure's own table are nearer than those of tables it belongs to. */
const nearness = (query: Query, model: Model): number => {
  const base = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)
  if (!base) return 1
  const names = [
    ...query.splits.flatMap(s => ('dimension' in s ? [s.dimension] : [])),
    ...query.filters.flatMap(f => ('dimension' in f ? [f.dimension] : [])),
  ]
  return names.reduce((score, name) => {
    const d = model.dimensions[name]
    if (!d) return score
    const hops = pathTo(model, { from: base.table, to: d.table, via: d.via })?.length
    return score * (hops === 0 ? 1 : hops === undefined ? 0.75 : 0.86 - 0.02 * hops)
  }, 1)
}
