import type { Domain, Knowledge } from '#src/domain.ts'
import { read } from '#src/question/read.ts'
import { addUnits, previousPeriod } from '#src/semantic/calendar.ts'
import type { Verification } from '#src/store/verified.ts'
import type { IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Query } from '#src/vocabulary/query.ts'
import { sameQuery, withoutChart } from './keep.ts'
import { named, type Placed, periodsIn, withDates } from './periods.ts'

export type Day = { domain: Pick<Domain, 'model'>; knowledge: Knowledge; today: IsoDate }

export type AskedOn = { query: Query } | Sql

type Sql = { sql: string; says: string }

/** What a verified question asks on a day: "last month" is then another one. Undefined when that cannot be told any more. */
export const askedOn = (verified: Verification, day: Day): AskedOn | undefined => {
  const { asked } = verified
  if ('sql' in asked) return sqlOn(verified, asked, day)
  const query = queryOn(verified, asked.query, day)
  return query && { query }
}

const queryOn = ({ question, day: then }: Verification, query: Query, day: Day): Query | undefined => {
  const { domain, knowledge, today } = day
  const periods = periodsIn(question, { ...day, model: domain.model, today: then })
  if (!periods.some(({ moves }) => moves)) return query
  const { candidates, unused } = read(question, { model: domain.model, ...knowledge, today })
  const now = unused.length === 0 ? candidates[0]?.query : undefined
  if (now && sameQuery(undated(now), undated(query))) return withoutChart(now)
  const move = (period: Period): Period | undefined => {
    const found = periods.flatMap(said => {
      const how = named(said, period, { today: then })
      return how ? (said.on(today, how.again) ?? []) : []
    })
    return found[0] && periodOf(found[0])
  }
  if (!query.period) return undefined
  const period = move(query.period)
  if (!period || !query.compare) return period && { ...query, period }
  const compared = move(query.compare.period) ?? previousPeriod(period, domain.model)
  return { ...query, period, compare: { ...query.compare, period: compared } }
}

const periodOf = ({ last: _, ...period }: Placed): Period => period

/** A query without its days; a comparison stays one. */
const undated = (query: Query): Query => {
  const none = { start: '2000-01-01', end: '2000-01-02', label: '' }
  return {
    ...query,
    ...(query.period && { period: none }),
    ...(query.compare && { compare: { ...query.compare, period: none } }),
  }
}

const sqlOn = ({ question, day: then, periods }: Verification, { sql, says }: Sql, day: Day): Sql | undefined => {
  const said = periodsIn(question, { ...day, model: day.domain.model, today: then })
  if (said.length !== periods.length) return undefined
  const moved = said.flatMap((period, i) => {
    const before = periods[i]
    const after = before && period.on(day.today, before.again)
    return before && after ? [[{ ...before, last: addUnits(before.end, -1, 'day') }, after] as const] : []
  })
  const text = moved.length === said.length ? withDates(sql, moved) : undefined
  if (text === undefined || text === sql) return text === undefined ? undefined : { sql, says }
  return { sql: text, says: `${question} (${moved.map(([, { label }]) => label).join(', ')})` }
}
