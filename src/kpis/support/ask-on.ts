import { addUnits, previousPeriod } from '#src/semantic/calendar.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Choice } from '#src/vocabulary/answer.ts'
import type { Period } from '#src/vocabulary/period.ts'
import { type KpiName, kpiNames, supportKpis } from './catalogue.ts'
import type { ProductContext } from './filters.ts'

/** Of which bot, which days and which environment a KPI was told. */
export type Meant = { context: ProductContext; period: Period; environment?: string }

/** What asks for exactly this, wherever it is typed: "kpi retention pool from 2023-05-01 to 2023-05-31". */
export const commandOf = (kpi: KpiName, { context, period, environment }: Meant): string =>
  [`kpi ${supportKpis[kpi].title}`, context, environment, `from ${period.start} to ${addUnits(period.end, -1, 'day')}`]
    .filter(Boolean)
    .join(' ')

/** The other bot, and two other KPIs of the same days. */
export const nextOf = (kpi: KpiName, meant: Meant): Choice[] => {
  const other = meant.context === 'pool' ? 'landscape' : 'pool'
  const at = kpiNames.indexOf(kpi)
  const further = [1, 2].map(step => kpiNames[(at + step) % kpiNames.length]!)
  return [
    { label: `The same of the ${other} bot`, question: commandOf(kpi, { ...meant, context: other }) },
    ...further.map(name => ({ label: titled(supportKpis[name].title), question: commandOf(name, meant) })),
  ]
}

/** The same KPI of these days and of the two periods before, as far as there is data (`since` is its first day). */
export const otherPeriods = (
  kpi: KpiName,
  meant: Meant,
  { model, since }: { model: Model; since?: string },
): Choice[] => {
  const before = previousPeriod(meant.period, model)
  return [meant.period, before, previousPeriod(before, model)]
    .filter(({ end }, i) => i === 0 || since === undefined || end > since)
    .map(period => ({ label: period.label, question: commandOf(kpi, { ...meant, period }) }))
}

/** For when there was nothing in those days. */
export const overAll = (kpi: KpiName, { context, environment }: Meant): Choice => ({
  label: 'The same over all data',
  question: [`kpi ${supportKpis[kpi].title}`, context, environment, 'all time'].filter(Boolean).join(' '),
})

export const titled = (title: string) => title.charAt(0).toUpperCase() + title.slice(1)
