import { isTimePart, type Measure, type Model } from '#src/semantic/model.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import { grains } from '#src/vocabulary/period.ts'
import { partsOf } from './measures.ts'

type Kpis = Readonly<Record<string, Kpi>>

/** The KPIs that are allowed and whose measure is there; one whose usual split is gone is shown without. */
export const keptKpis = ({ kpis, measures, dimensions }: Model, allowed?: readonly string[]): Record<string, Kpi> =>
  Object.fromEntries(
    Object.entries(kpis)
      .filter(([name, { measure }]) => (allowed?.includes(name) ?? true) && Object.hasOwn(measures, measure))
      .map(([name, { split, ...kpi }]) => [name, isThere(split, dimensions) ? { ...kpi, split } : kpi]),
  )

const isThere = (split: string | undefined, dimensions: Model['dimensions']) =>
  split !== undefined &&
  (isTimePart(split) || grains.some(grain => grain === split) || Object.hasOwn(dimensions, split))

/**
 * With a list of KPIs, the measures of the others are not offered either: they are gone, or where a formula is made of them, hidden.
 */
export const offeredMeasures = (
  { kpis: all, measures }: Pick<Model, 'kpis' | 'measures'>,
  kept: Kpis,
  allowed?: readonly string[],
): Record<string, Measure> => {
  if (!allowed) return measures
  const shown = new Set(Object.values(kept).map(({ measure }) => measure))
  const refused = new Set(Object.values(all).flatMap(({ measure }) => (shown.has(measure) ? [] : [measure])))
  const parts = new Set(Object.values(measures).flatMap(measure => (refused.has(measure.name) ? [] : partsOf(measure))))
  return Object.fromEntries(
    Object.entries(measures)
      .filter(([name]) => !refused.has(name) || parts.has(name))
      .map(([name, measure]) => [name, refused.has(name) ? { ...measure, hidden: true } : measure]),
  )
}
