import { patterns } from '#src/semantic/draft/patterns.ts'
import type { ColumnProfile, KnownColumn } from '#src/semantic/draft/profile.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Runs SQL of ours through the guard and the engine. */
export type Run = (sql: string, tables: readonly string[]) => Promise<unknown[][]>

/** No rows of what the database did not count in time, or with the memory it has; anything else is thrown on. */
export const noneWhenTooMuch = (thrown: unknown): unknown[][] => {
  if (thrown instanceof ChartroomError && /^engine\/(timeout|out-of-memory|failed)$/.test(thrown.code)) return []
  throw thrown
}

/** A column whose values are read: what it is called, and how it is written so that every type can be counted and compared. */
export type ReadColumn = KnownColumn & { sql: string }

/** Rows of a table that are looked at. `from` is the table, or a part of it. */
export type Looked = { table: string; from: string; columns: readonly ReadColumn[] }

/** A row of a result of PostgreSQL has at most 1664 columns. */
const columnsAtOnce = 80

export type Counted = { rows: number; columns: ColumnProfile[] }

/** One look at the values of all columns, as `columnCounts` of `src/semantic/draft/column-counts.ts` does in DuckDB. */
export const countColumns = async (run: Run, { table, from, columns }: Looked): Promise<Counted> => {
  const counted: ColumnProfile[] = []
  let rows = 0
  for (let i = 0; i === 0 || i < columns.length; i += columnsAtOnce) {
    const some = columns.slice(i, i + columnsAtOnce)
    const counts = some.flatMap(countsOf).map(sql => `, ${sql}`)
    const [row = []] = await run(`SELECT count(*)${counts.join('')} FROM ${from}`, [table])
    rows = Number(row[0])
    counted.push(...some.map((c, k) => profileOf(c, row.slice(1 + k * perColumn, 1 + (k + 1) * perColumn))))
  }
  return { rows, columns: counted }
}

const perColumn = 13

const countsOf = ({ type, sql: c }: ReadColumn): string[] => {
  const isNumber = type === 'integer' || type === 'number'
  const isText = type === 'text'
  const when = (condition: boolean, sql: string) => (condition ? sql : 'NULL')
  const share = (pattern: string) => when(isText, `count(*) FILTER (WHERE ${c} ~ '^(${pattern})$')`)
  const isOrdered = type !== 'boolean'
  return [
    `count(${c})`,
    `count(DISTINCT ${c})`,
    isOrdered ? `min(${c})::text` : `bool_and(${c})::text`,
    isOrdered ? `max(${c})::text` : `bool_or(${c})::text`,
    isNumber ? `avg(${c})` : when(isTime(type), `avg(extract(epoch FROM ${c}::timestamp)) / 86400`),
    type === 'integer' ? 'true' : when(isNumber, `bool_and(${c} = floor(${c}))`),
    when(isNumber, `count(*) FILTER (WHERE ${c} = 0)`),
    when(isText, `avg(length(${c}))`),
    share(patterns.email),
    share(patterns.phone),
    share(patterns.url),
    share(patterns.ip),
    when(isText, `count(*) FILTER (WHERE strpos(${c}, ' ') > 0)`),
  ]
}

const isTime = (type: ReadColumn['type']) => type === 'date' || type === 'timestamp'

const profileOf = ({ sql: _, ...column }: ReadColumn, counts: readonly unknown[]): ColumnProfile => {
  const [filled, distinct, min, max, mean, whole, zeros, length, ...shares] = counts
  const part = (n: unknown) => (Number(filled) ? Number(n ?? 0) / Number(filled) : 0)
  const isNumber = column.type === 'integer' || column.type === 'number'
  const end = (v: unknown) => (v === null || v === undefined ? null : isNumber ? finite(v) : String(v))
  const [email, phone, url, ip, spaced] = shares
  return {
    ...column,
    filled: Number(filled),
    distinct: Number(distinct),
    min: end(min),
    max: end(max),
    mean: finite(mean),
    whole: whole === true,
    zeros: part(zeros),
    length: Number(length ?? 0),
    patterns: { email: part(email), phone: part(phone), url: part(url), ip: part(ip), spaced: part(spaced) },
    values: [],
  }
}

/** NaN and the infinities of PostgreSQL say nothing of a column. */
const finite = (value: unknown): number | null => {
  const number = value === null || value === undefined ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

/** All values of the columns that have few, most frequent first, with how often they stand there. */
export const listValues = async (
  run: Run,
  { table, from, columns }: Looked,
): Promise<Map<string, ColumnProfile['values']>> => {
  const lists = new Map<string, ColumnProfile['values']>()
  for (let i = 0; i < columns.length; i += listsAtOnce) {
    const some = columns.slice(i, i + listsAtOnce)
    const parts = some.map(
      (c, k) =>
        `SELECT ${k} AS c, ${c.sql}::text AS v, count(*) AS n FROM ${from} WHERE ${c.sql} IS NOT NULL GROUP BY 2`,
    )
    const rows = await run(parts.join(' UNION ALL '), [table])
    some.forEach((c, k) => void lists.set(c.name, valuesOf(rows.filter(([index]) => Number(index) === k))))
  }
  return lists
}

const listsAtOnce = 15

const valuesOf = (rows: readonly unknown[][]): ColumnProfile['values'] =>
  rows
    .map(([, value, count]) => ({ value: String(value), count: Number(count) }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
