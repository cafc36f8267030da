import type { Fact } from '#src/vocabulary/fact.ts'
import { bucketLabel } from '../calendar.ts'
import { historyOf, historyToNow, seriesOf, type TimeSeries, wholeBuckets } from '../series.ts'
import { median } from '../statistics.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material } from './parts.ts'
import { isSingle } from './value.ts'

/**
 * The highest and the lowest whole bucket of a single series of three or more, with the usual level. Ties and flat series have none.
 * A single number is one when no other of the earlier buckets, five at least, is as high or as low; with nothing earlier, of all buckets.
 */
export const findExtremes = ({ view, extras }: Material): Fact[] => {
  if (isSingle({ view, extras })) return view.measures.slice(0, 1).flatMap(m => ofHistory({ view, extras }, m))
  if (view.query.limit !== undefined || view.dimensions.length) return []
  return view.measures
    .filter(m => m.calc?.kind !== 'cumulative' && m.calc?.kind !== 'ytd')
    .flatMap(m => seriesOf(view, m).flatMap(s => [...extreme('peak', m, s), ...extreme('low', m, s)]))
}

const ofHistory = ({ view, extras }: Material, measure: MeasureView): Fact[] => {
  const all = extras.why?.after === true
  const series = (all ? historyOf : historyToNow)(view, measure, extras.history)
  if (!series || wholeBuckets(series).length < 6) return []
  const found = [...extreme('peak', measure, series), ...extreme('low', measure, series)]
  return found
    .filter(f => f.about?.[series.grain] === view.query.period?.start)
    .map(f => ({ ...f, words: { ...f.words, among: all ? 'all' : 'last' }, noteworthy: 0.7 }))
}

const extreme = (kind: 'peak' | 'low', measure: MeasureView, series: TimeSeries): Fact[] => {
  const whole = wholeBuckets(series)
  if (whole.length < 3) return []
  const values = whole.map(b => b.value)
  const edge = kind === 'peak' ? Math.max(...values) : Math.min(...values)
  const holders = whole.filter(b => b.value === edge)
  const [holder] = holders
  if (!holder || holders.length > 1) return []
  const usual = median(values)
  const ratio = usual > 0 ? edge / usual - 1 : null
  return [
    {
      id: idOf(kind, measure.name, holder.at),
      kind,
      measure: measure.name,
      value: edge,
      format: measure.format,
      about: { [series.grain]: holder.at },
      parts: { usual, ratio, count: values.length },
      words: { at: bucketLabel(holder.at, series.grain, series.calendar), grain: series.grain },
      noteworthy: between01((kind === 'peak' ? 0.4 : 0.33) + Math.min(0.4, Math.abs(ratio ?? 0) * 0.4)),
      tone: 'neutral',
    },
  ]
}
