import type { BarChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { textWidth } from './glyph-widths.ts'
import { isNumber } from './number.ts'
import { named } from './text.ts'
import { type Look, seriesColour, size } from './theme.ts'

/** One category with a part per series. `from` and `to` are where the part's bar begins and ends on the value axis. */
export type Group = { name: string; parts: Part[]; total: number | null }
export type Part = { value: number | null; from: number; to: number; colour: string; series: string }

export type Bars = {
  layout: BarChart['layout']
  groups: Group[]
  series: { name: string; colour: string }[]
  format: Format
  note: string
  highlight: string | undefined
}

export const mostBarSeries = 12

/** A bar chart's values with their places on the value axis and their colours. */
export const readBars = (chart: BarChart, look: Look): Bars => {
  const series = chart.series.slice(0, mostBarSeries)
  const layout = series.length <= 1 ? 'single' : chart.layout === 'single' ? 'grouped' : chart.layout
  const colour = colourOf(chart, look, layout)
  const groups = chart.categories.map((name, c) => {
    const values = series.map(s => s.values[c]).map(v => (isNumber(v) ? v : null))
    const parts = layout === 'stacked' ? stacked(values) : values.map(value => ({ value, from: 0, to: value ?? 0 }))
    const known = values.filter(v => v !== null)
    return {
      name: named(name),
      parts: parts.map((part, s) => ({ ...part, colour: colour(name, s, c), series: series[s]?.name ?? '' })),
      total: known.length > 0 ? known.reduce((a, b) => a + b, 0) : null,
    }
  })
  return {
    layout,
    groups,
    series: series.map((s, i) => ({ name: named(s.name), colour: seriesColour(look, i) })),
    format: chart.format,
    note: chart.other ? `Other: ${chart.other}` : '',
    highlight: chart.highlight,
  }
}

/** Lowest and highest place of any bar, zero included. */
export const barSpan = (groups: readonly Group[]): [number, number] => {
  const ends = groups.flatMap(group => group.parts.flatMap(part => [part.from, part.to]))
  return [Math.min(0, ...ends), Math.max(0, ...ends)]
}

/** The `count` groups of largest size in the order given; the highlighted one always stays. */
export const largest = ({ groups, highlight }: Bars, count: number): Group[] => {
  if (groups.length <= count) return groups
  const weight = (group: Group) =>
    group.name === highlight
      ? Number.POSITIVE_INFINITY
      : group.parts.reduce((sum, p) => sum + Math.abs(p.value ?? 0), 0)
  const kept = new Set([...groups].sort((a, b) => weight(b) - weight(a)).slice(0, Math.max(1, count)))
  return groups.filter(group => kept.has(group))
}

/** Whether the bars may stand: names fit below them on one line, and they are at most six or in a natural order. */
export const columnsFit = ({ groups, layout, series }: Bars): boolean => {
  const step = (size.width - 2 * size.margin - 30) / groups.length
  const perBar = layout === 'grouped' ? step / (series.length + 0.6) : step * 0.7
  const narrow = groups.every(group => textWidth(group.name, size.label, 500) <= step - 4)
  const natural = groups.length <= 31 && groups.every(group => inOrder.test(group.name))
  return perBar >= 7 && (groups.length <= 6 ? narrow : natural)
}

const inOrder =
  /^(\d{1,4}|\d{1,2}:00|(mon|tue|wed|thu|fri|sat|sun)[a-z]*|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*( '?\d{2,4})?|q[1-4]( '?\d{2,4})?|w\d{1,2})$/i

const stacked = (values: (number | null)[]): { value: number | null; from: number; to: number }[] => {
  let [up, down] = [0, 0]
  return values.map(value => {
    const amount = value ?? 0
    const from = amount < 0 ? down : up
    if (amount < 0) down += amount
    else up += amount
    return { value, from, to: from + amount }
  })
}

const colourOf =
  (chart: BarChart, look: Look, layout: BarChart['layout']) =>
  (name: string, s: number, c: number): string => {
    if (layout !== 'single') return seriesColour(look, s)
    if (chart.other && c === chart.categories.length - 1) return look.muted
    return chart.highlight === undefined || chart.highlight === name ? look.primary : look.tint
  }
