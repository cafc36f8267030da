import { describe, expect, test } from 'vitest'
import {
  addBuckets,
  addUnits,
  bucketLabel,
  followingPeriod,
  grainOf,
  previousPeriod,
  rangeLabel,
} from '#src/study/calendar.ts'

describe('calendar', () => {
  test('keeps the end of a shorter month', () => {
    expect(addUnits('2024-01-31', 1, 'month')).toBe('2024-02-29')
    expect(addUnits('2023-01-31', -2, 'month')).toBe('2022-11-30')
    expect(addUnits('2024-02-29', 1, 'year')).toBe('2025-02-28')
  })
  test('steps hours over midnight and keeps the zone as written', () => {
    expect(addBuckets('2023-06-30T23:00:00+02:00', 2, 'hour')).toBe('2023-07-01T01:00:00+02:00')
  })
  test.each([
    ['2023-11-01', '2023-12-01', 'Nov 2023'],
    ['2023-07-01', '2023-10-01', 'Jul–Sep 2023'],
    ['2023-01-01', '2024-01-01', '2023'],
    ['2022-01-01', '2024-01-01', '2022–2023'],
    ['2023-06-12', '2023-06-19', '12–18 Jun 2023'],
    ['2023-05-29', '2023-06-05', '29 May – 4 Jun 2023'],
    ['2022-12-26', '2023-01-02', '26 Dec 2022 – 1 Jan 2023'],
    ['2023-06-12', '2023-06-13', '12 Jun 2023'],
  ])('names %s to %s as %s', (start, end, label) => {
    expect(rangeLabel(start, end)).toBe(label)
  })
  test('names buckets, and does not call a fiscal quarter by a calendar one', () => {
    expect(bucketLabel('2023-10-01', 'quarter')).toBe('Q4 2023')
    expect(bucketLabel('2023-02-01', 'quarter')).toBe('the quarter from Feb 2023')
    expect(bucketLabel('2023-11-13', 'week')).toBe('the week of 13 Nov 2023')
  })
  test('finds the period before', () => {
    expect(previousPeriod({ start: '2023-12-25', end: '2024-01-01', label: '', unit: 'day', count: 7 })).toMatchObject({
      start: '2023-12-18',
      end: '2023-12-25',
    })
    expect(
      previousPeriod({ start: '2023-03-01', end: '2023-03-31', label: '', unit: 'month', toDate: true }),
    ).toMatchObject({ start: '2023-02-01', end: '2023-03-01' })
    expect(previousPeriod({ start: '2023-03-01', end: '2023-03-20', label: '' })).toBeUndefined()
  })
  test('finds the period after', () => {
    expect(followingPeriod({ start: '2023-01-01', end: '2023-02-01', label: '', unit: 'month' })).toMatchObject({
      start: '2023-02-01',
      end: '2023-03-01',
      label: 'Feb 2023',
    })
  })
  test('reads the grain from the dates', () => {
    expect(grainOf(['2023-01-01', '2023-02-01', '2023-04-01'])).toBe('month')
    expect(grainOf(['2023-01-02', '2023-01-16', '2023-01-09'])).toBe('week')
    expect(grainOf(['2023-01-02T05:00:00Z'])).toBe('hour')
  })
})
