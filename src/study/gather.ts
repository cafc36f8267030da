import { addUnits } from '#src/semantic/calendar.ts'
import type { Period } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Table } from '#src/vocabulary/table.ts'
import { fairPrevious, followingPeriod } from './calendar.ts'
import { driverDimensions } from './driver-dimensions.ts'
import { isLater } from './later.ts'
import { ratioOf } from './ratio.ts'
import { type Things, thingsIn, thingsQuery } from './things.ts'
import type { View } from './view.ts'

/** Runs a further query through the whole safe path. May reject; the study then does without. */
export type RunQuery = (query: Query) => Promise<Table>

/** The measures over everything the result is a part of, by column name, now and in the period compared with. */
export type Whole = { now: Record<string, number | null>; previous?: Record<string, number | null>; versus?: Period }

/** The change to explain, and the measure split by each dimension for both periods. `after`: there was nothing before to compare with. */
export type WhyData = { versus: Period; after: boolean; splits: { dimension: string; table: Table }[] }

/** What further queries found. Every part may be absent. */
export type Extras = { whole?: Whole; runnersUp?: Table; history?: Table; why?: WhyData; things?: Things }

/** Runs the few further queries that a result needs to be understood: never more than two, and for `why` one per dimension beside. */
export const gather = async (view: View, runQuery: RunQuery | undefined): Promise<Extras> => {
  if (!runQuery || !view.rows.length) return { history: view.history }
  const run = async (query: Query | undefined) => (query ? settle(runQuery(query)) : undefined)
  if (view.query.intent === 'why') return gatherWhy(view, run)
  const apart = thingsQuery(view)
  const things = apart && (await run(apart))
  if (things) return { things: thingsIn(view, things) }
  const versus = view.query.compare ? undefined : previousInData(view)
  const [whole, runnersUp, history] = await Promise.all([
    needsWhole(view, versus) ? run(totals(view.query, versus)) : undefined,
    run(runnersUpQuery(view)),
    view.history ?? run(historyQuery(view)),
  ])
  return { whole: whole && wholeIn(whole, versus), runnersUp, history }
}

type Run = (query: Query | undefined) => Promise<Table | undefined>

const settle = async (running: Promise<Table>): Promise<Table | undefined> => {
  const [result] = await Promise.allSettled([running])
  return result?.status === 'fulfilled' && result.value.rows.length ? result.value : undefined
}

const gatherWhy = async (view: View, run: Run): Promise<Extras> => {
  const before = view.query.compare?.period ?? previousInData(view)
  const first = before && (await compareWith(view, before, run))
  const after = first ? undefined : followingInData(view)
  const found = first ?? (after && (await compareWith(view, after, run)))
  if (!found) return {}
  const { whole, versus } = found
  const later = isLater(versus, view.query.period)
  const measure = view.query.measures[0]
  if (!measure) return { whole }
  const denominator = ratioOf(view.model, measure.measure)
  const tables = await Promise.all(
    driverDimensions(view).map(async dimension => {
      const measures = denominator ? [measure, { measure: denominator }] : [measure]
      const split = { ...totals(view.query, versus), measures, splits: [{ dimension }], limit: 200 }
      return { dimension, table: await run(split) }
    }),
  )
  const splits = tables.flatMap(({ dimension, table }) => (table ? [{ dimension, table }] : []))
  const unit = view.query.period?.unit
  const all =
    later && unit
      ? { ...totals(view.query), measures: [measure], splits: [{ grain: unit }], period: undefined }
      : undefined
  return { whole, history: await run(all), why: { versus, after: later, splits } }
}

const compareWith = async (view: View, versus: Period, run: Run) => {
  const table = await run(totals(view.query, versus))
  const whole = table && wholeIn(table, versus)
  const key = view.measures[0]?.name ?? ''
  return whole?.previous?.[key] ? { whole, versus } : undefined
}

const followingInData = (view: View): Period | undefined => {
  const next = view.query.period && followingPeriod(view.query.period, view.model)
  return next && next.end <= view.cut ? next : undefined
}

const previousInData = ({ query, cut, range, model }: View): Period | undefined => {
  if (!query.period) return undefined
  const versus = fairPrevious(query.period, { end: cut, calendar: model })
  return versus && !(range?.from && versus.start < range.from.slice(0, 10)) ? versus : undefined
}

const needsWhole = ({ query, table, measures, dimensions, time }: View, versus: Period | undefined) => {
  if (!measures.some(m => !m.calc)) return false
  const split = dimensions.length > 0 || time !== undefined
  const cut = query.limit !== undefined || table.truncated || query.having.length > 0
  return versus !== undefined || (split && (cut || measures.some(m => !m.additive)))
}

const totals = (query: Query, versus?: Period): Query => ({
  ...query,
  measures: query.measures.filter(m => !m.calc || (query.splits.length === 0 && m.calc.kind === 'share')),
  splits: [],
  having: [],
  order: [],
  limit: undefined,
  limitPer: undefined,
  chart: undefined,
  intent: 'value',
  compare: versus ? { period: versus } : query.compare && { period: query.compare.period },
})

const runnersUpQuery = ({ query, dimensions, time }: View): Query | undefined => {
  const { limit, limitPer } = query
  const single = dimensions.length + (time ? 1 : 0) === 1
  return limit !== undefined && limit < 5 && single && !limitPer ? { ...query, limit: 5 } : undefined
}

const historyQuery = (view: View): Query | undefined => {
  const { query, dimensions, time } = view
  const measure = query.measures[0]
  const timed = Object.values(view.model.tables).some(t => t.time)
  if (!measure || measure.calc || dimensions.length || time || !timed) return undefined
  return { ...totals(query), compare: undefined, measures: [measure], ...historyOf(query.period) }
}

const historyOf = (period: Period | undefined): Pick<Query, 'splits' | 'period'> => {
  const unit = period?.unit
  if (!period || !unit || unit === 'hour') return { splits: [{ grain: 'month' }], period: undefined }
  if (unit === 'year' || unit === 'quarter') {
    const start = unit === 'year' ? period.start : addUnits(period.end, -12, 'month')
    return { splits: [{ grain: 'month' }], period: stretch(period, start) }
  }
  const back = { day: 28, week: 13, month: 12 }[unit]
  const start = addUnits(period.start, -Math.max(0, back - (period.count ?? 1)), unit)
  return { splits: [{ grain: unit }], period: stretch(period, start) }
}

const stretch = ({ end, label }: Period, start: string): Period => ({ start, end, label })

const wholeIn = ({ columns, rows }: Table, versus?: Period): Whole => {
  const cells: Record<string, number | null> = {}
  columns.forEach((c, i) => {
    cells[c.name] = numeric(rows[0]?.[i])
  })
  const previous = columns.filter(c => c.role === 'previous')
  return {
    now: cells,
    previous: previous.length
      ? Object.fromEntries(previous.map(c => [c.name.replace(/_previous$/, ''), cells[c.name] ?? null]))
      : undefined,
    versus,
  }
}

const numeric = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null)
