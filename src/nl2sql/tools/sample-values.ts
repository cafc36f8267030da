import type { Domain } from '#src/domain.ts'
import type { Cell } from '#src/vocabulary/table.ts'

/** Values that are shown, and how long one may be. */
const [most, longest] = [25, 200]

/** Distinct values of a column, the most frequent first, through the guard like any other SQL of a model. */
export const sampleValues = async (
  { column, like }: { column: string; like: string | null },
  { domain, signal }: { domain: Domain; signal?: AbortSignal },
): Promise<string> => {
  const [, table, name] = /^"?([^".]+)"?\."?([^".]+)"?$/.exec(column.trim()) ?? []
  if (!table || !name) return 'Write the column as table.column.'
  const where = like ? ` WHERE lower(CAST(${id(name)} AS VARCHAR)) LIKE ${text(`%${like.toLowerCase()}%`)}` : ''
  const result = await domain.runText(
    `SELECT ${id(name)} AS value, count(*) AS rows FROM ${id(table)}${where} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}`,
    { signal },
  )
  if (Array.isArray(result)) return result.map(({ message }) => message).join('; ')
  return `${column} has ${JSON.stringify(result.rows.map(([value, rows]) => ({ value: cut(value ?? null), rows })))}`
}

const cut = (cell: Cell) => (typeof cell === 'string' && cell.length > longest ? `${cell.slice(0, longest)}…` : cell)
const id = (name: string) => `"${name.replaceAll('"', '""')}"`
const text = (value: string) => `'${value.replaceAll("'", "''")}'`
