import type { AreaChart, BarChart, Chart, DonutChart, HistogramChart, LineChart } from '#src/vocabulary/chart.ts'
import { type Format, formatShort } from '#src/vocabulary/format.ts'
import { bucketText } from '../view/table.ts'
import type { ChartElement, Point } from './elements.ts'
import { type LabelText, labelText } from './escape.ts'

type Drawn<C = ChartElement> = C extends unknown ? Omit<C, 'fallback'> : never

/** A chart that Teams draws itself, to be given a fallback. `note` says what it leaves out. */
export type NativeChart = { chart: Drawn; note?: string }

const most = { categories: 20, points: 60, series: 6, bins: 30 }

/**
 * The chart as Teams draws it, or nothing where its kinds would say something else: no gap, no band, nothing below zero, no map, no scatter.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/charts-in-adaptive-cards
 */
export const nativeChart = (chart: Chart): NativeChart | undefined => {
  switch (chart.kind) {
    case 'bar':
      return bars(chart)
    case 'line':
      return chart.forecast ? undefined : linesOver(chart)
    case 'area':
      return areas(chart)
    case 'donut':
      return donut(chart)
    case 'histogram':
      return histogram(chart)
    default:
      return undefined
  }
}

const frame = ({ subtitle, title }: Chart): { title: LabelText; showTitle: false } => ({
  title: labelText(subtitle || title || 'Chart', 200),
  showTitle: false,
})

const bars = (chart: BarChart): NativeChart | undefined => {
  const rows = chart.categories.map((name, i) => ({ name, values: chart.series.map(s => s.values[i] ?? null) }))
  const whole = rows.filter(row => row.values.every(isDrawable))
  const shown = whole.slice(0, most.categories)
  const many = chart.series.length > 1
  const missing = rows.length - whole.length
  const fits = shown.length > 0 && chart.series.length > 0 && chart.series.length <= most.series
  // Among bars of several series one that is missing would be taken for another one's.
  if (!fits || rows.some(hasNegative) || (many && missing > 0)) return undefined
  const names = unlike(shown.map(row => row.name))
  const series = chart.series.map((s, at) => ({
    legend: labelText(s.name),
    values: shown.map((row, i) => point(names[i] ?? '', row.values[at] ?? 0, chart.format)),
  }))
  return {
    chart: many ? groups(chart, series) : single(chart, { data: series[0]?.values ?? [], format: chart.format }),
    ...noted([
      shown.length < whole.length ? partNote(whole, shown.length) : '',
      missing > 0 ? `${missing} of ${rows.length} have no value.` : '',
    ]),
  }
}

/** Long names lie beside their bars. */
const single = (chart: Chart, { data, format }: { data: Point[]; format: Format }): Drawn => {
  const unit = axis('yAxisTitle', format)
  const lying = data.length > 8 || data.some(p => p.x.length > 12)
  return lying
    ? { type: 'Chart.HorizontalBar', ...frame(chart), color: 'categoricalBlue', ...axis('xAxisTitle', format), data }
    : { type: 'Chart.VerticalBar', ...frame(chart), color: 'categoricalBlue', showBarValues: true, ...unit, data }
}

type Legends = { legend: LabelText; values: Point[] }[]

const groups = (chart: BarChart | AreaChart, data: Legends): Drawn => ({
  type: 'Chart.VerticalBar.Grouped',
  ...frame(chart),
  colorSet: 'categorical',
  ...(chart.kind === 'area' || chart.layout === 'stacked' ? { stacked: true } : { showBarValues: true }),
  ...axis('yAxisTitle', chart.format),
  data,
})

const linesOver = (chart: LineChart): NativeChart | undefined => {
  const timed = timeline(chart, most.points)
  if (!timed) return undefined
  const { series, total, shown } = timed
  return {
    chart: {
      type: 'Chart.Line',
      ...frame(chart),
      colorSet: 'categorical',
      ...axis('yAxisTitle', chart.format),
      data: series,
    },
    ...noted([
      shown < total ? `The chart shows the last ${shown} of ${total}.` : '',
      ...notWhole(chart, shown === total),
      ...(chart.annotations ?? []).map(a => `${bucketText(a.at)}: ${a.text}.`),
    ]),
  }
}

/** Teams has no areas; stacked columns say the same. */
const areas = (chart: AreaChart): NativeChart | undefined => {
  const timed = timeline(chart, most.categories)
  if (!timed || timed.series.some(s => s.values.some(p => p.y < 0))) return undefined
  const { series, total, shown } = timed
  return {
    chart: groups(chart, series),
    ...noted([
      shown < total ? `The chart shows the last ${shown} of ${total}.` : '',
      ...notWhole(chart, shown === total),
    ]),
  }
}

/** Which buckets at the ends hold only a part of their time; the first is not shown when there are too many. */
const notWhole = (
  { series, grain, partialFirst, partialLast }: LineChart | AreaChart,
  showsFirst: boolean,
): string[] => {
  const points = series[0]?.points ?? []
  const [first, last] = [points[0], points.at(-1)].map(p => p && bucketText(p.at, grain))
  return [
    partialFirst && showsFirst && first ? `${first} is not whole.` : '',
    partialLast && last ? `${last} is not over yet.` : '',
  ]
}

/** All series over the same times; nothing when one has a gap, which Teams would draw a line across. */
const timeline = ({ kind, series, grain, format }: LineChart | AreaChart, points: number) => {
  const all = [...new Set(series.flatMap(s => s.points.map(p => p.at)))].sort()
  const at = all.slice(-points)
  const values = series.map(s => new Map(s.points.map(p => [p.at, p.value])))
  const isWhole = values.every(of => all.every(t => Number.isFinite(of.get(t) ?? Number.NaN)))
  if (all.length < 2 || series.length === 0 || series.length > most.series || !isWhole) return undefined
  // Teams spaces days as time when all are YYYY-MM-DD; other texts are categories.
  const name = (t: string) => (kind === 'line' && grain === 'day' ? t.slice(0, 10) : labelText(bucketText(t, grain)))
  return {
    total: all.length,
    shown: at.length,
    series: series.map((s, i) => ({
      legend: labelText(s.name),
      values: at.map(t => point(name(t), values[i]?.get(t) ?? 0, format)),
    })),
  }
}

const donut = (chart: DonutChart): NativeChart | undefined => {
  const some = chart.slices.filter(s => s.value !== 0)
  if (some.length === 0 || some.length > 8 || !some.every(s => s.value > 0 && Number.isFinite(s.value)))
    return undefined
  const names = unlike(some.map(s => s.name))
  const zero = chart.slices.length - some.length
  const data = some.map((s, i) => ({ legend: labelText(names[i] ?? ''), value: scaled(s.value, chart.format) }))
  return {
    chart: { type: 'Chart.Donut', ...frame(chart), colorSet: 'categorical', data },
    ...noted([zero > 0 ? `${zero} of ${chart.slices.length} are zero and not drawn.` : '']),
  }
}

const histogram = (chart: HistogramChart): NativeChart | undefined => {
  const { bins, x } = chart
  if (bins.length === 0 || bins.length > most.bins) return undefined
  const data = bins.map(b => ({
    x: labelText(`${formatShort(b.from, x.format)}–${formatShort(b.to, x.format)}`),
    y: b.count,
  }))
  return {
    chart: {
      type: 'Chart.VerticalBar',
      ...frame(chart),
      color: 'categoricalBlue',
      xAxisTitle: labelText(x.label),
      data,
    },
  }
}

const point = (x: string, value: number, format: Format): Point => ({ x, y: scaled(value, format) })

const isDrawable = (value: number | null) => value !== null && Number.isFinite(value)
const hasNegative = ({ values }: { values: (number | null)[] }) => values.some(v => v !== null && v < 0)

const noted = (notes: string[]) => {
  const note = notes.filter(Boolean).join(' ')
  return note === '' ? {} : { note }
}

const partNote = (whole: { values: (number | null)[] }[], shown: number) => {
  const first = whole.map(row => row.values[0] ?? 0)
  const falling = first.every((v, i) => i === 0 || v <= (first[i - 1] ?? v))
  return `The chart shows the ${falling ? 'top' : 'first'} ${shown} of ${whole.length}.`
}

/** Names that fit and differ: bars of one name would be put together. */
const unlike = (names: string[]): string[] => {
  const taken = new Set<string>()
  return names.map(name => {
    const plain = labelText(name, 40)
    let free: string = plain
    for (let n = 2; taken.has(free); n++) free = `${labelText(name, 36)} ${n}`
    taken.add(free)
    return free
  })
}

/** Teams writes numbers as they are: a rate of 0.12 is given as 12, with "%" beside the axis. */
const scaled = (value: number, { kind }: Format) => Number((kind === 'percent' ? value * 100 : value).toPrecision(12))

const axis = (name: 'xAxisTitle' | 'yAxisTitle', { kind, currency, unit }: Format) => {
  const text = { percent: '%', duration: 'seconds', currency: currency ?? 'USD', number: unit, integer: unit }[kind]
  return text ? { [name]: labelText(text, 30) } : {}
}
