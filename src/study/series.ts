import type { Calendar } from '#src/semantic/calendar.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Table } from '#src/vocabulary/table.ts'
import { addBuckets, grainOf } from './calendar.ts'
import { median, sum } from './statistics.ts'
import { type MeasureView, nameOf, numberAt, type View } from './view.ts'

/** A bucket of a time series. `missing`: the result had no row for it. `whole`: it is over, and the period holds all of it. */
export type Bucket = { at: string; value: number | null; missing: boolean; whole: boolean }

export type TimeSeries = {
  name?: string
  about: Record<string, string>
  grain: Grain
  calendar: Calendar
  buckets: Bucket[]
}

const mostBuckets = 10_000
const mostSeries = 12

/**
 * The series of a measure over the result's time, one per value of its first other split. Buckets without a row, between the first and last
 * row of the whole result, are put in: 0 for sums and counts, empty for rates and averages.
 */
export const seriesOf = (view: View, measure: MeasureView): TimeSeries[] => {
  const known = read.get(view) ?? new Map<string, TimeSeries[]>()
  const series = known.get(measure.name) ?? readSeries(view, measure)
  read.set(view, known.set(measure.name, series))
  return series
}

/** Every finder looks at the same series; they are read once per result. */
const read = new WeakMap<View, Map<string, TimeSeries[]>>()

const readSeries = (view: View, measure: MeasureView): TimeSeries[] => {
  const { time, rows } = view
  if (!time) return []
  const ats = rows.map(r => String(r[time.index]))
  const spine = spineOf(ats, time.grain).map(at => ({ at, whole: isWhole(view, at, time.grain) }))
  const split = view.dimensions[0]
  const groups = new Map<string, Map<string, number | null>>()
  rows.forEach((row, i) => {
    const name = split ? nameOf(row[split.index], split) : ''
    const group = groups.get(name) ?? new Map<string, number | null>()
    groups.set(name, group.set(ats[i] ?? '', numberAt(row, measure.index)))
  })
  return [...groups].map(([name, values]) => ({
    ...(split && { name }),
    about: split ? { [split.name]: name } : {},
    grain: time.grain,
    calendar: view.model,
    buckets: spine.map(b => bucket(b, values, measure.additive)),
  }))
}

/**
 * The series worth a closer look: of a measure that adds up those with a twentieth of it or more, largest first and twelve at most; of
 * others the first twelve. Small parts jump about by themselves.
 */
export const mainSeries = (view: View, measure: MeasureView): TimeSeries[] => {
  const sized = seriesOf(view, measure).map(series => ({
    series,
    size: sum(series.buckets.flatMap(b => b.value ?? [])),
  }))
  const whole = sum(sized.map(s => s.size))
  const main = measure.additive ? sized.filter(s => s.size >= whole / 20).sort((a, b) => b.size - a.size) : sized
  return main.slice(0, mostSeries).map(s => s.series)
}

/** Series by how much they hold, largest first; those that hold the same by their middle. */
export const bySize = (all: readonly TimeSeries[]): TimeSeries[] => {
  const sizes = new Map(all.map(s => [s, sizeOf(s)]))
  return [...all].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))
}

const sizeOf = ({ buckets }: TimeSeries) =>
  median(buckets.flatMap(b => b.value ?? [])) * 1e-6 + sum(buckets.flatMap(b => b.value ?? []))

/** The buckets that can fairly be set beside each other: over, wholly inside the period, and not empty. */
export const wholeBuckets = ({ buckets }: TimeSeries): { at: string; value: number; missing: boolean }[] =>
  buckets.flatMap(({ at, value, missing, whole }) => (whole && value !== null ? [{ at, value, missing }] : []))

/**
 * The earlier buckets of a single number, oldest first, and the number itself as the last one when the question asks for one whole bucket.
 * Undefined without a history.
 */
export const historyOf = (view: View, measure: MeasureView, history: Table | undefined): TimeSeries | undefined => {
  const time = history?.columns.findIndex(c => c.role === 'time') ?? -1
  const value = history?.columns.findIndex(c => c.role === 'measure') ?? -1
  if (!history || time < 0 || value < 0) return undefined
  const ats = history.rows.map(r => String(r[time]))
  const grain = measureGrain(view, ats)
  const values = new Map(history.rows.map(r => [String(r[time]), numberAt(r, value)]))
  const bounds = { ...view, query: { ...view.query, period: undefined } }
  const buckets = spineOf(ats, grain).map(at =>
    bucket({ at, whole: isWhole(bounds, at, grain) }, values, measure.additive),
  )
  return { about: {}, grain, calendar: view.model, buckets }
}

/** The history when its last bucket is exactly the period asked for, and over; then the number can be set beside the buckets before. */
export const historyToNow = (view: View, measure: MeasureView, history: Table | undefined): TimeSeries | undefined => {
  const { period } = view.query
  const series = historyOf(view, measure, history)
  const last = series?.buckets.at(-1)
  const one = period?.unit === series?.grain && (period?.count ?? 1) === 1
  return one && last?.whole && last.at === period?.start && last.value === numberAt(view.rows[0] ?? [], measure.index)
    ? series
    : undefined
}

const measureGrain = ({ query }: View, ats: readonly string[]): Grain => {
  const unit = query.period?.unit
  return ats.length > 1 ? grainOf(ats) : (unit ?? 'month')
}

/** Whether a bucket is over at the cut and lies wholly in the period and the data's range. */
export const isWhole = (
  { query, range, cut }: Pick<View, 'query' | 'range' | 'cut'>,
  at: string,
  grain: Grain,
): boolean => {
  const start = at.slice(0, 10)
  const end = grain === 'hour' ? start : addBuckets(start, 1, grain)
  if (end > cut || (range?.from && start < range.from.slice(0, 10))) return false
  return !query.period || (start >= query.period.start && end <= query.period.end)
}

const bucket = (
  { at, whole }: Pick<Bucket, 'at' | 'whole'>,
  values: Map<string, number | null>,
  additive: boolean,
): Bucket => {
  const missing = !values.has(at)
  return { at, whole, missing, value: missing && additive ? 0 : (values.get(at) ?? null) }
}

const spineOf = (ats: string[], grain: Grain): string[] => {
  const sorted = [...new Set(ats)].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || !/^\d{4}-\d{2}-\d{2}/.test(first)) return sorted
  const spine: string[] = []
  for (let at = first; at <= last && spine.length < mostBuckets; at = addBuckets(at, 1, grain)) spine.push(at)
  const known = new Set(spine)
  return sorted.every(at => known.has(at)) ? spine : sorted
}
