import { describe, expect, it } from 'vitest'
import { problemsOf } from '#renderers/chart/check.ts'
import { draw } from '#renderers/chart/draw.ts'
import type { Chart, ChartKind } from '#src/vocabulary/chart.ts'
import { chartKinds } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { grains } from '#src/vocabulary/period.ts'
import { noise } from '#test/gallery/charts.ts'

const oddNumbers = [
  0,
  -0,
  1,
  -1,
  0.1,
  1e-300,
  -1e-12,
  1e15,
  -9e299,
  1e299,
  1.7e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5,
  7,
  12_345,
]
const oddWords = [
  '',
  ' ',
  'a',
  'x'.repeat(5000),
  '\u202Eabc',
  '\uD83D',
  '上海',
  '😀',
  'שלום',
  '\n\n',
  '2023',
  'Texas',
  'Jan',
]
const oddMoments = [
  '',
  'never',
  '0001-01-01',
  '9999-12-31',
  '2023-02-30',
  '2023-01-01',
  '2023-01-01T05:00:00Z',
  '2023-06',
  '1970-01-01',
]
const formats: Format[] = [
  { kind: 'number' },
  { kind: 'integer' },
  { kind: 'currency', currency: 'XYZ' },
  { kind: 'percent' },
  { kind: 'duration' },
]

/** A chart of a kind made of odd pieces; the same for the same seed. */
const oddChart = (kind: ChartKind, seed: number): Chart => {
  const numbers = noise(seed * 7919 + 13, 4000)
  let used = 0
  const next = () => numbers[used++ % numbers.length] ?? 0
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(next() * most) }, make)
  const number = () => pick(oddNumbers)
  const word = () => pick(oddWords)
  const point = () => ({ at: pick(oddMoments), value: pick([null, ...oddNumbers]) })
  const format = pick(formats)
  const frame = { title: word(), subtitle: word(), alt: '' }
  const time = { ...frame, grain: pick(grains), format }
  const series = () => some(20, () => ({ name: word(), points: some(30, point) }))
  const made: { [K in ChartKind]: () => Extract<Chart, { kind: K }> } = {
    kpi: () => ({
      ...{ kind: 'kpi', ...frame, format, value: number(), sparkline: some(30, point) },
      ...{ change: { ratio: number(), versus: word(), good: 'up' }, target: { value: number(), reached: true } },
    }),
    bar: () => ({
      ...{
        kind: 'bar',
        ...frame,
        format,
        layout: pick(['single', 'grouped', 'stacked'] as const),
        categories: some(70, word),
      },
      ...{ series: some(16, () => ({ name: word(), values: some(70, number) })), highlight: word(), other: word() },
    }),
    line: () => ({
      ...{
        kind: 'line',
        ...time,
        series: series(),
        annotations: some(9, () => ({ at: pick(oddMoments), text: word() })),
      },
      ...{
        partialLast: next() > 0.5,
        forecast: {
          points: some(6, () => ({
            at: pick(oddMoments),
            value: number(),
            low50: number(),
            high50: number(),
            low90: number(),
            high90: number(),
          })),
        },
      },
    }),
    area: () => ({ kind: 'area', ...time, series: series() }),
    donut: () => ({
      kind: 'donut',
      ...frame,
      format,
      slices: some(20, () => ({ name: word(), value: number() })),
      centre: word(),
    }),
    scatter: () => ({
      kind: 'scatter',
      ...frame,
      x: { label: word(), format },
      y: { label: word(), format },
      points: some(90, () => ({ name: word(), x: number(), y: number() })),
    }),
    heatmap: () => ({
      kind: 'heatmap',
      ...frame,
      format,
      columns: some(80, word),
      rows: some(60, word),
      values: some(60, () => some(80, number)),
    }),
    histogram: () => ({
      kind: 'histogram',
      ...frame,
      x: { label: word(), format },
      bins: some(50, () => ({ from: number(), to: number(), count: number() })),
    }),
    tiles: () => ({
      kind: 'tiles',
      ...frame,
      tiles: some(9, () => ({ label: word(), value: number(), format, note: word() })),
    }),
    facet: () => ({ kind: 'facet', ...time, panels: some(40, () => ({ name: word(), points: some(20, point) })) }),
    tilemap: () => ({
      kind: 'tilemap',
      ...frame,
      format,
      values: some(60, () => ({ state: pick(['TX', 'texas', 'Ohio', ...oddWords]), value: number() })),
    }),
    diagram: () => ({
      kind: 'diagram',
      ...frame,
      nodes: some(60, () => ({ id: word(), label: word(), detail: word() })),
      edges: some(120, () => ({ from: word(), to: word(), label: word() })),
    }),
    table: () => ({
      kind: 'table',
      ...frame,
      columns: some(20, () => ({ label: word(), align: 'left' as const })),
      rows: some(40, () => some(20, word)),
      more: number(),
    }),
  }
  return made[kind]()
}

describe.each(chartKinds)('a %s made of odd pieces', kind => {
  it('is always a picture that passes the check', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      expect([seed, problemsOf(draw(oddChart(kind, seed), 'light'))]).toEqual([seed, []])
    }
  })
})
