import type { ColumnRef, Join } from '../model.ts'
import type { columnTypes, WrittenTable } from '../schema.ts'
import type { Path, Report } from './problem.ts'
import { unknown } from './problem.ts'
import type { Entries } from './written.ts'

export type ColumnType = (typeof columnTypes)[number]

/** What references are checked against while a model is put together. */
export type Scope = { tables: Entries<WrittenTable>; joins: Join[]; report: Report }

/** Says whether a table is known, and reports it when it is not. */
export const isTable = (name: string, at: Path, { tables, report }: Pick<Scope, 'tables' | 'report'>): boolean => {
  if (tables.names.has(name)) return true
  report(at, unknown('table', name, tables.names))
  return false
}

/** Says whether table and column are known. Columns are checked for tables that list theirs. */
export const isColumn = ({ table, column }: ColumnRef, at: Path, scope: Pick<Scope, 'tables' | 'report'>): boolean => {
  if (!isTable(table, at, scope)) return false
  const columns = scope.tables.valid.get(table)?.columns
  if (!columns || Object.hasOwn(columns, column)) return true
  scope.report(at, `${unknown('column', column, Object.keys(columns))} (table ${table})`)
  return false
}

/** The type a table lists for a column. */
export const columnType = ({ table, column }: ColumnRef, { tables }: Pick<Scope, 'tables'>): ColumnType | undefined => {
  const columns = tables.valid.get(table)?.columns
  const listed = columns && Object.hasOwn(columns, column) ? columns[column] : undefined
  return typeof listed === 'object' ? listed.type : listed
}

/** `orders.shipping_state`, or a bare column of the table at hand. */
export const columnRef = (text: string, table: string | undefined): ColumnRef | undefined => {
  const dot = text.indexOf('.')
  if (dot > 0) return { table: text.slice(0, dot), column: text.slice(dot + 1) }
  return table ? { table, column: text } : undefined
}

/** Says whether every row of a table has at most one row of another one, following joins from many to one. */
export const reaches = (from: string, to: string, joins: Join[]): boolean => {
  const seen = new Set([from])
  for (const table of seen) for (const join of joins) if (join.from === table) seen.add(join.to)
  return seen.has(to)
}
