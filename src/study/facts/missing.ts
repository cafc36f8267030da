import { labelOf } from '#src/semantic/calendar.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import { addBuckets, bucketLabel } from '../calendar.ts'
import { type Bucket, seriesOf, type TimeSeries } from '../series.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material } from './parts.ts'

/** Buckets inside the data for which there was no row: how many, and the longest stretch of them. Only of a single series. */
export const findMissing = ({ view }: Material): Fact[] => {
  const [measure] = view.measures
  if (!measure || view.dimensions.length || view.query.limit !== undefined || view.query.having.length) return []
  return seriesOf(view, measure).flatMap(s => missing(measure, s))
}

/** Neighbouring buckets for which something holds, in order. */
export const runsOf = <T>(buckets: readonly T[], holds: (b: T) => boolean): T[][] => {
  const runs: T[][] = []
  buckets.forEach((b, i) => {
    if (!holds(b)) return
    const before = buckets[i - 1]
    if (before && holds(before)) runs.at(-1)?.push(b)
    else runs.push([b])
  })
  return runs
}

/** How a run of buckets is said: one bucket by its own name, more as a stretch. */
export const stretchLabel = (from: string, to: string, { grain, calendar }: TimeSeries): string => {
  const label = (at: string) => bucketLabel(at, grain, calendar)
  if (from === to) return label(from)
  if (grain === 'hour') return `${label(from)} to ${label(to)}`
  return labelOf(from.slice(0, 10), addBuckets(to, 1, grain), calendar)
}

const missing = (measure: MeasureView, series: TimeSeries): Fact[] => {
  const { grain, buckets } = series
  const runs = runsOf(buckets, (b: Bucket) => b.missing)
  const longest = runs.reduce<Bucket[]>((best, run) => (run.length > best.length ? run : best), [])
  const [from, to] = [longest[0], longest.at(-1)]
  if (!from || !to) return []
  const count = runs.flat().length
  const rare = 1 - count / buckets.length
  return [
    {
      id: idOf('missing', measure.name),
      kind: 'missing',
      measure: measure.name,
      value: count,
      format: { kind: 'integer' },
      about: { from: from.at, to: to.at },
      parts: { buckets: buckets.length, longest: longest.length, runs: runs.length },
      words: { grain, at: stretchLabel(from.at, to.at, series) },
      noteworthy: between01(rare > 0.7 ? 0.55 + 0.05 * Math.min(7, longest.length) : 0.3),
      tone: 'neutral',
    },
  ]
}
