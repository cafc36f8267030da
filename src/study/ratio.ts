import { namesIn } from '#src/semantic/expression.ts'
import type { Model } from '#src/semantic/model.ts'

/** The measure below the line of a ratio such as `returned_orders / orders`; undefined when the measure is not such a ratio. */
export const ratioOf = (model: Model, name: string): string | undefined => {
  const measure = model.measures[name]
  if (measure?.kind !== 'formula' || measure.formula.kind !== 'binary' || measure.formula.op !== '/') return undefined
  const { right } = measure.formula
  return right.kind === 'name' && !right.table && model.measures[right.name] ? right.name : undefined
}

/** The measures of tables that a measure is made of, itself when it is one. */
export const baseMeasures = (model: Model, name: string, seen: readonly string[] = []): string[] => {
  const measure = model.measures[name]
  if (!measure || seen.includes(name)) return []
  if (measure.kind === 'base') return [name]
  return namesIn(measure.formula).flatMap(n => baseMeasures(model, n.name, [...seen, name]))
}
