import type { NamedFilter } from '../model.ts'
import type { DraftDimension } from './draft-dimension.ts'
import { flagWords } from './humanise.ts'
import { identifier } from './identifier.ts'
import type { RoleColumn } from './roles.ts'
import { flagSynonyms, timeSynonyms } from './synonyms.ts'
import type { TableDraft } from './table-drafts.ts'

export type DraftFilter = { filter: NamedFilter; draft: TableDraft; kind: 'flag' | 'done' }

/** Words that keep rows: "discontinued" for a flag, "shipped" for a date that some rows do not have. */
export const draftFilters = (drafts: readonly TableDraft[], dimensions: readonly DraftDimension[]): DraftFilter[] => {
  const taken = new Set<string>()
  return drafts.flatMap(draft =>
    draft.columns.flatMap(column => {
      const dimension = dimensions.find(d => d.table === draft.table.name && d.column === column.column.name && !d.via)
      const found =
        dimension &&
        !dimension.personal &&
        (flagFilter(column, draft, dimension.name) ?? doneFilter(column, draft, dimension.name))
      if (!found) return []
      const name = taken.has(found.name) ? `${draft.prefix}_${found.name}` : found.name
      taken.add(name)
      return [
        { filter: { ...found, name }, draft, kind: column.role === 'flag' ? ('flag' as const) : ('done' as const) },
      ]
    }),
  )
}

const flagFilter = (
  { column, role }: RoleColumn,
  { thing }: TableDraft,
  dimension: string,
): NamedFilter | undefined => {
  if (role !== 'flag') return undefined
  const label = flagWords(column.label)
  if (!label) return undefined
  return {
    name: identifier(label, column.name),
    label,
    synonyms: [`${label} ${thing.many}`, ...flagSynonyms(label)],
    filters: [{ op: 'in', dimension, values: [column.type === 'boolean' ? true : 1] }],
  }
}

const doneFilter = (
  { column, role }: RoleColumn,
  { table, thing, time }: TableDraft,
  dimension: string,
): NamedFilter | undefined => {
  const [done] = role === 'time' && column.name !== time ? timeSynonyms(column.label) : []
  if (!done || column.filled === table.rows) return undefined
  return {
    name: identifier(done, column.name),
    label: done,
    synonyms: [`${done} ${thing.many}`],
    description: `${thing.many} that have a ${column.label.replaceAll('_', ' ').toLowerCase()}`,
    filters: [{ op: 'is_not_null', dimension }],
  }
}
