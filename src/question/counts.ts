import { pathTo } from '#src/semantic/compile/paths.ts'
import { isTimePart, type Measure, type Model } from '#src/semantic/model.ts'
import { baseOf } from './formulas.ts'

/** Whether a measure counts rows or things. */
export const isCount = (m?: Measure) =>
  m?.kind === 'base' && (m.aggregation === 'count' || m.aggregation === 'count_distinct')

/** The measure that counts a thing: its rows, or its key in the table where it acts. */
export const countOf = (table: string, model: Model): string | undefined => {
  const counts = Object.values(model.measures).filter(m => isCount(m) && m.kind === 'base' && m.where.length === 0)
  const byName = counts.find(m => m.name === table && !m.hidden)
  const rows = counts.find(m => m.kind === 'base' && m.table === table && !m.expression && !m.hidden)
  const [key] = model.tables[table]?.primaryKey ?? []
  const byKey = counts.find(
    m => m.kind === 'base' && m.expression?.kind === 'name' && m.expression.name === key && m.table === table,
  )
  return (byName ?? rows ?? byKey)?.name
}

/** What "most popular" counts: things that happen in time and have the dimension. */
export const mainCount = (model: Model, named: readonly { dimension: string }[]): string | undefined => {
  const usual = model.measures[model.defaultMeasure ?? '']
  if (usual?.kind === 'base' && isCount(usual) && usual.where.length === 0 && !model.drafted) return usual.name
  const tables = Object.values(model.tables).filter(t => countOf(t.name, model))
  const reach = (from: string) =>
    named.every(
      n =>
        isTimePart(n.dimension) ||
        pathTo(model, {
          from,
          to: model.dimensions[n.dimension]?.table ?? '',
          via: model.dimensions[n.dimension]?.via,
        }),
    )
  const home = model.dimensions[named[0]?.dimension ?? '']?.table
  const main = tables.find(t => t.name === baseOf(model.measures[model.defaultMeasure ?? ''], model)?.table)
  const parents = main ? tables.filter(t => t.time && pathTo(model, { from: main.name, to: t.name })?.length === 1) : []
  const found =
    [...parents, ...tables.filter(t => t.name === home), ...tables.filter(t => t.time)].find(t => reach(t.name)) ??
    main ??
    tables[0]
  return found && countOf(found.name, model)
}

/** Which thing a count counts: `orders` counts rows of orders, `customers` counts keys of customers. */
export const entityOfCount = (model: Model, name: string): string | undefined => {
  const m = model.measures[name]
  if (m?.kind !== 'base') return undefined
  if (model.tables[name]) return name
  if (m.aggregation === 'count' && !m.expression) return m.table
  const key = m.expression?.kind === 'name' ? m.expression.name : undefined
  return Object.values(model.tables).find(t => t.primaryKey.length === 1 && t.primaryKey[0] === key)?.name
}
