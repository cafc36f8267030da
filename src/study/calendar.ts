import { addUnits, type Calendar, labelOf, previousPeriod, shiftPeriod, shortMonths } from '#src/semantic/calendar.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'

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

/** How a bucket is said, months short: "Nov 2023", "Q4 2023", "the week of 13 Nov 2023", "15 Aug 2023, 14:00". */
export const bucketLabel = (at: string, grain: Grain, calendar: Calendar): string => {
  const date = at.slice(0, 10)
  if (grain === 'year' || grain === 'quarter') return labelOf(date, addUnits(date, 1, grain), calendar)
  const [y, m, d] = [at.slice(0, 4), Number(at.slice(5, 7)), Number(at.slice(8, 10))]
  const month = `${shortMonths[m - 1]} ${y}`
  if (grain === 'month') return month
  if (grain === 'week') return `the week of ${d} ${month}`
  return grain === 'day' ? `${d} ${month}` : `${d} ${month}, ${at.slice(11, 13)}:00`
}

/** How buckets stand beside each other on an axis, short: "Jan", and "Jan 2023" when they are of several years; weeks by their first day. */
export const axisLabels = (ats: readonly string[], grain: Grain, calendar: Calendar): string[] => {
  const labels = ats.map(at => bucketLabel(at, grain, calendar).replace(/^the week of /, ''))
  const years = new Set(ats.map(at => at.slice(0, 4)))
  return grain === 'year' || years.size > 1 ? labels : labels.map(l => l.replace(/ \d{4}(?=,|$)/, ''))
}

/**
 * The period just before one that can fairly be set beside it; of one that is only in until `end`, the same stretch of the period before.
 * Without a unit, and before the period has begun, there is none.
 */
export const fairPrevious = (
  period: Period,
  { end, calendar }: { end: IsoDate; calendar: Calendar },
): Period | undefined => {
  if (!period.unit || period.unit === 'hour' || end <= period.start) return undefined
  return previousPeriod({ ...period, end: earliest(end, period.end) }, calendar)
}

/** The calendar unit just after a period, when it has one. */
export const followingPeriod = (period: Period, calendar: Calendar): Period | undefined => {
  const { unit, count = 1 } = period
  return unit && unit !== 'hour' ? shiftPeriod(period, -count, { unit, calendar }) : undefined
}

/** The shortest distance between neighbours tells the grain of dates whose query does not name it. */
export const grainOf = (dates: readonly string[]): Grain => {
  if (dates.some(d => d.length > 10 && !/T00:00/.test(d))) return 'hour'
  const days = [...new Set(dates.map(dayNumber))].sort((a, b) => a - b)
  const gap = Math.min(...days.slice(1).map((d, i) => d - (days[i] ?? d)), 366)
  return gap >= 365 ? 'year' : gap >= 89 ? 'quarter' : gap >= 28 ? 'month' : gap >= 7 ? 'week' : 'day'
}

const dayNumber = (date: string) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000
