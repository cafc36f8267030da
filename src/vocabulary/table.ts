import type { Format } from './format.ts'

/** One value of a result. Dates are `YYYY-MM-DD`, instants ISO 8601 with zone, decimals numbers. */
export type Cell = string | number | boolean | null

export type ColumnType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'timestamp'

/** What a column is in the question: something it is split by, a time bucket, a measure, or a measure of the period compared with. */
export type ColumnRole = 'dimension' | 'time' | 'measure' | 'previous'

export type Column = {
  /** The key in `rows` of the JSON form: `revenue`, `state`, `month`, `revenue_previous`. */
  name: string
  type: ColumnType
  role: ColumnRole
  /** For people: "Revenue", "State". */
  label: string
  /** For measures. */
  format?: Format
  /** Which way is good, for measures: sales up, returns down. */
  good?: 'up' | 'down'
  /** Whether parts add up to the whole (a sum or a row count: yes; a rate or a distinct count: no). */
  additive?: boolean
}

/** A result: exactly what was asked for, up to the row cap. */
export type Table = { columns: Column[]; rows: Cell[][]; truncated: boolean }

/** Rows as objects, the JSON form. */
export const toRecords = ({ columns, rows }: Table): Record<string, Cell>[] =>
  rows.map(row => Object.fromEntries(columns.map((c, i) => [c.name, row[i] ?? null])))
