import type { KpiChart } from '#src/vocabulary/chart.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import { historyOf } from '../series.ts'
import { changePhrase, factById, isUneven, overallChange, part } from '../story/telling.ts'
import { numberAt } from '../view.ts'
import { altOf, type Drawing } from './frame.ts'

const mostPoints = 60

/** One number, its change against the period compared with, its target, and the buckets that lead up to it. */
export const kpiChart = (drawing: Drawing): KpiChart => {
  const { view, measure, frame, extras } = drawing
  const change = overallChange(drawing, measure)
  const ratio = change && !isUneven(change) ? part(change, 'ratio') : null
  const target = factById(drawing, `target:${measure.name}`)
  const value = numberAt(view.rows[0] ?? [], measure.index)
  const series = historyOf(view, measure, extras.history)
  const sparkline = series?.buckets
    .filter(b => b.whole && b.at < (view.query.period?.end ?? '9999'))
    .map(({ at, value: v }) => ({ at, value: v }))
  const words = [formatExact(value, measure.format), changePhrase(ratio === null ? undefined : change)]
    .filter(Boolean)
    .join(', ')
  return {
    kind: 'kpi',
    ...frame,
    alt: altOf(drawing, 'one number', words),
    value,
    format: measure.format,
    ...(change &&
      ratio !== null && {
        change: {
          ratio,
          ...pointsOf(drawing, change.value),
          versus: change.words?.versus ?? '',
          good: measure.good ?? 'neutral',
        },
      }),
    ...(target && { target: { value: target.value ?? 0, reached: part(target, 'reached') === 1 } }),
    ...(sparkline && sparkline.length > 2 && { sparkline: sparkline.slice(-mostPoints) }),
  }
}

const pointsOf = ({ measure }: Drawing, value: number | null) =>
  measure.format.kind === 'percent' && value !== null ? { points: value } : {}
