import type { Tile, TilesChart } from '#src/vocabulary/chart.ts'
import { type Format, formatExact } from '#src/vocabulary/format.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { figure, isNumber } from './number.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { named, shorten, wrap } from './text.ts'
import { type Look, size } from './theme.ts'

const most = 6
const gap = 12
const padding = 14
const tallest = 150
const labelType = { size: 14, weight: 500 }
const unitType = { size: 15, weight: 500 }
const noteType = { size: size.small, weight: 500 }
const figureWeight = 700
const largest = 40

/** Figures in fields of one size, two or three in a row, all written in the size that the longest one needs. */
export const tiles = (chart: TilesChart, look: Look): Sketch => {
  if (chart.tiles.length === 0) return nothing(chart, look)
  const shown = chart.tiles.slice(0, most)
  const left = chart.tiles.length - shown.length
  const { box, layers, labels } = frame(chart, look, { note: left > 0 ? `${left} more not shown.` : '' })
  let placed = 0
  const lines = fieldsOf(shown.length, box).map(fields => fields.map(field => ({ field, tile: shown[placed++]! })))
  const fontSize = Math.min(...lines.flat().map(fontSizeOf))
  const rows = lines.flat().map(({ field: { left: x, top: y, right, bottom }, tile: { label, value } }): Row => {
    return { x, y, width: right - x, height: bottom - y, name: label, value }
  })
  const style = { fill: look.field, stroke: look.grid, strokeWidth: 1, cornerRadius: 10 }
  return {
    layers: [...layers, { type: 'rect', name: 'fields', rows, style }],
    labels: [...labels, ...lines.flatMap(line => line.flatMap(one => labelsOf(one, { line, fontSize, look })))],
  }
}

/** The fields of each row: up to three stand beside each other, four in two rows; a row of two is as wide as one of three. */
const fieldsOf = (count: number, box: Box): Box[][] => {
  const rows = count <= 3 ? [count] : count === 4 ? [2, 2] : [3, count - 3]
  const height = Math.min(tallest, (box.bottom - box.top - gap * (rows.length - 1)) / rows.length)
  const top = box.top + (box.bottom - box.top - rows.length * height - (rows.length - 1) * gap) / 2
  return rows.map((columns, r) => {
    const width = (box.right - box.left - gap * (columns - 1)) / columns
    const y = top + r * (height + gap)
    return Array.from({ length: columns }, (_, c) => {
      const x = box.left + c * (width + gap)
      return { left: x, top: y, right: x + width, bottom: y + height }
    })
  })
}

type Placed = { tile: Tile; field: Box }

/** The number apart from its unit, which is written smaller. */
const partsOf = ({ value, format }: Tile): { number: string; unit: string } => {
  if (!isNumber(value)) return { number: '–', unit: '' }
  const { unit = '', ...bare } = format
  return { number: written(value, bare), unit: format.kind === 'currency' ? '' : unit }
}

/** A share has the decimal that the tables have. */
const written = (value: number, format: Format) =>
  format.kind === 'percent' && Math.abs(value) < 100 ? formatExact(value, format) : figure(value, format)

const besideNumber = 6

const unitWidth = (unit: string) =>
  unit === '' ? 0 : besideNumber + Math.min(80, textWidth(unit, unitType.size, unitType.weight))

const fontSizeOf = ({ tile, field: { left, right } }: Placed): number => {
  const { number, unit } = partsOf(tile)
  const room = right - left - 2 * padding - unitWidth(unit)
  return Math.min(largest, (largest * room) / textWidth(number, largest, figureWeight))
}

type Style = { line: readonly Placed[]; fontSize: number; look: Look }

/** The numbers of a line stand on one height, above the notes where one of them has a note. */
const labelsOf = ({ tile, field }: Placed, { line, fontSize, look }: Style): Label[] => {
  const { number, unit } = partsOf(tile)
  const [x, width] = [field.left + padding, field.right - field.left - 2 * padding]
  const lines = wrap(named(tile.label), { width, lines: 2, type: labelType })
  const names = lines.map((text, i): Label => {
    return { x, y: field.top + 20 + i * 17, text, ...labelType, fill: look.soft, role: 'name' }
  })
  const note = tile.note ? shorten(tile.note, width, noteType) : ''
  const under = field.bottom - (line.some(({ tile }) => tile.note) ? 35 : 14)
  const y = under - fontSize * 0.36
  const right = x + textWidth(number, fontSize, figureWeight) + besideNumber
  const fill = isNumber(tile.value) ? look.text : look.faint
  return [
    ...names,
    { x: x - 1, y, text: number, size: fontSize, weight: figureWeight, fill, role: 'number' },
    ...(unit === '' ? [] : [unitLabel(unit, { x: right, y: y + (fontSize - unitType.size) * 0.36, look })]),
    ...(note === ''
      ? []
      : [{ x, y: field.bottom - 18, text: note, ...noteType, fill: noteFill(tile, look), role: 'note' }]),
  ]
}

const unitLabel = (unit: string, { x, y, look }: { x: number; y: number; look: Look }): Label => {
  return { x, y, text: shorten(unit, 80, unitType), ...unitType, fill: look.soft, role: 'unit' }
}

const noteFill = ({ tone }: Tile, look: Look) => (tone === undefined ? look.faint : look[tone])
