import { describe, expect, it } from 'vitest'
import { nativeChart } from '#renderers/teams/native-chart.ts'
import type { AreaChart, BarChart, Chart, DonutChart, LineChart } from '#src/vocabulary/chart.ts'

const frame = { title: 'Texas leads', subtitle: 'Revenue by state', alt: 'Bars' }
const usd = { kind: 'currency', currency: 'USD' } as const

const bar = (parts: Partial<BarChart> = {}): BarChart => ({
  ...frame,
  kind: 'bar',
  layout: 'single',
  categories: ['Texas', 'Ohio'],
  series: [{ name: 'Revenue', values: [12.5, 7] }],
  format: usd,
  ...parts,
})
const line = (parts: Partial<LineChart> = {}): LineChart => ({
  ...frame,
  kind: 'line',
  grain: 'month',
  series: [
    {
      name: 'Revenue',
      points: [
        { at: '2023-01-01', value: 1 },
        { at: '2023-02-01', value: 2 },
      ],
    },
  ],
  format: usd,
  ...parts,
})
const months = (n: number, value = 5) =>
  Array.from({ length: n }, (_, i) => ({
    at: `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}-01`,
    value,
  }))

describe('bars', () => {
  it('stand when they are few and their names short', () => {
    expect(nativeChart(bar())).toEqual({
      chart: {
        type: 'Chart.VerticalBar',
        title: 'Revenue by state',
        showTitle: false,
        color: 'categoricalBlue',
        showBarValues: true,
        yAxisTitle: 'USD',
        data: [
          { x: 'Texas', y: 12.5 },
          { x: 'Ohio', y: 7 },
        ],
      },
    })
  })

  it('lie when a name is long', () => {
    expect(nativeChart(bar({ categories: ['North Carolina', 'Ohio'] }))?.chart).toMatchObject({
      type: 'Chart.HorizontalBar',
      xAxisTitle: 'USD',
      data: [{ x: 'North Carolina' }, { x: 'Ohio' }],
    })
  })

  it('of several series stand in groups or on one another', () => {
    const series = [
      { name: '2022', values: [1, 2] },
      { name: '2023', values: [3, 4] },
    ]
    const grouped = {
      type: 'Chart.VerticalBar.Grouped',
      title: 'Revenue by state',
      showTitle: false,
      colorSet: 'categorical',
      yAxisTitle: 'USD',
      data: [
        {
          legend: '2022',
          values: [
            { x: 'Texas', y: 1 },
            { x: 'Ohio', y: 2 },
          ],
        },
        {
          legend: '2023',
          values: [
            { x: 'Texas', y: 3 },
            { x: 'Ohio', y: 4 },
          ],
        },
      ],
    }
    expect(nativeChart(bar({ series, layout: 'grouped' }))).toEqual({ chart: { ...grouped, showBarValues: true } })
    expect(nativeChart(bar({ series, layout: 'stacked' }))).toEqual({ chart: { ...grouped, stacked: true } })
  })

  it('of sixty categories are the top twenty, and it is said', () => {
    const categories = Array.from({ length: 60 }, (_, i) => `C${i}`)
    const found = nativeChart(bar({ categories, series: [{ name: 'n', values: categories.map((_, i) => 60 - i) }] }))
    expect(found?.note).toBe('The chart shows the top 20 of 60.')
    expect(found?.chart.data).toHaveLength(20)
  })

  it('without a value are left out, and it is said', () => {
    const found = nativeChart(bar({ series: [{ name: 'Revenue', values: [12.5, null] }] }))
    expect(found?.note).toBe('1 of 2 have no value.')
    expect(found?.chart.data).toEqual([{ x: 'Texas', y: 12.5 }])
  })

  it('of one name stay apart', () => {
    const found = nativeChart(bar({ categories: ['Springfield', 'Springfield'] }))
    expect(found?.chart.data).toMatchObject([{ x: 'Springfield' }, { x: 'Springfield 2' }])
  })

  it('of a rate are in percent', () => {
    const found = nativeChart(bar({ format: { kind: 'percent' }, series: [{ name: 'Rate', values: [0.1, 0.07] }] }))
    expect(found?.chart).toMatchObject({ yAxisTitle: '%', data: [{ y: 10 }, { y: 7 }] })
  })
})

describe('lines', () => {
  it('have the names of months as categories and days as dates', () => {
    expect(nativeChart(line())?.chart).toMatchObject({
      type: 'Chart.Line',
      data: [
        {
          legend: 'Revenue',
          values: [
            { x: 'Jan 2023', y: 1 },
            { x: 'Feb 2023', y: 2 },
          ],
        },
      ],
    })
    const days = nativeChart(line({ grain: 'day' }))?.chart
    expect(days?.data).toMatchObject([{ values: [{ x: '2023-01-01' }, { x: '2023-02-01' }] }])
  })

  it('of many months are the last sixty, and it is said', () => {
    const found = nativeChart(line({ series: [{ name: 'n', points: months(100) }] }))
    expect(found?.note).toBe('The chart shows the last 60 of 100.')
  })

  it('say what is not over and what happened', () => {
    const found = nativeChart(line({ partialLast: true, annotations: [{ at: '2023-01-15', text: 'Launch' }] }))
    expect(found?.note).toBe('Feb 2023 is not over yet. 15 Jan 2023: Launch.')
  })
})

describe('parts of a whole', () => {
  const area = (n: number, value = 5): AreaChart => ({
    ...frame,
    kind: 'area',
    grain: 'month',
    series: [
      { name: 'a', points: months(n, value) },
      { name: 'b', points: months(n, value) },
    ],
    format: usd,
  })
  const donut = (values: number[]): DonutChart => ({
    ...frame,
    kind: 'donut',
    slices: values.map((value, i) => ({ name: `s${i}`, value })),
    format: usd,
  })

  it('over time are columns on one another', () => {
    expect(nativeChart(area(3))?.chart).toMatchObject({ type: 'Chart.VerticalBar.Grouped', stacked: true })
    expect(nativeChart(area(24))?.note).toBe('The chart shows the last 20 of 24.')
  })

  it('are a donut, without those that are zero', () => {
    const found = nativeChart(donut([3, 0, 1]))
    expect(found?.note).toBe('1 of 3 are zero and not drawn.')
    expect(found?.chart).toEqual({
      type: 'Chart.Donut',
      title: 'Revenue by state',
      showTitle: false,
      colorSet: 'categorical',
      data: [
        { legend: 's0', value: 3 },
        { legend: 's2', value: 1 },
      ],
    })
  })

  it.each<[string, Chart]>([
    ['an area below zero', area(3, -1)],
    ['a slice below zero', donut([1, -1])],
    ['no slice', donut([])],
    ['nine slices', donut([1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ])('%s is not drawn', (_, chart) => {
    expect(nativeChart(chart)).toBeUndefined()
  })
})

it('a histogram has its ranges below the columns', () => {
  const bins = [
    { from: 0, to: 10, count: 3 },
    { from: 10, to: 20, count: 1 },
  ]
  const x = { label: 'Days', format: { kind: 'integer' } as const }
  expect(nativeChart({ ...frame, kind: 'histogram', x, bins })?.chart).toMatchObject({
    type: 'Chart.VerticalBar',
    xAxisTitle: 'Days',
    data: [
      { x: '0–10', y: 3 },
      { x: '10–20', y: 1 },
    ],
  })
})

describe('what Teams would draw otherwise than it is', () => {
  const series = (...values: (number | null)[]) => [{ name: 'n', values }]
  it.each<[string, Chart]>([
    ['bars below zero', bar({ series: series(3, -1) })],
    ['groups with a bar missing', bar({ layout: 'grouped', series: [...series(1, 2), ...series(1, null)] })],
    ['no bars', bar({ categories: [], series: series() })],
    ['no series', bar({ series: [] })],
    ['seven series', bar({ layout: 'grouped', series: Array.from({ length: 7 }, () => series(1, 2)[0]!) })],
    ['a number that is none', bar({ series: series(Number.NaN, Number.POSITIVE_INFINITY) })],
    ['a line with a gap', line({ series: [{ name: 'n', points: [...months(3), { at: '2000-04-01', value: null }] }] })],
    ['a single point', line({ series: [{ name: 'n', points: months(1) }] })],
    ['a forecast', line({ forecast: { points: [] } })],
    ['one number', { ...frame, kind: 'kpi', value: 1, format: usd }],
    ['tiles', { ...frame, kind: 'tiles', tiles: [] }],
    ['a map', { ...frame, kind: 'tilemap', values: [], format: usd }],
    ['a table', { ...frame, kind: 'table', columns: [], rows: [], more: 0 }],
  ])('is not drawn by it: %s', (_, chart) => {
    expect(nativeChart(chart)).toBeUndefined()
  })
})
