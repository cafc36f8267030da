import type { NamedFilter } from '../model.ts'
import type { DraftDimension } from './draft-dimension.ts'
import { flagWords } from './humanise.ts'
import { identifier } from './identifier.ts'
import { tokens } from './labels.ts'
import type { RoleColumn } from './roles.ts'
import { flagSynonyms, timeSynonyms } from './synonyms.ts'
import type { TableDraft } from './table-drafts.ts'
import type { Words } from './words.ts'

export type DraftFilter = { filter: NamedFilter; draft: TableDraft; kind: 'flag' | 'done' }

/** Words that keep rows: "discontinued" for a flag, "shipped" for a date that some rows do not have. */
export const draftFilters = (
  drafts: readonly TableDraft[],
  dimensions: readonly DraftDimension[],
  words: Words,
): DraftFilter[] => {
  const taken = new Set<string>()
  return drafts.flatMap(draft =>
    draft.columns.flatMap(column => {
      const dimension = dimensions.find(d => d.table === draft.table.name && d.column === column.column.name && !d.via)
      const found =
        dimension &&
        !dimension.personal &&
        (flagFilter(column, draft, dimension.name) ?? doneFilter(column, draft, { dimension: dimension.name, words }))
      if (!found) return []
      const kind = column.role === 'flag' ? ('flag' as const) : ('done' as const)
      return [found, ...openFilter(found, draft, dimension.name)].map(filter => {
        const name = taken.has(filter.name) ? `${draft.prefix}_${filter.name}` : filter.name
        taken.add(name)
        return { filter: { ...filter, name }, draft, kind }
      })
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
  { dimension, words }: { dimension: string; words: Words },
): NamedFilter | undefined => {
  const [done] = role === 'time' && column.name !== time ? timeSynonyms(column.label) : []
  if (!done || column.filled === table.rows) return undefined
  return {
    name: identifier(done, column.name),
    label: done,
    synonyms: [`${done} ${thing.many}`, ...(words.dates_said[done]?.verbs ?? [])],
    description: `${thing.many} that have a ${column.label.replaceAll('_', ' ').toLowerCase()}`,
    filters: [{ op: 'is_not_null', dimension }],
  }
}

/** "open issues", where issues have the day they were closed and nothing is called open. */
const openFilter = (
  { label }: NamedFilter,
  { table, thing, columns }: TableDraft,
  dimension: string,
): NamedFilter[] => {
  const closing = columns.filter(c => c.role === 'time' && closes.includes(timeSynonyms(c.column.label)[0] ?? ''))
  const isCalledOpen = table.columns.some(
    c => tokens(c.label).includes('open') || c.values.some(v => /\bopen\b/i.test(v.value)),
  )
  if (!closes.includes(label) || closing.length > 1 || isCalledOpen) return []
  return [
    {
      name: 'open',
      label: 'open',
      synonyms: ['still open', `open ${thing.many}`],
      description: `${thing.many} that were not ${label} yet`,
      filters: [{ op: 'is_null', dimension }],
    },
  ]
}

const closes = ['closed', 'resolved', 'solved', 'completed', 'finished', 'settled', 'merged']
