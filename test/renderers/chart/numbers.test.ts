import { describe, expect, it } from 'vitest'
import { figure, short, tickLabels } from '#renderers/chart/number.ts'
import { linear, ticks, valueSpan } from '#renderers/chart/scale.ts'

const usd = { kind: 'currency', currency: 'USD' } as const
const number = { kind: 'number' } as const
const integer = { kind: 'integer' } as const
const percent = { kind: 'percent' } as const
const duration = { kind: 'duration' } as const

describe('short', () => {
  it.each([
    [184_000, usd, '$184k'],
    [7320, usd, '$7,320'],
    [-52_000, usd, '−$52k'],
    [4.2e18, number, '4.2e18'],
    [-8e15, usd, '−$8e15'],
    [0.0003, number, '0.0003'],
    [1.5e-9, number, '1.5e-9'],
    [0, number, '0'],
    [0.0004, percent, '0.04%'],
    [0.9996, percent, '99.96%'],
    [1, percent, '100%'],
    [Number.NaN, number, '–'],
    [Number.POSITIVE_INFINITY, number, '–'],
    [null, usd, '–'],
    [undefined, usd, '–'],
  ] as const)('writes %s as %s: %s', (value, format, text) => expect(short(value, format)).toBe(text))
})

describe('the figure of a KPI', () => {
  it.each([
    [10_000, integer, '10,000'],
    [52_310.25, usd, '$52,310'],
    [999_499, integer, '999,499'],
    [1_240_500, usd, '$1.24M'],
    [-123_456_789_012, usd, '−$123B'],
    [12.5, usd, '$12.50'],
    [0.084, percent, '8.4%'],
    [null, usd, '–'],
  ] as const)('writes %s as %s: %s', (value, format, text) => expect(figure(value, format)).toBe(text))
})

describe('ticks', () => {
  it('are round and end beyond the data', () => {
    expect(ticks(0, 545_000, { count: 6, format: usd })).toEqual({
      values: [0, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000],
      domain: [0, 600_000],
    })
  })
  it('are whole for counts', () => expect(ticks(0, 3, { count: 6, format: integer }).values).toEqual([0, 1, 2, 3]))
  it('are minutes and hours for durations', () => {
    expect(ticks(0, 580, { count: 5, format: duration }).values).toEqual([0, 120, 240, 360, 480, 600])
  })
  it('hold zero and negatives', () => {
    expect(ticks(-15_200, 14_000, { count: 6, format: usd }).values).toEqual([
      -20_000, -15_000, -10_000, -5000, 0, 5000, 10_000, 15_000,
    ])
  })
  it('have room when all values are equal, or zero', () => {
    expect(ticks(5, 5, { count: 5, format: number }).domain).toEqual([0, 5])
    expect(ticks(0, 0, { count: 5, format: number }).domain).toEqual([0, 1])
  })
  it('are few for tiny and huge spans', () => {
    expect(ticks(0, 5e-9, { count: 5, format: number }).values).toEqual([0, 1e-9, 2e-9, 3e-9, 4e-9, 5e-9])
    expect(ticks(0, 1e299, { count: 5, format: number }).values).toHaveLength(6)
  })
})

describe('tick labels', () => {
  it('drop needless decimals', () => expect(tickLabels([0, 0.05, 0.1], percent)).toEqual(['0%', '5%', '10%']))
  it('are not rounded more than the ticks', () => {
    expect(tickLabels([0, 1.25e9, 2.5e9], number)).toEqual(['0', '1.25B', '2.5B'])
    expect(tickLabels([0, 0.125, 0.25], percent)).toEqual(['0%', '12.5%', '25%'])
  })
  it('differ from each other', () => {
    expect(tickLabels([0.9988, 0.999, 0.9992], percent)).toEqual(['99.88%', '99.9%', '99.92%'])
  })
  it('write minutes without seconds', () =>
    expect(tickLabels([0, 60, 120], duration)).toEqual(['0 s', '1 min', '2 min']))
})

describe('scales', () => {
  it('map straight', () => expect(linear([0, 200], [100, 0])(50)).toBe(75))
  it('survive a span of nothing', () => expect(linear([5, 5], [0, 100])(5)).toBe(0))
  it('start lines at zero, unless all values lie close together far from it', () => {
    expect(valueSpan([40, 90, 100])).toEqual([0, 100])
    expect(valueSpan([95, 98, 100])).toEqual([95, 100])
    expect(valueSpan([-3, 9])).toEqual([-3, 9])
    expect(valueSpan([5, 5])).toEqual([0, 5])
  })
})
