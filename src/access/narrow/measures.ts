import { namesIn } from '#src/semantic/expression.ts'
import type { Measure, Model } from '#src/semantic/model.ts'
import { filterHolds } from './filters.ts'

/** The measures whose filters and parts are all there. One that goes may take others along, so it is looked again until none goes. */
export const keptMeasures = (model: Model): Record<string, Measure> => {
  const kept = Object.fromEntries(Object.entries(model.measures).filter(([, measure]) => holds(measure, model)))
  return Object.keys(kept).length === Object.keys(model.measures).length
    ? kept
    : keptMeasures({ ...model, measures: kept })
}

const holds = (measure: Measure, model: Model): boolean =>
  measure.kind === 'formula'
    ? partsOf(measure).every(name => Object.hasOwn(model.measures, name))
    : measure.where.every(filter => filterHolds(filter, model, model))

/** The measures that a formula is made of. */
export const partsOf = (measure: Measure): string[] =>
  measure.kind === 'formula' ? namesIn(measure.formula).map(({ name }) => name) : []
