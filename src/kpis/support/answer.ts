import { addUnits, labelOf } from '#src/semantic/calendar.ts'
import { inPeriod } from '#src/study/words.ts'
import type { Answered, Receipt } from '#src/vocabulary/answer.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Period } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { tellVolume } from './answer/days.ts'
import { tellEngagement, tellReturningUsers, tellSessionMetrics } from './answer/figures.ts'
import { tellPainPoints, tellQueryCategories, tellRetention, tellSegments, tellToolUsage } from './answer/parts.ts'
import type { Scope, Told } from './answer/told.ts'
import { type KpiName, type KpiResults, supportKpis } from './catalogue.ts'
import type { SupportFilters } from './filters.ts'

/** What of an answer follows from a KPI's result; the rest (id, SQL, how long it took) is known to whoever asked. */
export type KpiAnswer = Pick<Answered, 'query' | 'table' | 'facts' | 'story' | 'chart'> & {
  receipt: Pick<Receipt, 'reading' | 'measures' | 'filters' | 'period' | 'notes'>
  /** Nothing was logged: to be told as an empty answer with this sentence. */
  empty?: string
}

export type Telling = { filters: SupportFilters; domain: string; period?: Period }

/**
 * A KPI's result as every chat shows it: the same numbers as in the API, as table, sentences and chart. `period` is how it was asked for ("last 30
 * days"); by default the days of the filters.
 */
export const answerOf = <N extends KpiName>(
  name: N,
  result: KpiResults[N],
  { filters, domain, period = periodOf(filters) }: Telling,
): KpiAnswer => {
  const bot = `the ${filters.product_context} bot`
  const told = tellings[name](result, { bot, when: inPeriod(period) })
  const narrowed = conditions(filters)
  const subtitle = [`${told.measured}, ${bot}`, ...narrowed, period.label].join(' · ')
  const title = told.headline.text
  return {
    query: queryOf(told, { filters, domain, period }),
    table: told.table,
    facts: told.facts ?? [],
    story: { headline: told.headline, summary: told.summary, insights: [], implications: [] },
    chart: told.chart({ title, subtitle }),
    receipt: {
      reading: `${capital(supportKpis[name].title)} of ${bot}, ${[period.label, ...narrowed].join(', ')}`,
      measures: [{ name, label: supportKpis[name].title, definition: supportKpis[name].description }],
      filters: [`product context ${filters.product_context}`, ...narrowed],
      period: period.label,
      notes: [...(told.notes ?? []), ...missingOf(result)],
    },
    ...(result.messages === 0 && {
      empty: `Nothing was asked ${[`of ${bot}${inPeriod(period)}`, ...narrowed].join(', ')}.`,
    }),
  }
}

const tellings: { [N in KpiName]: (result: KpiResults[N], scope: Scope) => Told } = {
  'session-metrics': tellSessionMetrics,
  'pain-points': tellPainPoints,
  volume: tellVolume,
  engagement: tellEngagement,
  retention: tellRetention,
  'query-categories': tellQueryCategories,
  'tool-usage': tellToolUsage,
  'returning-users': tellReturningUsers,
  segments: tellSegments,
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Days, or the two instants as they were given. */
const periodOf = ({ start_date, end_date, first_day, last_day }: SupportFilters): Period => {
  const end = addUnits(last_day, 1, 'day')
  const whole = start_date.length === 10 && end_date.length === 10
  const label = whole ? labelOf(first_day, end, { weekStart: 1, fiscalStart: 1 }) : `from ${start_date} to ${end_date}`
  return { start: first_day, end: end > first_day ? end : addUnits(first_day, 1, 'day'), label }
}

const conditions = ({ environment, user_id }: SupportFilters) => [
  ...(environment ? [`environment ${environment}`] : []),
  ...(user_id ? ['one user'] : []),
]

/** The nearest question to the semantic model. A user is not in it: nobody may be asked for there. */
const queryOf = ({ query }: Told, { filters, domain, period }: Required<Telling>): Query => ({
  domain,
  ...query,
  filters: [
    { op: 'in', dimension: 'product_context', values: [filters.product_context] },
    ...(filters.environment ? [{ op: 'in' as const, dimension: 'environment', values: [filters.environment] }] : []),
  ],
  having: [],
  period,
  order: [],
  intent: 'value',
})

const missing = {
  messages_without_session: 'no session and count in none',
  messages_without_user: 'no user and count for none',
  messages_without_category: 'none of the ten categories and count in none',
  messages_without_text: 'no text and are no query',
} as const

/** How much the log misses of what was counted by. */
const missingOf = (result: KpiResults[KpiName]): string[] => {
  const counts: Record<string, unknown> = result
  return Object.entries(missing).flatMap(([key, words]) => {
    const found = counts[key]
    if (typeof found !== 'number' || found === 0) return []
    const [some, all] = [found, result.messages].map(n => formatExact(n, { kind: 'integer' }))
    return [`${some} of ${all} messages have ${words}.`]
  })
}
