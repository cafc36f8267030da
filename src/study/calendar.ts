import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'

const dayMs = 86_400_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((utc(to) - utc(from)) / dayMs)

/** The day `n` days later. */
export const addDays = (date: IsoDate, n: number): IsoDate => isoDay(utc(date) + n * dayMs)

/** The day `n` units later; the end of a shorter month is kept (31 Jan + 1 month is 28 Feb). An hour is no day: see `addBuckets`. */
export const addUnits = (date: IsoDate, n: number, unit: Exclude<Grain, 'hour'>): IsoDate => {
  if (unit === 'day') return addDays(date, n)
  if (unit === 'week') return addDays(date, 7 * n)
  const [y, m, d] = parts(date)
  const index = y * 12 + (m - 1) + n * { month: 1, quarter: 3, year: 12 }[unit]
  const last = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate()
  return isoDay(Date.UTC(Math.floor(index / 12), index % 12, Math.min(d, last)))
}

/** The bucket `n` buckets later. Hours keep the way the instant was written, zone and all. */
export const addBuckets = (at: string, n: number, grain: Grain): string => {
  if (grain !== 'hour') return addUnits(at.slice(0, 10), n, grain)
  const later = new Date(Date.parse(`${at.slice(0, 13)}:00:00Z`) + n * 3_600_000).toISOString()
  return later.slice(0, 13) + at.slice(13)
}

/** The first of some ISO dates. */
export const earliest = (...dates: IsoDate[]): IsoDate => dates.sort()[0] ?? ''

/** The last of some ISO dates. */
export const latest = (...dates: IsoDate[]): IsoDate => dates.sort().at(-1) ?? ''

/** How a bucket is said: "Nov 2023", "Q4 2023", "the week of 13 Nov 2023", "15 Aug 2023, 14:00". */
export const bucketLabel = (at: string, grain: Grain): string => {
  const [y, m, d] = parts(at)
  const month = `${months[m - 1]} ${y}`
  if (grain === 'year') return m === 1 ? `${y}` : `the year from ${month}`
  if (grain === 'quarter') return m % 3 === 1 ? `Q${(m + 2) / 3} ${y}` : `the quarter from ${month}`
  if (grain === 'month') return month
  if (grain === 'week') return `the week of ${d} ${month}`
  return grain === 'day' ? `${d} ${month}` : `${d} ${month}, ${at.slice(11, 13)}:00`
}

/** How a half-open stretch of days is said: "Nov 2023", "Jul–Sep 2023", "2023", "12–18 Jun 2023", "29 May – 4 Jun 2023". */
export const rangeLabel = (start: IsoDate, end: IsoDate): string => {
  const last = addDays(end, -1)
  const [y1, m1, d1] = parts(start)
  const [y2, m2, d2] = parts(last)
  const whole = d1 === 1 && parts(end)[2] === 1
  if (whole && m1 === 1 && m2 === 12) return y1 === y2 ? `${y1}` : `${y1}–${y2}`
  if (whole && y1 === y2) return m1 === m2 ? `${months[m1 - 1]} ${y1}` : `${months[m1 - 1]}–${months[m2 - 1]} ${y1}`
  if (start === last) return bucketLabel(start, 'day')
  if (y1 === y2 && m1 === m2) return `${d1}–${d2} ${months[m1 - 1]} ${y1}`
  return `${d1} ${months[m1 - 1]}${y1 === y2 ? '' : ` ${y1}`} – ${d2} ${months[m2 - 1]} ${y2}`
}

/**
 * The stretch just before a period that can fairly be set beside it: the calendar unit before, or, when only the days until `end` have
 * passed, the same number of days from the start of the unit before. Without a unit, and before the period has begun, there is none.
 */
export const previousPeriod = (period: Period, end: IsoDate = period.end): Period | undefined => {
  const { unit, count = 1 } = period
  if (!unit || unit === 'hour' || end <= period.start) return undefined
  const start = addUnits(period.start, -count, unit)
  const partial = period.toDate || end < period.end
  const sameDays = addDays(start, daysBetween(period.start, end))
  const until = partial && sameDays < period.start ? sameDays : period.start
  return { start, end: until, label: rangeLabel(start, until), unit, count }
}

/** The calendar unit just after a period, when it has one. */
export const followingPeriod = ({ end, unit, count = 1 }: Period): Period | undefined => {
  if (!unit || unit === 'hour') return undefined
  const until = addUnits(end, count, unit)
  return { start: end, end: until, label: rangeLabel(end, until), unit, count }
}

/** The shortest distance between neighbours tells the grain of dates whose query does not name it. */
export const grainOf = (dates: readonly string[]): Grain => {
  if (dates.some(d => d.length > 10 && !/T00:00/.test(d))) return 'hour'
  const days = [...new Set(dates.map(d => utc(d) / dayMs))].sort((a, b) => a - b)
  const gap = Math.min(...days.slice(1).map((d, i) => d - (days[i] ?? d)), 366)
  return gap >= 365 ? 'year' : gap >= 89 ? 'quarter' : gap >= 28 ? 'month' : gap >= 7 ? 'week' : 'day'
}

const parts = (date: string) => [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))] as const
const utc = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
const isoDay = (ms: number): IsoDate => new Date(ms).toISOString().slice(0, 10)
