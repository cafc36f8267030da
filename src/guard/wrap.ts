import type { DialectName } from './outline.ts'
import type { RestrictedTable } from './rule.ts'

/** What a table is called with all its rows and columns, in a condition. No text may say it: it is on no list. */
export const wholeOf = (table: string): string => `all ${table}`

/** What the row that is looked at is called in a condition. */
export const rowName = 'row'

export type Wrapping = { dialect: DialectName; tables: readonly RestrictedTable[]; compiled: boolean }

/**
 * What stands before a text, and behind it, so that within it the names of restricted tables mean only what may be seen of them:
 * `WITH "all orders" AS (all of it), "orders" AS (what may be seen) SELECT * FROM (` text `) AS answer`. A text of other people is kept
 * from looking at rows before they are told apart: MATERIALIZED alone holds that off in PostgreSQL, but DuckDB pushes filters into such a
 * CTE, and stops only at an OFFSET.
 */
export const wrapping = ({ dialect, tables, compiled }: Wrapping): { before: string; behind: string } => {
  const read = new Set(tables.flatMap(({ name, condition }) => [name, ...condition.reads]))
  const wholes = [...read].map(
    name =>
      `${quoted(wholeOf(name))} AS NOT MATERIALIZED (SELECT * FROM ${dialect === 'duckdb' ? 'main.' : ''}${quoted(name)})`,
  )
  const [kind, fence] = compiled ? ['', ''] : ['MATERIALIZED ', ' OFFSET 0']
  const parts = tables.map(({ name, columns, condition }) => {
    // Rows of which no column is seen can still be counted.
    const seen = `SELECT ${columns.map(quoted).join(', ') || 'NULL AS "nothing"'} FROM ${quoted(wholeOf(name))} AS ${quoted(rowName)}`
    return `${quoted(name)} AS ${kind}(${seen} WHERE ${condition.text}${fence})`
  })
  return { before: `WITH ${[...wholes, ...parts].join(',\n')}\nSELECT * FROM (\n`, behind: '\n) AS "answer"' }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
