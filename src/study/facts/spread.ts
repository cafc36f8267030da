import type { Fact } from '#src/vocabulary/fact.ts'
import { median } from '../statistics.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material, partsOf } from './parts.ts'

/** How far parts lie apart: the highest against the lowest, and how many times as high. Needs all parts of one split. */
export const findSpread = (material: Material): Fact[] => {
  const { query, table, dimensions, time } = material.view
  if (query.limit !== undefined || table.truncated || dimensions.length !== 1 || time) return []
  return material.view.measures.flatMap(m => spread(material, m))
}

const spread = (material: Material, { name, format, ...measure }: MeasureView): Fact[] => {
  const parts = partsOf(material, { name, format, ...measure }).sort((a, b) => b.value - a.value)
  const [high, low] = [parts[0], parts.at(-1)]
  if (!high || !low || parts.length < 2 || high.value === low.value) return []
  const times = low.value > 0 ? high.value / low.value : null
  const size = format.kind === 'percent' ? (high.value - low.value) * 5 : times ? Math.log10(times) : 0.5
  return [
    {
      id: idOf('spread', name),
      kind: 'spread',
      measure: name,
      value: high.value - low.value,
      format,
      parts: {
        high: high.value,
        low: low.value,
        times,
        ratio: times === null ? null : times - 1,
        median: median(parts.map(p => p.value)),
        count: parts.length,
      },
      words: { high: high.name, low: low.name },
      noteworthy: between01((measure.additive ? 0.1 : 0.35) + 0.3 * Math.min(1, size)),
      tone: 'neutral',
    },
  ]
}
