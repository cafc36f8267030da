import { patterns } from './patterns.ts'
import type { ColumnProfile, KnownColumn, KnownTable } from './profile.ts'

/** Runs SQL and gives rows of plain values; big numbers may be strings. */
export type Run = (sql: string) => Promise<unknown[][]>

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const perColumn = 8

/** The counts of all columns of a table: one scan, and another one of its texts. */
export const columnCounts = async (
  run: Run,
  { name, columns }: KnownTable,
): Promise<{ rows: number; columns: ColumnProfile[] }> => {
  const parts = columns.flatMap(countsOf)
  const [row = []] = await run(`SELECT count(*)${parts.map(p => `, ${p}`).join('')} FROM ${quoted(name)}`)
  const rows = Number(row[0])
  const counted = columns.map((c, i) => profileOf(c, row.slice(1 + i * perColumn, 1 + (i + 1) * perColumn)))
  const shapes = await shapesOf(run, { table: name, rows, columns: counted.filter(c => c.type === 'text') })
  return { rows, columns: counted.map(c => ({ ...c, patterns: shapes.get(c.name) ?? c.patterns })) }
}

const countsOf = ({ name, type }: KnownColumn): string[] => {
  const c = quoted(name)
  const isNumber = type === 'integer' || type === 'number'
  const isTime = type === 'date' || type === 'timestamp'
  const when = (condition: boolean, sql: string) => (condition ? sql : 'NULL')
  return [
    `count(${c})`,
    `count(DISTINCT ${c})`,
    `CAST(min(${c}) AS VARCHAR)`,
    `CAST(max(${c}) AS VARCHAR)`,
    isNumber ? `avg(${c})` : when(isTime, `avg(epoch(CAST(${c} AS TIMESTAMP))) / 86400`),
    when(isNumber, `bool_and(${c} = floor(${c}))`),
    when(isNumber, `count(*) FILTER (${c} = 0)`),
    when(type === 'text', `avg(length(${c}))`),
  ]
}

const profileOf = (column: KnownColumn, counts: readonly unknown[]): ColumnProfile => {
  const [filled, distinct, min, max, mean, whole, zeros, length] = counts
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
    patterns: noShapes,
    values: [],
  }
}

type Shapes = ColumnProfile['patterns']
const noShapes: Shapes = { email: 0, phone: 0, url: 0, ip: 0, spaced: 0 }

type Texts = { table: string; rows: number; columns: readonly ColumnProfile[] }

/** Which part of the texts of each column looks how. Looking takes long, so a text that stands in many rows is looked at once. */
const shapesOf = async (run: Run, { table, rows, columns }: Texts): Promise<Map<string, Shapes>> => {
  if (columns.length === 0) return new Map()
  const looks = columns.map(({ name, distinct }, i) => {
    const c = quoted(name)
    const tests = [...Object.values(patterns).map(p => `regexp_full_match(${c}, '${p}')`), `contains(${c}, ' ')`]
    const often = distinct <= rows / 4
    const list = tests.map(test => (often ? `sum(n) FILTER (${test})` : `count(*) FILTER (${test})`))
    const from = often ? `(SELECT ${c}, count(*) AS n FROM ${quoted(table)} GROUP BY ${c})` : quoted(table)
    return `SELECT ${[i, ...list].join(', ')} FROM ${from}`
  })
  const found = await run(looks.join(' UNION ALL '))
  return new Map(
    found.map(([i, ...counts]) => {
      const { name, filled } = columns[Number(i)]!
      const [email = 0, phone = 0, url = 0, ip = 0, spaced = 0] = counts.map(n =>
        filled ? Number(n ?? 0) / filled : 0,
      )
      return [name, { email, phone, url, ip, spaced }]
    }),
  )
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
