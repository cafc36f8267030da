import {
  addUnits,
  type Calendar,
  daysBetween,
  fullMonths,
  labelOf,
  startOf,
  weekdayOf,
} from '#src/semantic/calendar.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import { isExplicit, type PeriodExpression } from './expression.ts'

export type PeriodContext = {
  /** The day relative periods count from. */
  today: IsoDate
  calendar: Calendar
  /** First and last day that the data has. */
  data?: { first: IsoDate; last: IsoDate }
}

export type PeriodProblem = { problem: 'future' | 'impossible' | 'backwards' | 'zero'; sentence: string }

export const isPeriodProblem = (x: Period | PeriodProblem): x is PeriodProblem => 'problem' in x

/**
 * Places a period on the calendar. Only one that lies wholly after the data's last day, and was not said in full, is read again from
 * the data's end: "last X" is then the latest complete X of the data, "this X" the one that holds its last day.
 */
export const resolvePeriod = (e: PeriodExpression, ctx: PeriodContext): Period | PeriodProblem => {
  const period = placeNear(e, ctx)
  if (isPeriodProblem(period)) return period
  const labelled = { ...period, label: period.label || labelOf(period.start, period.end, ctx.calendar) }
  const { data } = ctx
  if (!data || isExplicit(e) || labelled.start <= data.last) return labelled
  const today = looksBack(e) ? addUnits(data.last, 1, 'day') : data.last
  const again = placeNear(e, { ...ctx, today })
  if (isPeriodProblem(again)) return labelled
  const label = labelOf(again.start, again.end, ctx.calendar)
  return { ...again, label, toDate: false, insteadOf: labelled.label }
}

const looksBack = (e: PeriodExpression): boolean => {
  switch (e.kind) {
    case 'relative':
      return e.which === 'last'
    case 'ago':
    case 'weekday':
      return true
    case 'day':
      return e.offset < 0
    case 'part':
      return looksBack(e.of)
    case 'range':
      return e.from !== undefined && looksBack(e.from)
    default:
      return false
  }
}

type Placed = Omit<Period, 'label'> & { label: string }

/** Years that are looked at, and how long a period may be: the two before it still have four digits in their years. */
const [firstYear, lastYear, mostYears] = [1700, 2999, 800]

const placeNear = (e: PeriodExpression, ctx: PeriodContext): Placed | PeriodProblem => {
  try {
    const placed = place(e, ctx)
    return isPeriodProblem(placed) || isNear(placed) ? placed : tooFar
  } catch (error) {
    if (error instanceof RangeError) return tooFar
    throw error
  }
}

const isNear = ({ start, end }: Placed) => {
  const last = addUnits(end, -1, 'day')
  const [from, to] = [start, last].map(date => Number(date.slice(0, 4))) as [number, number]
  return (
    [start, last].every(date => fourDigits.test(date)) && from >= firstYear && to <= lastYear && to - from < mostYears
  )
}

const fourDigits = /^\d{4}-\d\d-\d\d$/

const tooFar: PeriodProblem = {
  problem: 'impossible',
  sentence: `I can look at days from ${firstYear} to ${lastYear}, and at ${mostYears} years at most.`,
}

const place = (e: PeriodExpression, ctx: PeriodContext): Placed | PeriodProblem => {
  switch (e.kind) {
    case 'relative':
      return relative(e, ctx)
    case 'day':
      return e.offset > 0 ? future('Tomorrow') : days(addUnits(ctx.today, e.offset, 'day'), 1)
    case 'ago':
      if (e.unit === 'hour') return tooShort
      return whole(addUnits(ctx.today, -e.n, e.unit), e.unit, ctx)
    case 'weekday':
      return days(addUnits(ctx.today, -(((weekdayOf(ctx.today) - e.weekday + 6) % 7) + 1), 'day'), 1)
    case 'month':
      return whole(monthStart(e, ctx), 'month', ctx)
    case 'quarter':
      return whole(inYear(e.year, 3 * (e.quarter - 1), ctx), 'quarter', ctx)
    case 'half':
      return stretch(inYear(e.year, 6 * (e.half - 1), ctx), 6, 'month')
    case 'year':
      return whole(yearStart(e.year, ctx), 'year', ctx)
    case 'monthDay':
      return monthDay(e, ctx)
    case 'date':
      return days(e.date, 1)
    case 'toDate':
      return {
        ...bare(startOf(ctx.today, e.unit, ctx.calendar), addUnits(ctx.today, 1, 'day')),
        unit: e.unit,
        count: 1,
        toDate: true,
      }
    case 'part':
      return part(e, ctx)
    case 'range':
      return range(e, ctx)
    case 'union':
      return union(e.parts, ctx)
    case 'impossible':
      return { problem: 'impossible', sentence: e.sentence }
  }
}

const bare = (start: IsoDate, end: IsoDate): Placed => ({ start, end, label: '' })
const days = (start: IsoDate, n: number): Placed => ({
  ...bare(start, addUnits(start, n, 'day')),
  unit: 'day',
  count: n,
})
const stretch = (start: IsoDate, n: number, unit: Grain): Placed => ({
  ...bare(start, addUnits(start, n, unit)),
  unit,
  count: n,
})
const whole = (within: IsoDate, unit: Grain, { calendar }: PeriodContext): Placed =>
  stretch(startOf(within, unit, calendar), 1, unit)

const tooShort: PeriodProblem = { problem: 'impossible', sentence: 'The shortest period I can look at is a day.' }

const future = (what: string): PeriodProblem => ({
  problem: 'future',
  sentence: `${what} has not happened yet, so there is nothing to count.`,
})

const relative = (
  { which, unit, n }: Extract<PeriodExpression, { kind: 'relative' }>,
  ctx: PeriodContext,
): Placed | PeriodProblem => {
  if (n === 0) return { problem: 'zero', sentence: `“Last 0 ${unit}s” holds no days; say how many ${unit}s you want.` }
  if (unit === 'hour') return { problem: 'impossible', sentence: 'The shortest period I can look at is a day.' }
  if (which === 'next') return future(n && n > 1 ? `The next ${n} ${unit}s` : `The next ${unit}`)
  const start = startOf(ctx.today, unit, ctx.calendar)
  if (which === 'this') return { ...bare(start, addUnits(ctx.today, 1, 'day')), unit, count: 1, toDate: true }
  const count = n ?? 1
  return stretch(addUnits(start, -count, unit), count, unit)
}

/** A month without a year is the latest that has begun. */
const monthStart = (
  { month, year, last }: Extract<PeriodExpression, { kind: 'month' }>,
  { today }: PeriodContext,
): IsoDate => {
  const inYearOf = (y: number) => `${y}-${String(month).padStart(2, '0')}-01`
  if (year !== undefined) return inYearOf(year)
  const thisYear = Number(today.slice(0, 4))
  const latest = inYearOf(thisYear) <= today ? thisYear : thisYear - 1
  return inYearOf(last && inYearOf(latest).slice(0, 7) === today.slice(0, 7) ? latest - 1 : latest)
}

const yearStart = (year: number, { calendar: { fiscalStart } }: PeriodContext): IsoDate =>
  fiscalStart === 1 ? `${year}-01-01` : `${year - 1}-${String(fiscalStart).padStart(2, '0')}-01`

/** A quarter or half without a year is the latest that has begun. */
const inYear = (year: number | undefined, months: number, ctx: PeriodContext): IsoDate => {
  if (year !== undefined) return addUnits(yearStart(year, ctx), months, 'month')
  const start = addUnits(startOf(ctx.today, 'year', ctx.calendar), months, 'month')
  return start <= ctx.today ? start : addUnits(start, -1, 'year')
}

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()
const monthDay = (
  { month, day, year }: Extract<PeriodExpression, { kind: 'monthDay' }>,
  { today }: PeriodContext,
): Placed | PeriodProblem => {
  const iso = (y: number) =>
    `${String(y).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const thisYear = Number(today.slice(0, 4))
  const y = year ?? (iso(thisYear) <= today ? thisYear : thisYear - 1)
  if (day > daysIn(y, month) || day < 1) {
    const name = fullMonths[month - 1]
    return {
      problem: 'impossible',
      sentence: `There is no ${day} ${name} ${y}; ${name} ${y} has ${daysIn(y, month)} days.`,
    }
  }
  return days(iso(y), 1)
}

const part = (
  { of, at, n, unit }: Extract<PeriodExpression, { kind: 'part' }>,
  ctx: PeriodContext,
): Placed | PeriodProblem => {
  const outer = place(of.kind === 'relative' && of.which === 'this' ? of : of, ctx)
  if (isPeriodProblem(outer)) return outer
  const end = of.kind === 'relative' && of.which === 'this' ? addUnits(outer.start, 1, of.unit) : outer.end
  if (unit === 'half') return half(outer.start, end, at)
  if (at === 'first') return stretch(outer.start, n, unit)
  if (at !== 'last') return stretch(addUnits(outer.start, at - 1, unit), 1, unit)
  const start = addUnits(end, -n, unit)
  return start < outer.start ? bare(outer.start, end) : { ...bare(start, end), unit, count: n }
}

const half = (start: IsoDate, end: IsoDate, at: 'first' | 'last' | number): Placed => {
  const months = monthsBetween(start, end)
  const middle =
    months > 0 && months % 2 === 0
      ? addUnits(start, months / 2, 'month')
      : addUnits(start, Math.ceil(daysBetween(start, end) / 2), 'day')
  return at === 'first' || at === 1 ? bare(start, middle) : bare(middle, end)
}

const monthsBetween = (start: IsoDate, end: IsoDate): number => {
  if (!start.endsWith('-01') || !end.endsWith('-01')) return 0
  return (
    (Number(end.slice(0, 4)) - Number(start.slice(0, 4))) * 12 + Number(end.slice(5, 7)) - Number(start.slice(5, 7))
  )
}

const range = (
  { from, to, beyond }: Extract<PeriodExpression, { kind: 'range' }>,
  ctx: PeriodContext,
): Placed | PeriodProblem => {
  const ends = sameYear(from, to)
  const a = ends.from && placeNear(ends.from, ctx)
  const b = ends.to && placeNear(ends.to, ctx)
  if (a && isPeriodProblem(a)) return a
  if (b && isPeriodProblem(b)) return b
  const end = beyond === 'before' ? b?.start : b?.end
  const begin = beyond === 'after' ? a?.end : a?.start
  const crossesYear = begin && end && begin >= end && ends.from && !isExplicit(ends.from)
  const start = crossesYear ? addUnits(begin, -1, 'year') : begin
  const whole = { start: start ?? ctx.data?.first ?? '0001-01-01', end: end ?? addUnits(ctx.today, 1, 'day') }
  if (a && b && whole.start >= whole.end)
    return { problem: 'backwards', sentence: 'This period ends before it begins.' }
  const label =
    !b && a ? `since ${say(whole.start, ctx)}` : !a && b ? `until ${say(addUnits(whole.end, -1, 'day'), ctx)}` : ''
  return { ...bare(whole.start, whole.end), label, ...(b ? {} : { toDate: true }) }
}

const say = (date: IsoDate, { calendar }: PeriodContext) => labelOf(date, addUnits(date, 1, 'day'), calendar)

/** "January to March 2023": the year that only one end names holds for both. */
const sameYear = (from?: PeriodExpression, to?: PeriodExpression) => {
  if (!from || !to) return { from, to }
  const [f, t] = [yearOf(from), yearOf(to)]
  if (f === undefined && t !== undefined && 'month' in from && 'month' in to) {
    return { from: { ...from, year: from.month > to.month ? t - 1 : t } as PeriodExpression, to }
  }
  if (f === undefined && t !== undefined && 'quarter' in from) return { from: { ...from, year: t }, to }
  if (f !== undefined && t === undefined && 'month' in from && 'month' in to) {
    return { from, to: { ...to, year: to.month < from.month ? f + 1 : f } as PeriodExpression }
  }
  if (f !== undefined && t === undefined && 'quarter' in to) return { from, to: { ...to, year: f } }
  return { from, to }
}

const yearOf = (e: PeriodExpression): number | undefined =>
  'year' in e ? e.year : e.kind === 'date' ? Number(e.date.slice(0, 4)) : undefined

const union = (parts: PeriodExpression[], ctx: PeriodContext): Placed | PeriodProblem => {
  const years = parts.map(yearOf).filter(y => y !== undefined)
  const year = years[0]
  const placed = parts.map(p =>
    place(
      year !== undefined && 'year' in p && p.year === undefined
        ? ({ ...p, year } as PeriodExpression)
        : year !== undefined && (p.kind === 'month' || p.kind === 'quarter')
          ? { ...p, year: p.year ?? year }
          : p,
      ctx,
    ),
  )
  const bad = placed.find(isPeriodProblem)
  if (bad) return bad
  const sorted = (placed as Placed[]).toSorted((a, b) => a.start.localeCompare(b.start))
  const [first] = sorted
  const last = sorted.at(-1)
  return bare(first?.start ?? ctx.today, last?.end ?? ctx.today)
}
