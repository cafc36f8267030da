import { describe, expect, test } from 'vitest'
import { factsOf, monthly } from '../made.ts'
import { month } from '../small-world.ts'

const anomalies = (...made: Parameters<typeof factsOf>) =>
  Object.values(factsOf(...made)).filter(f => f.kind === 'anomaly')
const day = (n: number) => `2023-06-${String(n).padStart(2, '0')}`

describe('an anomaly', () => {
  test('lies further than three robust deviations from the median', () => {
    // median 100, distances 0 1 1 2 2 3 3 4 100: median 2 × 1.4826; 200 is 33.7 of them away, 104 is 1.3
    const [fact, ...others] = anomalies({ over: 'month', rows: monthly([100, 99, 101, 98, 102, 97, 103, 104, 200]) })
    expect(fact).toMatchObject({
      value: 200,
      about: { from: '2023-09-01', to: '2023-09-01' },
      parts: { usual: 101, buckets: 1 },
      tone: 'good',
    })
    expect(fact?.parts?.score).toBeCloseTo(99 / (2 * 1.4826), 6)
    expect(others).toEqual([])
  })
  test('needs eight other buckets', () => {
    expect(anomalies({ over: 'month', rows: monthly([100, 99, 101, 98, 102, 97, 103, 200]) })).toEqual([])
  })
  test('must differ by a tenth at least', () => {
    expect(anomalies({ over: 'month', rows: monthly([100, 100.1, 99.9, 100, 100.2, 99.8, 100, 100.1, 105]) })).toEqual(
      [],
    )
  })
  test('of neighbours is one', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [day(i + 1), i >= 10 && i < 13 ? 20 + i : 100 + (i % 3)])
    expect(anomalies({ over: 'day', rows })).toMatchObject([
      {
        about: { from: day(11), to: day(13) },
        parts: { buckets: 3, least: 30, most: 32 },
        words: { at: '11–13 Jun 2023' },
        tone: 'bad',
      },
    ])
  })
  test('is not the top of a steady climb', () => {
    expect(anomalies({ over: 'month', rows: monthly([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]) })).toEqual([])
  })
  test('is not every Sunday', () => {
    const rows = Array.from({ length: 56 }, (_, i) => [
      new Date(Date.UTC(2023, 4, 1 + i)).toISOString().slice(0, 10),
      i % 7 === 6 ? 10 : 100 + (i % 5),
    ])
    expect(anomalies({ over: 'day', rows })).toEqual([])
  })
  test('is not the open month', () => {
    expect(
      anomalies({ over: 'month', rows: monthly([100, 99, 101, 98, 102, 97, 103, 104, 100, 3]), today: '2023-10-02' }),
    ).toEqual([])
  })
  test('of equal values but one is that one', () => {
    expect(anomalies({ over: 'month', rows: monthly([5, 5, 5, 5, 5, 5, 5, 5, 5, 9]) })).toMatchObject([
      { value: 9, parts: { usual: 5 } },
    ])
  })
  test('of all equal values, and of all zeros, is none', () => {
    expect(anomalies({ over: 'month', rows: monthly([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]) })).toEqual([])
    expect(anomalies({ over: 'month', rows: monthly([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) })).toEqual([])
  })
  test('of a count of a few is not told: they vary by themselves', () => {
    const rows = monthly([5, 6, 5, 6, 5, 6, 5, 6, 5, 10])
    expect(anomalies({ over: 'month', rows, measure: { format: { kind: 'integer' } } })).toEqual([])
  })
  test('of a single number is found in the buckets before', () => {
    const columns = [
      { name: 'month', type: 'date', role: 'time', label: 'month' },
      { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue' },
    ] as const
    const history = {
      columns: [...columns],
      rows: monthly([100, 99, 101, 98, 102, 97, 103, 104, 40]),
      truncated: false,
    }
    const made = { rows: [[40]], query: { period: month(9, 'Sep 2023') } }
    expect(anomalies(made, { history })).toMatchObject([{ value: 40, tone: 'bad', about: { from: '2023-09-01' } }])
    expect(anomalies(made, { history: { ...history, rows: history.rows.slice(2) } })).toEqual([])
  })
})
