import type { Fact } from '#src/vocabulary/fact.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import { seriesOf, wholeBuckets } from '../series.ts'
import { type MeasureView, numberAt } from '../view.ts'
import { between01, idOf, type Material, toneOf } from './parts.ts'
import { isSingle } from './value.ts'

/**
 * Whether the target of the measure's KPI is reached: by a single number over the span that the target is for, or in how many whole buckets
 * of that span. A question with filters has another measure than the KPI and is not held against it.
 */
export const findTarget = (material: Material): Fact[] => {
  const { view } = material
  const [measure] = view.measures
  const target = Object.values(view.model.kpis).find(k => k.measure === measure?.measure && k.target)?.target
  if (!measure || !target || measure.calc || view.query.filters.length) return []
  return isSingle(material) ? single(material, measure, target) : overTime(material, measure, target)
}

type Target = NonNullable<Kpi['target']>

const reaches = (value: number, target: number, good: MeasureView['good']) =>
  good === 'down' ? value <= target : value >= target

const single = ({ view }: Material, measure: MeasureView, { value: target, per }: Target): Fact[] => {
  const { period } = view.query
  const value = numberAt(view.rows[0] ?? [], measure.index)
  if (value === null || (per && (period?.unit !== per || (period.count ?? 1) !== 1))) return []
  const open = period && (period.toDate || period.end > view.cut)
  const reached = reaches(value, target, measure.good)
  if (open && (measure.additive || per)) return []
  return [
    {
      id: idOf('target', measure.name),
      kind: 'target',
      measure: measure.name,
      value: target,
      format: measure.format,
      parts: {
        actual: value,
        gap: value - target,
        ratio: value > 0 ? target / value - 1 : null,
        reached: reached ? 1 : 0,
      },
      noteworthy: 0.8,
      tone: reached ? 'good' : 'bad',
    },
  ]
}

const overTime = ({ view }: Material, measure: MeasureView, { value: target, per }: Target): Fact[] => {
  if (!view.time || view.dimensions.length || view.time.grain !== per) return []
  const whole = seriesOf(view, measure).flatMap(wholeBuckets)
  if (whole.length < 2) return []
  const hits = whole.filter(b => reaches(b.value, target, measure.good)).length
  return [
    {
      id: idOf('target', measure.name),
      kind: 'target',
      measure: measure.name,
      value: target,
      format: measure.format,
      parts: { hits, count: whole.length },
      words: { grain: view.time.grain },
      noteworthy: between01(0.6),
      tone: toneOf(hits * 2 - whole.length, 'up'),
    },
  ]
}
