import type { DonutChart } from '#src/vocabulary/chart.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { dodge } from './labels.ts'
import { isNumber, short } from './number.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { shorten } from './text.ts'
import { type Look, seriesColour, size } from './theme.ts'

const mostSlices = 7
const nameType = { size: size.direct, weight: 500 }
const shareType = { size: size.direct, weight: 600 }

/** A ring of parts with names and shares beside it and the whole in the middle. Parts of zero or below have no slice; the note says so. */
export const donut = (chart: DonutChart, look: Look): Sketch => {
  const slices = together(chart.slices.filter(s => isNumber(s.value) && s.value > 0))
  const total = slices.reduce((sum, s) => sum + s.value, 0)
  if (total <= 0) return nothing(chart, look)
  const without = chart.slices.length - chart.slices.filter(s => isNumber(s.value) && s.value > 0).length
  const note = without > 0 ? `${without} without a positive value not shown.` : ''
  const { box, ...head } = frame(chart, look, { note })
  const ring = ringIn(box)
  const placed = angles(slices, total)
  const labels = [...sideLabels(placed, ring, { box, look }), ...sideLabels(placed, ring, { box, look, left: true })]
  return {
    layers: [
      ...head.layers,
      {
        type: 'arc',
        name: 'slices',
        rows: placed.map((s, i): Row => ({ ...s, fill: colourOf(s.name, i, { look, count: placed.length }) })),
        style: {
          ...{ x: ring.x, y: ring.y, innerRadius: ring.outer * 0.65, outerRadius: ring.outer },
          ...{ padAngle: placed.length > 1 ? 0.022 : 0, cornerRadius: placed.length > 1 ? 3 : 0 },
        },
      },
      {
        type: 'rule',
        name: 'leaders',
        rows: labels.flatMap(l => l.leader),
        style: { stroke: look.axis, strokeWidth: 1 },
      },
    ],
    labels: [...head.labels, ...labels.flatMap(l => l.labels), ...centreLabels(chart, total, { ring, look })],
  }
}

type Slice = { name: string; value: number }
type Placed = Slice & { share: number; startAngle: number; endAngle: number }
type Ring = { x: number; y: number; outer: number }

const together = (slices: Slice[]): Slice[] => {
  if (slices.length <= mostSlices) return slices
  const kept = [...slices].sort((a, b) => b.value - a.value).slice(0, mostSlices - 1)
  const rest = slices.filter(s => !kept.includes(s))
  return [...kept, { name: `Other (${rest.length})`, value: rest.reduce((sum, s) => sum + s.value, 0) }]
}

const ringIn = (box: Box): Ring => {
  const outer = Math.min(122, (box.bottom - box.top - 8) / 2)
  return { x: size.width / 2, y: box.bottom - outer - 2, outer }
}

const angles = (slices: Slice[], total: number): Placed[] => {
  let at = 0
  return slices.map(s => {
    const startAngle = at
    at += (s.value / total) * 2 * Math.PI
    return { ...s, share: s.value / total, startAngle, endAngle: at }
  })
}

const colourOf = (name: string, i: number, { look, count }: { look: Look; count: number }): string =>
  count === 1 ? look.primary : /^other\b/i.test(name) ? look.muted : seriesColour(look, i)

type Sided = { labels: Label[]; leader: Row[] }
type Side = { box: Box; look: Look; left?: boolean }

const sideLabels = (placed: Placed[], ring: Ring, { box, look, left = false }: Side): Sided[] => {
  const mine = placed
    .map(s => ({ ...s, middle: (s.startAngle + s.endAngle) / 2 }))
    .filter(s => s.middle > Math.PI === left)
  const wanted = mine.map(s => ring.y - Math.cos(s.middle) * (ring.outer + 14))
  const places = dodge(wanted, { gap: 21, low: box.top + 4, high: box.bottom - 6 })
  return mine.map((s, i) => {
    const y = places[i] ?? ring.y
    const out = ring.outer + 13
    const reach = Math.sqrt(Math.max(0, out ** 2 - Math.min(out, Math.abs(y - ring.y)) ** 2))
    const x = ring.x + (left ? -1 : 1) * Math.max(reach, 8)
    return { labels: pair(s, { x, y, left, look }), leader: [] }
  })
}

const pair = (slice: Placed, { x, y, left, look }: { x: number; y: number; left: boolean; look: Look }): Label[] => {
  const share = short(slice.share, { kind: 'percent' })
  const shareWidth = textWidth(share, shareType.size, shareType.weight)
  const room = (left ? x - size.margin : size.width - size.margin - x) - shareWidth - 9
  const name = shorten(slice.name, room, nameType)
  const nameWidth = textWidth(name, nameType.size, nameType.weight)
  const common = { y, fill: look.text, align: left ? 'right' : 'left' } as const
  const first = left ? x - shareWidth - 8 : x
  return [
    { ...common, x: first, text: name, ...nameType, role: 'name' },
    { ...common, x: left ? x : x + nameWidth + 8, text: share, ...shareType, role: 'share' },
  ]
}

const centreLabels = (
  { centre, format }: DonutChart,
  total: number,
  { ring, look }: { ring: Ring; look: Look },
): Label[] => {
  const [big = '', ...rest] = (centre ?? `${short(total, format)} total`).split(' ')
  const small = shorten(rest.join(' '), ring.outer * 1.1, { size: 14.5, weight: 400 })
  const wanted = 32
  const fontSize = Math.min(wanted, (wanted * ring.outer * 1.1) / Math.max(1, textWidth(big, wanted, 700)))
  const common = { x: ring.x, align: 'center' } as const
  const label: Label = {
    ...common,
    y: ring.y - (small ? 7 : 0),
    text: big,
    size: fontSize,
    weight: 700,
    fill: look.text,
    role: 'centre',
  }
  return small
    ? [label, { ...common, y: ring.y + 20, text: small, size: 14.5, weight: 400, fill: look.faint, role: 'unit' }]
    : [label]
}
