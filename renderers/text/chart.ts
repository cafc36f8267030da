import type { Chart, KpiChart, TimePoint } from '#src/vocabulary/chart.ts'
import { type Format, formatShort } from '#src/vocabulary/format.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import { sparkline } from './bars.ts'
import { bucketText } from './bucket.ts'
import { diagramLines } from './diagram.ts'
import type { Ink } from './ink.ts'
import { cells, cut, hang, padEnd, wrap } from './measure.ts'

export type ChartStyle = { width: number; ink: Ink }

/** What of a chart a terminal can draw: values over time as sparklines. Other kinds stand as bars in the table. */
export const chartLines = (chart: Chart, style: ChartStyle): string[] => {
  switch (chart.kind) {
    case 'kpi':
      return [...changeLine(chart, style), ...sparkLines([{ name: '', points: chart.sparkline ?? [] }], chart, style)]
    case 'line':
      return [...sparkLines(chart.series, chart, style), ...forecastLine(chart, style)]
    case 'area':
      return sparkLines(chart.series, chart, style)
    case 'facet':
      return sparkLines(chart.panels, chart, style)
    case 'diagram':
      return diagramLines(chart, style)
    case 'tiles':
    case 'bar':
    case 'donut':
    case 'scatter':
    case 'heatmap':
    case 'histogram':
    case 'tilemap':
    case 'table':
      return []
  }
}

const mostSeries = 6
const widestName = 24
const widestSpark = 60
const narrowestSpark = 8

type Timed = { format: Format; grain?: Grain }

const sparkLines = (series: { name: string; points: TimePoint[] }[], timed: Timed, { width, ink }: ChartStyle) => {
  const drawable = series.filter(({ points }) => points.filter(p => p.value !== null).length > 1)
  const longest = Math.max(0, ...drawable.map(s => cells(s.name)))
  const names = drawable.length > 1 ? Math.min(widestName, longest, Math.floor(width / 3)) + 2 : 0
  const lines = drawable.slice(0, mostSeries).flatMap(({ name, points }) => {
    const title = names > 0 ? padEnd(cut(name, names - 2), names) : ''
    return sparkLine(title, points, { timed, width, ink })
  })
  const more = drawable.length - mostSeries
  return more > 0 ? [...lines, ink.dim(`… ${more} more`)] : lines
}

/** The range stands beside the sparkline, or below it where there is no room. */
const sparkLine = (
  title: string,
  points: TimePoint[],
  { timed, width, ink }: ChartStyle & { timed: Timed },
): string[] => {
  const values = points.map(p => p.value)
  const range = rangeText(points, timed)
  const left = width - cells(title)
  const beside = left - cells(range) - 2
  if (beside >= narrowestSpark) {
    const spark = sparkline(values, Math.min(widestSpark, beside))
    return [`${title}${ink.blue(spark)}  ${ink.dim(range)}`]
  }
  const below = hang(' '.repeat(cells(title)), range, width)
  return [title + ink.blue(sparkline(values, Math.min(widestSpark, left))), ...below.map(ink.dim)]
}

const rangeText = (points: TimePoint[], { format, grain }: Timed) => {
  const known = points.flatMap(({ at, value }) => (value === null ? [] : [{ at, value }]))
  const low = known.reduce((a, b) => (b.value < a.value ? b : a))
  const high = known.reduce((a, b) => (b.value > a.value ? b : a))
  const said = ({ at, value }: { at: string; value: number }) =>
    `${formatShort(value, format)} (${bucketText(at, grain)})`
  return `low ${said(low)}, high ${said(high)}`
}

const forecastLine = ({ forecast, format, grain }: Extract<Chart, { kind: 'line' }>, { ink, width }: ChartStyle) => {
  const last = forecast?.points.at(-1)
  if (!last) return []
  const band = `${formatShort(last.low90, format)} and ${formatShort(last.high90, format)}`
  const text = `Forecast to ${bucketText(last.at, grain)}: ${formatShort(last.value, format)} (90% between ${band})`
  return wrap(text, width).map(ink.dim)
}

const changeLine = ({ change }: KpiChart, { ink, width }: ChartStyle) => {
  if (!change) return []
  const rising = change.ratio >= 0
  const tone = change.good === 'neutral' ? ink.dim : rising === (change.good === 'up') ? ink.green : ink.red
  const text = `${rising ? '▲' : '▼'} ${formatShort(Math.abs(change.ratio), { kind: 'percent' })} vs ${change.versus}`
  return wrap(text, width).map(tone)
}
