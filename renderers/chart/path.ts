import type { Series, TimePoint } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import { isNumber } from './number.ts'
import { neighbours, toTime } from './time.ts'

/** A series ready to draw: sorted in time, a `null` wherever the line must break. */
export type Path = { name: string; points: PathPoint[] }
export type PathPoint = { at: number; value: number | null }

export const mostSeries = 12
const mostPoints = 400

/** The series that are drawn: at most twelve (the largest, in the order given), each thinned to what a picture can show. */
export const paths = (series: readonly Series[], grain: Grain): { shown: Path[]; more: number } => {
  const all = series.map(s => ({ name: s.name, points: readPoints(s.points, grain) })).filter(p => p.points.length > 0)
  const weight = (path: Path) => path.points.reduce((sum, p) => sum + Math.abs(p.value ?? 0), 0)
  const kept = new Set([...all].sort((a, b) => weight(b) - weight(a)).slice(0, mostSeries))
  const shown = all.filter(path => kept.has(path))
  return { shown, more: all.length - shown.length }
}

/** Points in order of time, unreadable ones left out, missing buckets broken by a `null`. */
export const readPoints = (points: readonly TimePoint[], grain: Grain): PathPoint[] => {
  const read = points
    .map(({ at, value }) => ({ at: toTime(at), value: isNumber(value) ? value : null }))
    .filter(p => !Number.isNaN(p.at))
    .sort((a, b) => a.at - b.at)
  return thinned(
    read.flatMap((point, i) => {
      const before = read[i - 1]
      const missing = before && point.at - before.at > neighbours[grain]
      return missing ? [{ at: (before.at + point.at) / 2, value: null }, point] : [point]
    }),
  )
}

/** First and last instant of some, which may be the same. */
export const timeSpan = (times: readonly number[]): [number, number] => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of times) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  return [first, last]
}

/** The last point with a value. */
export const lastPoint = ({ points }: Path): { at: number; value: number } | undefined => {
  const found = points.findLast(p => p.value !== null)
  return found && { at: found.at, value: found.value ?? 0 }
}

/** Points with a value whose neighbours have none: a line cannot show them. */
export const lonelyPoints = ({ points }: Path): PathPoint[] =>
  points.filter(
    (p, i) => p.value !== null && (points[i - 1]?.value ?? null) === null && (points[i + 1]?.value ?? null) === null,
  )

/** Keeps, of every run of points, the lowest and the highest and any gap, so that no peak is lost. */
const thinned = (points: PathPoint[]): PathPoint[] => {
  if (points.length <= mostPoints) return points
  const run = Math.ceil(points.length / (mostPoints / 4))
  const starts = Array.from({ length: Math.ceil(points.length / run) }, (_, i) => i * run)
  return starts.flatMap(start => {
    const slice = points.slice(start, start + run)
    const byValue = slice.filter(p => p.value !== null).sort((a, b) => (a.value ?? 0) - (b.value ?? 0))
    const kept = new Set([
      byValue[0],
      byValue.at(-1),
      slice.find(p => p.value === null),
      start === 0 ? slice[0] : slice.at(-1),
    ])
    return slice.filter(p => kept.has(p))
  })
}
