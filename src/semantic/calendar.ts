import { Temporal } from 'temporal-polyfill'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Model } from './model.ts'

/** How a model counts weeks and years. */
export type Calendar = Pick<Model, 'weekStart' | 'fiscalStart'>

const day = (date: IsoDate) => Temporal.PlainDate.from(date)
const dayMs = 86_400_000
const utc = (date: IsoDate) => Date.parse(`${date}T00:00:00Z`)

/** A date moved by `n` units; the 31st becomes the last day of a shorter month. Days and weeks are plain arithmetic: long series step by them. */
export const addUnits = (date: IsoDate, n: number, unit: Grain): IsoDate => {
  if (unit === 'month' || unit === 'quarter' || unit === 'year')
    return day(date)
      .add({ months: n * { month: 1, quarter: 3, year: 12 }[unit] })
      .toString()
  const days = n * { hour: 0, day: 1, week: 7 }[unit]
  return new Date(utc(date) + days * dayMs).toISOString().slice(0, 10)
}

/** The first day of the unit that holds the date. Quarters and years obey the fiscal start, weeks the week start. */
export const startOf = (date: IsoDate, unit: Grain, { weekStart, fiscalStart }: Calendar): IsoDate => {
  const d = day(date)
  if (unit === 'day' || unit === 'hour') return date
  if (unit === 'week') return d.subtract({ days: (d.dayOfWeek - weekStart + 7) % 7 }).toString()
  const first = d.with({ day: 1 })
  if (unit === 'month') return first.toString()
  const monthsIn = (d.month - fiscalStart + 12) % 12
  return first.subtract({ months: unit === 'year' ? monthsIn : monthsIn % 3 }).toString()
}

/** Whole days from `a` to `b`. */
export const daysBetween = (a: IsoDate, b: IsoDate): number => Math.round((utc(b) - utc(a)) / dayMs)

/** ISO weekday, 1 is Monday. */
export const weekdayOf = (date: IsoDate): number => day(date).dayOfWeek

/** The period right before, of the same length; calendar units step by the calendar, to-date periods keep their number of days. */
export const previousPeriod = (period: Period, calendar: Calendar): Period => {
  const { unit, count = 1 } = period
  const months = unit === undefined ? wholeMonths(period) : 0
  if (months > 0) return shiftPeriod(period, months, { unit: 'month', calendar })
  if (unit && unit !== 'hour' && unit !== 'day') return shiftPeriod(period, count, { unit, calendar })
  const days = daysBetween(period.start, period.end)
  const start = addUnits(period.start, -days, 'day')
  return {
    start,
    end: period.start,
    label: labelOf(start, period.start, calendar),
    unit: period.unit,
    count: period.count,
  }
}

/** How many whole calendar months a period is, or 0. */
const wholeMonths = ({ start, end }: Period): number =>
  start.endsWith('-01') && end.endsWith('-01') ? day(start).until(day(end), { largestUnit: 'month' }).months : 0

/** The same stretch `n` units earlier: a year before, a month before. Whole months stay whole months. */
export const shiftPeriod = (
  period: Period,
  n: number,
  { unit, calendar }: { unit: Grain; calendar: Calendar },
): Period => {
  const start = addUnits(period.start, -n, unit)
  const wholeMonths = period.end.endsWith('-01') && period.start.endsWith('-01')
  const end = wholeMonths ? addUnits(period.end, -n, unit) : shiftedEnd(period, n, unit)
  return { ...period, start, end, label: labelOf(start, end, calendar), insteadOf: undefined }
}

const shiftedEnd = (period: Period, n: number, unit: Grain) =>
  addUnits(addUnits(addUnits(period.end, -1, 'day'), -n, unit), 1, 'day')

/** How far before a period another one begins: in months where both begin on the same day of one, else in days. Negative when it is later. */
export const stepBack = (period: Period, other: Period): { n: number; unit: 'month' | 'day' } => {
  const [a, b] = [period.start, other.start]
  if (a.slice(8) !== b.slice(8)) return { n: daysBetween(b, a), unit: 'day' }
  const years = Number(a.slice(0, 4)) - Number(b.slice(0, 4))
  return { n: years * 12 + Number(a.slice(5, 7)) - Number(b.slice(5, 7)), unit: 'month' }
}

/** The same as a comparison carries it; nothing for a period that is not earlier. */
export const shiftBetween = (period: Period, earlier: Period): { shift?: { n: number; unit: Grain } } => {
  const shift = stepBack(period, earlier)
  return shift.n > 0 ? { shift } : {}
}

/** How months stand in a label. */
export const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Month names in English, January first. */
export const fullMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** How people would say a half-open stretch of days: "2023", "Q3 2023", "March 2023", "Oct–Dec 2023", "12–18 Jun 2023". */
export const labelOf = (start: IsoDate, end: IsoDate, { fiscalStart }: Calendar): string => {
  const a = day(start)
  const b = day(end).subtract({ days: 1 })
  const monthsLong =
    end.endsWith('-01') && start.endsWith('-01') ? a.until(day(end), { largestUnit: 'month' }).months : 0
  if (monthsLong === 12 && a.month === fiscalStart) return fiscalStart === 1 ? `${a.year}` : `FY${b.year}`
  if (monthsLong === 3 && (a.month - fiscalStart + 12) % 3 === 0 && fiscalStart === 1)
    return `Q${(a.month + 2) / 3} ${a.year}`
  if (monthsLong > 0 && monthsLong % 12 === 0 && a.month === 1 && fiscalStart === 1) return `${a.year}–${b.year}`
  if (monthsLong === 1) return `${fullMonths[a.month - 1]} ${a.year}`
  if (monthsLong > 1) {
    return a.year === b.year
      ? `${shortMonths[a.month - 1]}–${shortMonths[b.month - 1]} ${a.year}`
      : `${shortMonths[a.month - 1]} ${a.year} – ${shortMonths[b.month - 1]} ${b.year}`
  }
  const say = (d: Temporal.PlainDate, year: boolean) =>
    `${d.day} ${shortMonths[d.month - 1]}${year ? ` ${d.year}` : ''}`
  if (a.equals(b)) return say(a, true)
  if (a.year !== b.year) return `${say(a, true)} – ${say(b, true)}`
  return a.month === b.month ? `${a.day}–${say(b, true)}` : `${say(a, false)} – ${say(b, true)}`
}
