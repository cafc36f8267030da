import type { Fact } from '#src/vocabulary/fact.ts'
import { bucketLabel } from '../calendar.ts'
import { seriesOf } from '../series.ts'
import { type MeasureView, numberAt } from '../view.ts'
import { idOf, type Material, wholeOf } from './parts.ts'

/** The number of a result of one row; the whole of a split one (the sum where parts add up, else the measure over everything); where a running total stands. */
export const findValues = (material: Material): Fact[] =>
  material.view.measures.flatMap(measure => {
    if (isSingle(material)) return single(material, measure)
    return isRunning(measure) ? reached(material, measure) : whole(material, measure)
  })

/** One row and nothing it is split by. */
export const isSingle = ({ view }: Material): boolean =>
  view.rows.length === 1 && view.dimensions.length === 0 && view.time === undefined

const single = ({ view }: Material, { name, index, format }: MeasureView): Fact[] => {
  const row = view.rows[0] ?? []
  return [
    { id: idOf('value', name), kind: 'value', measure: name, value: numberAt(row, index), format, noteworthy: 0.6 },
  ]
}

const whole = (material: Material, measure: MeasureView): Fact[] => {
  const value = wholeOf(material, measure)
  if (value === undefined || material.view.rows.length === 0) return []
  const { name, format } = measure
  const rows = material.view.rows.length
  return [{ id: idOf('total', name), kind: 'total', measure: name, value, format, parts: { rows }, noteworthy: 0.5 }]
}

const isRunning = ({ calc }: MeasureView) => calc?.kind === 'cumulative' || calc?.kind === 'ytd'

const reached = ({ view }: Material, measure: MeasureView): Fact[] => {
  const { time } = view
  const series = view.dimensions.length ? undefined : seriesOf(view, measure)[0]
  const last = series?.buckets.findLast(b => b.value !== null)
  if (!time || !last) return []
  const { name, format } = measure
  const words = { at: bucketLabel(last.at, time.grain, view.model), grain: time.grain }
  return [
    {
      id: idOf('value', name, last.at),
      kind: 'value',
      measure: name,
      value: last.value,
      format,
      about: { [time.name]: last.at },
      words,
      noteworthy: 0.6,
    },
  ]
}
