import type { Fact } from '#src/vocabulary/fact.ts'
import { bucketLabel } from '../calendar.ts'
import { historyToNow, mainSeries, type TimeSeries, wholeBuckets } from '../series.ts'
import { mannKendall, median, robustDeviation, theilSen } from '../statistics.ts'
import type { MeasureView, View } from '../view.ts'
import { runsOf, stretchLabel } from './missing.ts'
import { between01, idOf, type Material, toneOf } from './parts.ts'

const leastHistory = 8
const most = 3

type Point = { at: string; value: number; usual: number; score: number; missing: boolean }

/**
 * Buckets outside the usual: further than three robust deviations (median ± 3 MAD, scaled) and a tenth from the usual level, with eight other
 * whole buckets at least; 4.5 deviations when many series are looked at together. A clear trend, and the weekday of days (from four weeks on the weekend, from six every
 * weekday), belong to the usual. Neighbours are one anomaly; stretches without any row
 * are the missing buckets' to tell. For a
 * single number the earlier buckets are the usual.
 */
export const findAnomalies = ({ view, extras }: Material): Fact[] => {
  const plain = view.measures.filter(m => !m.calc)
  const strict = view.dimensions.length ? 4.5 : 3
  const inRows = plain.flatMap(m => mainSeries(view, m).flatMap(s => inSeries(m, s, strict)))
  const found = view.time ? inRows : plain.slice(0, 1).flatMap(m => inHistory(view, m, extras.history))
  return found.sort((a, b) => b.noteworthy - a.noteworthy).slice(0, most)
}

const inSeries = (measure: MeasureView, series: TimeSeries, limit = 3): Fact[] => {
  const whole = wholeBuckets(series)
  if (whole.length <= leastHistory || whole.filter(b => b.missing).length > whole.length * 0.3) return []
  const points = scored(whole, series.grain)
  const runs = runsOf(points, p => isOdd(p, limit) && !isSmallCount(p, measure)).flatMap(sameSide)
  const few = runs.flat().length <= Math.max(2, points.length * 0.25)
  const told = runs.filter(run => !run.every(p => p.missing))
  return few ? told.map(run => anomaly(measure, series, run)) : []
}

const isOdd = ({ value, usual, score }: Point, limit: number) =>
  Math.abs(score) > limit && Math.abs(value - usual) > Math.abs(usual) * 0.1

/** Counts of a few vary by about their square root whatever their past. */
const isSmallCount = ({ value, usual }: Point, { format }: MeasureView) =>
  format.kind === 'integer' && usual < 20 && Math.abs(value - usual) < 2.5 * Math.sqrt(Math.max(usual, 0))

const sameSide = (run: Point[]): Point[][] => [...runsOf(run, p => p.score > 0), ...runsOf(run, p => p.score < 0)]

const scored = (whole: { at: string; value: number; missing: boolean }[], grain: TimeSeries['grain']): Point[] => {
  const level = usualLevel(
    whole.map(b => b.value),
    whole.map(b => b.at),
    grain,
  )
  const rest = whole.map((b, i) => b.value - (level[i] ?? 0))
  const deviation = robustDeviation(rest)
  const score = (i: number) => (deviation > 0 ? (rest[i] ?? 0) / deviation : 0)
  return whole.map((b, i) => ({ ...b, usual: level[i] ?? 0, score: score(i) }))
}

const usualLevel = (values: number[], ats: string[], grain: TimeSeries['grain']): number[] => {
  const { slope, start } = theilSen(values)
  const trending = Math.abs(mannKendall(values)) >= 2.58 && slope !== 0
  const middle = median(values)
  const base = values.map((_, i) => (trending ? start + slope * i : middle))
  if (grain !== 'day' || values.length < 28) return base
  const weekday = ats.map(at => kindOfDay(at, values.length))
  const rest = values.map((v, i) => v - (base[i] ?? 0))
  const effect = [0, 1, 2, 3, 4, 5, 6].map(d => median(rest.filter((_, i) => weekday[i] === d)))
  const adjusted = base.map((b, i) => b + (effect[weekday[i] ?? 0] || 0))
  const tighter = robustDeviation(values.map((v, i) => v - (adjusted[i] ?? 0))) < 0.8 * robustDeviation(rest)
  return tighter ? adjusted : base
}

/** The weekday; in under six weeks only whether it is a weekend, for lack of days to tell more. */
const kindOfDay = (at: string, days: number): number => {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`).getUTCDay()
  return days >= 42 ? day : day % 6 === 0 ? 0 : 1
}

const anomaly = (measure: MeasureView, series: TimeSeries, run: Point[]): Fact => {
  const extreme = run.reduce((best, p) => (Math.abs(p.score) > Math.abs(best.score) ? p : best))
  const [from, to] = [run[0]?.at ?? extreme.at, run.at(-1)?.at ?? extreme.at]
  const values = run.map(p => p.value)
  const { usual, score, value } = extreme
  return {
    id: idOf('anomaly', measure.name, ...Object.values(series.about), from),
    kind: 'anomaly',
    measure: measure.name,
    value,
    format: measure.format,
    about: { ...series.about, from, to },
    parts: {
      usual,
      score,
      ratio: usual > 0 ? value / usual - 1 : null,
      buckets: run.length,
      least: Math.min(...values),
      most: Math.max(...values),
    },
    words: {
      grain: series.grain,
      at: stretchLabel(from, to, series),
      extreme: bucketLabel(extreme.at, series.grain, series.calendar),
    },
    noteworthy: between01(0.6 + Math.min(0.2, (Math.abs(score) - 3) * 0.02) + Math.min(0.15, (run.length - 1) * 0.03)),
    tone: toneOf(score, measure.good),
  }
}

const inHistory = (view: View, measure: MeasureView, history: Material['extras']['history']): Fact[] => {
  const series = historyToNow(view, measure, history)
  const start = view.query.period?.start
  return series ? inSeries(measure, series).filter(f => f.about?.from === start && f.about?.to === start) : []
}
