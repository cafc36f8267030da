import { describe, expect, test } from 'vitest'
import { nativeChart } from '#renderers/slack/native-chart.ts'
import type { AreaChart, BarChart, Chart, DonutChart, LineChart } from '#src/vocabulary/chart.ts'

const frame = { title: 'Finding', subtitle: 'Revenue by state', alt: '' }
const usd = { kind: 'currency', currency: 'USD' } as const
const bar = (values: (number | null)[], more: Partial<BarChart> = {}): BarChart => ({
  ...frame,
  kind: 'bar',
  layout: 'single',
  categories: values.map((_, i) => `C${i + 1}`),
  series: [{ name: 'Revenue', values }],
  format: usd,
  ...more,
})
const months = (...values: (number | null)[]) =>
  values.map((value, i) => ({ at: `2023-${String(i + 1).padStart(2, '0')}-01`, value }))
const line = (more: Partial<LineChart> = {}): LineChart => ({
  ...frame,
  kind: 'line',
  grain: 'month',
  series: [{ name: 'Orders', points: months(5, -3) }],
  format: { kind: 'integer' },
  ...more,
})
const donut = (...values: number[]): DonutChart => ({
  ...frame,
  kind: 'donut',
  slices: values.map((value, i) => ({ name: `S${i + 1}`, value })),
  format: usd,
})

const chartOf = (chart: Chart) => nativeChart(chart)?.block.chart

describe('bars', () => {
  test('have a point per category and the unit beside the axis', () => {
    expect(nativeChart(bar([7, -2]))).toEqual({
      block: {
        type: 'data_visualization',
        title: 'Revenue by state',
        chart: {
          type: 'bar',
          series: [
            {
              name: 'Revenue',
              data: [
                { label: 'C1', value: 7 },
                { label: 'C2', value: -2 },
              ],
            },
          ],
          axis_config: { categories: ['C1', 'C2'], y_label: 'USD' },
        },
      },
      titled: true,
    })
  })

  test('that are grouped have a series per group', () => {
    const series = [
      { name: 'Nov 2023', values: [1, 2] },
      { name: 'Dec 2023', values: [3, 4] },
    ]
    const chart = chartOf(bar([], { layout: 'grouped', categories: ['Texas', 'Ohio'], series }))
    expect(chart).toMatchObject({
      series: [
        { name: 'Nov 2023', data: [{ value: 1 }, { value: 2 }] },
        { name: 'Dec 2023', data: [{ value: 3 }, { value: 4 }] },
      ],
      axis_config: { categories: ['Texas', 'Ohio'] },
    })
  })

  test('of sixty are the twenty first, and the title and the note say so', () => {
    const falling = nativeChart(bar(Array.from({ length: 60 }, (_, i) => 60 - i)))
    expect(falling?.block.title).toBe('Top 20 of 60 · Revenue by state')
    expect(falling?.note).toBe('The chart shows the top 20 of 60.')
    expect(falling?.block.chart).toMatchObject({ axis_config: { categories: { length: 20 } } })
    const rising = nativeChart(bar(Array.from({ length: 60 }, (_, i) => i)))
    expect(rising?.note).toBe('The chart shows the first 20 of 60.')
  })

  test('without a value are left out and counted; among groups there is no chart then', () => {
    const single = nativeChart(bar([5, null, 3]))
    expect(single?.block.chart).toMatchObject({ axis_config: { categories: ['C1', 'C3'] } })
    expect(single?.note).toBe('1 of 3 have no value.')
    const series = [
      { name: 'a', values: [1, null] },
      { name: 'b', values: [1, 2] },
    ]
    expect(nativeChart(bar([], { layout: 'grouped', categories: ['x', 'y'], series }))).toBeUndefined()
  })

  test('that are stacked, more than twelve series, too much to carry, or nothing at all are no chart', () => {
    expect(nativeChart(bar([1], { layout: 'stacked' }))).toBeUndefined()
    expect(nativeChart(bar([]))).toBeUndefined()
    expect(nativeChart(bar([Number.NaN, null]))).toBeUndefined()
    const series = (n: number, values: number[]) => Array.from({ length: n }, (_, i) => ({ name: `s${i}`, values }))
    const grouped = (n: number, values: number[]) =>
      nativeChart(bar(values, { layout: 'grouped', series: series(n, values) }))
    expect(grouped(12, [1])).toBeDefined()
    expect(grouped(13, [1])).toBeUndefined()
    expect(grouped(12, Array(20).fill(1234567.891))).toBeUndefined()
  })

  test('keep names apart that are alike once they are cut to twenty characters', () => {
    const categories = ['Sports & Outdoors for women', 'Sports & Outdoors for men', '', ' ']
    const chart = nativeChart(bar([4, 3, 2, 1], { categories }))?.block.chart
    expect(chart).toMatchObject({
      axis_config: { categories: ['Sports & Outdoors f…', 'Sports & Outdoors… 2', '–', '– 2'] },
    })
  })
})

describe('lines and areas', () => {
  test('name their buckets by the grain', () => {
    expect(chartOf(line())).toEqual({
      type: 'line',
      series: [
        {
          name: 'Orders',
          data: [
            { label: 'Jan 2023', value: 5 },
            { label: 'Feb 2023', value: -3 },
          ],
        },
      ],
      axis_config: { categories: ['Jan 2023', 'Feb 2023'] },
    })
  })

  test('of more than twenty buckets are the last twenty, and say so', () => {
    const points = Array.from({ length: 25 }, (_, i) => ({ at: `2023-01-${String(i + 1).padStart(2, '0')}`, value: i }))
    const native = nativeChart(line({ grain: 'day', series: [{ name: 'Orders', points }] }))
    expect(native?.block.title).toBe('Last 20 of 25 · Revenue by state')
    expect(native?.block.chart).toMatchObject({
      series: [{ data: { 0: { label: '6 Jan 2023', value: 5 }, length: 20 } }],
    })
  })

  test('say in words what cannot be drawn: an open bucket, a mark', () => {
    const native = nativeChart(line({ partialLast: true, annotations: [{ at: '2023-01-15', text: 'PayPal down' }] }))
    expect(native?.note).toBe('Feb 2023 is not over yet. 15 Jan 2023: PayPal down.')
  })

  test('name the bucket of a mark by the grain, once', () => {
    const mark = (text: string) => nativeChart(line({ annotations: [{ at: '2023-02-01', text }] }))?.note
    expect(mark('Unusually high')).toBe('Feb 2023: Unusually high.')
    expect(mark('Unusually high: Feb 2023')).toBe('Unusually high: Feb 2023.')
  })

  test('with a gap, a bucket that one series lacks, or a forecast are no chart', () => {
    expect(nativeChart(line({ series: [{ name: 'a', points: months(1, null, 3) }] }))).toBeUndefined()
    expect(
      nativeChart(
        line({
          series: [
            { name: 'a', points: months(1, 2) },
            { name: 'b', points: months(1) },
          ],
        }),
      ),
    ).toBeUndefined()
    expect(nativeChart(line({ forecast: { points: [] } }))).toBeUndefined()
  })

  test('an area alone is an area; several, which would cover one another, are lines', () => {
    const area = (n: number): AreaChart => ({
      ...frame,
      kind: 'area',
      grain: 'month',
      series: Array.from({ length: n }, (_, i) => ({ name: `s${i}`, points: months(1, 2) })),
      format: usd,
    })
    expect(chartOf(area(1))?.type).toBe('area')
    expect(chartOf(area(2))?.type).toBe('line')
  })
})

describe('a donut', () => {
  test('is a pie; slices of zero are counted instead', () => {
    expect(nativeChart(donut(3, 0, 1))).toEqual({
      block: {
        type: 'data_visualization',
        title: 'Revenue by state',
        chart: {
          type: 'pie',
          segments: [
            { label: 'S1', value: 3 },
            { label: 'S3', value: 1 },
          ],
        },
      },
      titled: true,
      note: '1 of 3 are zero and not drawn.',
    })
  })

  test('with a negative slice, with none or with more than twelve is no chart', () => {
    expect(nativeChart(donut(3, -1))).toBeUndefined()
    expect(nativeChart(donut(0))).toBeUndefined()
    expect(nativeChart(donut(...Array(13).fill(1)))).toBeUndefined()
    expect(nativeChart(donut(Number.POSITIVE_INFINITY))).toBeUndefined()
  })
})

describe('numbers and words', () => {
  test('rates are percents, with the sign beside the axis', () => {
    const chart = chartOf(bar([0.07, 0.1234], { format: { kind: 'percent' } }))
    expect(chart).toMatchObject({
      series: [{ data: [{ value: 7 }, { value: 12.34 }] }],
      axis_config: { y_label: '%' },
    })
  })

  test('a unit that is nothing to be seen is no unit', () => {
    const chart = chartOf(bar([1], { format: { kind: 'number', unit: ' \u0000' } }))
    expect(chart).toMatchObject({ axis_config: { categories: ['C1'] } })
    expect(chart).not.toHaveProperty('axis_config.y_label')
  })

  test('a title that is too long is cut, and said not to be whole', () => {
    const native = nativeChart(bar([1], { subtitle: 'x'.repeat(60) }))
    expect(native?.block.title).toBe(`${'x'.repeat(49)}…`)
    expect(native?.titled).toBe(false)
  })

  test('without a subtitle the title stands there', () => {
    expect(nativeChart(bar([1], { subtitle: '' }))?.block.title).toBe('Finding')
    expect(nativeChart(bar([1], { subtitle: '', title: '' }))?.block.title).toBe('Chart')
  })

  test.each(['kpi', 'tiles', 'scatter', 'heatmap', 'histogram', 'facet', 'tilemap', 'table'] as const)(
    'a %s is no chart of Slack',
    kind => {
      expect(nativeChart({ ...frame, kind } as Chart)).toBeUndefined()
    },
  )
})
