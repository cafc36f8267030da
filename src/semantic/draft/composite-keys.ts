import { keyOf, looksLikeKeyName } from './keys.ts'
import type { ColumnProfile, TableProfile } from './profile.ts'

/** Groups of columns worth trying as the key of a table that no column alone names; in the order of the columns, at most sixty. */
export const compositeCandidates = (table: TableProfile, size: number): string[][] => {
  if (table.rows < 2 || keyOf(table)) return []
  const parts = table.columns.filter(c => mayBePart(c, table)).slice(0, 10)
  return groups(parts, size)
    .filter(g => g.reduce((product, c) => product * c.distinct, 1) >= table.rows)
    .map(g => g.map(c => c.name))
    .slice(0, 60)
}

const mayBePart = (c: ColumnProfile, { rows }: TableProfile) => {
  if (c.filled !== rows || c.distinct < 2) return false
  if (c.type === 'date' || c.type === 'timestamp') return true
  if (c.type === 'text') return c.length < 40
  return (
    c.type === 'integer' && (looksLikeKeyName(c.name) || /year|month|week|day|hour|quarter|jahr|monat/i.test(c.name))
  )
}

const groups = <T>(items: readonly T[], size: number): T[][] =>
  size === 0 ? [[]] : items.flatMap((item, i) => groups(items.slice(i + 1), size - 1).map(rest => [item, ...rest]))
