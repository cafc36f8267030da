import { isTimePart, type Model } from '#src/semantic/model.ts'
import type { Filter } from '#src/vocabulary/query.ts'

/** Whether a filter speaks only of what is still there; named filters are looked up in the whole model. */
export const filterHolds = (
  filter: Filter,
  { dimensions, measures, tables }: Pick<Model, 'dimensions' | 'measures' | 'tables'>,
  whole: Pick<Model, 'filters'>,
): boolean => {
  const there = { dimensions, measures, tables }
  if ('filter' in filter) return whole.filters[filter.filter]?.filters.every(f => filterHolds(f, there, whole)) === true
  if (filter.op === 'entity')
    return (
      Object.hasOwn(tables, filter.entity) &&
      Object.hasOwn(measures, filter.measure) &&
      (filter.where ?? []).every(f => filterHolds(f, there, whole))
    )
  return isTimePart(filter.dimension) || Object.hasOwn(dimensions, filter.dimension)
}
