import type { Annotation, AreaChart, BarChart, Chart, DonutChart, LineChart, Series } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { cut, plainText } from '../view/plain-text.ts'
import { bucketText } from '../view/table.ts'
import type { DataVisualizationBlock, SeriesChart } from './block-kit.ts'
import { nothing } from './elements.ts'
import { limits, weightOf } from './limits.ts'

/** `note` says what the chart leaves out. `titled` when its title says all that the subtitle of the chart says. */
export type NativeChart = { block: DataVisualizationBlock; titled: boolean; note?: string }

/**
 * A chart that Slack draws itself, or nothing where its kinds would say something else: no stack, no gap, no band, no scatter
 * (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block).
 */
export const nativeChart = (chart: Chart): NativeChart | undefined => {
  const native = drawing(chart)
  return native && weightOf([native.block]) <= limits.chartWeight ? native : undefined
}

const drawing = (chart: Chart): NativeChart | undefined => {
  switch (chart.kind) {
    case 'bar':
      return bars(chart)
    case 'line':
      return chart.forecast ? undefined : lines(chart, chart.annotations)
    case 'area':
      return lines(chart)
    case 'donut':
      return pie(chart)
    default:
      return undefined
  }
}

const bars = (chart: BarChart): NativeChart | undefined => {
  if (chart.layout === 'stacked') return undefined
  const rows = chart.categories.map((name, i) => ({ name, values: chart.series.map(s => s.values[i] ?? null) }))
  const whole = rows.filter(isWhole)
  // One series without a value is a bar that is not there; among grouped bars it would be taken for another one's.
  if (whole.length < rows.length && chart.series.length > 1) return undefined
  const shown = whole.slice(0, limits.chartCategories)
  const first = whole.map(r => r.values[0] ?? 0)
  const order = first.every((v, i) => i === 0 || v <= (first[i - 1] ?? v)) ? 'Top' : 'First'
  return drawn(chart, {
    type: 'bar',
    categories: shown.map(r => r.name),
    series: chart.series.map((s, i) => ({ name: s.name, values: shown.map(r => r.values[i] ?? 0) })),
    part: shown.length < whole.length ? `${order} ${shown.length} of ${rows.length}` : undefined,
    notes: whole.length < rows.length ? [`${rows.length - whole.length} of ${rows.length} have no value.`] : [],
  })
}

/** Slack lays areas over one another, ours are stacked: only one alone looks the same; several are drawn as lines. */
const lines = (chart: LineChart | AreaChart, annotations: LineChart['annotations'] = []): NativeChart | undefined => {
  const at = [...new Set(chart.series.flatMap(s => s.points.map(p => p.at)))].sort()
  const series = chart.series.map(s => ({ name: s.name, values: at.map(valueAt(s)) }))
  if (!series.every(isWhole)) return undefined
  const from = Math.max(0, at.length - limits.chartCategories)
  const names = at.slice(from).map(t => bucketText(t, chart.grain))
  return drawn(chart, {
    type: chart.kind === 'area' && series.length === 1 ? 'area' : 'line',
    categories: names,
    series: series.map(s => ({ name: s.name, values: s.values.slice(from) })),
    part: from > 0 ? `Last ${names.length} of ${at.length}` : undefined,
    notes: [
      ...(chart.partialFirst && from === 0 ? [`${names[0]} is not whole.`] : []),
      ...(chart.partialLast ? [`${names.at(-1)} is not over yet.`] : []),
      ...annotations.map(a => marked(a, at.includes(a.at) ? bucketText(a.at, chart.grain) : bucketText(a.at))),
    ],
  })
}

/** A mark often names its bucket itself. */
const marked = ({ text }: Annotation, bucket: string) => (text.includes(bucket) ? `${text}.` : `${bucket}: ${text}.`)

const pie = (chart: DonutChart): NativeChart | undefined => {
  const some = chart.slices.filter(s => s.value !== 0)
  const fits =
    some.length > 0 && some.length <= limits.chartSeries && some.every(s => s.value > 0 && Number.isFinite(s.value))
  if (!fits) return undefined
  const labels = unlike(some.map(s => s.name))
  const segments = some.map((s, i) => ({ label: labels[i]!, value: scaled(s.value, chart.format) }))
  const without = chart.slices.length - some.length
  const notes = without > 0 ? [`${without} of ${chart.slices.length} are zero and not drawn.`] : []
  return entitled(chart, { drawn: { type: 'pie', segments }, notes })
}

type Drawing = {
  type: SeriesChart['type']
  categories: string[]
  series: { name: string; values: (number | null)[] }[]
  /** "Top 20 of 60" when only a part is drawn. */
  part: string | undefined
  notes: string[]
}

const drawn = (
  chart: BarChart | LineChart | AreaChart,
  { type, part, notes, ...data }: Drawing,
): NativeChart | undefined => {
  if (data.categories.length === 0 || data.series.length === 0 || data.series.length > limits.chartSeries)
    return undefined
  const categories = unlike(data.categories)
  const names = unlike(data.series.map(s => s.name))
  const series = data.series.map(({ values }, s) => ({
    name: names[s]!,
    data: categories.map((label, i) => ({ label, value: scaled(values[i] ?? 0, chart.format) })),
  }))
  const unit = plainText(unitOf(chart.format) ?? '')
  const axis_config = { categories, ...(unit && { y_label: cut(unit, limits.chartAxis) }) }
  const all = [...(part ? [`The chart shows the ${lower(part)}.`] : []), ...notes]
  return entitled(chart, { drawn: { type, series, axis_config }, part, notes: all })
}

const isWhole = ({ values }: { values: (number | null)[] }) => values.every(v => v !== null && Number.isFinite(v))

const valueAt = ({ points }: Series) => {
  const values = new Map(points.map(p => [p.at, p.value]))
  return (at: string) => values.get(at) ?? null
}

type Untitled = { drawn: DataVisualizationBlock['chart']; part?: string; notes: string[] }

/** Under the words below the headline, since the headline stands above: as many of them as fit whole, the others become a note. */
const entitled = ({ subtitle, title }: Chart, { drawn, part, notes }: Untitled): NativeChart => {
  const said = plainText(subtitle) || plainText(title) || 'Chart'
  const words = [...(part ? [part] : []), ...said.split(' · ')]
  const fits = words.filter((_, i) => words.slice(0, i + 1).join(' · ').length <= limits.chartTitle)
  const rest = words.slice(fits.length)
  const titled = fits.length > (part ? 1 : 0)
  const note = [...(titled && rest.length > 0 ? [`${rest.join(' · ')}.`] : []), ...notes].join(' ')
  return {
    block: {
      type: 'data_visualization',
      title: cut((titled ? fits : words).join(' · '), limits.chartTitle),
      chart: drawn,
    },
    titled,
    ...(note && { note }),
  }
}

/** Names that fit and differ: what is alike once it is cut gets a number. */
const unlike = (names: string[]): string[] => {
  const taken = new Set<string>()
  return names.map(name => {
    const plain = plainText(name) || nothing
    let free = cut(plain, limits.chartLabel)
    for (let n = 2; taken.has(free); n++) free = `${cut(plain, limits.chartLabel - ` ${n}`.length)} ${n}`
    taken.add(free)
    return free
  })
}

/** Slack writes numbers as they are: a rate of 0.12 is given as 12, with "%" beside the axis. */
const scaled = (value: number, { kind }: Format) => (kind === 'percent' ? Number((value * 100).toPrecision(12)) : value)

const unitOf = ({ kind, currency, unit }: Format): string | undefined =>
  ({ percent: '%', duration: 'seconds', currency: currency ?? 'USD', number: unit, integer: unit })[kind]

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
