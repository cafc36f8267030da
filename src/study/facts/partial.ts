import { addUnits, daysBetween, labelOf } from '#src/semantic/calendar.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import { addBuckets, bucketLabel, earliest, latest } from '../calendar.ts'
import { seriesOf } from '../series.ts'
import type { View } from '../view.ts'
import { idOf, type Material } from './parts.ts'

/** What is not whole: the period asked for (days passed of days in all), and the first and last bucket of a series. */
export const findPartial = ({ view }: Material): Fact[] => [...unfinishedPeriod(view), ...cutBuckets(view)]

const unfinishedPeriod = (view: View): Fact[] => {
  const { query, cut, measures } = view
  const { period } = query
  const [measure] = measures
  if (!period || !measure) return []
  const end = earliest(period.end, cut)
  const full = fullEnd(period)
  const whole = labelOf(period.start, full, view.model)
  const [days, ofDays] = [daysBetween(period.start, end), daysBetween(period.start, full)]
  if (days <= 0 || days >= ofDays) return []
  return [
    {
      id: idOf('partial', 'period'),
      kind: 'partial',
      measure: measure.name,
      value: days,
      format: { kind: 'integer' },
      parts: { ofDays },
      words: { until: labelOf(addUnits(end, -1, 'day'), end, view.model), whole },
      noteworthy: 0.6,
      tone: 'neutral',
    },
  ]
}

const fullEnd = ({ start, end, unit, count = 1, toDate }: NonNullable<View['query']['period']>) => {
  if (!toDate || !unit || unit === 'hour') return end
  const whole = addUnits(start, count, unit)
  return latest(whole, end)
}

const cutBuckets = (view: View): Fact[] => {
  const [measure] = view.measures
  const { time } = view
  if (!measure || !time || time.grain === 'hour' || view.query.limit !== undefined) return []
  const buckets = seriesOf(view, measure)[0]?.buckets ?? []
  const ends = { first: buckets[0], last: buckets.length > 1 ? buckets.at(-1) : undefined }
  return (['first', 'last'] as const).flatMap(which => {
    const bucket = ends[which]
    if (!bucket || bucket.whole) return []
    const end = addBuckets(bucket.at, 1, time.grain)
    const last = earliest(end, view.cut, view.query.period?.end ?? end)
    const first = latest(bucket.at, view.range?.from ?? bucket.at, view.query.period?.start ?? bucket.at)
    return [
      {
        id: idOf('partial', which),
        kind: 'partial' as const,
        measure: measure.name,
        value: Math.max(0, daysBetween(first.slice(0, 10), last)),
        format: { kind: 'integer' as const },
        about: { [time.name]: bucket.at },
        parts: { ofDays: daysBetween(bucket.at, end) },
        words: { at: bucketLabel(bucket.at, time.grain, view.model), which },
        noteworthy: which === 'last' ? 0.5 : 0.35,
        tone: 'neutral' as const,
      },
    ]
  })
}
