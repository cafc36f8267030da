import type { Model } from '#src/semantic/model.ts'
import type { Filter, Query } from '#src/vocabulary/query.ts'
import { baseOf } from '../formulas.ts'
import { Gapped } from './gaps.ts'

/** A filter that the measure's own definition leaves out asks for something that cannot be: say so, and offer what can. */
export const conflict = (query: Query, model: Model): void => {
  for (const f of query.filters) {
    const apart = query.filters.find(
      g =>
        g !== f &&
        f.op === 'in' &&
        g.op === 'in' &&
        g.dimension === f.dimension &&
        !f.values.some(v => g.values.includes(v)),
    )
    if (apart && f.op === 'in')
      throw new Gapped({ gap: 'contradiction', label: model.dimensions[f.dimension]?.label ?? f.dimension })
    const against = query.filters.find(
      g =>
        f.op === 'in' && g.op === 'not_in' && g.dimension === f.dimension && f.values.every(v => g.values.includes(v)),
    )
    if (against && f.op === 'in')
      throw new Gapped({ gap: 'contradiction', label: model.dimensions[f.dimension]?.label ?? f.dimension })
  }
  for (const use of query.measures) {
    const base = baseOf(model.measures[use.measure], model)
    const clash = base?.where.some(own => query.filters.some(f => contradicts(own, f, model)))
    if (base && clash && !use.calc) {
      const instead = Object.values(model.measures).filter(
        m =>
          !m.hidden &&
          m.kind === 'base' &&
          m.table === base.table &&
          m.where.length === 0 &&
          m.format.kind === base.format.kind &&
          JSON.stringify(m.expression) === JSON.stringify(base.expression),
      )
      throw new Gapped({ gap: 'conflict', measure: use.measure, instead: instead.map(m => m.name) })
    }
  }
}

const contradicts = (own: Filter, asked: Filter, model: Model): boolean => {
  if (own.op === 'named') return (model.filters[own.filter]?.filters ?? []).some(f => contradicts(f, asked, model))
  if (asked.op !== 'in') return false
  if (own.op === 'not_in' && own.dimension === asked.dimension) return asked.values.every(v => own.values.includes(v))
  return own.op === 'in' && own.dimension === asked.dimension && !asked.values.some(v => own.values.includes(v))
}
