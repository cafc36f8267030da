import type { Grain } from '#src/vocabulary/period.ts'

const shape = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?)?/

/** A bucket's place in time, UTC milliseconds of its wall clock (a zone suffix is not applied: buckets are already local); NaN if unreadable. */
export const toTime = (at: string): number => {
  const found = shape.exec(at)
  if (!found) return Number.NaN
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map(x => (x ? Number(x) : undefined))
  return month > 12 || day > 31 ? Number.NaN : Date.UTC(year, month - 1, day, hour, minute, second)
}

const hour = 3_600_000
const day = 24 * hour

/** The longest distance between two buckets that are neighbours; for days a weekend may lie between. */
export const neighbours: Record<Grain, number> = {
  hour: 1.5 * hour,
  day: 3.5 * day,
  week: 10 * day,
  month: 45 * day,
  quarter: 135 * day,
  year: 550 * day,
}

export type TimeTick = { at: number; lines: [string] | [string, string] }

type Step = { unit: 'hour' | 'day' | 'month' | 'year'; n: number }

const steps: Record<Grain, Step[]> = {
  hour: [...many('hour', [1, 2, 3, 6, 12]), ...many('day', [1, 2, 7, 14])],
  day: many('day', [1, 2, 7, 14]),
  week: many('day', [7, 14, 28]),
  month: many('month', [1, 2]),
  quarter: [],
  year: [],
}

const larger = [...many('month', [1, 2, 3, 6]), ...many('year', [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000])]

/** How long each step is at least, for comparing with the grain. */
const months: Record<Grain, number> = { hour: 0, day: 0, week: 0, month: 1, quarter: 3, year: 12 }

/**
 * Ticks of a time axis: the finest calendar step whose labels fit `room` pixels (`width` measures a label), the year (for hours the
 * day) on a second line where it changes. Steps shorter than a month count from the first bucket.
 */
export const timeTicks = (
  [first, last]: readonly [number, number],
  grain: Grain,
  { room, width }: { room: number; width: (label: string) => number },
): TimeTick[] => {
  const coarse = larger.filter(s => (s.unit === 'year' ? 12 : 1) * s.n >= months[grain])
  for (const step of [...steps[grain].filter(s => s.unit !== 'month'), ...coarse]) {
    const places = placesOf(step, first, last)
    if (!places || places.length === 0 || (isEverySecondMonth(step) && places.length > 8)) continue
    const ticks = labelled(places, step, grain)
    if (fits(ticks, { room, span: last - first, width })) return ticks
  }
  return labelled([first], { unit: 'day', n: 1 }, grain)
}

/** Every second month reads well only for few of them; many months are better told by quarter. */
const isEverySecondMonth = ({ unit, n }: Step): boolean => unit === 'month' && n === 2

function many(unit: Step['unit'], ns: number[]): Step[] {
  return ns.map(n => ({ unit, n }))
}

const placesOf = ({ unit, n }: Step, first: number, last: number): number[] | undefined => {
  if (unit === 'month' || unit === 'year') return calendarPlaces(unit === 'year' ? 12 * n : n, first, last)
  const length = n * (unit === 'hour' ? hour : day)
  const start = unit === 'hour' || length === day ? Math.ceil(first / length) * length : first
  const count = Math.floor((last - start) / length) + 1
  return count > 60 ? undefined : Array.from({ length: Math.max(0, count) }, (_, i) => start + i * length)
}

const calendarPlaces = (n: number, first: number, last: number): number[] | undefined => {
  const from = new Date(first)
  const index =
    from.getUTCFullYear() * 12 +
    from.getUTCMonth() +
    (first > Date.UTC(from.getUTCFullYear(), from.getUTCMonth()) ? 1 : 0)
  const places: number[] = []
  for (let month = Math.ceil(index / n) * n; ; month += n) {
    const at = Date.UTC(Math.floor(month / 12), month % 12)
    if (at > last) return places
    places.push(at)
    if (places.length > 60) return undefined
  }
}

const labelled = (places: number[], step: Step, grain: Grain): TimeTick[] => {
  let before = ''
  return places.map(at => {
    const [label, group] = words(at, step, grain)
    const lines: TimeTick['lines'] = group === '' || group === before ? [label] : [label, group]
    before = group
    return { at, lines }
  })
}

const words = (at: number, { unit }: Step, grain: Grain): [string, string] => {
  const date = new Date(at)
  const year = String(date.getUTCFullYear())
  const month = monthNames[date.getUTCMonth()] ?? ''
  if (unit === 'year' || grain === 'year') return [year, '']
  if (grain === 'quarter') return [`Q${Math.floor(date.getUTCMonth() / 3) + 1}`, year]
  if (unit === 'month') return [month, year]
  const dayOfMonth = `${month} ${date.getUTCDate()}`
  return unit === 'day' ? [dayOfMonth, year] : [`${String(date.getUTCHours()).padStart(2, '0')}:00`, dayOfMonth]
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

type Room = { room: number; span: number; width: (label: string) => number }

const fits = (ticks: TimeTick[], { room, span, width }: Room): boolean =>
  ticks.every((tick, i) => {
    const next = ticks[i + 1]
    if (!next) return true
    const apart = ((next.at - tick.at) / (span || 1)) * room
    return apart >= Math.max(...[0, 1].map(line => (half(tick, line, width) + half(next, line, width)) * 1)) + 12
  })

const half = (tick: TimeTick, line: number, width: (label: string) => number): number =>
  width(tick.lines[line] ?? '') / 2
