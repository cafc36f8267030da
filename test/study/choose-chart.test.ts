import { describe, expect, test } from 'vitest'
import { study } from '#src/study/study.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { inputOf, type Made, monthly, studyOf } from './made.ts'
import { month } from './small-world.ts'

const chartOf = async (made: Made) => (await studyOf(made)).chart
const states: Cell[][] = [
  ['Texas', 50],
  ['Ohio', 30],
  ['Utah', 20],
]
const compare = { period: month(11, 'Nov 2023'), compare: { period: month(10, 'Oct 2023') } }
const many = (n: number): Cell[][] => Array.from({ length: n }, (_, i) => [`P${i + 1}`, 100 - i])
const grid = (a: number, b: number): Cell[][] =>
  Array.from({ length: a * b }, (_, i) => [`A${i % a}`, `B${Math.floor(i / a)}`, i + 1])
const series = (n: number): Cell[][] =>
  ['2023-01-01', '2023-02-01'].flatMap((d, m) => Array.from({ length: n }, (_, i) => [d, `S${i}`, (i + 1) * 10 + m]))

describe('the chart of', () => {
  test('one number is a KPI with its change', async () => {
    expect(await chartOf({ rows: [[120, 100]], query: compare })).toMatchObject({
      kind: 'kpi',
      value: 120,
      change: { ratio: 0.19999999999999996, versus: 'Oct 2023', good: 'up' },
    })
  })
  test('one rate has its change in points', async () => {
    const measure = {
      format: { kind: 'percent' as const },
      good: 'down' as const,
      additive: false,
      label: 'Return rate',
    }
    expect(await chartOf({ rows: [[0.25, 0.125]], measure, query: compare })).toMatchObject({
      change: { points: 0.125, good: 'down' },
    })
  })
  test('one number after nothing has no change', async () => {
    expect(await chartOf({ rows: [[120, 0]], query: compare })).not.toHaveProperty('change')
  })
  test('parts is bars, largest first, the one of the headline highlighted', async () => {
    expect(await chartOf({ by: ['state'], rows: [...states].reverse() })).toMatchObject({
      kind: 'bar',
      layout: 'single',
      title: 'Texas leads revenue with $50, 50% of the total',
      subtitle: 'Revenue by state · all data · USD',
      categories: ['Texas', 'Ohio', 'Utah'],
      series: [{ name: 'Revenue', values: [50, 30, 20] }],
      highlight: 'Texas',
    })
  })
  test('more parts than fit a picture puts the rest into Other where they add up', async () => {
    // 24 parts: 1200 and 99 … 77; the last fourteen are 90 … 77 = 14 × 83.5 = 1169
    const rows = many(24).map(([name, value], i) => [name ?? null, i === 0 ? 1200 : (value ?? null)])
    const chart = await chartOf({ by: ['category'], rows })
    expect(chart).toMatchObject({ kind: 'bar', other: '14 categories' })
    if (chart.kind === 'bar')
      expect([chart.categories.length, chart.categories[10], chart.series[0]?.values[10]]).toEqual([11, 'Other', 1169])
  })
  test('an Other that would dwarf all parts is left out, and the picture says so', async () => {
    // 25 parts 100 … 76; the last fifteen would be 1245
    const { chart, notes } = await studyOf({ by: ['category'], rows: many(25) })
    expect(chart).not.toHaveProperty('other')
    expect(chart.subtitle).toBe('Revenue by category · all data · USD · 13 of 25 categories')
    expect(notes).toEqual(['The chart shows 13 of 25 categories.'])
  })
  test('thirteen parts fit and are all shown', async () => {
    const chart = await chartOf({ by: ['category'], rows: many(13) })
    expect(chart).not.toHaveProperty('other')
    expect(chart.kind === 'bar' && chart.categories.length).toBe(13)
  })
  test('more than fit of a ranking leaves the rest out, because Other would not be all the others', async () => {
    const { chart, notes } = await studyOf({ by: ['category'], rows: many(20), query: { limit: 20 } })
    expect(chart).not.toHaveProperty('other')
    expect(notes).toEqual(['The chart shows 13 of 20 categories.'])
  })
  test('more averages than fit leaves the rest out and says so', async () => {
    const { chart, notes } = await studyOf({ by: ['category'], rows: many(25), measure: { additive: false } })
    expect(chart).not.toHaveProperty('other')
    expect(notes).toEqual(['The chart shows 13 of 25 categories.'])
  })
  test('parts against another period is bars side by side, before first', async () => {
    expect(
      await chartOf({
        by: ['state'],
        rows: [
          ['Texas', 50, 40],
          ['Ohio', 30, null],
        ],
        query: compare,
      }),
    ).toMatchObject({
      kind: 'bar',
      layout: 'grouped',
      series: [
        { name: 'Oct 2023', values: [40, 0] },
        { name: 'Nov 2023', values: [50, 30] },
      ],
    })
  })
  test('months is a line, a missing sum 0 and a missing average a gap', async () => {
    const rows = monthly([10, 20, 30, 40]).filter((_, i) => i !== 2)
    const sum = await chartOf({ over: 'month', rows })
    const average = await chartOf({ over: 'month', rows, measure: { additive: false } })
    const values = (c: typeof sum) => (c.kind === 'line' ? c.series[0]?.points.map(p => p.value) : undefined)
    expect([values(sum), values(average)]).toEqual([
      [10, 20, 0, 40],
      [10, 20, null, 40],
    ])
  })
  test('months with an open one says so', async () => {
    expect(await chartOf({ over: 'month', rows: monthly([10, 20, 5]), today: '2023-03-09' })).toMatchObject({
      kind: 'line',
      partialLast: true,
    })
  })
  test('weeks of a year say when the first holds only some of its days, also when they are stacked', async () => {
    const period = { start: '2023-01-01', end: '2024-01-01', label: '2023' }
    const weeks = ['2022-12-26', '2023-01-02', '2023-01-09']
    const alone = await chartOf({ over: 'week', rows: weeks.map(at => [at, 7]), query: { period } })
    const stacked = await chartOf({
      ...{ over: 'week', by: ['category'], query: { period, chart: 'area' } },
      rows: weeks.flatMap(at => [
        [at, 'Toys', 3],
        [at, 'Books', 4],
      ]),
    })
    expect([alone, stacked]).toMatchObject([
      { kind: 'line', partialFirst: true },
      { kind: 'area', partialFirst: true },
    ])
    expect([alone, stacked].map(chart => 'partialLast' in chart)).toEqual([false, false])
  })
  test('months against a year earlier is two lines on the same months', async () => {
    const rows = [
      ['2023-01-01', 10, 8],
      ['2023-02-01', 12, null],
    ]
    expect(await chartOf({ over: 'month', rows, query: compare })).toMatchObject({
      series: [
        { name: 'Oct 2023', points: [{ value: 8 }, { value: null }] },
        { name: 'Nov 2023', points: [{ at: '2023-01-01', value: 10 }, { value: 12 }] },
      ],
    })
  })
  test('months by up to six parts is a line each, by more the largest five', async () => {
    expect(await chartOf({ over: 'month', by: ['state'], rows: series(6) })).toMatchObject({
      kind: 'line',
      series: { length: 6 },
    })
    const { chart, notes } = await studyOf({ over: 'month', by: ['state'], rows: series(8) })
    expect(chart.kind === 'line' && chart.series.map(s => s.name)).toEqual(['S7', 'S6', 'S5', 'S4', 'S3'])
    expect(notes).toEqual(['The chart shows the 5 largest of 8 states.'])
  })
  test('few by few parts is grouped bars, more a heatmap', async () => {
    expect(await chartOf({ by: ['state', 'channel'], rows: grid(4, 3) })).toMatchObject({
      kind: 'bar',
      layout: 'grouped',
      categories: { length: 4 },
      series: { length: 3 },
    })
    expect(await chartOf({ by: ['state', 'channel'], rows: grid(7, 3) })).toMatchObject({
      kind: 'heatmap',
      rows: { length: 7 },
      columns: { length: 3 },
    })
  })
  test('no rows, and no numbers, is a table', async () => {
    expect((await chartOf({ by: ['state'], rows: [] })).kind).toBe('table')
    expect((await chartOf({ by: ['state'], rows: [['Texas', null]] })).kind).toBe('table')
  })
})

describe('a wish for', () => {
  const wish = (chart: string, made: Made) => studyOf({ ...made, query: { ...made.query, chart } })
  const parts = { by: ['state'], rows: states }
  const timed = { over: 'month' as const, by: ['state'], rows: series(3) }

  test.each([
    ['pie', parts, 'donut'],
    ['donut', parts, 'donut'],
    ['bar chart', parts, 'bar'],
    ['column', { over: 'month' as const, rows: monthly([1, 2, 3]) }, 'line'],
    ['line', timed, 'line'],
    ['area', timed, 'area'],
    ['stacked', timed, 'area'],
    ['stacked', { by: ['state', 'channel'], rows: grid(3, 3) }, 'bar'],
    ['small multiples', timed, 'facet'],
    ['heatmap', { by: ['state', 'channel'], rows: grid(3, 3) }, 'heatmap'],
    ['histogram', { by: ['category'], rows: many(30) }, 'histogram'],
    ['map', { by: ['state'], rows: many(15) }, 'tilemap'],
    ['table', parts, 'table'],
  ] as const)('%s is met where the result allows', async (name, made, kind) => {
    expect((await wish(name, { ...made, rows: [...made.rows] } as Made)).chart.kind).toBe(kind)
  })
  test.each([
    [
      'pie',
      { by: ['state'], rows: states, measure: { additive: false } },
      'bar',
      'This result cannot be drawn as a pie; it is shown as bars.',
    ],
    [
      'pie',
      {
        by: ['state'],
        rows: [
          ['A', 5],
          ['B', -2],
        ],
      },
      'bar',
      'This result cannot be drawn as a pie; it is shown as bars.',
    ],
    ['map', parts, 'bar', 'This result cannot be drawn as a map; it is shown as bars.'],
    ['line', parts, 'bar', 'This result cannot be drawn as a line; it is shown as bars.'],
    ['area', { rows: [[5]] }, 'kpi', 'This result cannot be drawn as an area; it is shown as one number.'],
    ['scatter', parts, 'bar', 'This result cannot be drawn as a scatter; it is shown as bars.'],
    ['sankey', parts, 'bar', 'This result cannot be drawn as a sankey; it is shown as bars.'],
  ])('%s that cannot be met falls back and says so', async (name, made, kind, note) => {
    const { chart, notes } = await wish(name, made)
    expect([chart.kind, notes]).toEqual([kind, [note]])
  })
  test('a pie of many puts the small ones into Other', async () => {
    // 10 parts 100 … 91 = 955; the first six are 100 … 95 = 585
    const { chart } = await wish('pie', { by: ['category'], rows: many(10) })
    expect(chart.kind === 'donut' && [chart.slices.length, chart.slices[6]]).toEqual([7, { name: 'Other', value: 370 }])
  })
  test('a histogram counts every row once', async () => {
    const { chart } = await wish('histogram', { by: ['category'], rows: many(30) })
    expect(chart.kind === 'histogram' && chart.bins.reduce((n, b) => n + b.count, 0)).toBe(30)
  })
})

test('every chart has alt text that names its kind, its subject and its top values', async () => {
  const { chart } = await studyOf({ by: ['state'], rows: states })
  expect(chart.alt).toBe(
    'Bar chart: Revenue by state · all data · USD. Texas leads revenue with $50, 50% of the total. Texas $50, Ohio $30, Utah $20.',
  )
})

describe('a wish that had been refused:', () => {
  const wish = (chart: string, made: Made) => studyOf({ ...made, query: { ...made.query, chart } })
  const months: Cell[][] = [
    ['2023-01-01', 'A', 10],
    ['2023-03-01', 'A', 30],
    ['2023-01-01', 'B', 40],
    ['2023-02-01', 'B', 50],
  ]
  test('months by a dimension is a heatmap with the months across, short, and every month there', async () => {
    const { chart, notes } = await wish('heatmap', { over: 'month', by: ['state'], rows: months })
    expect(chart).toMatchObject({
      kind: 'heatmap',
      columns: ['Jan', 'Feb', 'Mar'],
      rows: ['B', 'A'],
      values: [
        [40, 50, 0],
        [10, 0, 30],
      ],
    })
    expect(notes).toEqual([])
  })
  test('a rate over time leaves cells without rows empty', async () => {
    const measure = { additive: false }
    expect((await wish('heatmap', { over: 'month', by: ['state'], rows: months, measure })).chart).toMatchObject({
      values: [
        [40, 50, null],
        [10, null, 30],
      ],
    })
  })
  test('months alone is no heatmap', async () => {
    expect((await wish('heatmap', { over: 'month', rows: monthly([1, 2, 3]) })).chart.kind).toBe('line')
  })
  const calc = { kind: 'share' as const, of: ['state'] }
  const share = {
    name: 'revenue_share',
    label: 'Share of revenue',
    format: { kind: 'percent' as const },
    additive: false,
  }
  const shares = (rows: Cell[][]): Made => ({
    by: ['state'],
    rows,
    measure: share,
    query: { measures: [{ measure: 'revenue', calc }] },
  })
  test('shares that make up the whole are the slices of a donut', async () => {
    expect(
      (
        await wish(
          'pie',
          shares([
            ['A', 0.5],
            ['B', 0.3],
            ['C', 0.2],
          ]),
        )
      ).chart,
    ).toMatchObject({
      kind: 'donut',
      format: { kind: 'percent' },
      slices: [
        { name: 'A', value: 0.5 },
        { name: 'B', value: 0.3 },
        { name: 'C', value: 0.2 },
      ],
    })
  })
  test('shares of a few of many have the rest as Other, and shares that overlap are no donut', async () => {
    const { chart } = await wish(
      'pie',
      shares([
        ['A', 0.5],
        ['B', 0.25],
      ]),
    )
    expect(chart.kind === 'donut' && chart.slices[2]).toEqual({ name: 'Other', value: 0.25 })
    const over = await wish(
      'pie',
      shares([
        ['A', 0.7],
        ['B', 0.6],
      ]),
    )
    expect(over.chart.kind).toBe('bar')
  })
  test('a count by a numeric dimension is a histogram of the dimension, each value as often as it is counted', async () => {
    // 100 orders of 1 item, 50 of 2, 25 of 3, 12 of 4, 3 of 9
    const made = inputOf({
      by: ['items'],
      rows: [
        [1, 100],
        [2, 50],
        [3, 25],
        [4, 12],
        [9, 3],
      ],
      measure: { name: 'orders', label: 'Orders', format: { kind: 'integer' } },
      query: { chart: 'histogram' },
    })
    const table = {
      ...made.table,
      columns: made.table.columns.map((c, i) => (i ? c : { ...c, type: 'integer' as const, label: 'Items' })),
    }
    const { chart } = await study({ ...made, table })
    expect(chart).toMatchObject({ kind: 'histogram', x: { label: 'Items' } })
    expect(chart.kind === 'histogram' && [chart.bins[0], chart.bins.reduce((n, b) => n + b.count, 0)]).toEqual([
      { from: 1, to: 2, count: 100 },
      190,
    ])
  })
})

test('growth from bucket to bucket is drawn as growth, not as the same line twice', async () => {
  const rows: Cell[][] = [
    ['2023-01-01', 100, null],
    ['2023-02-01', 110, 100],
    ['2023-03-01', 99, 110],
  ]
  const period = { start: '2023-01-01', end: '2023-04-01', label: 'Q1 2023', unit: 'quarter' as const }
  const before = { start: '2022-12-01', end: '2023-03-01', label: 'Dec 2022 – Feb 2023' }
  const { chart, story, facts } = await studyOf({
    over: 'month',
    rows,
    query: { period, compare: { period: before, shift: { n: 1, unit: 'month' } } },
  })
  expect(facts.filter(f => f.id === 'change:revenue')).toEqual([])
  expect(story.headline.text).toBe('Revenue: $99 in Mar 2023, down 10% from Feb 2023')
  expect(chart).toMatchObject({
    kind: 'line',
    subtitle: 'Revenue growth by month · Q1 2023 · % from the month before',
    format: { kind: 'percent' },
    series: [
      { name: 'Growth', points: [{ value: null }, { value: 0.10000000000000009 }, { value: -0.09999999999999998 }] },
    ],
  })
})
