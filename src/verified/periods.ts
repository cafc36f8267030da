import type { Knowledge } from '#src/domain.ts'
import { isPeriodProblem, resolvePeriod } from '#src/question/periods/resolve.ts'
import { mention } from '#src/question/read.ts'
import { addUnits } from '#src/semantic/calendar.ts'
import type { Model } from '#src/semantic/model.ts'
import type { IsoDate, Period } from '#src/vocabulary/period.ts'

type At = { model: Model; knowledge: Pick<Knowledge, 'lexicon' | 'range'>; today: IsoDate }

type Ends = { start: IsoDate; end: IsoDate; last: IsoDate }

/** A period, with its last day. */
export type Placed = Period & Ends

/** A period that a question names: `on` places it on a day, `again` as far as the data goes. */
export type SaidPeriod = {
  on: (today: IsoDate, again: boolean) => Placed | undefined
  /** It is another one on another day: "last month", "March". */
  moves: boolean
}

/** The periods that a question names, in order. */
export const periodsIn = (text: string, { model, knowledge, today }: At): SaidPeriod[] =>
  mention(text, knowledge.lexicon).mentions.flatMap(said => {
    if (said.kind !== 'period') return []
    const data = rangeOf(model, knowledge)
    const on = (day: IsoDate, again: boolean): Placed | undefined => {
      const period = resolvePeriod(said.expression, { today: day, calendar: model, ...(again && data && { data }) })
      return isPeriodProblem(period) ? undefined : { ...period, last: addUnits(period.end, -1, 'day') }
    }
    const [now, later] = [on(today, false), on(addUnits(today, 400, 'day'), false)]
    return [{ on, moves: now?.start !== later?.start || now?.end !== later?.end }]
  })

/** Whether a named period is this one, and if it had to be read again for that. */
export const named = (
  said: SaidPeriod,
  { start, end }: Pick<Period, 'start' | 'end'>,
  { today }: Pick<At, 'today'>,
): { again: boolean } | undefined => {
  const again = [false, true].find(read => {
    const period = said.on(today, read)
    return period?.start === start && period.end === end
  })
  return again === undefined ? undefined : { again }
}

/** The dates that stand in a SQL text, each once. */
export const datesIn = (sql: string): IsoDate[] => [...new Set(sql.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? [])]

/** Puts other dates in for those that stand in a SQL text; undefined when one would become two. */
export const withDates = (sql: string, moved: readonly (readonly [Ends, Ends])[]): string | undefined => {
  const now = new Map<IsoDate, IsoDate>()
  for (const [before, after] of moved)
    for (const end of ['start', 'end', 'last'] as const) {
      if ((now.get(before[end]) ?? after[end]) !== after[end]) return undefined
      now.set(before[end], after[end])
    }
  return sql.replace(/\b\d{4}-\d{2}-\d{2}\b/g, date => now.get(date) ?? date)
}

/** From when to when the data goes, by the time of the measure that is usual, else of any table. */
const rangeOf = (model: Model, { range }: Pick<Knowledge, 'range'>) => {
  const main = model.measures[model.defaultMeasure ?? '']
  const first = main?.kind === 'base' ? model.tables[main.table]?.time : undefined
  return [first, ...Object.values(model.tables).map(({ time }) => time)]
    .flatMap(time => (time === undefined ? [] : (range(time) ?? [])))
    .at(0)
}
