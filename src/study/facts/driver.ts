import type { Fact } from '#src/vocabulary/fact.ts'
import { sum } from '../statistics.ts'
import type { MeasureView } from '../view.ts'
import { type Breakdown, breakdownOf, type Segment } from './breakdown.ts'
import { between01, idOf, type Material, toneOf } from './parts.ts'

/** A segment explains something when its part of the change is larger than its part of the measure by this much of the whole change. */
const leastLift = 0.15
const furtherLift = 0.1
/** Segments that together hold less of the change than this explain nothing. */
const leastTogether = 0.4
const leastShift = 0.6
const mostDimensions = 40

/**
 * What lies behind a change, for questions that ask why: the dimension in which the change is most concentrated, up to three of its
 * segments, and the dimensions in which it is spread as the measure itself is. A segment's contribution is its own change ÷ the whole
 * change; for ratios its part in rate and in mix (midpoint decomposition). That is arithmetic, not cause.
 */
export const findDrivers = ({ view, extras }: Material): Fact[] => {
  const [measure] = view.measures
  const now = extras.whole?.now[measure?.name ?? '']
  const previous = extras.whole?.previous?.[measure?.name ?? '']
  if (!measure || !extras.why || typeof now !== 'number' || typeof previous !== 'number' || now === previous) return []
  const change = { now, previous }
  const order = extras.why.after ? 'after' : 'before'
  const ranked = extras.why.splits
    .flatMap(split => breakdownOf({ view, measure, split, change }) ?? [])
    .filter(b => b.segments.length > 1 && b.segments.length <= mostDimensions)
    .map(b => ({ ...b, chosen: chosenOf(b) }))
    .sort((a, b) => worthOf(b.chosen) - worthOf(a.chosen))
  const [best] = ranked
  const explains = best !== undefined && best.chosen.length > 0
  const even = ranked.filter(b => b !== best && !b.chosen.length)
  return [
    ...(explains
      ? best.chosen.map((s, i) => driver(measure, best, { segment: s, rank: i + 1, change: now - previous, order }))
      : []),
    ...(explains ? even : ranked).map(b => spread(measure, b)),
  ]
}

const lift = ({ contribution, share }: Segment) => Math.min(contribution, 1.2) - share

/** A segment to name; `shift` when it stands for the shift of weights of its dimension. */
type Chosen = Segment & { shift?: boolean }

const chosenOf = ({ segments, kind }: Breakdown): Chosen[] => {
  const sorted = segments.filter(s => s.contribution > 0 && !s.chance).sort((a, b) => lift(b) - lift(a))
  const least = kind === 'ratio' ? 2 * leastLift : leastLift
  const strong = sorted.slice(0, 3).filter((s, i) => lift(s) >= (i === 0 ? least : furtherLift))
  const enough = strong.findIndex((_, i) => sum(strong.slice(0, i + 1).map(s => s.contribution)) >= 0.9)
  if (!strong.length && kind === 'ratio') return shiftOf(segments)
  const chosen = enough < 0 ? strong : strong.slice(0, enough + 1)
  return sum(chosen.map(s => s.contribution)) >= leastTogether ? chosen : []
}

/** The segment whose weight moved most, when the shift of weights, not the rates, makes most of the change. */
const shiftOf = (segments: readonly Segment[]): Chosen[] => {
  const shifted = (s: Segment) => (s.weight ?? 0) - s.share
  const change = sum(segments.map(s => (s.rate ?? 0) + (s.mix ?? 0)))
  const contribution = sum(segments.map(s => s.mix ?? 0)) / change
  const [most] = [...segments].sort((a, b) => shifted(b) - shifted(a))
  return most && contribution >= leastShift && shifted(most) >= 0.05 ? [{ ...most, contribution, shift: true }] : []
}

/** How well a dimension explains: how much more its segments moved than their size, and how much of the change they hold. */
const worthOf = (chosen: readonly Segment[]) =>
  sum(chosen.map((s, i) => lift(s) + Math.min(s.contribution, 1.2) / 2 - (i ? 0.05 : 0)))

const driver = (
  measure: MeasureView,
  { dimension, label, kind, segments, weight = '' }: Breakdown,
  { segment, rank, change, order }: { segment: Chosen; rank: number; change: number; order: 'before' | 'after' },
): Fact => {
  const { name, now, previous, contribution, share, rate, mix, weight: weightNow = null } = segment
  const ratio = previous !== null && previous > 0 && now !== null ? now / previous - 1 : null
  return {
    id: idOf('driver', measure.name, dimension, name),
    kind: 'driver',
    measure: measure.name,
    value: (now ?? 0) - (previous ?? 0),
    format: measure.format,
    about: { [dimension]: name },
    parts: {
      now,
      previous,
      ratio,
      contribution,
      share,
      rank,
      count: segments.length,
      change,
      ...(kind === 'ratio' && { rate, mix, weight: weightNow }),
    },
    words: { dimension: label, segment: name, kind: segment.shift ? 'shift' : kind, weight, order },
    noteworthy: between01(0.95 - 0.1 * (rank - 1)),
    tone: toneOf(change, measure.good),
  }
}

const spread = (measure: MeasureView, { dimension, label, segments }: Breakdown): Fact => ({
  id: idOf('driver', measure.name, dimension),
  kind: 'driver',
  measure: measure.name,
  value: Math.max(...segments.map(lift)),
  format: { kind: 'percent' },
  parts: { count: segments.length },
  words: { dimension: label, spread: 'even' },
  noteworthy: 0.3,
  tone: 'neutral',
})
