import { namesIn } from '#src/semantic/expression.ts'
import type { Measure, Model } from '#src/semantic/model.ts'

/** The measure itself, or the first base measure of its formula. */
export const baseOf = (measure: Measure | undefined, model: Model): Extract<Measure, { kind: 'base' }> | undefined => {
  if (!measure || measure.kind === 'base') return measure
  const [first] = namesIn(measure.formula)
  return first ? baseOf(model.measures[first.name], model) : undefined
}

/** The measure above the line of a ratio. */
export const topOf = ({ formula }: Formula) =>
  formula.kind === 'binary' && formula.op === '/' ? nameAt(formula.left) : undefined

/** The measure below the line of a ratio. */
export const bottomOf = ({ formula }: Formula) =>
  formula.kind === 'binary' && formula.op === '/' ? nameAt(formula.right) : undefined

type Formula = Extract<Measure, { kind: 'formula' }>

const nameAt = (e: Formula['formula']) => (e.kind === 'name' ? e.name : undefined)
