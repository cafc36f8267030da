import type { Format } from '#src/vocabulary/format.ts'
import { textWidth } from './glyph-widths.ts'
import { short } from './number.ts'
import type { Sketch } from './spec.ts'
import { type Look, size } from './theme.ts'

const steps = 24
const type = { size: size.small, weight: 500 }

type Settings = { look: Look; y: number; colour: (value: number) => string; right?: number; width?: number }

/** A strip of the colours from the lowest to the highest value, with both written beside it. Ends at `right`. */
export const rampLegend = (values: readonly number[], format: Format, settings: Settings): Sketch => {
  const { look, y, colour, right = size.width - size.margin, width = 90 } = settings
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const end = short(high, format)
  const stripRight = right - textWidth(end, type.size, type.weight) - 6
  const left = stripRight - width
  const rows = Array.from({ length: steps }, (_, i) => ({
    x: left + (i * width) / steps,
    fill: colour(low + ((high - low) * (i + 0.5)) / steps),
  }))
  const common = { y, ...type, fill: look.soft, role: 'key' }
  return {
    layers: [{ type: 'rect', name: 'key', rows, style: { y: y - 5, height: 10, width: width / steps + 0.5 } }],
    labels: [
      { ...common, x: left - 6, text: short(low, format), align: 'right' },
      { ...common, x: right, text: end, align: 'right' },
    ],
  }
}
