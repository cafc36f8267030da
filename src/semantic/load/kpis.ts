import type { Kpi } from '#src/vocabulary/kpi.ts'
import { grains } from '#src/vocabulary/period.ts'
import { type Dimension, isTimePart } from '../model.ts'
import type { Report } from './problem.ts'
import { unknown } from './problem.ts'
import type { Entries, Written } from './written.ts'

type KpiScope = { report: Report; dimensions: Map<string, Dimension | undefined>; measures: Written['measures'] }

/** The KPIs, with measures that are offered and splits that may be shown. */
export const buildKpis = (written: Entries<Kpi>, scope: KpiScope): Record<string, Kpi> => {
  for (const [name, kpi] of written.valid) {
    checkMeasure(['kpis', name, 'measure'], kpi.measure, scope)
    if (kpi.split !== undefined) checkSplit(['kpis', name, 'split'], kpi.split, scope)
  }
  return Object.fromEntries(written.valid)
}

/** A measure that people are shown must exist and not be hidden. */
export const checkMeasure = (
  path: string[],
  measure: string,
  { report, measures }: Pick<KpiScope, 'report' | 'measures'>,
) => {
  if (!measures.names.has(measure)) report(path, unknown('measure', measure, measures.names))
  else if (measures.valid.get(measure)?.hidden) report(path, `the measure ${measure} is hidden`)
}

const checkSplit = (path: string[], split: string, { report, dimensions }: KpiScope) => {
  if (isTimePart(split) || grains.some(grain => grain === split)) return
  if (!dimensions.has(split)) report(path, unknown('dimension or grain', split, [...dimensions.keys(), ...grains]))
  else if (dimensions.get(split)?.personal) report(path, `${split} is personal data; nothing is split by it`)
}
