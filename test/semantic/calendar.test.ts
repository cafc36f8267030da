import { describe, expect, test } from 'vitest'
import {
  addUnits,
  type Calendar,
  daysBetween,
  labelOf,
  previousPeriod,
  shiftPeriod,
  startOf,
  weekdayOf,
} from '#src/semantic/calendar.ts'
import type { Grain, Period } from '#src/vocabulary/period.ts'

const plain: Calendar = { weekStart: 1, fiscalStart: 1 }
const sunday: Calendar = { weekStart: 7, fiscalStart: 1 }
const saturday: Calendar = { weekStart: 6, fiscalStart: 1 }
const april: Calendar = { weekStart: 1, fiscalStart: 4 }
const october: Calendar = { weekStart: 1, fiscalStart: 10 }

describe('moving a date', () => {
  test.each<[string, number, Grain, string]>([
    ['2023-01-31', 1, 'month', '2023-02-28'],
    ['2024-01-31', 1, 'month', '2024-02-29'],
    ['2023-03-31', -1, 'month', '2023-02-28'],
    ['2023-12-31', 1, 'day', '2024-01-01'],
    ['2024-02-28', 1, 'day', '2024-02-29'],
    ['2023-02-28', 1, 'day', '2023-03-01'],
    ['2024-02-29', 1, 'year', '2025-02-28'],
    ['2024-02-29', -4, 'year', '2020-02-29'],
    ['2023-11-30', 1, 'quarter', '2024-02-29'],
    ['2023-01-01', -1, 'week', '2022-12-25'],
    ['2023-06-15', 5, 'hour', '2023-06-15'],
    ['1900-02-28', 1, 'day', '1900-03-01'],
    ['2000-02-28', 1, 'day', '2000-02-29'],
  ])('%s by %i %s is %s', (date, n, unit, to) => {
    expect(addUnits(date, n, unit)).toBe(to)
  })
})

describe('the first day of a unit', () => {
  test.each<[string, Grain, Calendar, string]>([
    ['2023-06-15', 'day', plain, '2023-06-15'],
    ['2023-06-15', 'hour', plain, '2023-06-15'],
    ['2023-01-01', 'week', plain, '2022-12-26'],
    ['2023-01-02', 'week', plain, '2023-01-02'],
    ['2023-01-01', 'week', sunday, '2023-01-01'],
    ['2023-01-07', 'week', sunday, '2023-01-01'],
    ['2023-01-06', 'week', saturday, '2022-12-31'],
    ['2023-01-07', 'week', saturday, '2023-01-07'],
    ['2023-06-30', 'month', plain, '2023-06-01'],
    ['2023-06-30', 'quarter', plain, '2023-04-01'],
    ['2023-12-31', 'quarter', plain, '2023-10-01'],
    ['2023-06-30', 'year', plain, '2023-01-01'],
    ['2023-03-31', 'year', april, '2022-04-01'],
    ['2023-04-01', 'year', april, '2023-04-01'],
    ['2023-03-31', 'quarter', april, '2023-01-01'],
    ['2023-02-28', 'year', october, '2022-10-01'],
    ['2023-10-01', 'year', october, '2023-10-01'],
    ['2023-12-31', 'quarter', october, '2023-10-01'],
    ['2023-01-15', 'quarter', { weekStart: 1, fiscalStart: 2 }, '2022-11-01'],
    ['2023-02-15', 'quarter', { weekStart: 1, fiscalStart: 2 }, '2023-02-01'],
  ])('%s, %s, %o: %s', (date, unit, calendar, first) => {
    expect(startOf(date, unit, calendar)).toBe(first)
  })
})

test('whole days between dates, over a leap day, and backwards', () => {
  expect(daysBetween('2023-01-01', '2024-01-01')).toBe(365)
  expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
  expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2)
})

test('weekdays count from Monday', () => {
  expect(weekdayOf('2024-01-01')).toBe(1)
  expect(weekdayOf('2023-12-31')).toBe(7)
})

describe('how people say a stretch of days', () => {
  test.each<[string, string, Calendar, string]>([
    ['2023-01-01', '2024-01-01', plain, '2023'],
    ['2023-04-01', '2024-04-01', april, 'FY2024'],
    ['2023-01-01', '2024-01-01', april, 'Jan–Dec 2023'],
    ['2023-04-01', '2024-04-01', plain, 'Apr 2023 – Mar 2024'],
    ['2023-07-01', '2023-10-01', plain, 'Q3 2023'],
    ['2023-07-01', '2023-10-01', april, 'Jul–Sep 2023'],
    ['2023-08-01', '2023-11-01', plain, 'Aug–Oct 2023'],
    ['2024-02-01', '2024-03-01', plain, 'February 2024'],
    ['2023-12-01', '2024-03-01', plain, 'Dec 2023 – Feb 2024'],
    ['2022-01-01', '2024-01-01', plain, '2022–2023'],
    ['2023-06-12', '2023-06-19', plain, '12–18 Jun 2023'],
    ['2023-06-28', '2023-07-05', plain, '28 Jun – 4 Jul 2023'],
    ['2023-12-28', '2024-01-04', plain, '28 Dec 2023 – 3 Jan 2024'],
    ['2024-02-29', '2024-03-01', plain, '29 Feb 2024'],
  ])('%s to before %s, %o: %s', (start, end, calendar, label) => {
    expect(labelOf(start, end, calendar)).toBe(label)
  })
})

const period = (start: string, end: string, more: Partial<Period> = {}): Period => ({ start, end, label: '', ...more })

describe('the period before', () => {
  test.each<[words: string, Period, Calendar, start: string, end: string, label: string]>([
    [
      'a month',
      period('2023-03-01', '2023-04-01', { unit: 'month', count: 1 }),
      plain,
      '2023-02-01',
      '2023-03-01',
      'February 2023',
    ],
    [
      'January',
      period('2023-01-01', '2023-02-01', { unit: 'month', count: 1 }),
      plain,
      '2022-12-01',
      '2023-01-01',
      'December 2022',
    ],
    [
      'a quarter',
      period('2023-01-01', '2023-04-01', { unit: 'quarter', count: 1 }),
      plain,
      '2022-10-01',
      '2023-01-01',
      'Q4 2022',
    ],
    [
      'six months',
      period('2023-07-01', '2024-01-01', { unit: 'month', count: 6 }),
      plain,
      '2023-01-01',
      '2023-07-01',
      'Jan–Jun 2023',
    ],
    [
      'a leap year',
      period('2024-01-01', '2025-01-01', { unit: 'year', count: 1 }),
      plain,
      '2023-01-01',
      '2024-01-01',
      '2023',
    ],
    [
      'a week',
      period('2023-01-02', '2023-01-09', { unit: 'week', count: 1 }),
      plain,
      '2022-12-26',
      '2023-01-02',
      '26 Dec 2022 – 1 Jan 2023',
    ],
    [
      'seven days',
      period('2023-03-03', '2023-03-10', { unit: 'day', count: 7 }),
      plain,
      '2023-02-24',
      '2023-03-03',
      '24 Feb – 2 Mar 2023',
    ],
    ['days without a unit', period('2023-03-05', '2023-03-08'), plain, '2023-03-02', '2023-03-05', '2–4 Mar 2023'],
    ['whole months without a unit', period('2023-10-01', '2024-01-01'), plain, '2023-07-01', '2023-10-01', 'Q3 2023'],
    [
      'this month so far: the same days of the month before',
      period('2023-06-01', '2023-06-16', { unit: 'month', count: 1, toDate: true }),
      plain,
      '2023-05-01',
      '2023-05-16',
      '1–15 May 2023',
    ],
    [
      'this year so far, ending on a leap day',
      period('2024-01-01', '2024-03-01', { unit: 'year', count: 1, toDate: true }),
      plain,
      '2023-01-01',
      '2023-03-01',
      'Jan–Feb 2023',
    ],
    [
      'March so far, up to the 30th: February has no such day',
      period('2023-03-01', '2023-03-31', { unit: 'month', count: 1, toDate: true }),
      plain,
      '2023-02-01',
      '2023-03-01',
      'February 2023',
    ],
  ])('%s', (_, of, calendar, start, end, label) => {
    expect(previousPeriod(of, calendar)).toMatchObject({ start, end, label })
  })
})

describe('the same stretch some units earlier', () => {
  test.each<[words: string, Period, number, Grain, string, string]>([
    [
      'February of a leap year, a year earlier',
      period('2024-02-01', '2024-03-01'),
      1,
      'year',
      '2023-02-01',
      '2023-03-01',
    ],
    [
      'a month, a year earlier, keeps all days of a leap February',
      period('2025-02-01', '2025-03-01'),
      1,
      'year',
      '2024-02-01',
      '2024-03-01',
    ],
    ['29 February, a year earlier', period('2024-02-29', '2024-03-01'), 1, 'year', '2023-02-28', '2023-03-01'],
    ['a week, 52 weeks earlier', period('2023-06-12', '2023-06-19'), 52, 'week', '2022-06-13', '2022-06-20'],
    ['days, a month earlier', period('2023-03-29', '2023-04-01'), 1, 'month', '2023-02-28', '2023-03-01'],
    ['later, with a negative number', period('2023-01-01', '2023-02-01'), -1, 'month', '2023-02-01', '2023-03-01'],
  ])('%s', (_, of, n, unit, start, end) => {
    expect(shiftPeriod(of, n, { unit, calendar: plain })).toMatchObject({ start, end })
  })

  test('what the words once meant does not go along', () => {
    const again = { ...period('2023-12-01', '2024-01-01', { unit: 'month', count: 1 }), insteadOf: 'March 2024' }
    expect(shiftPeriod(again, 1, { unit: 'month', calendar: plain }).insteadOf).toBeUndefined()
  })
})
