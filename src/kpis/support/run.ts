import type { KpiName, KpiResults } from './catalogue.ts'
import type { ClassifyByKey } from './classify.ts'
import { engagement } from './engagement.ts'
import type { SupportFilters } from './filters.ts'
import { painPoints } from './pain-points.ts'
import { queryCategories } from './query-categories.ts'
import { retention } from './retention.ts'
import { returningUsers } from './returning-users.ts'
import { segments } from './segments.ts'
import { sessionMetrics } from './session-metrics.ts'
import type { Asking } from './statement.ts'
import { toolUsage } from './tool-usage.ts'
import { volume } from './volume.ts'

/** What all KPIs together need. `maySeeUsers`: whether whoever asks may see who somebody is. */
export type KpiAsking = Asking & { classify: ClassifyByKey; maySeeUsers: boolean }

/** Works out a KPI by its name. */
export const runKpi = <N extends KpiName>(
  name: N,
  filters: SupportFilters,
  asking: KpiAsking,
): Promise<KpiResults[N]> => runs[name](filters, asking)

type Runs = { [N in KpiName]: (filters: SupportFilters, asking: KpiAsking) => Promise<KpiResults[N]> }

const runs: Runs = {
  'session-metrics': sessionMetrics,
  'pain-points': painPoints,
  volume,
  engagement,
  retention,
  'query-categories': queryCategories,
  'tool-usage': toolUsage,
  'returning-users': returningUsers,
  segments,
}
