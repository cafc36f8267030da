import type { BaseMeasure, Dimension, Model } from '#src/semantic/model.ts'
import type { Filter } from '#src/vocabulary/query.ts'
import { baseMeasures } from './ratio.ts'
import type { View } from './view.ts'

const most = 8

/**
 * The dimensions by which a change may be explained, at most eight, nearest to the measure's own table first: offered ones with words for
 * values. Left out: personal ones, names and keys of single things, those the measure is defined by (status, for returns), and those the
 * question has narrowed to one value.
 */
export const driverDimensions = ({ query, model }: View): string[] => {
  const bases = baseMeasures(model, query.measures[0]?.measure ?? '').flatMap(name => asBase(model, name))
  const fixed = new Set([
    ...bases.flatMap(b => b.where.flatMap(f => dimensionsOf(model, f))),
    ...query.filters.flatMap(narrowed),
  ])
  const homes = new Set(bases.map(b => b.table))
  return Object.values(model.dimensions)
    .filter(d => plausible(model, d) && !fixed.has(d.name))
    .map((d, order) => ({ name: d.name, distance: distance(model, homes, d.table), order }))
    .sort((a, b) => a.distance - b.distance || a.order - b.order)
    .slice(0, most)
    .map(d => d.name)
}

const asBase = (model: Model, name: string): BaseMeasure[] => {
  const measure = model.measures[name]
  return measure?.kind === 'base' ? [measure] : []
}

const plausible = (model: Model, { personal, hidden, type, name, table }: Dimension) => {
  if (personal || hidden || (type !== 'text' && type !== 'boolean')) return false
  const display = model.tables[table]?.display
  const keys = model.tables[table]?.primaryKey ?? []
  return name !== display && !keys.includes(name) && !/(^|_)(id|uuid|key|sku|name|email|url)$/i.test(name)
}

const dimensionsOf = (model: Model, filter: Filter): string[] => {
  if ('filter' in filter) return (model.filters[filter.filter]?.filters ?? []).flatMap(f => dimensionsOf(model, f))
  return 'dimension' in filter ? [filter.dimension] : []
}

const narrowed = (filter: Filter): string[] =>
  (filter.op === 'in' && filter.values.length === 1) || filter.op === 'eq' ? [filter.dimension] : []

const distance = (model: Model, homes: ReadonlySet<string>, table: string): number => {
  let reached = new Set(homes)
  for (let steps = 0; steps < 4; steps++) {
    if (reached.has(table)) return steps
    reached = new Set([...reached, ...model.joins.filter(j => reached.has(j.from)).map(j => j.to)])
  }
  return 4
}
