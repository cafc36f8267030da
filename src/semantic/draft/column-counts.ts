import { patterns } from './patterns.ts'
import type { ColumnProfile, KnownColumn, KnownTable } from './profile.ts'

/** Runs SQL and gives rows of plain values; big numbers may be strings. */
export type Run = (sql: string) => Promise<unknown[][]>

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const perColumn = 13

/** One scan: the counts of all columns of a table. */
export const columnCounts = async (
  run: Run,
  { name, columns }: KnownTable,
): Promise<{ rows: number; columns: ColumnProfile[] }> => {
  const parts = columns.flatMap(countsOf)
  const [row = []] = await run(`SELECT count(*)${parts.map(p => `, ${p}`).join('')} FROM ${quoted(name)}`)
  return {
    rows: Number(row[0]),
    columns: columns.map((c, i) => profileOf(c, row.slice(1 + i * perColumn, 1 + (i + 1) * perColumn))),
  }
}

const countsOf = ({ name, type }: KnownColumn): string[] => {
  const c = quoted(name)
  const isNumber = type === 'integer' || type === 'number'
  const isTime = type === 'date' || type === 'timestamp'
  const isText = type === 'text'
  const when = (condition: boolean, sql: string) => (condition ? sql : 'NULL')
  const share = (pattern: string) => when(isText, `count(*) FILTER (regexp_full_match(${c}, '${pattern}'))`)
  return [
    `count(${c})`,
    `count(DISTINCT ${c})`,
    `CAST(min(${c}) AS VARCHAR)`,
    `CAST(max(${c}) AS VARCHAR)`,
    isNumber ? `avg(${c})` : when(isTime, `avg(epoch(CAST(${c} AS TIMESTAMP))) / 86400`),
    when(isNumber, `bool_and(${c} = floor(${c}))`),
    when(isNumber, `count(*) FILTER (${c} = 0)`),
    when(isText, `avg(length(${c}))`),
    share(patterns.email),
    share(patterns.phone),
    share(patterns.url),
    share(patterns.ip),
    when(isText, `count(*) FILTER (contains(${c}, ' '))`),
  ]
}

const profileOf = (column: KnownColumn, counts: readonly unknown[]): ColumnProfile => {
  const [filled, distinct, min, max, mean, whole, zeros, length, ...shares] = counts
  const isNumber = column.type === 'integer' || column.type === 'number'
  const part = (n: unknown) => (Number(filled) ? Number(n ?? 0) / Number(filled) : 0)
  const end = (v: unknown) => (v === null || v === undefined ? null : isNumber ? Number(v) : String(v))
  return {
    ...column,
    filled: Number(filled),
    distinct: Number(distinct),
    min: end(min),
    max: end(max),
    mean: mean === null || mean === undefined ? null : Number(mean),
    whole: whole === true,
    zeros: part(zeros),
    length: Number(length ?? 0),
    patterns: {
      email: part(shares[0]),
      phone: part(shares[1]),
      url: part(shares[2]),
      ip: part(shares[3]),
      spaced: part(shares[4]),
    },
    values: [],
  }
}

type Lists = { table: string; columns: readonly KnownColumn[] }

/** One scan: all values of the columns that have few, most frequent first. */
export const valueLists = async (
  run: Run,
  { table, columns }: Lists,
): Promise<Map<string, ColumnProfile['values']>> => {
  if (columns.length === 0) return new Map()
  const lists = columns.map(({ name }) => `to_json(map_entries(histogram(CAST(${quoted(name)} AS VARCHAR))))::VARCHAR`)
  const [row = []] = await run(`SELECT ${lists.join(', ')} FROM ${quoted(table)}`)
  return new Map(columns.map(({ name }, i) => [name, entriesOf(row[i])]))
}

const entriesOf = (json: unknown): ColumnProfile['values'] =>
  (JSON.parse(String(json ?? '[]')) as { key: string; value: number }[])
    .map(({ key, value }) => ({ value: key, count: value }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
