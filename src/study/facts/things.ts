import type { Fact } from '#src/vocabulary/fact.ts'
import { idOf, type Material } from './parts.ts'

const fewest = 10
const middle = 0.8

/** How the things behind a number are spread: half are under the middle one, and between which values the middle four fifths lie. */
export const findThings = ({ view, extras: { things } }: Material): Fact[] => {
  const [measure] = view.measures
  if (!measure || !things || things.values.length < fewest) return []
  const values = Float64Array.from(things.values).sort()
  const at = (part: number) => values[Math.round(part * (values.length - 1))] ?? 0
  const { format, noun } = things
  return [
    {
      id: idOf('spread', measure.name, 'things'),
      kind: 'spread',
      measure: measure.name,
      value: at(0.5),
      format,
      parts: { count: values.length, low: at(0.1), high: at(0.9), middle },
      words: { noun },
      noteworthy: 0.4,
      tone: 'neutral',
    },
  ]
}
