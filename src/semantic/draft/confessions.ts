import type { Measure, ModelTable } from '../model.ts'
import type { DraftDimension } from './draft-dimension.ts'
import { inSentence } from './humanise.ts'
import { ambiguousTargets, type DraftJoin } from './joins.ts'
import { timeConfession } from './main-time.ts'
import type { DraftMeasure } from './measures.ts'
import type { TableDraft } from './table-drafts.ts'

type Sources = {
  drafts: readonly TableDraft[]
  joins: readonly DraftJoin[]
  named: { own: readonly DraftDimension[]; items: readonly { item: DraftMeasure; measure: Measure }[] }
  tables: Readonly<Record<string, ModelTable>>
}

/** What was assumed, by the measure or dimension whose numbers it changes. */
export const draftConfessions = ({ drafts, joins, named, tables }: Sources): Record<string, string> => {
  const said: [string, string][] = [
    ...named.items.flatMap(({ item, measure }): [string, string][] =>
      item.confession ? [[measure.name, item.confession]] : [],
    ),
    ...named.items.flatMap(({ measure }): [string, string][] => totals(measure, drafts)),
    ...named.own.flatMap(d =>
      [...aboutJoin(d, joins), ...aboutTime(d, drafts, tables), ...aboutName(d, drafts)].map(
        (text): [string, string] => [d.name, text],
      ),
    ),
  ]
  const names = new Set(said.map(([name]) => name))
  return Object.fromEntries(
    [...names].map(name => [name, [...new Set(said.filter(([n]) => n === name).map(([, text]) => text))].join(' ')]),
  )
}

/** Rows that sum up other rows ("All natural disasters") are counted twice by a total. */
const totals = (measure: Measure, drafts: readonly TableDraft[]): [string, string][] => {
  if (measure.kind !== 'base' || measure.aggregation !== 'sum') return []
  const draft = drafts.find(d => d.table.name === measure.table)
  const found = draft?.columns.flatMap(c => {
    const total =
      c.role === 'category' &&
      draft.key.includes(c.column.name) &&
      c.column.values.find(v => /^(all|total|overall|gesamt|grand total)\b/i.test(v.value))
    return total ? [{ value: total.value, label: c.column.label }] : []
  })[0]
  return found
    ? [
        [
          measure.name,
          `“${found.value}” in ${inSentence(found.label)} looks like a sum of other rows; a total over all rows counts these twice.`,
        ],
      ]
    : []
}

const aboutJoin = (d: DraftDimension, joins: readonly DraftJoin[]): string[] => {
  const ambiguous = ambiguousTargets(joins)
  return joins
    .filter(j => !d.hidden && j.to === d.table && (d.via ? d.via === j.name : !ambiguous.has(d.table)))
    .flatMap(j => {
      const columns = `${j.fromColumns.join(' and ')} of ${j.from}`
      const guessed =
        j.evidence === 'own'
          ? []
          : [
              `${columns} is taken to mean ${j.toColumns.join(' and ')} of ${j.to}, ${j.evidence === 'name' ? 'by its name and its values' : 'because the values match'}.`,
            ]
      const lost =
        j.share < 1 ? [`${((1 - j.share) * 100).toFixed(1)}% of the values of ${columns} do not stand in ${j.to}.`] : []
      return [...guessed, ...lost]
    })
}

const aboutTime = (d: DraftDimension, drafts: readonly TableDraft[], tables: Sources['tables']): string[] => {
  if (tables[d.table]?.time !== d.name) return []
  const draft = drafts.find(t => t.table.name === d.table)
  const column = draft?.columns.find(c => c.column.name === d.column)
  return draft && column ? timeConfession(column, draft.columns, draft.thing) : []
}

const aboutName = (d: DraftDimension, drafts: readonly TableDraft[]): string[] => {
  const draft = drafts.find(t => t.table.name === d.table)
  const column = draft?.columns.find(c => c.column.name === d.column)?.column
  const isName = draft?.display?.column === d.column && draft.display.kind !== 'key'
  const single = draft?.key.length === 1 && draft.key[0] !== d.column
  if (!column || !draft || !isName || !single || column.distinct === column.filled) return []
  return [
    `${(column.filled - column.distinct).toLocaleString('en-US')} of ${column.filled.toLocaleString('en-US')} ${draft.thing.many} share their name with another; they are shown as one.`,
  ]
}
