import type { HistogramChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { axisTop, numbersBelow, tickType, valueAxis, valueTicks } from './axes.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { isNumber, short } from './number.ts'
import { linear, type Scale } from './scale.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

const counts: Format = { kind: 'integer' }
const mostBins = 120

/** How many fall into each stretch of values: touching bars, edges named below, counts on top where they fit, else a count axis. */
export const histogram = (chart: HistogramChart, look: Look): Sketch => {
  const read = chart.bins.filter(
    b => isNumber(b.from) && isNumber(b.to) && isNumber(b.count) && b.count >= 0 && b.to >= b.from,
  )
  const bins = [...read].sort((a, b) => a.from - b.from).slice(0, mostBins)
  if (bins.length === 0 || bins.every(b => b.count === 0)) return nothing(chart, look)
  const note = read.length > mostBins ? `${read.length - mostBins} more bins not shown.` : ''
  const { box: outer, ...head } = frame(chart, look, { note })
  const { box, axis, direct } = countAxis(bins, outer, look)
  const edges = edgesOf(bins)
  const places = placesOf(edges, box)
  const gap = bins.length > 60 ? 0.5 : 1.5
  const bars = bins.map(bin => barRow(bin, { ...places, y: axis.y, gap, base: box.bottom }))
  const line = { x: box.left, x2: box.right, y: box.bottom }
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
      { type: 'rule', name: 'axis', rows: [line], style: { stroke: look.axis } },
    ],
    labels: [
      ...head.labels,
      ...axis.labels,
      ...edgeLabels(edges, chart.x.format, { x: places.x, box, look }),
      ...(direct ? bars.map(bar => countLabel(bar, look)) : []),
      axisTitle(chart.x.label, box, look),
    ],
  }
}

type Bin = HistogramChart['bins'][number]

const countAxis = (bins: Bin[], outer: Box, look: Look): { box: Box; axis: Sketch & { y: Scale }; direct: boolean } => {
  const written = bins.map(b => short(b.count, counts))
  const direct = widest(written, valueType) <= (outer.right - outer.left) / bins.length - 4
  const most = Math.max(...bins.map(b => b.count))
  const inner = { ...outer, bottom: outer.bottom - 44, right: outer.right - 16 }
  if (direct) {
    const box = { ...inner, top: inner.top + 18, left: inner.left + 12 }
    return { box, direct, axis: { layers: [], labels: [], y: linear([0, most], [box.bottom, box.top]) } }
  }
  const marks = valueTicks([0, most], counts)
  const box = { ...inner, top: inner.top + axisTop, left: inner.left + marks.room }
  return { box, direct, axis: valueAxis(marks, box, look) }
}

const valueType = { size: size.small, weight: 600 }

const edgesOf = (bins: Bin[]): number[] => [...new Set(bins.flatMap(b => [b.from, b.to]))].sort((a, b) => a - b)

/** Where values lie; a single value, which has no stretch, gets one narrow bar in the middle. */
const placesOf = (edges: number[], box: Box): { x: Scale; alone: boolean } => {
  const middle = (box.left + box.right) / 2
  if (edges.length === 1) return { x: () => middle, alone: true }
  return { x: linear([edges[0] ?? 0, edges.at(-1) ?? 1], [box.left, box.right]), alone: false }
}

const barRow = (
  bin: Bin,
  { x, alone, y, gap, base }: { x: Scale; alone: boolean; y: Scale; gap: number; base: number },
): Row => {
  const [left, right] = alone ? [x(bin.from) - 45, x(bin.from) + 45] : [x(bin.from), x(bin.to)]
  return {
    x: left + gap / 2,
    width: Math.max(1, right - left - gap),
    y: y(bin.count),
    height: base - y(bin.count),
    ...bin,
  }
}

const edgeLabels = (edges: number[], format: Format, { x, box, look }: { x: Scale; box: Box; look: Look }): Label[] => {
  const labels = numbersBelow(edges, format, { x, y: box.bottom + 16, look })
  const strides = [1, 2, 4, 5, 8, 10, 20, 40].map(stride => labels.filter((_, i) => i % stride === 0))
  return strides.find(apart) ?? labels.slice(0, 1)
}

const apart = (labels: Label[]): boolean =>
  labels.every((label, i) => {
    const next = labels[i + 1]
    const half = (l: Label) => textWidth(l.text, tickType.size, tickType.weight) / 2
    return !next || next.x - label.x >= half(label) + half(next) + 12
  })

const countLabel = (bar: Row, look: Look): Label => ({
  ...{
    x: Number(bar.x) + Number(bar.width) / 2,
    y: Number(bar.y) - 10,
    text: short(Number(bar.count), counts),
    ...valueType,
  },
  ...{ fill: look.text, align: 'center', role: 'value' },
})

const axisTitle = (text: string, box: Box, look: Look): Label => ({
  ...{ x: box.right, y: box.bottom + 37, text: shorten(text, 400, valueType), size: size.small, weight: 500 },
  ...{ fill: look.faint, align: 'right', role: 'axis-title' },
})
