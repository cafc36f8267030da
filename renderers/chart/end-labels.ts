import type { Box } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { dodge } from './labels.ts'
import type { Label, Sketch } from './spec.ts'
import { shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

/** What stands at the right end of a line or band. `x`, `y`: where the line ends, pixels. */
export type End = { name: string; value: string; ink: string; colour: string }

const near = 10
const far = 22
const mostName = 112

/** The pixels to keep free at the right. */
export const endLabelRoom = (ends: readonly End[]): number =>
  ends.length === 0
    ? 0
    : offsetFor(ends.length) + Math.max(...ends.map(end => labelWidth(end, typeFor(ends.length)))) - 6

/** Names and values beside the ends, moved apart where they would touch, with a thin line to those that moved far. */
export const endLabels = (
  ends: readonly (End & { x: number; y: number })[],
  { box, look }: { box: Box; look: Look },
): Sketch => {
  const type = typeFor(ends.length)
  const places = dodge(
    ends.map(end => end.y),
    { gap: type.size * 1.2, low: box.top - 3, high: Math.max(box.bottom - 4, box.top + 3) },
  )
  const x = Math.min(box.right, Math.max(...ends.map(end => end.x))) + offsetFor(ends.length)
  const labels = ends.flatMap((end, i): Label[] => {
    const common = { y: places[i] ?? end.y, ...type, fill: end.ink }
    const name = shorten(end.name, mostName, type)
    const value = {
      ...common,
      x: x + (name ? textWidth(name, type.size, type.weight) + 5 : 0),
      text: end.value,
      role: 'value',
    }
    return name ? [{ ...common, x, text: name, role: 'name' }, value] : [value]
  })
  const moved = ends.flatMap((end, i) => {
    const y = places[i] ?? end.y
    return Math.abs(y - end.y) > 9 || x - end.x > far + 2
      ? [{ x: end.x + 6, y: end.y, x2: x - 3, y2: y, stroke: end.colour }]
      : []
  })
  return {
    labels,
    layers: [
      {
        type: 'rule',
        name: 'leaders',
        rows: moved,
        style: { strokeWidth: 1, strokeOpacity: look.name === 'light' ? 0.55 : 0.7 },
      },
    ],
  }
}

const offsetFor = (count: number): number => (count > 7 ? far : near)

const typeFor = (count: number): { size: number; weight: number } => ({
  size: count > 7 ? size.small : size.direct,
  weight: 600,
})

const labelWidth = (end: End, type: { size: number; weight: number }): number => {
  const name = shorten(end.name, mostName, type)
  return (name ? widest([name], type) + 5 : 0) + widest([end.value], type)
}
