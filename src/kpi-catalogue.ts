import type { Domain } from './domain.ts'
import type { Kpi } from './vocabulary/kpi.ts'

/** The KPIs of a domain with the names and labels that people call them by, in the order of its semantic model. */
export const kpiCatalogue = ({
  model,
}: Pick<Domain, 'model'>): { domain: string; entries: (Kpi & { name: string; label: string })[] } => ({
  domain: model.domain,
  entries: Object.entries(model.kpis).map(([name, kpi]) => ({
    ...kpi,
    name,
    label: kpi.label ?? model.measures[kpi.measure]?.label ?? name,
  })),
})
