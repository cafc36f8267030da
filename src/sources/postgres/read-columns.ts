import type { CatalogColumn, CatalogTable } from './catalog.ts'
import { columnType } from './column-type.ts'
import type { ReadColumn } from './counts.ts'

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The columns of a table that questions can use, each written so that its values can be counted and compared. */
export const readColumns = (table: CatalogTable, of?: string): ReadColumn[] =>
  table.columns.flatMap(column => {
    const type = columnType(column)
    const reference = `${of ? `${of}.` : ''}${quoted(column.name)}`
    return type ? [{ name: column.name, label: column.name, type, sql: written(column, reference) }] : []
  })

/** A UUID has no least one before PostgreSQL 18, money no average, and infinite times are no times. */
const written = ({ type, enum: isEnum }: CatalogColumn, c: string): string => {
  if (isEnum || /^(varchar|bpchar|char|name|citext|uuid)$/.test(type)) return `${c}::text`
  if (type === 'money') return `${c}::numeric`
  if (type === 'date') return `CASE WHEN isfinite(${c}) THEN ${c} END`
  if (/^timestamp/.test(type)) return `CASE WHEN isfinite(${c}) THEN ${c}::timestamp END`
  return c
}
