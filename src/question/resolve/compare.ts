import { addUnits, daysBetween, labelOf, previousPeriod, shiftBetween, shiftPeriod } from '#src/semantic/calendar.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Query, Split } from '#src/vocabulary/query.ts'
import type { PeriodExpression } from '../periods/expression.ts'
import { isPeriodProblem, resolvePeriod } from '../periods/resolve.ts'
import { Gapped } from './gaps.ts'
import type { Build, Periods } from './types.ts'

/** The period and what it is compared with; `split` when the comparison needs buckets of time. @throws Gapped when there is nothing to compare. */
export const compareOf = (
  b: Build,
  input: CompareInput,
): { period?: Period; compare?: Query['compare']; split?: Grain } => {
  const { draft, ctx } = b
  const { main, compared, range } = input
  const grain = input.splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0]
  const full =
    main ??
    (range
      ? {
          start: range.first,
          end: addUnits(range.last, 1, 'day'),
          label: labelOf(range.first, addUnits(range.last, 1, 'day'), ctx.model),
        }
      : undefined)
  if (main && input.comparedSaid && isRunningOn(main, input.comparedSaid))
    return sameStretch(b, main, { unit: input.comparedSaid.unit, grain })
  if (main && compared) return { period: main, compare: { period: compared, ...shiftBetween(main, compared) } }
  if (input.comparedSaid?.kind === 'relative' && main)
    return shifted(main, { n: 1, unit: input.comparedSaid.unit }, b, grain)
  if (compared && !main) return againstNow(b, input, grain)
  if (ctx.base && draft.earlier && !draft.compares && main) return { period: earlier(main, draft.earlier, b) }
  const wanted =
    draft.earlier ??
    (draft.change
      ? draft.change.grain
        ? { n: 1, unit: draft.change.grain }
        : 'previous'
      : draft.why
        ? 'previous'
        : undefined)
  if (!wanted) return keptCompare(b, main, grain)
  if (grain && full) {
    const step = wanted === 'previous' || wanted.unit === grain ? { n: 1, unit: grain } : wanted
    return { ...shifted(full, step, b, grain) }
  }
  if (!main && wanted !== 'previous' && wanted.unit !== 'year' && full && draft.change?.grain)
    return { ...shifted(full, wanted, b, wanted.unit), split: wanted.unit }
  if (!main) throw new Gapped({ gap: 'change' })
  if (wanted === 'previous') return { period: main, compare: { period: beforeOrAfter(b, main, range) } }
  return shifted(main, wanted, b, grain)
}

type CompareInput = Periods & { range?: { first: IsoDate; last: IsoDate }; splits: Split[] }

/** "and the week before?" moves the period back. */
const earlier = (period: Period, how: { n: number; unit: Grain } | 'previous', { ctx }: Build): Period =>
  how === 'previous' || how.unit === period.unit
    ? previousPeriod(period, ctx.model)
    : shiftPeriod(period, how.n, { unit: how.unit, calendar: ctx.model })

/** A comparison of the thread moves along with a new period. */
const keptCompare = (
  b: Build,
  main: Period | undefined,
  grain?: Grain,
): { period?: Period; compare?: Query['compare'] } => {
  const before = b.ctx.base?.compare
  if (!main) return {}
  if (!before || b.draft.cues.has('drop:compare')) return { period: main }
  if (main.start === b.ctx.base?.period?.start && main.end === b.ctx.base.period.end)
    return { period: main, compare: grain ? { ...shiftBetween(main, before.period), ...before } : before }
  if (before.shift) return shifted(main, before.shift, b, grain)
  const period = previousPeriod(main, b.ctx.model)
  return { period: main, compare: { period, ...(grain && shiftBetween(main, period)) } }
}

/** "revenue vs last month" with no period of its own: the period that is running, against the same days of the one named. */
const againstNow = (
  b: Build,
  { comparedSaid, range }: CompareInput,
  grain?: Grain,
): { period?: Period; compare?: Query['compare'] } => {
  if (comparedSaid?.kind !== 'relative' || comparedSaid.which !== 'last' || comparedSaid.n)
    throw new Gapped({ gap: 'periods' })
  const now = resolvePeriod(
    { kind: 'relative', which: 'this', unit: comparedSaid.unit },
    { today: b.ctx.today, calendar: b.ctx.model, data: range },
  )
  if (isPeriodProblem(now)) throw new Gapped({ gap: 'period', problem: now })
  return sameStretch(b, now, { unit: comparedSaid.unit, grain })
}

type LastUnit = Extract<PeriodExpression, { kind: 'relative' }>

/** "this year vs last year": the year that is not over, and the one before it, unless the whole of that was said. */
const isRunningOn = ({ toDate, unit }: Period, said: PeriodExpression): said is LastUnit =>
  toDate === true && said.kind === 'relative' && said.which === 'last' && !said.n && !said.whole && said.unit === unit

const sameStretch = (b: Build, now: Period, { unit, grain }: { unit: Grain; grain?: Grain }) => {
  b.notes.push(`${now.label} was compared with the same stretch one ${unit} earlier.`)
  return shifted(now, { n: 1, unit }, b, grain)
}

/** Nothing before the data begins: a "why" about its first period looks at the next one instead. */
const beforeOrAfter = (b: Build, main: Period, range?: { first: IsoDate; last: IsoDate }): Period => {
  const before = previousPeriod(main, b.ctx.model)
  if (!b.draft.why || !range || before.end > range.first) return before
  const unit = main.unit ?? 'day'
  const after = main.unit
    ? shiftPeriod(main, -(main.count ?? 1), { unit, calendar: b.ctx.model })
    : shiftPeriod(main, -daysBetween(main.start, main.end), { unit: 'day', calendar: b.ctx.model })
  b.notes.push(
    `The data begins on ${range.first}, so ${main.label} is compared with ${after.label}, the period after it.`,
  )
  return after
}

const shifted = (
  period: Period,
  by: { n: number; unit: Grain },
  b: Build,
  grain?: Grain,
): { period: Period; compare: Query['compare'] } => {
  const weeks = by.unit === 'year' && (grain === 'week' || period.unit === 'week')
  const step = weeks ? { n: 52 * by.n, unit: 'week' as Grain } : by
  return {
    period,
    compare: { period: shiftPeriod(period, step.n, { unit: step.unit, calendar: b.ctx.model }), shift: step },
  }
}
