import { previousPeriod } from '#src/semantic/calendar.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Filter, Split } from '#src/vocabulary/query.ts'
import type { Draft } from '../draft.ts'
import type { PeriodExpression } from '../periods/expression.ts'
import { isPeriodProblem, resolvePeriod } from '../periods/resolve.ts'
import { Gapped } from './gaps.ts'
import type { Build, Periods } from './types.ts'

/** The periods that were said, placed on the calendar: one to ask for, one to compare with. @throws Gapped */
export const periodsOf = (b: Build, range?: { first: IsoDate; last: IsoDate }): Periods => {
  const { draft, ctx } = b
  const place = (e: PeriodExpression): Period => {
    const period = resolvePeriod(e, { today: ctx.today, calendar: ctx.model, data: range })
    if (isPeriodProblem(period)) throw new Gapped({ gap: 'period', problem: period })
    if (period.insteadOf)
      b.notes.push(`The data ends on ${range?.last}, so ${period.label} was taken instead of ${period.insteadOf}.`)
    return period
  }
  const ends = changeEnds(draft)
  const said = ends ?? draft.periods.map(p => ({ expression: p.expression, compared: p.compared }))
  if (said.length > 2) throw new Gapped({ gap: 'periods' })
  const [a, c] = said
  if (!a) return {}
  if (!c)
    return a.compared
      ? { compared: place(a.expression), comparedSaid: a.expression }
      : { main: place(a.expression), mainSaid: a.expression }
  if (!draft.compares && !ends && !draft.change) throw new Gapped({ gap: 'periods' })
  const [one, two] = sameYears(a.expression, c.expression)
  if (c.compared && two.kind === 'relative' && two.which === 'last' && !two.n && finer(one, two.unit))
    return { main: place(one), mainSaid: one, comparedSaid: two }
  const [p, q] = [place(one), place(two)]
  if ((p.insteadOf || q.insteadOf) && p.start === q.start)
    return {
      main: p,
      mainSaid: one,
      comparedSaid: two.kind === 'relative' ? two : undefined,
      compared: two.kind === 'relative' ? undefined : previousPeriod(p, ctx.model),
    }
  if (p.start === q.start && p.end === q.end) throw new Gapped({ gap: 'periods' })
  return p.start >= q.start
    ? { main: p, compared: q, mainSaid: one, comparedSaid: two }
    : { main: q, compared: p, mainSaid: two, comparedSaid: one }
}

/** The time dimension that was said. */
export const timeOf = (b: Build): string | undefined => {
  const meaning = b.draft.time && b.picks.of(b.draft.time)
  return meaning?.kind === 'dimension' ? meaning.dimension : undefined
}

const order: Grain[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']

const unitOfSaid = (e: PeriodExpression): Grain | undefined => {
  if (e.kind === 'relative' || e.kind === 'toDate' || e.kind === 'ago') return e.unit
  if (e.kind === 'month' || e.kind === 'quarter' || e.kind === 'year') return e.kind
  return e.kind === 'half' ? 'quarter' : e.kind === 'range' || e.kind === 'part' || e.kind === 'union' ? 'month' : 'day'
}

const finer = (e: PeriodExpression, unit: Grain) => order.indexOf(unitOfSaid(e) ?? 'day') < order.indexOf(unit)

/** "growth from March to April" compares the two ends. */
const changeEnds = ({
  change,
  compares,
  periods,
  why,
}: Draft): { expression: PeriodExpression; compared: boolean }[] | undefined => {
  const [only] = periods
  if ((!change && !compares) || why || periods.length !== 1 || !only || only.expression.kind !== 'range')
    return compares ? unionEnds(periods) : undefined
  const { from, to } = only.expression
  if (!from || !to || from.kind !== to.kind || !['month', 'quarter', 'year'].includes(from.kind)) return undefined
  return [
    { expression: to, compared: false },
    { expression: from, compared: true },
  ]
}

const unionEnds = (periods: Draft['periods']) => {
  const [only] = periods
  if (periods.length !== 1 || only?.expression.kind !== 'union' || only.expression.parts.length !== 2) return undefined
  const [a, c] = only.expression.parts
  return a && c
    ? [
        { expression: a, compared: false },
        { expression: c, compared: true },
      ]
    : undefined
}

const sameYears = (a: PeriodExpression, c: PeriodExpression): [PeriodExpression, PeriodExpression] => {
  const lend = (e: PeriodExpression, from: PeriodExpression): PeriodExpression =>
    e.kind === from.kind && 'year' in from && from.year !== undefined && 'year' in e && e.year === undefined
      ? ({ ...e, year: from.year } as PeriodExpression)
      : e
  return [lend(a, c), lend(c, a)]
}

/** "*terminations* by department": with no period, the rows that have the day at all. */
export const doneAtAll = (
  { draft, ctx: { model } }: Build,
  { time, splits }: { time?: string; splits: Split[] },
): Filter[] => {
  const isDated = draft.time && draft.measures.length === 0 && draft.periods.length === 0
  if (!isDated || splits.some(s => 'grain' in s)) return []
  const done = Object.values(model.filters).find(
    ({ filters: [only, ...more] }) => only?.op === 'is_not_null' && only.dimension === time && more.length === 0,
  )
  return done ? [{ op: 'named', filter: done.name }] : []
}
