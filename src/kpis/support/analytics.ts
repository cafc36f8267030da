import { z } from 'zod'
import { kpiNames, supportKpis } from './catalogue.ts'
import { filterFields, filterSchema, type SupportFilters } from './filters.ts'
import { type KpiAsking, runKpi } from './run.ts'

/** What an API over the KPIs needs: the parameters, what reads them, and every KPI with its schema and the function that works it out. */
export const supportAnalytics = (asking: Omit<KpiAsking, 'signal'>) => ({
  fields: z.strictObject(filterFields),
  filters: filterSchema(asking.log.zone),
  kpis: kpiNames.map(name => {
    const { title, description, result } = supportKpis[name]
    return {
      path: name,
      title,
      description,
      result,
      run: (filters: SupportFilters, { signal }: { signal: AbortSignal }): Promise<unknown> =>
        runKpi(name, filters, { ...asking, signal }),
    }
  }),
})
