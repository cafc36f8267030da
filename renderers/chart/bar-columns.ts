import type { BarChart } from '#src/vocabulary/chart.ts'
import { axisTop, valueAxis, valueTicks } from './axes.ts'
import { type Bars, barSpan, type Group, type Part } from './bar-data.ts'
import { readable } from './colour.ts'
import { type Box, frame } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { short } from './number.ts'
import { linear, type Scale } from './scale.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { widest } from './text.ts'
import { type Look, size } from './theme.ts'

type Settings = { look: Look; legend: { name: string; colour: string }[] }
const widestLane = 58
const valueType = { size: size.label, weight: 600 }
const nameType = { size: size.label, weight: 500 }

/** Standing bars: names below, values on top where they fit, else a value axis. */
export const columns = (chart: BarChart, bars: Bars, { look, legend }: Settings): Sketch => {
  const { box: outer, ...head } = frame(chart, look, { legend, note: bars.note })
  const inner = { ...outer, top: outer.top + 22, bottom: outer.bottom - 26 }
  const lanes = bars.layout === 'grouped' ? bars.series.length : 1
  const direct = valuesFit(bars, { width: inner.right - inner.left, lanes })
  const [low, high] = barSpan(bars.groups)
  const marks = valueTicks([low, high], bars.format)
  const box: Box = direct
    ? { ...inner, bottom: inner.bottom - (low < 0 ? 20 : 0) }
    : { ...inner, top: outer.top + axisTop, left: inner.left + marks.room }
  const axis = direct
    ? { layers: [], labels: [], y: linear([low, low === high ? 1 : high], [box.bottom, box.top]) }
    : valueAxis(marks, box, look)
  const plan: Plan = { bars, look, y: axis.y, direct, lanes, ...lanesOf(box, bars.groups.length, lanes) }
  const groups = bars.groups.map((group, i) => groupSketch(group, i, plan))
  const names = nameLabels(bars.groups, plan, inner.bottom + 17)
  return {
    layers: [
      ...head.layers,
      ...axis.layers,
      { type: 'rect', name: 'bars', rows: groups.flatMap(g => g.rows) },
      {
        type: 'rule',
        name: 'zero',
        rows: [{ x: box.left, x2: box.right, y: axis.y(0) }],
        style: { stroke: look.axis },
      },
    ],
    labels: [...head.labels, ...axis.labels, ...groups.flatMap(g => g.labels), ...names],
  }
}

type Plan = {
  bars: Bars
  look: Look
  y: Scale
  direct: boolean
  lanes: number
  lane: number
  step: number
  left: number
}

const lanesOf = ({ left, right }: Box, count: number, lanes: number): { left: number; step: number; lane: number } => {
  const step = Math.min((right - left) / count, lanes === 1 ? 140 : 80 + lanes * 50)
  const lane = lanes === 1 ? Math.min(72, step * 0.64) : Math.min(widestLane, (step * 0.8) / lanes)
  return { left: left + (right - left - step * count) / 2, step, lane }
}

const valuesFit = ({ groups, layout, format }: Bars, { width, lanes }: { width: number; lanes: number }): boolean => {
  const step = width / groups.length
  const room = layout === 'grouped' ? Math.min(widestLane, (step * 0.8) / lanes) : step
  const texts = groups
    .flatMap(g => (layout === 'stacked' ? [g.total] : g.parts.map(p => p.value)))
    .map(v => short(v, format))
  return widest(texts, valueType) <= room - 6
}

const groupSketch = (group: Group, i: number, plan: Plan): { rows: Row[]; labels: Label[] } => {
  const middle = plan.left + (i + 0.5) * plan.step
  const at = (s: number) => middle + (s - (plan.lanes - 1) / 2) * plan.lane
  const rows = group.parts.flatMap((part, s) => barRow(group, part, at(plan.lanes === 1 ? 0 : s), plan))
  if (plan.bars.layout === 'stacked')
    return { rows, labels: [...totalLabel(group, middle, plan), ...segmentLabels(group, middle, plan)] }
  const labels = plan.direct
    ? group.parts.map((part, s) => valueLabel(part.value, { x: at(s), y: plan.y(part.to), plan }))
    : []
  return { rows, labels }
}

const barRow = (group: Group, part: Part, middle: number, { y, lane, bars }: Plan): Row[] => {
  if (part.value === null || part.value === 0) return []
  const [a, b] = [y(part.from), y(part.to)]
  const thick = bars.layout === 'grouped' ? lane - 2 : lane
  const gap = bars.layout === 'stacked' ? 1 : 0
  const radius = Math.min(thick / 4, bars.layout === 'stacked' ? 1.5 : 3)
  const height = Math.max(1, Math.abs(b - a) - gap)
  const [top, bottom] = part.value < 0 ? [0, radius] : [radius, 0]
  return [
    {
      x: middle - thick / 2,
      width: thick,
      y: part.value < 0 ? a : a - height - gap,
      height,
      fill: part.colour,
      ...{
        cornerRadiusTopLeft: top,
        cornerRadiusTopRight: top,
        cornerRadiusBottomLeft: bottom,
        cornerRadiusBottomRight: bottom,
      },
      ...{ name: group.name, series: part.series, value: part.value },
    },
  ]
}

const valueLabel = (value: number | null, { x, y, plan }: { x: number; y: number; plan: Plan }): Label => ({
  x,
  y: y + (value !== null && value < 0 ? 12 : -11),
  text: short(value, plan.bars.format),
  ...valueType,
  fill: value === null ? plan.look.faint : plan.look.text,
  align: 'center',
  role: 'value',
})

const totalLabel = (group: Group, x: number, plan: Plan): Label[] => {
  const top = Math.min(...group.parts.map(part => plan.y(part.to)), plan.y(0))
  return plan.direct ? [{ ...valueLabel(group.total, { x, y: top, plan }), y: top - 11 }] : []
}

const segmentLabels = (group: Group, x: number, { bars, y, lane }: Plan): Label[] => {
  const type = { size: 12.5, weight: 600 }
  return group.parts.flatMap(part => {
    const text = short(part.value, bars.format)
    const [a, b] = [y(part.from), y(part.to)]
    if (part.value === null || Math.abs(b - a) < 18 || textWidth(text, type.size, type.weight) > lane - 6) return []
    const fill = readable(part.colour, ['#0F172A', '#FFFFFF'])
    return [{ x, y: (a + b) / 2, text, ...type, fill, align: 'center', role: 'segment' }]
  })
}

const nameLabels = (groups: Group[], { left, step, look }: Plan, y: number): Label[] => {
  const width = Math.max(...groups.map(g => textWidth(g.name, nameType.size, nameType.weight)))
  const every = Math.ceil((width + 6) / step)
  return groups.flatMap((group, i) =>
    i % every === 0
      ? [
          {
            x: left + (i + 0.5) * step,
            y,
            text: group.name,
            ...nameType,
            fill: look.text,
            align: 'center',
            role: 'name',
          },
        ]
      : [],
  )
}
