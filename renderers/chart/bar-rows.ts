import type { BarChart } from '#src/vocabulary/chart.ts'
import { type Bars, barSpan, type Group, largest, type Part } from './bar-data.ts'
import { readable } from './colour.ts'
import { type Box, frame } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { short } from './number.ts'
import { linear, type Scale } from './scale.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

type Settings = { look: Look; legend: { name: string; colour: string }[] }

/** Lying bars: names at the left, values at the ends, no axis. The largest that fit are shown, and the note says how many are not. */
export const rows = (chart: BarChart, bars: Bars, { look, legend }: Settings): Sketch => {
  const lanes = bars.layout === 'grouped' ? bars.series.length : 1
  const need = lanes === 1 ? 19 : lanes * 10 + 7
  const without = frame(chart, look, { legend, note: bars.note })
  const count = Math.floor((without.box.bottom - without.box.top + 4) / need)
  const groups = largest(bars, count)
  const hidden = bars.groups.length - groups.length
  const { box, ...head } = hidden > 0 ? frame(chart, look, { legend, note: noteOf(bars, hidden) }) : without
  const fitted = hidden > 0 ? largest(bars, Math.floor((box.bottom - box.top + 4) / need)) : groups
  const all =
    hidden > 0
      ? frame(chart, look, { legend, note: noteOf(bars, bars.groups.length - fitted.length) })
      : { ...head, box }
  const plan = planOf(fitted, bars, { box: all.box, look, lanes })
  const parts = fitted.map((group, i) => groupSketch(group, i, plan))
  return {
    layers: [...all.layers, { type: 'rect', name: 'bars', rows: parts.flatMap(p => p.rows) }, zeroLine(plan)],
    labels: [...all.labels, ...parts.flatMap(p => p.labels)],
  }
}

const noteOf = ({ note }: Bars, hidden: number): string =>
  [`${hidden} more not shown.`, note].filter(x => x !== '').join(' ')

type Plan = {
  bars: Bars
  look: Look
  box: Box
  x: Scale
  left: number
  right: number
  top: number
  step: number
  lane: number
  lanes: number
  nameType: { size: number; weight: number }
  valueType: { size: number; weight: number }
  namesRight: number
  negative: boolean
}

const planOf = (groups: Group[], bars: Bars, { box, look, lanes }: { box: Box; look: Look; lanes: number }): Plan => {
  const room = box.bottom - box.top
  const step = Math.min(room / groups.length, lanes === 1 ? 64 : 30 + lanes * 22)
  const lane = lanes === 1 ? Math.min(30, Math.max(11, step * 0.52)) : Math.min(24, (step * 0.82) / lanes)
  const nameType = { size: step < 23 ? size.small : size.label, weight: 500 }
  const valueType = {
    size: lanes === 1 ? nameType.size : Math.max(11.5, Math.min(size.label, lane * 0.86)),
    weight: 600,
  }
  const texts = groups.flatMap(group => valueTexts(group, bars))
  const valueRoom =
    widest(
      texts.map(t => t.text),
      valueType,
    ) + 9
  const [low, high] = barSpan(groups)
  const negative = low < 0
  const nameRoom = Math.min(
    210,
    widest(
      groups.map(g => g.name),
      nameType,
    ),
  )
  const namesRight = box.left + nameRoom
  const left = namesRight + 8 + (negative ? valueRoom : 0)
  const right = box.right - (high > 0 || !negative ? valueRoom : 10)
  const spare = room - step * groups.length
  const top = box.top + (groups.length <= 3 ? spare * 0.4 : 0)
  return {
    ...{ bars, look, box, left, right, top, step, lane, lanes, nameType, valueType, namesRight, negative },
    x: low === high ? () => left : linear([low, high], [left, right]),
  }
}

const valueTexts = (group: Group, { layout, format }: Bars): { text: string; value: number | null }[] =>
  layout === 'stacked'
    ? [{ text: short(group.total, format), value: group.total }]
    : group.parts.map(part => ({ text: short(part.value, format), value: part.value }))

const groupSketch = (group: Group, i: number, plan: Plan): { rows: Row[]; labels: Label[] } => {
  const middle = plan.top + (i + 0.5) * plan.step
  const name: Label = {
    x: plan.namesRight,
    y: middle,
    text: shorten(group.name, plan.namesRight - plan.box.left + 1, plan.nameType),
    ...plan.nameType,
    fill: plan.look.text,
    align: 'right',
    role: 'name',
  }
  const laneMiddle = (lane: number) => middle + (lane - (plan.lanes - 1) / 2) * plan.lane
  const rows = group.parts.flatMap((part, s) => barRow(group, part, laneMiddle(plan.lanes === 1 ? 0 : s), plan))
  const ends = valueTexts(group, plan.bars).map((t, s) => valueLabel(group, t, { y: laneMiddle(s), s, plan }))
  return { rows, labels: [name, ...ends, ...segmentLabels(group, middle, plan)] }
}

const barRow = (group: Group, part: Part, middle: number, { x, lane, bars, look }: Plan): Row[] => {
  if (part.value === null || part.value === 0) return []
  const [a, b] = [x(part.from), x(part.to)]
  const thick = bars.layout === 'grouped' ? lane - 1.5 : lane
  const gap = bars.layout === 'stacked' ? 1 : 0
  const radius = bars.layout === 'stacked' ? 1.5 : 3
  const [near, far] = part.value < 0 ? [radius, 0] : [0, radius]
  return [
    {
      x: Math.min(a, b),
      width: Math.max(1, Math.abs(b - a) - gap),
      y: middle - thick / 2,
      height: thick,
      fill: part.colour ?? look.primary,
      ...{
        cornerRadiusTopLeft: near,
        cornerRadiusBottomLeft: near,
        cornerRadiusTopRight: far,
        cornerRadiusBottomRight: far,
      },
      ...{ name: group.name, series: part.series, value: part.value },
    },
  ]
}

const valueLabel = (
  group: Group,
  { text, value }: { text: string; value: number | null },
  { y, s, plan }: { y: number; s: number; plan: Plan },
): Label => {
  const parts = plan.bars.layout === 'stacked' ? group.parts : group.parts.slice(s, s + 1)
  const end =
    value !== null && value < 0 ? Math.min(...parts.map(p => plan.x(p.to))) : Math.max(...parts.map(p => plan.x(p.to)))
  const below = value !== null && value < 0
  return {
    x: end + (below ? -7 : 7),
    y,
    text,
    ...plan.valueType,
    fill: value === null ? plan.look.faint : plan.look.text,
    align: below ? 'right' : 'left',
    role: 'value',
  }
}

const segmentLabels = (group: Group, y: number, { bars, x, lane }: Plan): Label[] => {
  if (bars.layout !== 'stacked' || lane < 16) return []
  const type = { size: 12.5, weight: 600 }
  return group.parts.flatMap(part => {
    const text = short(part.value, bars.format)
    const [a, b] = [x(part.from), x(part.to)]
    if (part.value === null || textWidth(text, type.size, type.weight) > Math.abs(b - a) - 10) return []
    const fill = readable(part.colour, ['#0F172A', '#FFFFFF'])
    return [{ x: (a + b) / 2, y, text, ...type, fill, align: 'center', role: 'segment' }]
  })
}

const zeroLine = ({ negative, x, top, step, look, bars, box }: Plan) => ({
  type: 'rule' as const,
  name: 'zero',
  rows: negative ? [{ x: x(0), y: top, y2: Math.min(box.bottom, top + step * bars.groups.length) }] : [],
  style: { stroke: look.axis, strokeWidth: 1 },
})
