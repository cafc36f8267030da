import { type RawBuilder, sql } from 'kysely'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Calendar } from '../calendar.ts'
import type { TimePart } from '../model.ts'

export type Sql = RawBuilder<unknown>

/** The few things that the engines say differently. Everything else is the same text on both. */
export type Dialect = {
  name: 'duckdb' | 'postgres'
  timePart(part: TimePart, time: Sql): Sql
  /** A time with zone as wall time in a zone. */
  inZone(time: Sql, zone: string): Sql
  /** A bound text that is compared with a column of texts, or of what is shown as text. */
  textParam(value: unknown): Sql
  /** A value that a pattern is looked for in. */
  asText(value: Sql): Sql
}

const partOf = (part: TimePart, time: Sql, names: { weekday: Sql; month: Sql }): Sql =>
  ({
    weekday: names.weekday,
    month_of_year: names.month,
    hour_of_day: sql`cast(extract(hour from ${time}) as integer)`,
    day_type: sql`case when extract(isodow from ${time}) >= 6 then 'weekend' else 'weekday' end`,
  })[part]

export const dialects: Record<Dialect['name'], Dialect> = {
  duckdb: {
    name: 'duckdb',
    timePart: (part, time) => partOf(part, time, { weekday: sql`dayname(${time})`, month: sql`monthname(${time})` }),
    inZone: (time, zone) => sql`timezone(${sql.lit(zone)}, ${time})`,
    textParam: value => sql`cast(${value} as varchar)`,
    asText: value => value,
  },
  postgres: {
    name: 'postgres',
    timePart: (part, time) =>
      partOf(part, time, { weekday: sql`to_char(${time}, 'FMDay')`, month: sql`to_char(${time}, 'FMMonth')` }),
    inZone: (time, zone) => sql`timezone(${sql.lit(zone)}, ${time})`,
    // Takes the type of the column, which may be an enumeration or a UUID; those compare with no text.
    textParam: value => sql`${value}`,
    asText: value => sql`cast(${value} as text)`,
  },
}

/** A bound number: a count may be compared with 2.5, whole numbers of PostgreSQL with none but whole ones. */
export const numberParam = (value: number): Sql => sql`cast(${value} as float8)`

/** The first moment of the bucket that holds a time; a date for all grains but `hour`. Grains are literals from a fixed list. */
export const bucket = (time: Sql, grain: Grain, { weekStart, fiscalStart }: Calendar): Sql => {
  if (grain === 'hour') return sql`date_trunc('hour', ${time})`
  if (grain === 'week' && weekStart !== 1) return shifted(time, grain, { n: 8 - weekStart, unit: 'day' })
  if ((grain === 'quarter' || grain === 'year') && fiscalStart !== 1)
    return shifted(time, grain, { n: 13 - fiscalStart, unit: 'month' })
  return sql`cast(date_trunc(${sql.lit(grain)}, ${time}) as date)`
}

const shifted = (time: Sql, grain: Grain, { n, unit }: { n: number; unit: 'day' | 'month' }): Sql => {
  const step = interval(n, unit)
  return sql`cast(date_trunc(${sql.lit(grain)}, ${time} + ${step}) - ${step} as date)`
}

/** `interval '3 months'`, from whole numbers and units of a fixed list. */
export const interval = (n: number, unit: Grain): Sql => {
  const [count, word] = unit === 'quarter' ? [3 * n, 'month'] : [n, unit]
  return sql`interval ${sql.lit(`${Math.trunc(count)} ${word}`)}`
}
