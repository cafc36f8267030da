import { z } from 'zod'
import type { Analytics, AnalyticsKpi } from '#handlers/http/analytics.ts'
import { filterFields, filterSchema, type SupportFilters } from '#src/kpis/support/filters.ts'

const paths = [
  'session-metrics',
  'pain-points',
  'volume',
  'engagement',
  'retention',
  'query-categories',
  'tool-usage',
  'returning-users',
  'segments',
]

const days = z.int().meta({ id: 'Days', description: 'Days of the range.' })

type Run = AnalyticsKpi['run']

/** Nine KPIs that tell what they were asked, and remember it. `run` answers instead for one of them. */
export const scriptedAnalytics = (run: Record<string, Run> = {}) => {
  const asked: { path: string; filters: SupportFilters; signal: AbortSignal }[] = []
  const kpis = paths.map(path => ({
    path,
    title: path.replace('-', ' '),
    description: `What ${path} is.`,
    result: z
      .strictObject({ kpi: z.string(), product_context: z.string(), days_count: days })
      .meta({ id: `Kpi${path.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}` }),
    run: async (filters: SupportFilters, { signal }: { signal: AbortSignal }) => {
      asked.push({ path, filters, signal })
      const other = run[path]
      if (other) return other(filters, { signal })
      const ms = Date.parse(filters.until) - Date.parse(filters.from)
      return { kpi: path, product_context: filters.product_context, days_count: Math.round(ms / 86_400_000) }
    },
  }))
  const analytics: Analytics = {
    fields: z.strictObject(filterFields),
    filters: filterSchema('Europe/Berlin'),
    kpis,
    examples: { start_date: '2024-05-01', product_context: 'pool' },
  }
  return { analytics, asked, paths }
}
