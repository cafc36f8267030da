import { daysBetween } from '#src/semantic/calendar.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import type { Grain, Period } from '#src/vocabulary/period.ts'
import { addBuckets, bucketLabel, earliest } from '../calendar.ts'
import { isLater } from '../later.ts'
import { seriesOf, type TimeSeries, wholeBuckets } from '../series.ts'
import { sum } from '../statistics.ts'
import { comparesNeighbours, type MeasureView, numberAt, type View } from '../view.ts'
import { between01, idOf, type Material, type Part, partsOf, ratioFrom, toneOf } from './parts.ts'
import { isSingle } from './value.ts'

/**
 * How measures moved: over all against the period compared with (asked, or the one before), by part (up to three rises and three falls), and
 * from the last whole bucket but one to the last.
 */
export const findChanges = (material: Material): Fact[] =>
  material.view.measures.flatMap(m => [...overall(material, m), ...byPart(material, m), ...lastBucket(material, m)])

type Move = {
  now: number | null
  previous: number | null
  versus: string
  later?: boolean
  about?: Record<string, string>
}

const overall = (material: Material, measure: MeasureView): Fact[] => {
  const { query } = material.view
  const versus = query.compare?.period ?? material.extras.whole?.versus
  const sides = sidesOf(material, measure)
  if (!versus || !sides || comparesNeighbours(material.view)) return []
  const asked = query.compare !== undefined
  if (!sides.previous && (!asked || sides.now === null)) return []
  const later = isLater(versus, query.period)
  const fact = changeFact(measure, { ...sides, versus: versus.label, later }, idOf('change', measure.name))
  const uneven = asked ? unevenDays(material, versus) : undefined
  return [
    uneven ? { ...fact, tone: 'neutral', noteworthy: fact.noteworthy / 2, parts: { ...fact.parts, ...uneven } } : fact,
  ]
}

const sidesOf = (
  material: Material,
  measure: MeasureView,
): { now: number | null; previous: number | null } | undefined => {
  const { view, extras } = material
  if (isSingle(material) && measure.previous !== undefined) {
    const row = view.rows[0] ?? []
    return { now: numberAt(row, measure.index), previous: numberAt(row, measure.previous) }
  }
  const before = extras.whole?.previous?.[measure.name]
  if (before !== undefined) return { now: extras.whole?.now[measure.name] ?? null, previous: before }
  const whole = !view.query.limit && !view.query.having.length && !view.table.truncated
  if (!measure.additive || measure.previous === undefined || !whole) return undefined
  const column = (index: number) => sum(view.rows.flatMap(r => numberAt(r, index) ?? []))
  return { now: column(measure.index), previous: column(measure.previous) }
}

/** The days on both sides, when the period asked for is not over and is set beside a longer one. */
const unevenDays = ({ view }: Material, versus: Period): Record<string, number> | undefined => {
  const { period } = view.query
  if (!period) return undefined
  const end = earliest(period.end, view.cut)
  const [days, previousDays] = [daysBetween(period.start, end), daysBetween(versus.start, versus.end)]
  return (period.toDate || end < period.end) && days < previousDays * 0.97 ? { days, previousDays } : undefined
}

const byPart = (material: Material, measure: MeasureView): Fact[] => {
  const { view } = material
  if (measure.previous === undefined || view.time || !view.dimensions.length) return []
  const versus = view.query.compare?.period.label ?? ''
  const moved = partsOf(material, measure).filter(p => p.previous !== null && p.value !== p.previous)
  const gross = sum(moved.map(p => Math.abs(delta(p))))
  const rises = moved.filter(p => delta(p) > 0).sort((a, b) => delta(b) - delta(a))
  const falls = moved.filter(p => delta(p) < 0).sort((a, b) => delta(a) - delta(b))
  return [...rises.slice(0, 3), ...falls.slice(0, 3)].map(part => {
    const { name, about, value, previous } = part
    const fact = changeFact(measure, { now: value, previous, versus, about }, idOf('change', measure.name, name))
    return { ...fact, noteworthy: between01(0.35 + (0.5 * Math.abs(delta(part))) / gross) }
  })
}

const lastBucket = ({ view }: Material, measure: MeasureView): Fact[] => {
  const { time } = view
  if (!time || view.dimensions.length || measure.calc) return []
  const series = seriesOf(view, measure)[0]
  const last = series && wholeBuckets(series).at(-1)
  if (!series || !last) return []
  const label = bucketLabel(last.at, time.grain, view.model)
  const before = addBuckets(last.at, -1, time.grain)
  const row = view.rows.find(r => r[time.index] === last.at)
  const compared = measure.previous !== undefined
  const previous = compared ? numberAt(row ?? [], measure.previous ?? -1) : (valueAt(series, before) ?? null)
  if (previous === null) return []
  const versus = compared ? comparedLabel(view, last.at, time.grain) : bucketLabel(before, time.grain, view.model)
  const fact = changeFact(measure, { now: last.value, previous, versus }, idOf('change', measure.name, last.at))
  const words = { ...fact.words, at: label, grain: time.grain }
  return [
    {
      ...fact,
      about: { [time.name]: last.at },
      words,
      noteworthy: compared ? fact.noteworthy * 0.9 : Math.min(0.4, fact.noteworthy),
    },
  ]
}

const valueAt = (series: TimeSeries, at: string) => wholeBuckets(series).find(b => b.at === at)?.value

const comparedLabel = ({ query: { compare }, model }: View, at: string, grain: Grain) => {
  const shift = compare?.shift
  if (!shift) return compare?.period.label ?? ''
  return bucketLabel(addBuckets(shift.unit === 'hour' ? at : at.slice(0, 10), -shift.n, shift.unit), grain, model)
}

const changeFact = (measure: MeasureView, { now, previous, versus, about, later }: Move, id: string): Fact => {
  const ratio = ratioFrom(previous, now)
  const value = now === null || previous === null ? null : now - previous
  const size = measure.format.kind === 'percent' ? Math.abs(value ?? 0) * 10 : Math.abs(ratio ?? (value ? 1 : 0))
  return {
    id,
    kind: 'change',
    measure: measure.name,
    value,
    format: measure.format,
    ...(about && { about }),
    parts: { now, previous, ratio },
    words: { versus, ...(later && { order: 'after' }) },
    noteworthy: between01(0.3 + size * 1.5),
    tone: toneOf(value ?? 0, measure.good),
  }
}

const delta = ({ value, previous }: Part) => value - (previous ?? 0)
