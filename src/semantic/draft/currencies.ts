import type { RoleColumn } from './roles.ts'
import type { TableDraft } from './table-drafts.ts'

/** The one currency of all columns that name one. */
export const onlyCurrency = (drafts: readonly TableDraft[]): string | undefined => {
  const found = new Set(drafts.flatMap(d => d.columns.flatMap(c => currencyNamed(c) ?? [])))
  return found.size === 1 ? [...found][0] : undefined
}

/** The currency that a column itself names, in its header or by the signs of its values. */
export const currencyNamed = ({ parts, column }: RoleColumn): string | undefined => parts.currency ?? column.currency

/** The column of a table that says for each row which currency its amounts are in, where there is more than one. */
export const currencyColumn = (columns: readonly RoleColumn[]): RoleColumn | undefined =>
  columns.find(
    ({ column, parts }) =>
      column.type === 'text' &&
      parts.words.at(-1) === 'currency' &&
      column.distinct > 1 &&
      column.values.length > 0 &&
      column.values.every(v => /^[A-Z]{3}$/.test(v.value)),
  )
