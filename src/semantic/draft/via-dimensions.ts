import type { DraftDimension } from './draft-dimension.ts'
import { capital, inSentence } from './humanise.ts'
import { ambiguousTargets, type DraftJoin } from './joins.ts'
import type { TableDraft } from './table-drafts.ts'
import type { Words } from './words.ts'

type Sources = { drafts: readonly TableDraft[]; joins: readonly DraftJoin[]; words: Words }

/** A dimension of a table that is reached by more than one join, by one of them. */
export type ViaItem = { want: string; prefix: string; dimension: DraftDimension }

/** Origin city and destination city: one dimension for each way to a table. */
export const viaItems = (own: readonly DraftDimension[], { drafts, joins, words }: Sources): ViaItem[] => {
  const ambiguous = ambiguousTargets(joins)
  return drafts
    .filter(d => ambiguous.has(d.table.name))
    .flatMap(draft =>
      waysTo(draft.table.name, joins).flatMap(join =>
        own
          .filter(d => d.table === draft.table.name && !d.hidden)
          .map(d =>
            viaItem(d, {
              join,
              draft,
              words,
              from: drafts.find(f => f.table.name === join.from)?.prefix ?? join.from,
              taken: own.some(o => o.label.toLowerCase() === join.name.replaceAll('_', ' ')),
            }),
          ),
      ),
    )
}

const waysTo = (table: string, joins: readonly DraftJoin[]): DraftJoin[] => {
  const here = joins.filter(j => j.to === table)
  return here.length === 1 ? waysTo(here[0]!.from, joins) : here
}

type Way = {
  join: DraftJoin
  draft: TableDraft
  from: string
  words: Words
  /** A column is called like the way itself. */
  taken: boolean
}

const viaItem = (d: DraftDimension, { join, draft, from, words, taken }: Way): ViaItem => {
  const role = join.name.replaceAll('_', ' ')
  const bare = d.name.startsWith(`${draft.prefix}_`) ? d.name.slice(draft.prefix.length + 1) : d.name
  const plain = d.label.toLowerCase().startsWith(`${draft.thing.one} `)
    ? d.label.slice(draft.thing.one.length + 1)
    : d.label
  const said = inSentence(plain)
  const label = capital(`${role} ${said}`)
  const others = words.ways.same.find(g => g.includes(role))?.filter(w => w !== role) ?? []
  const displays = draft.display?.column === d.column
  const synonyms = [
    said,
    ...(displays && !taken ? [role] : []),
    ...(d.type === 'text' ? others.map(o => `${o} ${said}`) : []),
    ...(said === draft.thing.one ? [] : [`${role} ${draft.thing.one} ${said}`]),
    `${said} of ${role}`,
    ...d.synonyms.filter(s => !s.startsWith(draft.thing.one)).map(s => `${role} ${s}`),
  ]
  return {
    want: `${join.name}_${bare}`,
    prefix: from,
    dimension: { ...d, label, via: join.name, synonyms: [...new Set(synonyms)].filter(s => s !== label.toLowerCase()) },
  }
}
