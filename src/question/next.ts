import { daysBetween, previousPeriod, shiftBetween } from '#src/semantic/calendar.ts'
import { pathTo } from '#src/semantic/compile/paths.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Answered, Choice } from '#src/vocabulary/answer.ts'
import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { baseOf } from './formulas.ts'
import { restate } from './restate.ts'

/** What one may want to see after an answer, at most four, each a whole query. */
export const nextChoices = (query: Query, model: Model): Choice[] => {
  const others = splitChoices(query, model).filter(c => c.query && !sameSplits(c.query, query))
  const compare =
    query.period && !query.compare
      ? [
          choice(
            bucketsMoved({ ...query, compare: { period: previousPeriod(query.period, model) } }),
            'Compare with the period before',
            model,
          ),
        ]
      : []
  return [...others.slice(0, 2), ...compare, ...timeChoice(query, model)].slice(0, 4)
}

/** Buckets of time are compared with those of the other period, not with the ones before them. */
const bucketsMoved = (query: Query): Query => {
  const { period, compare, splits } = query
  if (!period || !compare || !splits.some(s => 'grain' in s)) return query
  return { ...query, compare: { ...shiftBetween(period, compare.period), ...compare } }
}

/** What the menus under an answer offer: other periods, other splits, other charts. */
export const optionsFor = (
  { query, table }: Answered,
  model: Model,
): { periods: Choice[]; splits: Choice[]; charts: ChartKind[] } => ({
  periods: periodChoices(query, model),
  splits: splitChoices(query, model),
  charts: chartsFor(query, table.rows.length),
})

const periodChoices = (query: Query, model: Model): Choice[] => {
  const whole = { ...query, period: undefined, compare: undefined }
  const { period } = query
  const earlier = period ? [previousPeriod(period, model)] : []
  const before = earlier[0] ? [previousPeriod(earlier[0], model)] : []
  return [
    choice(whole, 'All data', model),
    ...(period ? [choice(query, period.label, model)] : []),
    ...[...earlier, ...before].map(p => choice({ ...query, period: p, compare: undefined }, p.label, model)),
  ]
}

const chartsFor = ({ splits }: Query, rows: number): ChartKind[] => {
  const time = splits.some(s => 'grain' in s)
  const named = splits.length - (time ? 1 : 0)
  if (splits.length === 0 || rows < 2) return ['kpi', 'table']
  if (time) return named > 0 ? ['line', 'area', 'facet', 'heatmap', 'table'] : ['line', 'bar', 'table']
  return named > 1 ? ['bar', 'heatmap', 'table'] : ['bar', 'donut', 'table']
}

/** The same question split another way: the dimensions nearest to the measure, and time. */
export const splitChoices = (query: Query, model: Model): Choice[] => {
  const base = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)
  const dimensions = Object.values(model.dimensions)
    .filter(d => !d.hidden && !d.personal && d.type === 'text')
    .map(d => ({ d, hops: base ? pathTo(model, { from: base.table, to: d.table, via: d.via })?.length : undefined }))
    .filter(({ hops }) => hops !== undefined)
    .toSorted((a, b) => (a.hops ?? 0) - (b.hops ?? 0))
    .slice(0, 8)
  const plain = { ...query, limit: undefined, limitPer: undefined, order: [], chart: undefined, having: [] }
  return dimensions.map(({ d }) =>
    choice({ ...plain, splits: [{ dimension: d.name }] }, `By ${d.label.toLowerCase()}`, model),
  )
}

const timeChoice = (query: Query, model: Model): Choice[] => {
  if (query.splits.some(s => 'grain' in s) || query.splits.length > 1) return []
  const grain = grainFor(query)
  return [
    choice(
      bucketsMoved({ ...query, splits: [...query.splits, { grain }], limit: undefined, order: [], chart: undefined }),
      `Over time, by ${grain}`,
      model,
    ),
  ]
}

const grainFor = ({ period }: Query): Grain => {
  const days = period ? daysBetween(period.start, period.end) : 365
  return days <= 45 ? 'day' : days <= 190 ? 'week' : 'month'
}

const sameSplits = (a: Query, b: Query) => JSON.stringify(a.splits) === JSON.stringify(b.splits)

const choice = (query: Query, label: string, model: Model): Choice => ({
  label,
  question: restate(query, model),
  query,
})
