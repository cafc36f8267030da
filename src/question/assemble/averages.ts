import type { MeasureSlot } from '../draft.ts'
import { type NamedMention, of, type State } from './state.ts'

/** "average cost per shipment", where each shipment has one cost: the plain average. */
export const isOwnThing = (s: State, slot: MeasureSlot, item: NamedMention): boolean => {
  const tables = of(slot, 'measure')
    .map(m => s.model.measures[m.measure])
    .map(m => (m?.kind === 'base' && m.aggregations.includes('avg') ? m.table : undefined))
  return of(item, 'entity').some(e => tables.includes(e.table))
}

/** Whether the average of a measure over buckets means something else than its own average: sums and counts, not prices. */
export const addsUp = (s: State, slot: MeasureSlot | undefined): boolean =>
  slot !== undefined &&
  of(slot, 'measure').every(m => {
    const measure = s.model.measures[m.measure]
    return measure?.kind === 'base' && ['sum', 'count', 'count_distinct'].includes(measure.aggregation)
  })

/** "average replacement cost *per genre*": a number that each row has is averaged within each, where a sum or a count is divided. */
export const averagesRows = (s: State, slot: MeasureSlot): boolean =>
  of(slot, 'measure').some(m => {
    const measure = s.model.measures[m.measure]
    return measure?.kind === 'base' && measure.aggregations.includes('avg')
  })
