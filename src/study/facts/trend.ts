import type { Fact } from '#src/vocabulary/fact.ts'
import { bucketLabel } from '../calendar.ts'
import { mainSeries, type TimeSeries, wholeBuckets } from '../series.ts'
import { mannKendall, theilSen } from '../statistics.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material, ratioFrom, toneOf } from './parts.ts'

const fewest = 6

/**
 * Whether a measure rises or falls over whole buckets: certain by Mann–Kendall (two-sided 5 %, six buckets or more) and worth saying by
 * Theil–Sen (5 % or half a point over the stretch; 10 % for days and hours, whose neighbours are alike). The slope is per bucket.
 */
export const findTrends = ({ view }: Material): Fact[] =>
  view.measures
    .filter(m => m.calc?.kind !== 'cumulative' && m.calc?.kind !== 'ytd')
    .flatMap(m => mainSeries(view, m).flatMap(s => trend(m, s)))

const trend = (measure: MeasureView, series: TimeSeries): Fact[] => {
  const { grain, calendar } = series
  const whole = wholeBuckets(series)
  const values = whole.map(b => b.value)
  const [first, last] = [whole[0], whole.at(-1)]
  if (!first || !last || values.length < fewest) return []
  const certainty = mannKendall(values)
  const { slope, start } = theilSen(values)
  const end = start + slope * (values.length - 1)
  if (Math.abs(certainty) < 1.96 || !slope || !isLarge(measure, series, { start, end })) return []
  const ratio = ratioFrom(start, end)
  return [
    {
      id: idOf('trend', measure.name, ...Object.values(series.about)),
      kind: 'trend',
      measure: measure.name,
      value: slope,
      format: measure.format,
      about: series.about,
      parts: { buckets: values.length, from: start, to: end, ratio, first: first.value, last: last.value, certainty },
      words: { grain, from: bucketLabel(first.at, grain, calendar), to: bucketLabel(last.at, grain, calendar) },
      noteworthy: between01(0.45 + Math.min(0.5, Math.abs(ratio ?? 0.3))),
      tone: toneOf(slope, measure.good),
    },
  ]
}

const isLarge = ({ format }: MeasureView, { grain }: TimeSeries, { start, end }: { start: number; end: number }) => {
  if (format.kind === 'percent') return Math.abs(end - start) >= 0.005
  const least = grain === 'day' || grain === 'hour' ? 0.1 : 0.05
  const level = Math.max(Math.abs(start), Math.abs(end))
  return Math.abs(end - start) >= least * level
}
