import type { DonutChart } from '#src/vocabulary/chart.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { dodge } from './labels.ts'
import { isNumber, short } from './number.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { named, shorten } from './text.ts'
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
  const placed = angles(slices, total)
  const ring = ringIn(box, placed)
  const coloured = placed.map((s, i) => ({ ...s, fill: colourOf(s.name, i, { look, count: placed.length }) }))
  const sides = [false, true].flatMap(left => sideLabels(coloured, ring, { box, look, left }))
  return {
    layers: [
      ...head.layers,
      {
        type: 'arc',
        name: 'slices',
        rows: coloured.map((s): Row => s),
        style: {
          ...{ x: ring.x, y: ring.y, innerRadius: ring.outer * 0.65, outerRadius: ring.outer },
          ...{ padAngle: placed.length > 1 ? 0.022 : 0, cornerRadius: placed.length > 1 ? 3 : 0 },
        },
      },
      { type: 'symbol', name: 'dots', rows: sides.flatMap(s => s.dot), style: { size: 70 } },
    ],
    labels: [...head.labels, ...sides.flatMap(s => s.labels), ...centreLabels(chart, total, { ring, look })],
  }
}

type Slice = { name: string; value: number }
type Placed = Slice & { share: number; startAngle: number; endAngle: number }
type Coloured = Placed & { fill: string }
type Ring = { x: number; y: number; outer: number }

const together = (slices: Slice[]): Slice[] => {
  if (slices.length <= mostSlices) return slices
  const kept = [...slices].sort((a, b) => b.value - a.value).slice(0, mostSlices - 1)
  const rest = slices.filter(s => !kept.includes(s))
  return [...kept, { name: `Other (${rest.length})`, value: rest.reduce((sum, s) => sum + s.value, 0) }]
}

const ringIn = (box: Box, placed: Placed[]): Ring => {
  const widest = Math.max(...placed.map(s => textWidth(s.name, nameType.size, nameType.weight) + 62))
  const beside = (box.right - box.left) / 2 - 14 - widest
  const outer = Math.min(120, (box.bottom - box.top - 14) / 2, Math.max(98, beside))
  return { x: size.width / 2, y: Math.min(box.bottom - outer - 2, (box.top + box.bottom) / 2 + 14), outer }
}

const angles = (slices: Slice[], total: number): Placed[] => {
  let at = 0
  return slices.map(s => {
    const startAngle = at
    at += (s.value / total) * 2 * Math.PI
    return { ...s, name: named(s.name), share: s.value / total, startAngle, endAngle: at }
  })
}

const colourOf = (name: string, i: number, { look, count }: { look: Look; count: number }): string =>
  count === 1 ? look.primary : /^other\b/i.test(name) ? look.muted : seriesColour(look, i)

/** Where a slice is named: its middle, for very large ones their right side. */
const middleOf = ({ share, startAngle, endAngle }: Placed): number =>
  share > 0.6 && endAngle > Math.PI / 2 ? Math.max(startAngle, Math.PI / 2) : (startAngle + endAngle) / 2

type Named = { labels: Label[]; dot: Row[] }
type Side = { box: Box; look: Look; left: boolean }

const sideLabels = (slices: Coloured[], ring: Ring, { box, look, left }: Side): Named[] => {
  const mine = slices.map(s => ({ ...s, middle: middleOf(s) })).filter(s => s.middle > Math.PI === left)
  const wanted = mine.map(s => ring.y - Math.cos(s.middle) * (ring.outer + 14))
  const places = dodge(wanted, { gap: 21, low: box.top + 4, high: box.bottom - 6 })
  const crowded = mine.some((_, i) => Math.abs((places[i] ?? 0) - (wanted[i] ?? 0)) > 12)
  return mine.map((s, i) => {
    const y = places[i] ?? ring.y
    const out = ring.outer + 13
    const reach = Math.sqrt(Math.max(0, out ** 2 - Math.min(out, Math.abs(y - ring.y)) ** 2))
    const x = ring.x + (left ? -1 : 1) * Math.max(reach, 8)
    const dot = crowded ? [{ x: x + (left ? -4 : 4), y, fill: s.fill, name: s.name }] : []
    return { labels: pair(s, { x: x + (crowded ? (left ? -14 : 14) : 0), y, left, look }), dot }
  })
}

const pair = (slice: Coloured, { x, y, left, look }: { x: number; y: number; left: boolean; look: Look }): Label[] => {
  const share = short(slice.share, { kind: 'percent' }).replace('.0%', '%')
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
