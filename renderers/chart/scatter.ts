import type { ScatterChart } from '#src/vocabulary/chart.ts'
import { numbersBelow, tickType, valueAxis, valueTicks } from './axes.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { isNumber, tickLabels } from './number.ts'
import { linear, type Scale, ticks } from './scale.ts'
import type { Label, Sketch } from './spec.ts'
import { shorten } from './text.ts'
import { type Look, size } from './theme.ts'

const mostPoints = 3000
const nameType = { size: size.small, weight: 500 }

/** Points by two measures, both axes named; the ones that stand out are named where there is room. */
export const scatter = (chart: ScatterChart, look: Look): Sketch => {
  const read = chart.points.filter(p => isNumber(p.x) && isNumber(p.y))
  if (read.length === 0) return nothing(chart, look)
  const every = Math.ceil(read.length / mostPoints)
  const points = read.filter((_, i) => i % every === 0)
  const note = every > 1 ? `Every ${ordinal(every)} of ${read.length.toLocaleString('en-US')} points shown.` : ''
  const { box: outer, ...head } = frame(chart, look, { note })
  const marks = valueTicks(padded(points.map(p => p.y)), chart.y.format)
  const box: Box = {
    left: outer.left + marks.room,
    top: outer.top + 27,
    right: outer.right - 8,
    bottom: outer.bottom - 44,
  }
  const grid = valueAxis(marks, box, look)
  const across = bottomAxis(chart, padded(points.map(p => p.x)), { box, look })
  const dots = points.map(p => ({ x: across.x(p.x), y: grid.y(p.y), name: p.name, xValue: p.x, yValue: p.y }))
  const radius = points.length > 400 ? 2.2 : points.length > 80 ? 3.5 : 5
  return {
    layers: [
      ...head.layers,
      ...grid.layers,
      ...across.layers,
      {
        type: 'symbol',
        name: 'points',
        rows: dots,
        style: {
          ...{ fill: look.primary, fillOpacity: points.length > 400 ? 0.45 : 0.8, size: Math.PI * radius * radius },
          ...{ stroke: look.background, strokeWidth: points.length > 400 ? 0 : 1 },
        },
      },
    ],
    labels: [
      ...head.labels,
      ...grid.labels,
      ...across.labels,
      titleOf(chart.y.label, outer, look),
      ...names(dots, { box, look, radius }),
    ],
  }
}

const ordinal = (n: number): string => `${n}${n === 2 ? 'nd' : n === 3 ? 'rd' : 'th'}`

const padded = (values: number[]): [number, number] => {
  const [low, high] = values.reduce<[number, number]>(
    ([a, b], v) => [Math.min(a, v), Math.max(b, v)],
    [Infinity, -Infinity],
  )
  if (low === high) return [Math.min(0, low), Math.max(0, high)]
  return low >= 0 && low < high * 0.5 ? [0, high] : [low, high]
}

const titleOf = (label: string, outer: Box, look: Look): Label => ({
  ...{ x: outer.left, y: outer.top + 5, text: shorten(label, 300, nameType), ...nameType },
  ...{ fill: look.faint, role: 'axis-title' },
})

const bottomAxis = (
  chart: ScatterChart,
  span: [number, number],
  { box, look }: { box: Box; look: Look },
): Sketch & { x: Scale } => {
  const { values, domain } = fitted(span, chart, box)
  const x = linear(domain, [box.left + 6, box.right])
  const labels = numbersBelow(values, chart.x.format, { x, y: box.bottom + 17, look })
  const title: Label = {
    ...{ x: box.right, y: box.bottom + 38, text: shorten(chart.x.label, 400, nameType), ...nameType },
    ...{ fill: look.faint, align: 'right', role: 'axis-title' },
  }
  const base = {
    type: 'rule',
    name: 'axis',
    rows: [{ x: box.left, x2: box.right, y: box.bottom }],
    style: { stroke: look.axis },
  } as const
  const marks = values.map(value => ({ x: x(value), y: box.bottom, y2: box.bottom + 5 }))
  return {
    x,
    labels: [...labels, title],
    layers: [
      { ...base, rows: [...base.rows] },
      { type: 'rule', name: 'ticks', rows: marks, style: { stroke: look.axis } },
    ],
  }
}

const fitted = ([low, high]: [number, number], chart: ScatterChart, box: Box) => {
  const tries = [7, 5, 4, 3, 2].map(count => ticks(low, high, { count, format: chart.x.format }))
  const fits = ({ values }: { values: number[] }) => {
    const widths = tickLabels(values, chart.x.format).map(text => textWidth(text, tickType.size, tickType.weight) + 14)
    return Math.max(...widths) * (values.length - 1) <= box.right - box.left
  }
  return tries.find(fits) ?? { values: [low, high], domain: [low, high] as [number, number] }
}

type Dot = { x: number; y: number; name: string }

const names = (dots: Dot[], { box, look, radius }: { box: Box; look: Look; radius: number }): Label[] => {
  const centre = { x: mean(dots.map(d => d.x)), y: mean(dots.map(d => d.y)) }
  const far = (d: Dot) =>
    ((d.x - centre.x) / (box.right - box.left)) ** 2 + ((d.y - centre.y) / (box.bottom - box.top)) ** 2
  const chosen = (dots.length > 80 ? [] : dots)
    .filter(d => d.name !== '')
    .sort((a, b) => far(b) - far(a))
    .slice(0, dots.length <= 20 ? 20 : 6)
  const taken: Area[] = dots.map(d => [d.x - radius, d.y - radius, d.x + radius, d.y + radius])
  return chosen.flatMap(dot => {
    const text = shorten(dot.name, 130, nameType)
    const width = textWidth(text, nameType.size, nameType.weight)
    const place = freeSpot(dot, { width, radius, taken, box })
    if (!place) return []
    taken.push(place)
    return [{ x: place[0], y: place[1] + 8, text, ...nameType, fill: look.text, role: 'name' }]
  })
}

type Area = [number, number, number, number]

const freeSpot = (
  dot: Dot,
  { width, radius, taken, box }: { width: number; radius: number; taken: Area[]; box: Box },
): Area | undefined => {
  const gap = radius + 4
  const spots: Area[] = [
    [dot.x + gap, dot.y - 8, dot.x + gap + width, dot.y + 8],
    [dot.x - gap - width, dot.y - 8, dot.x - gap, dot.y + 8],
    [dot.x - width / 2, dot.y - gap - 16, dot.x + width / 2, dot.y - gap],
    [dot.x - width / 2, dot.y + gap, dot.x + width / 2, dot.y + gap + 16],
  ]
  return spots.find(
    ([a, b, c, d]) =>
      a > box.left &&
      c < size.width - 10 &&
      b > box.top - 12 &&
      d < box.bottom - 1 &&
      taken.every(([e, f, g, h]) => c <= e || a >= g || d <= f || b >= h),
  )
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
