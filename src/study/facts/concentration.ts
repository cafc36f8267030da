import type { Fact } from '#src/vocabulary/fact.ts'
import { sum } from '../statistics.ts'
import type { MeasureView } from '../view.ts'
import { between01, idOf, type Material, partsOf, shareBase } from './parts.ts'

const fewestParts = 6

/** How few parts make half of the whole: "3 of 18 states make 52%". Needs all parts, six at least, that add up. */
export const findConcentration = (material: Material): Fact[] =>
  complete(material) ? material.view.measures.flatMap(m => concentration(material, m)) : []

const complete = ({ view }: Material) =>
  view.query.limit === undefined && !view.query.having.length && !view.table.truncated && view.dimensions.length === 1

const concentration = (material: Material, measure: MeasureView): Fact[] => {
  const base = shareBase(material, measure)
  const values = partsOf(material, measure).map(p => p.value)
  if (!base || values.length < fewestParts) return []
  values.sort((a, b) => b - a)
  const leading = fewestForHalf(values, base)
  const share = sum(values.slice(0, leading)) / base
  const evenCount = Math.ceil(values.length / 2)
  return [
    {
      id: idOf('concentration', measure.name),
      kind: 'concentration',
      measure: measure.name,
      value: share,
      format: { kind: 'percent' },
      parts: { leading, count: values.length },
      noteworthy: between01(0.25 + 0.7 * (1 - leading / evenCount)),
      tone: 'neutral',
    },
  ]
}

const fewestForHalf = (sorted: readonly number[], base: number) => {
  let held = 0
  const found = sorted.findIndex(v => {
    held += v
    return held >= base / 2
  })
  return found < 0 ? sorted.length : found + 1
}
