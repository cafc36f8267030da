import { describe, expect, it } from 'vitest'
import { draw } from '#renderers/chart/draw.ts'
import { stateCode, stateName, tiles } from '#renderers/chart/states.ts'
import { looks } from '#renderers/chart/theme.ts'
import type { AreaChart, BarChart, Chart, DonutChart, LineChart } from '#src/vocabulary/chart.ts'
import { rowsOf, wordsOf } from './pictures.ts'

const frame = { title: 'The headline', subtitle: 'Measure · period', alt: '' }
const usd = { kind: 'currency', currency: 'USD' } as const
const integer = { kind: 'integer' } as const

const bar = (categories: string[], values: (number | null)[], more: Partial<BarChart> = {}): BarChart => ({
  ...{ kind: 'bar', ...frame, layout: 'single', categories, series: [{ name: 'Value', values }], format: integer },
  ...more,
})
const months = (values: (number | null)[]) =>
  values.map((value, i) => ({ at: `2023-${String(i + 1).padStart(2, '0')}-01`, value }))
const line = (series: LineChart['series'], more: Partial<LineChart> = {}): LineChart => ({
  kind: 'line',
  ...frame,
  grain: 'month',
  series,
  format: integer,
  ...more,
})
const total = (values: (number | null)[]) => values.reduce<number>((sum, v) => sum + (v ?? 0), 0)

describe('every picture', () => {
  it('has its headline and subtitle at the left margin', () => {
    const text = rowsOf(bar(['A', 'B'], [1, 2]), 'text')
    expect(text.find(t => t.role === 'title')).toMatchObject({
      text: 'The headline',
      x: 21,
      fontWeight: 700,
      fontSize: 21,
    })
    expect(text.find(t => t.role === 'subtitle')).toMatchObject({ text: 'Measure · period', x: 21, fontSize: 15 })
  })
  it('puts a long headline on two lines', () => {
    const title = 'The headline names the product with its whole name and says what happened'
    const words = wordsOf({ ...bar(['A'], [1]), title }, 'title')
    expect(words).toHaveLength(2)
    expect(words.join(' ')).toBe(title)
  })
  it('says so when there is nothing to draw', () => {
    expect(wordsOf(bar([], []), 'nothing')).toEqual(['No values to show'])
    expect(wordsOf(line([{ name: 'a', points: months([null, null]) }]), 'nothing')).toEqual(['No values to show'])
    expect(wordsOf({ kind: 'table', ...frame, columns: [], rows: [], more: 0 }, 'nothing')).toEqual(['No rows to show'])
  })
  it('is the same for the same chart', () =>
    expect(draw(bar(['A'], [1]), 'dark')).toEqual(draw(bar(['A'], [1]), 'dark')))
  it('does not change the chart it is given', () => {
    const chart = Object.freeze(bar(['a\nb'], [1]))
    draw(chart, 'light')
    expect(chart.categories).toEqual(['a\nb'])
  })
})

describe('bars', () => {
  it('lie when names are many, and are as long as their values', () => {
    const rows = rowsOf(bar([...'ABCDEFG'], [100, 50, 25, 10, 5, 2, 1]), 'bars')
    expect(rows).toHaveLength(7)
    expect(Number(rows[0]?.width) / Number(rows[1]?.width)).toBeCloseTo(2, 6)
    expect(Number(rows[0]?.width) / Number(rows[3]?.width)).toBeCloseTo(10, 6)
    expect(new Set(rows.map(r => r.x)).size).toBe(1)
  })
  it('stand when names are few and short, and are as high as their values', () => {
    const rows = rowsOf(bar(['North', 'South'], [300, 100]), 'bars')
    expect(Number(rows[0]?.height) / Number(rows[1]?.height)).toBeCloseTo(3, 6)
    expect(Number(rows[0]?.y) + Number(rows[0]?.height)).toBeCloseTo(Number(rows[1]?.y) + Number(rows[1]?.height), 6)
  })
  it('stand for hours and months, also when these are many', () => {
    const hours = Array.from({ length: 24 }, (_, i) => String(i))
    expect(new Set(rowsOf(bar(hours, hours.map(Number)), 'bars').map(r => r.width)).size).toBe(1)
  })
  it('write values at their ends, short', () => {
    expect(wordsOf(bar(['Organic search', 'Paid social'], [184_000, 7320], { format: usd }), 'value')).toEqual([
      '$184k',
      '$7,320',
    ])
  })
  it('colour the highlighted one and tint the rest', () => {
    const fills = rowsOf(bar(['A', 'B', 'C'], [3, 2, 1], { highlight: 'B' }), 'bars').map(r => r.fill)
    expect(fills).toEqual([looks.light.tint, looks.light.primary, looks.light.tint])
  })
  it('mute the last one when it stands for others, and say for what', () => {
    const chart = bar(['A', 'Other'], [3, 2], { other: '42 more states' })
    expect(rowsOf(chart, 'bars').map(r => r.fill)).toEqual([looks.light.primary, looks.light.muted])
    expect(wordsOf(chart, 'note')).toEqual(['Other: 42 more states'])
  })
  it('go left of zero for negative values, with the value beyond', () => {
    const chart = bar(
      ['Cables', 'Switches', 'Lighting', 'Tools', 'Batteries', 'Solar kits', 'Smart home'],
      [80, 40, 20, 10, -10, -20, -40],
    )
    const rows = rowsOf(chart, 'bars')
    const zero = Number(rowsOf(chart, 'zero')[0]?.x)
    expect(Number(rows[0]?.x)).toBeCloseTo(zero, 6)
    expect(Number(rows[6]?.x) + Number(rows[6]?.width)).toBeCloseTo(zero, 6)
    expect(Number(rows[6]?.width)).toBeCloseTo(Number(rows[1]?.width), 6)
    expect(wordsOf(chart, 'value')[6]).toBe('−40')
  })
  it('show the largest of sixty that fit and say how many more there are', () => {
    const names = Array.from({ length: 60 }, (_, i) => `Product ${i}`)
    const chart = bar(
      names,
      names.map((_, i) => (i === 59 ? 1000 : 60 - i)),
      { highlight: 'Product 40' },
    )
    const shown = rowsOf(chart, 'bars').map(r => r.name)
    expect(shown.length).toBeGreaterThanOrEqual(12)
    expect(shown).toEqual(expect.arrayContaining(['Product 0', 'Product 59', 'Product 40']))
    expect(wordsOf(chart, 'note')).toEqual([`${60 - shown.length} more not shown.`])
  })
  it('write a dash for what is not known, and no bar', () => {
    const chart = bar(['A', 'B'], [5, null])
    expect(rowsOf(chart, 'bars')).toHaveLength(1)
    expect(wordsOf(chart, 'value')).toEqual(['5', '–'])
  })
  it('keep two categories of one name apart', () =>
    expect(rowsOf(bar(['Same', 'Same'], [1, 2]), 'bars')).toHaveLength(2))
  it('shorten a name of ten thousand letters', () => {
    expect(String(wordsOf(bar(['x'.repeat(10_000), 'B'], [1, 2]), 'name')[0])).toMatch(/^x{10,40}…$/)
  })
  it('stack parts end to end, with the sum at the end', () => {
    const chart = bar(['Airport', 'Mall'], [], {
      layout: 'stacked',
      series: [
        { name: 'In', values: [10, 20] },
        { name: 'Out', values: [30, null] },
      ],
    })
    const [a, b] = rowsOf(chart, 'bars').filter(r => r.name === 'Airport')
    expect(Number(b?.y) + Number(b?.height)).toBeLessThanOrEqual(Number(a?.y))
    expect(Number(a?.y) - Number(b?.y) - Number(b?.height)).toBeLessThan(2)
    expect(wordsOf(chart, 'value')).toEqual(['40', '20'])
    expect(wordsOf(chart, 'legend')).toEqual(['In', 'Out'])
  })
  it('stack negatives below zero', () => {
    const chart = bar(['Q1'], [], {
      layout: 'stacked',
      series: [
        { name: 'In', values: [10] },
        { name: 'Out', values: [-5] },
      ],
    })
    const zero = Number(rowsOf(chart, 'zero')[0]?.y)
    const [up, down] = rowsOf(chart, 'bars')
    expect(Number(up?.y) + Number(up?.height)).toBeLessThanOrEqual(zero)
    expect(Number(down?.y)).toBeGreaterThanOrEqual(zero)
  })
  it('set groups side by side in the colours of their series', () => {
    const chart = bar(['North', 'South'], [], {
      layout: 'grouped',
      series: [
        { name: '2022', values: [1, 2] },
        { name: '2023', values: [3, 4] },
      ],
    })
    expect(rowsOf(chart, 'bars').map(r => r.fill)).toEqual([
      ...looks.light.palette.slice(0, 2),
      ...looks.light.palette.slice(0, 2),
    ])
  })
})

describe('lines', () => {
  it('break at gaps and mark lonely points', () => {
    const chart = line([{ name: 'a', points: months([1, null, 3, null, 4, 5]) }])
    expect(rowsOf(chart, 'line').map(r => r.defined)).toEqual([true, false, true, false, true, true])
    expect(rowsOf(chart, 'dots').map(r => r.value)).toEqual([1, 3, 5])
  })
  it('are named and valued at their ends when there are several, only valued when alone', () => {
    const two = line([
      { name: 'Pro', points: months([1, 994]) },
      { name: 'Free', points: months([1, 436]) },
    ])
    expect(wordsOf(two, 'name')).toEqual(['Pro', 'Free'])
    expect(wordsOf(two, 'value')).toEqual(['994', '436'])
    expect(wordsOf(line([{ name: 'Pro', points: months([1, 994]) }]), 'name')).toEqual([])
  })
  it('have names that never touch, even when all end at one value', () => {
    const series = Array.from({ length: 9 }, (_, i) => ({ name: `Series ${i}`, points: months([i, 50]) }))
    const ys = rowsOf(line(series), 'text')
      .filter(t => t.role === 'name')
      .map(t => Number(t.y))
      .sort((a, b) => a - b)
    expect(ys).toHaveLength(9)
    for (const [i, y] of ys.entries()) if (i > 0) expect(y - Number(ys[i - 1])).toBeGreaterThan(13)
  })
  it('are at most twelve, the largest, and the note counts the others', () => {
    const series = Array.from({ length: 15 }, (_, i) => ({ name: `S${i}`, points: months([i, i]) }))
    const names = wordsOf(line(series), 'name')
    expect(names).toEqual(Array.from({ length: 12 }, (_, i) => `S${i + 3}`))
    expect(wordsOf(line(series), 'note')).toEqual(['3 more not shown.'])
  })
  it('dash the last stretch while its bucket is open, and say so', () => {
    const chart = line([{ name: 'a', points: months([1, 2, 3]) }], { partialLast: true })
    expect(rowsOf(chart, 'line').map(r => r.value)).toEqual([1, 2])
    expect(rowsOf(chart, 'partial').map(r => r.value)).toEqual([2, 3])
    expect(wordsOf(chart, 'note')).toEqual(['Dashed: the last month is not whole.'])
  })
  it('dash the first stretch too when its bucket holds only a part of its time', () => {
    const chart = line([{ name: 'a', points: months([1, 2, 3, 4]) }], { partialFirst: true, partialLast: true })
    expect(rowsOf(chart, 'line').map(r => r.value)).toEqual([2, 3])
    expect(rowsOf(chart, 'partial').map(r => r.value)).toEqual([1, 2, 3, 4])
    expect(wordsOf(chart, 'note')).toEqual(['Dashed: the first and the last month are not whole.'])
  })
  it('break a remark behind its colon, so that a date stays together', () => {
    const annotations = [{ at: '2023-02-01', text: 'Unusually low: 12 Jun 2023' }]
    expect(wordsOf(line([{ name: 'a', points: months([1, 2, 3]) }], { annotations }), 'annotation')).toEqual([
      'Unusually low:',
      '12 Jun 2023',
    ])
  })
  it('continue as a forecast from the last known point, in two bands', () => {
    const point = { at: '2023-04-01', value: 40, low50: 38, high50: 42, low90: 30, high90: 50 }
    const chart = line([{ name: 'MRR', points: months([10, 20, 30]) }], { forecast: { points: [point] } })
    expect(rowsOf(chart, 'forecast').map(r => r.value)).toEqual([30, 40])
    expect(rowsOf(chart, 'band90').map(r => [r.low, r.high])).toEqual([
      [30, 30],
      [30, 50],
    ])
    expect(rowsOf(chart, 'band50').map(r => [r.low, r.high])).toEqual([
      [30, 30],
      [38, 42],
    ])
    expect(wordsOf(chart, 'now')).toEqual(['30 now'])
    expect(wordsOf(chart, 'value')).toEqual(['40'])
  })
  it('have rules at moments with words that do not lie on each other', () => {
    const annotations = ['2023-02-01', '2023-02-03'].map(at => ({ at, text: 'A rather long remark' }))
    const chart = line([{ name: 'a', points: months([1, 2, 3]) }], { annotations })
    expect(rowsOf(chart, 'annotations')).toHaveLength(2)
    const words = rowsOf(chart, 'text').filter(t => t.role === 'annotation')
    expect(words.map(t => [t.text, t.align])).toEqual([
      ['A rather long', 'right'],
      ['remark', 'right'],
      ['A rather long', 'left'],
      ['remark', 'left'],
    ])
  })
  it('stand at the right height: the middle of the axis for its middle value', () => {
    const chart = line([{ name: 'a', points: months([0, 50, 100]) }])
    const ys = rowsOf(chart, 'line').map(r => Number(r.y))
    expect(ys[1]).toBeCloseTo((Number(ys[0]) + Number(ys[2])) / 2, 6)
    expect(wordsOf(chart, 'tick').slice(0, 6)).toEqual(['0', '20', '40', '60', '80', '100'])
  })
})

describe('areas', () => {
  const area = (series: LineChart['series'], more: Partial<AreaChart> = {}): Chart => ({
    kind: 'area',
    ...frame,
    ...more,
    grain: 'month',
    series,
    format: integer,
  })
  it('lie on each other', () => {
    const rows = rowsOf(
      area([
        { name: 'a', points: months([1, 2]) },
        { name: 'b', points: months([3, 4]) },
      ]),
      'area',
    )
    expect(rows.map(r => [r.low, r.high])).toEqual([
      [0, 1],
      [0, 2],
      [1, 4],
      [2, 6],
    ])
  })
  it('are lighter where a bucket at an end holds only a part of its time, and say so', () => {
    const series = [
      { name: 'a', points: months([1, 2, 3, 4]) },
      { name: 'b', points: months([1, 1, 1, 1]) },
    ]
    const chart = area(series, { partialFirst: true })
    expect(rowsOf(chart, 'area').map(r => r.high)).toEqual([2, 3, 4, 3, 4, 5])
    expect(rowsOf(chart, 'partial').map(r => r.high)).toEqual([1, 2, 2, 3])
    expect(wordsOf(chart, 'note')).toEqual(['Lighter: the first month is not whole.'])
    const both = area(series, { partialFirst: true, partialLast: true })
    expect(rowsOf(both, 'area').map(r => r.high)).toEqual([2, 3, 3, 4])
    expect(rowsOf(both, 'partial').map(r => r.high)).toEqual([1, 2, 3, 4, 2, 3, 4, 5])
  })
  it('become lines when something is below zero', () => {
    const chart = area([{ name: 'a', points: months([1, -2]) }])
    expect(rowsOf(chart, 'area')).toEqual([])
    expect(rowsOf(chart, 'line').map(r => r.value)).toEqual([1, -2])
  })
})

describe('a donut', () => {
  const donut = (slices: DonutChart['slices'], more: Partial<DonutChart> = {}): Chart => ({
    kind: 'donut',
    ...frame,
    slices,
    format: integer,
    ...more,
  })
  it('gives each part its share of the circle', () => {
    const chart = donut([
      { name: 'a', value: 75 },
      { name: 'b', value: 25 },
    ])
    expect(rowsOf(chart, 'slices').map(s => [s.startAngle, s.endAngle])).toEqual([
      [0, 1.5 * Math.PI],
      [1.5 * Math.PI, 2 * Math.PI],
    ])
    expect(wordsOf(chart, 'share')).toEqual(['75%', '25%'])
    expect([...wordsOf(chart, 'centre'), ...wordsOf(chart, 'unit')]).toEqual(['100', 'total'])
  })
  it('puts what is given into the middle', () => {
    const chart = donut([{ name: 'a', value: 1 }], { centre: '101k sessions' })
    expect([...wordsOf(chart, 'centre'), ...wordsOf(chart, 'unit')]).toEqual(['101k', 'sessions'])
  })
  it('puts parts past the sixth together and counts parts without a share', () => {
    const slices = Array.from({ length: 10 }, (_, i) => ({ name: `p${i}`, value: 10 - i }))
    const chart = donut([...slices, { name: 'none', value: 0 }, { name: 'minus', value: -3 }])
    expect(rowsOf(chart, 'slices').map(s => [s.name, s.value])).toEqual([
      ['p0', 10],
      ['p1', 9],
      ['p2', 8],
      ['p3', 7],
      ['p4', 6],
      ['p5', 5],
      ['Other (4)', 10],
    ])
    expect(wordsOf(chart, 'note')).toEqual(['2 without a positive value not shown.'])
  })
  it('has nothing to draw without positive parts', () =>
    expect(wordsOf(donut([{ name: 'a', value: 0 }]), 'nothing')).toHaveLength(1))
})

describe('a KPI', () => {
  const kpi = (more: object): Chart => ({ kind: 'kpi', ...frame, value: 1_240_500, format: usd, ...more })
  it('has one number', () => expect(wordsOf(kpi({}), 'number')).toEqual(['$1.24M']))
  it('is green when the change is good and red when it is not', () => {
    const change = (ratio: number, good: string) =>
      rowsOf(kpi({ change: { ratio, versus: 'October', good } }), 'text').find(t => t.role === 'change')
    expect(change(0.12, 'up')).toMatchObject({ text: '▲ 12%', fill: looks.light.good })
    expect(change(0.12, 'down')).toMatchObject({ text: '▲ 12%', fill: looks.light.bad })
    expect(change(-0.12, 'down')).toMatchObject({ text: '▼ 12%', fill: looks.light.good })
    expect(change(-0.12, 'neutral')).toMatchObject({ text: '▼ 12%', fill: looks.light.soft })
  })
  it('says the change of a rate in points', () => {
    const change = (points: number) =>
      wordsOf(
        kpi({ change: { ratio: 0.02, points, versus: 'Q3', good: 'down' }, value: 0.05, format: { kind: 'percent' } }),
        'change',
      )
    expect(change(0.001)).toEqual(['▲ 0.1 points'])
    expect(change(0.01)).toEqual(['▲ 1 point'])
    expect(change(0.0005)).toEqual(['▲ 0.05 points'])
  })
  it('says what it is compared with and whether the target is reached', () => {
    const chart = kpi({
      change: { ratio: 0.12, versus: 'October', good: 'up' },
      target: { value: 1_200_000, reached: true },
    })
    expect(wordsOf(chart, 'versus')).toEqual(['vs October'])
    expect(wordsOf(chart, 'target')).toEqual(['✓ Target $1.2M'])
  })
  it('draws the last buckets', () =>
    expect(rowsOf(kpi({ sparkline: months([1, 2, 3]) }), 'sparkline').map(r => r.value)).toEqual([1, 2, 3]))
  it('says that there is no value', () => expect(wordsOf(kpi({ value: null }), 'number')).toEqual(['No value']))
})

describe('other kinds', () => {
  it('a scatter places points by both measures and names them', () => {
    const points = [
      { name: 'a', x: 0, y: 0 },
      { name: 'b', x: 10, y: 10 },
      { name: 'c', x: 5, y: 5 },
    ]
    const chart: Chart = {
      kind: 'scatter',
      ...frame,
      x: { label: 'Price', format: integer },
      y: { label: 'Sold', format: integer },
      points,
    }
    const rows = rowsOf(chart, 'points')
    expect(Number(rows[2]?.x)).toBeCloseTo((Number(rows[0]?.x) + Number(rows[1]?.x)) / 2, 6)
    expect(wordsOf(chart, 'axis-title')).toEqual(['Price', 'Sold'])
    expect(wordsOf(chart, 'name').sort()).toEqual(['a', 'b', 'c'])
  })
  it('a scatter of ten thousand points shows every fourth and says so', () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({ name: '', x: i, y: i }))
    const chart: Chart = {
      kind: 'scatter',
      ...frame,
      x: { label: 'x', format: integer },
      y: { label: 'y', format: integer },
      points,
    }
    expect(rowsOf(chart, 'points')).toHaveLength(2500)
    expect(wordsOf(chart, 'note')).toEqual(['Every 4th of 10,000 points shown.'])
  })
  it('a heatmap leaves empty cells empty and writes the values in', () => {
    const chart: Chart = {
      kind: 'heatmap',
      ...frame,
      columns: ['a', 'b'],
      rows: ['x', 'y'],
      values: [
        [1, 2],
        [3, null],
      ],
      format: integer,
    }
    expect(rowsOf(chart, 'cells').map(c => c.value)).toEqual([1, 2, 3])
    expect(wordsOf(chart, 'value')).toEqual(['1', '2', '3'])
    expect(rowsOf(chart, 'cells').find(c => c.value === 3)?.fill).toBe('#1e3a8a')
  })
  it('a heatmap of many cells has a colour key instead of values', () => {
    const columns = Array.from({ length: 40 }, (_, i) => `c${i}`)
    const chart: Chart = {
      kind: 'heatmap',
      ...frame,
      columns,
      rows: ['x'],
      values: [columns.map((_, i) => i)],
      format: integer,
    }
    expect(wordsOf(chart, 'value')).toEqual([])
    expect(wordsOf(chart, 'key')).toEqual(['0', '39'])
  })
  it('a histogram is as high as its counts and names its edges', () => {
    const bins = [
      { from: 0, to: 50, count: 10 },
      { from: 50, to: 100, count: 30 },
    ]
    const chart: Chart = { kind: 'histogram', ...frame, x: { label: 'Order value', format: usd }, bins }
    const rows = rowsOf(chart, 'bars')
    expect(Number(rows[1]?.height) / Number(rows[0]?.height)).toBeCloseTo(3, 6)
    expect(wordsOf(chart, 'tick')).toEqual(['$0', '$50', '$100'])
    expect(wordsOf(chart, 'value')).toEqual(['10', '30'])
  })
  it('small multiples share one scale', () => {
    const panels = [
      { name: 'France', points: months([0, 100]) },
      { name: 'Spain', points: months([0, 50]) },
    ]
    const chart: Chart = { kind: 'facet', ...frame, grain: 'month', panels, format: integer }
    const heights = ['France', 'Spain'].map(name => {
      const ys = rowsOf(chart, 'line')
        .filter(r => r.panel === name)
        .map(r => Number(r.y))
      return Number(ys[0]) - Number(ys[1])
    })
    expect(Number(heights[0]) / Number(heights[1])).toBeCloseTo(2, 6)
    expect(wordsOf(chart, 'value')).toEqual(['100', '50'])
  })
  it('small multiples are at most twenty-four', () => {
    const panels = Array.from({ length: 30 }, (_, i) => ({ name: `P${i}`, points: months([1, 2]) }))
    const chart: Chart = { kind: 'facet', ...frame, grain: 'month', panels, format: integer }
    expect(wordsOf(chart, 'name')).toHaveLength(24)
    expect(wordsOf(chart, 'note')).toEqual(['6 more not shown.'])
  })
  it('tiles have their name, their number with its unit apart, and a note in its tone', () => {
    const chart: Chart = {
      kind: 'tiles',
      ...frame,
      tiles: [
        { label: 'Users', value: 61_284, format: integer, note: '▲ 8%', tone: 'good' },
        { label: 'Share', value: 0.1234, format: { kind: 'percent' } },
        { label: 'Span', value: 12.5, format: { kind: 'number', unit: 'days' } },
        { label: '', value: null, format: integer },
      ],
    }
    expect(wordsOf(chart, 'name')).toEqual(['Users', 'Share', 'Span', '(blank)'])
    expect(wordsOf(chart, 'number')).toEqual(['61,284', '12.3%', '12.5', '–'])
    expect(wordsOf(chart, 'unit')).toEqual(['days'])
    expect(wordsOf(chart, 'note')).toEqual(['▲ 8%'])
    expect(rowsOf(chart, 'text').find(({ role }) => role === 'note')?.fill).toBe(looks.light.good)
  })
  it.each([
    [1, [1]],
    [3, [3]],
    [4, [2, 2]],
    [5, [3, 2]],
    [8, [3, 3]],
  ])('%i tiles stand in rows of %j, the numbers of a row on one height and all in one size', (count, lines) => {
    const tiles = Array.from({ length: count }, (_, i) => {
      return { label: `Figure ${i}`, value: 10 ** i, format: integer, ...(i === 1 && { note: 'so' }) }
    })
    const chart: Chart = { kind: 'tiles', ...frame, tiles }
    const byRow = Map.groupBy(rowsOf(chart, 'fields'), row => row.y)
    expect([...byRow.values()].map(row => row.length)).toEqual(lines)
    const numbers = rowsOf(chart, 'text').filter(({ role }) => role === 'number')
    expect(new Set(numbers.map(({ fontSize }) => fontSize)).size).toBe(1)
    expect(new Set(numbers.map(({ y }) => y)).size).toBe(lines.length)
    expect(wordsOf(chart, 'note')).toEqual(
      [...(count > 1 ? ['so'] : []), ...(count > 6 ? ['2 more not shown.'] : [])].toReversed(),
    )
  })
  it('a tile map knows states by code and name, and says which it does not know', () => {
    const values = [
      { state: 'TX', value: 2 },
      { state: 'new york', value: 1 },
      { state: 'Ontario', value: 9 },
    ]
    const chart: Chart = { kind: 'tilemap', ...frame, values, format: integer }
    expect(total(rowsOf(chart, 'tiles').map(t => t.value as number | null))).toBe(3)
    expect(wordsOf(chart, 'tile')).toHaveLength(51)
    expect(wordsOf(chart, 'name')).toEqual(['Texas', 'New York'])
    expect(wordsOf(chart, 'note')).toEqual(['Not on the map: Ontario'])
  })
  it('the tile map has fifty states and the capital, each in a place of its own', () => {
    expect(tiles.size).toBe(51)
    expect(new Set([...tiles.values()].map(place => place.join())).size).toBe(51)
    expect([...tiles.keys()].every(code => stateCode(stateName(code)) === code)).toBe(true)
  })
  it('a table shows what fits and counts the rest', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [`Row ${i}`, String(i)])
    const chart: Chart = {
      kind: 'table',
      ...frame,
      columns: [
        { label: 'Name', align: 'left' },
        { label: 'Value', align: 'right' },
      ],
      rows,
      more: 5,
    }
    const shown = wordsOf(chart, 'cell').length / 2
    expect(shown).toBeGreaterThanOrEqual(8)
    expect(wordsOf(chart, 'note')).toEqual([`${45 - shown} more rows not shown.`])
    expect(wordsOf(chart, 'head')).toEqual(['Name', 'Value'])
  })
})
