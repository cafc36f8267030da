import type { Fact } from '#src/vocabulary/fact.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material, type Part, partsOf, shareBase } from './parts.ts'

/**
 * The highest parts (up to three, with share of the whole where that makes sense) and the lowest one; when the result is the bottom of a
 * ranking, the lowest three. A result cut to very few rows takes runners-up from a further query.
 */
export const findTops = (material: Material): Fact[] =>
  material.view.measures.flatMap(measure => {
    const parts = ranked(material, measure)
    if (parts.length < 2 && !material.extras.runnersUp) return []
    const ends = endsOf(material, measure)
    const highest = ends.top ? parts.slice(0, 3) : []
    const lowest = ends.bottom ? parts.slice(-ends.bottom).reverse() : []
    return [
      ...highest.map((p, i) => extreme('top', { material, measure, part: p, rank: i + 1, parts })),
      ...lowest
        .filter(p => !highest.includes(p))
        .map((p, i) => extreme('bottom', { material, measure, part: p, rank: i + 1, parts })),
    ]
  })

const ranked = (material: Material, measure: MeasureView): Part[] => {
  const { runnersUp } = material.extras
  const known = partsOf(material, measure)
  const more = runnersUp
    ? partsOf(material, measure, runnersUp.rows).filter(p => !known.some(k => k.name === p.name))
    : []
  return [...known, ...more].sort((a, b) => b.value - a.value)
}

/** Which ends of the ranking the rows hold: a limited result holds only the one it was ordered by. */
const endsOf = ({ view }: Material, measure: MeasureView): { top: boolean; bottom: number } => {
  const { limit, order, limitPer } = view.query
  const [first] = order
  if (first?.by === 'change') return { top: limit === undefined, bottom: 0 }
  if (limitPer) return { top: first?.direction !== 'asc', bottom: 0 }
  if (limit === undefined && !view.table.truncated)
    return { top: true, bottom: first?.direction === 'asc' && isBy(first.by, measure) ? 3 : 1 }
  if (!first || !isBy(first.by, measure)) return { top: false, bottom: 0 }
  return first.direction === 'asc' ? { top: false, bottom: 3 } : { top: true, bottom: 0 }
}

const isBy = (by: string, { name, measure }: MeasureView) => by === name || by === measure

type Place = { material: Material; measure: MeasureView; part: Part; rank: number; parts: Part[] }

const extreme = (kind: 'top' | 'bottom', { material, measure, part, rank, parts }: Place): Fact => {
  const base = shareBase(material, measure)
  const share = base ? part.value / base : null
  const tied = parts.filter(p => p.value === part.value).length
  const fair = base ? (share ?? 0) - 1 / parts.length : 0
  return {
    id: idOf(kind, measure.name, part.name),
    kind,
    measure: measure.name,
    value: part.value,
    format: measure.format,
    about: part.about,
    parts: { rank, count: parts.length, tied, ...(share !== null && { share }) },
    noteworthy: between01((kind === 'top' ? 0.6 : 0.4) - 0.12 * (rank - 1) + Math.max(0, fair) * 0.4),
    tone: 'neutral',
  }
}
