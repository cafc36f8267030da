import type { BaseMeasure, Model } from '#src/semantic/model.ts'

/** The dimension that is the key of a table. */
export const keyDimension = (model: Model, table: string): string | undefined => {
  const [key] = model.tables[table]?.primaryKey ?? []
  return Object.values(model.dimensions).find(
    d => d.table === table && d.expression.kind === 'name' && d.expression.name === key,
  )?.name
}

/** The dimension that names a thing: what it is shown by, else its key. */
export const displayOf = (model: Model, table: string) => model.tables[table]?.display ?? keyDimension(model, table)

/** The amount that each row of a table has of its own. */
export const ownAmount = (table: string | undefined, model: Model): BaseMeasure | undefined => {
  const value = model.measures[model.tables[table ?? '']?.value ?? '']
  return value?.kind === 'base' && value.table === table ? value : undefined
}

/** What the biggest of a thing is measured by: the thing's own value. */
export const worthOf = (dimension: string | undefined, model: Model): string | undefined =>
  Object.values(model.tables).find(
    t => dimension && t.value && t.time && (t.display === dimension || keyDimension(model, t.name) === dimension),
  )?.value
