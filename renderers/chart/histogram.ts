import type { HistogramChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { valueAxis, valueTicks } from './axes.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { isNumber, short, tickLabels } from './number.ts'
import { linear } from './scale.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

const counts: Format = { kind: 'integer' }
const mostBins = 120
const tickType = { size: size.label, weight: 500 }

/** How many fall into each stretch of values: touching bars, edges named below, counts on top where they fit, else a count axis. */
export const histogram = (chart: HistogramChart, look: Look): Sketch => {
  const read = chart.bins.filter(b => isNumber(b.from) && isNumber(b.to) && isNumber(b.count) && b.to >= b.from)
  const bins = [...read].sort((a, b) => a.from - b.from).slice(0, mostBins)
  if (bins.length === 0 || bins.every(b => b.count === 0)) return nothing(chart, look)
  const note = read.length > mostBins ? `${read.length - mostBins} more bins not shown.` : ''
  const { box: outer, ...head } = frame(chart, look, { note })
  const direct =
    widest(
      bins.map(b => short(b.count, counts)),
      valueType,
    ) <=
    (outer.right - outer.left) / bins.length - 4
  const marks = valueTicks([0, Math.max(...bins.map(b => b.count))], counts)
  const inner = { ...outer, bottom: outer.bottom - 44 }
  const box: Box = direct
    ? { ...inner, top: inner.top + 16, left: inner.left + 12, right: inner.right - 12 }
    : { ...inner, top: inner.top + 4, left: inner.left + marks.room, right: inner.right - 12 }
  const domain: [number, number] = [0, direct ? Math.max(...bins.map(b => b.count)) : (marks.values.at(-1) ?? 1)]
  const axis = direct
    ? { layers: [], labels: [], y: linear(domain, [box.bottom, box.top]) }
    : valueAxis(marks, box, look)
  const edges = edgesOf(bins)
  const x = linear([edges[0] ?? 0, edges.at(-1) ?? 1], [box.left, box.right])
  const bars = bins.map((bin): Row => {
    const to = bin.to === bin.from ? (edges.at(-1) ?? bin.to) : bin.to
    const width = Math.max(1, x(to) - x(bin.from) - (bins.length > 60 ? 0.5 : 1.5))
    return { x: x(bin.from) + 0.75, width, y: axis.y(bin.count), height: box.bottom - axis.y(bin.count), ...bin }
  })
  return {
    layers: [
      ...head.layers,
      ...axis.layers,
      {
        type: 'rect',
        name: 'bars',
        rows: bars.filter(b => b.count !== 0),
        style: { fill: look.primary, cornerRadiusTopLeft: 2, cornerRadiusTopRight: 2 },
      },
      {
        type: 'rule',
        name: 'axis',
        rows: [{ x: box.left, x2: box.right, y: box.bottom }],
        style: { stroke: look.axis },
      },
    ],
    labels: [
      ...head.labels,
      ...axis.labels,
      ...edgeLabels(edges, chart.x.format, { x, box, look }),
      ...(direct ? bins.map((bin, i) => countLabel(bin.count, bars[i] ?? {}, look)) : []),
      axisTitle(chart.x.label, box, look),
    ],
  }
}

const valueType = { size: size.small, weight: 600 }

const edgesOf = (bins: { from: number; to: number }[]): number[] => {
  const edges = [...new Set(bins.flatMap(b => [b.from, b.to]))].sort((a, b) => a - b)
  const only = edges[0] ?? 0
  return edges.length === 1 ? [only, only + (Math.abs(only) || 1)] : edges
}

const edgeLabels = (
  edges: number[],
  format: Format,
  { x, box, look }: { x: (v: number) => number; box: Box; look: Look },
): Label[] => {
  const texts = tickLabels(edges, format)
  const labels: Label[] = []
  let free = 0
  for (const [i, edge] of edges.entries()) {
    const text = texts[i] ?? ''
    const half = textWidth(text, tickType.size, tickType.weight) / 2
    const middle = Math.min(size.width - 8 - half, Math.max(8 + half, x(edge)))
    if (middle - half < free) continue
    free = middle + half + 14
    labels.push({ x: middle, y: box.bottom + 16, text, ...tickType, fill: look.soft, align: 'center', role: 'tick' })
  }
  return labels
}

const countLabel = (count: number, bar: Row, look: Look): Label => ({
  ...{ x: Number(bar.x) + Number(bar.width) / 2, y: Number(bar.y) - 10, text: short(count, counts), ...valueType },
  ...{ fill: look.text, align: 'center', role: 'value' },
})

const axisTitle = (text: string, box: Box, look: Look): Label => ({
  ...{ x: box.right, y: box.bottom + 37, text: shorten(text, 400, valueType), size: size.small, weight: 500 },
  ...{ fill: look.faint, align: 'right', role: 'axis-title' },
})
