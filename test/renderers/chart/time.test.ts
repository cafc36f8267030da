import { describe, expect, it } from 'vitest'
import { dodge } from '#renderers/chart/labels.ts'
import { readPoints } from '#renderers/chart/path.ts'
import { timeTicks, toTime } from '#renderers/chart/time.ts'

const width = (label: string) => label.length * 8
const span = (from: string, to: string): [number, number] => [toTime(from), toTime(to)]
const lines = (from: string, to: string, grain: Parameters<typeof timeTicks>[1], room = 480) =>
  timeTicks(span(from, to), grain, { room, width }).map(tick => tick.lines.join(' '))

describe('reading a moment', () => {
  it('takes a day, a month and an instant, at the wall clock', () => {
    expect(toTime('2023-03-05')).toBe(Date.UTC(2023, 2, 5))
    expect(toTime('2023-03')).toBe(Date.UTC(2023, 2, 1))
    expect(toTime('2023-03-05T07:30:00-06:00')).toBe(Date.UTC(2023, 2, 5, 7, 30))
    expect(toTime('2023-03-05 07:00:00')).toBe(Date.UTC(2023, 2, 5, 7))
  })
  it('refuses the rest', () => {
    expect(toTime('yesterday')).toBeNaN()
    expect(toTime('2023-13-01')).toBeNaN()
    expect(toTime('')).toBeNaN()
  })
})

describe('time ticks', () => {
  it('stand on quarters for two years of months, the year below where it changes', () => {
    expect(lines('2022-01-01', '2023-12-01', 'month')).toEqual([
      'Jan 2022',
      'Apr',
      'Jul',
      'Oct',
      'Jan 2023',
      'Apr',
      'Jul',
      'Oct',
    ])
  })
  it('name the year first even when the data begin within it', () => {
    expect(lines('2022-11-01', '2023-04-01', 'month')).toEqual(['Nov 2022', 'Dec', 'Jan 2023', 'Feb', 'Mar', 'Apr'])
  })
  it('count weeks from the first week', () => {
    expect(lines('2023-10-02', '2023-12-25', 'week')).toEqual([
      'Oct 2 2023',
      'Oct 16',
      'Oct 30',
      'Nov 13',
      'Nov 27',
      'Dec 11',
      'Dec 25',
    ])
  })
  it('write quarters as such', () => {
    expect(lines('2022-01-01', '2023-01-01', 'quarter')).toEqual(['Q1 2022', 'Q2', 'Q3', 'Q4', 'Q1 2023'])
  })
  it('write years alone', () =>
    expect(lines('2010-01-01', '2023-01-01', 'year')).toEqual(['2010', '2012', '2014', '2016', '2018', '2020', '2022']))
  it('write hours with the day below', () => {
    expect(lines('2025-03-05T00:00', '2025-03-06T23:00', 'hour')).toEqual([
      '00:00 Mar 5',
      '06:00',
      '12:00',
      '18:00',
      '00:00 Mar 6',
      '06:00',
      '12:00',
      '18:00',
    ])
  })
  it('have one tick for one bucket', () => {
    expect(lines('2023-01-01', '2023-01-01', 'month')).toEqual(['Jan 2023'])
    expect(lines('2023-01-17', '2023-01-17', 'day')).toEqual(['Jan 17 2023'])
  })
  it('never touch', () => {
    for (const room of [60, 120, 300, 480])
      for (const years of [1, 3, 12, 150]) {
        const [from, to] = span('1900-03-01', `${1900 + years}-03-01`)
        const ticks = timeTicks([from, to], 'month', { room, width })
        for (const [i, tick] of ticks.entries()) {
          const next = ticks[i + 1]
          if (next) expect(((next.at - tick.at) / (to - from)) * room).toBeGreaterThan(width(tick.lines[0]))
        }
      }
  })
})

describe('points of a line', () => {
  it('are put in order, and a missing month breaks the line', () => {
    const read = readPoints(
      [
        { at: '2023-04-01', value: 4 },
        { at: '2023-01-01', value: 1 },
        { at: '2023-02-01', value: 2 },
      ],
      'month',
    )
    expect(read.map(p => p.value)).toEqual([1, 2, null, 4])
  })
  it('do not break over a weekend', () => {
    const read = readPoints(
      [
        { at: '2023-03-03', value: 1 },
        { at: '2023-03-06', value: 2 },
      ],
      'day',
    )
    expect(read.map(p => p.value)).toEqual([1, 2])
  })
  it('leave out unreadable moments and make odd values gaps', () => {
    const read = readPoints(
      [
        { at: 'soon', value: 1 },
        { at: '2023-01-01', value: Number.NaN },
        { at: '2023-02-01', value: 2 },
      ],
      'month',
    )
    expect(read.map(p => p.value)).toEqual([null, 2])
  })
  it('are thinned without losing the highest and the lowest', () => {
    const points = Array.from({ length: 5000 }, (_, i) => ({
      at: new Date(Date.UTC(2010, 0, 1 + i)).toISOString().slice(0, 10),
      value: i === 1234 ? 99 : i === 4321 ? -99 : i % 7,
    }))
    const read = readPoints(points, 'day')
    expect(read.length).toBeLessThanOrEqual(400)
    expect(read.map(p => p.value)).toEqual(expect.arrayContaining([99, -99]))
  })
})

describe('labels that would touch', () => {
  const area = { gap: 10, low: 0, high: 100 }
  it('stay when there is room', () => expect(dodge([20, 80, 50], area)).toEqual([20, 80, 50]))
  it('part around their middle, in order', () => expect(dodge([50, 52, 48], area)).toEqual([50, 60, 40]))
  it('stay inside', () => expect(dodge([99, 100, 101], area)).toEqual([80, 90, 100]))
  it('close ranks when there is no room for all', () => {
    expect(dodge([1, 1, 1, 1, 1], { gap: 40, low: 0, high: 100 })).toEqual([0, 25, 50, 75, 100])
  })
})
