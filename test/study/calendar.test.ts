import { describe, expect, test } from 'vitest'
import type { Calendar } from '#src/semantic/calendar.ts'
import { addBuckets, axisLabels, bucketLabel, fairPrevious, followingPeriod, grainOf } from '#src/study/calendar.ts'

const calendar: Calendar = { weekStart: 1, fiscalStart: 1 }
const july: Calendar = { weekStart: 1, fiscalStart: 7 }
const month = { start: '2023-03-01', end: '2023-04-01', label: '', unit: 'month', count: 1 } as const

describe('calendar', () => {
  test('steps hours over midnight and keeps the zone as written', () => {
    expect(addBuckets('2023-06-30T23:00:00+02:00', 2, 'hour')).toBe('2023-07-01T01:00:00+02:00')
  })
  test.each([
    ['2023-11-13', 'week', calendar, 'the week of 13 Nov 2023'],
    ['2023-11-01', 'month', calendar, 'Nov 2023'],
    ['2023-10-01', 'quarter', calendar, 'Q4 2023'],
    ['2023-01-01', 'year', calendar, '2023'],
    ['2023-08-15T14:00:00Z', 'hour', calendar, '15 Aug 2023, 14:00'],
    ['2023-07-01', 'quarter', july, 'Jul–Sep 2023'],
    ['2023-07-01', 'year', july, 'FY2024'],
  ] as const)('names the bucket %s of a %s, as periods are named', (at, grain, of, label) => {
    expect(bucketLabel(at, grain, of)).toBe(label)
  })
  test.each([
    [['2023-01-01', '2023-02-01'], 'month', ['Jan', 'Feb']],
    [['2022-12-01', '2023-01-01'], 'month', ['Dec 2022', 'Jan 2023']],
    [['2023-06-05', '2023-06-12'], 'week', ['5 Jun', '12 Jun']],
    [['2023-01-01', '2023-04-01'], 'quarter', ['Q1', 'Q2']],
    [['2023-01-01'], 'year', ['2023']],
  ] as const)('writes %j of a %s short beside each other', (ats, grain, labels) => {
    expect(axisLabels(ats, grain, calendar)).toEqual(labels)
  })
  test('finds the period before that can fairly be set beside it', () => {
    const week = { start: '2023-12-25', end: '2024-01-01', label: '', unit: 'day', count: 7 } as const
    expect(fairPrevious(week, { end: '2024-01-01', calendar })).toMatchObject({
      start: '2023-12-18',
      end: '2023-12-25',
    })
    expect(fairPrevious(month, { end: '2023-03-31', calendar })).toMatchObject({
      start: '2023-02-01',
      end: '2023-03-01',
    })
    expect(fairPrevious(month, { end: '2023-03-15', calendar })).toMatchObject({ end: '2023-02-15' })
    expect(fairPrevious(month, { end: '2023-03-01', calendar })).toBeUndefined()
    expect(fairPrevious({ ...month, unit: undefined }, { end: '2023-04-01', calendar })).toBeUndefined()
  })
  test('names the period before as the question names periods', () => {
    const quarter = { start: '2023-10-01', end: '2024-01-01', label: 'Q4 2023', unit: 'quarter', count: 1 } as const
    expect(fairPrevious(quarter, { end: '2024-01-01', calendar })?.label).toBe('Q3 2023')
  })
  test('finds the period after', () => {
    expect(followingPeriod({ ...month, start: '2023-01-01', end: '2023-02-01' }, calendar)).toMatchObject({
      start: '2023-02-01',
      end: '2023-03-01',
      label: 'February 2023',
    })
  })
  test('reads the grain from the dates', () => {
    expect(grainOf(['2023-01-01', '2023-02-01', '2023-04-01'])).toBe('month')
    expect(grainOf(['2023-01-02', '2023-01-16', '2023-01-09'])).toBe('week')
    expect(grainOf(['2023-01-02T05:00:00Z'])).toBe('hour')
  })
})
