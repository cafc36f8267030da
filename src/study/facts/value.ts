import type { Fact } from '#src/vocabulary/fact.ts'
import { bucketLabel } from '../calendar.ts'
import { type Bucket, seriesOf } from '../series.ts'
import { type MeasureView, numberAt, type View } from '../view.ts'
import { idOf, type Material, wholeOf } from './parts.ts'

/** The number of a result of one row; the whole of a split one (the sum where parts add up, else the measure over everything); where a running total stands, and stood after its first bucket and half way. */
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
  const series = view.dimensions.length ? undefined : seriesOf(view, measure)[0]
  const known = series?.buckets.filter(b => b.value !== null) ?? []
  const [last, first, half] = [known.at(-1), known[0], known[known.length >> 1]]
  const found = [last, ...(known.length > 3 ? [first, half] : [])].flatMap(b => b ?? [])
  return found.map((b, i) => stand({ view, measure }, b, i === 0 ? 0.6 : 0.3))
}

/** Where a running total stood after a bucket. */
const stand = ({ view, measure }: { view: View; measure: MeasureView }, bucket: Bucket, noteworthy: number): Fact => {
  const { name = '', grain = 'month' } = view.time ?? {}
  return {
    id: idOf('value', measure.name, bucket.at),
    kind: 'value',
    measure: measure.name,
    value: bucket.value,
    format: measure.format,
    about: { [name]: bucket.at },
    words: { at: bucketLabel(bucket.at, grain, view.model), grain },
    noteworthy,
  }
}
