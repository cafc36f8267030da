import { tablesDiagram } from './diagram/tables-diagram.ts'
import type { DataRange, Domain } from './domain.ts'
import { conditionsOf } from './question/restate.ts'
import { aggregations } from './semantic/document/definitions.ts'
import { printExpression } from './semantic/load/print.ts'
import type { Measure, Model } from './semantic/model.ts'

export type Description = {
  domain: string
  label: string
  description: string
  tables: { name: string; label: string; rows: number | null; description?: string }[]
  /** `more` tables are not in the picture. */
  diagram: ReturnType<typeof tablesDiagram>
  measures: { name: string; label: string; synonyms: string[]; description: string; definition: string }[]
  dimensions: { name: string; label: string; synonyms: string[]; description?: string; values: string[] }[]
  range?: { from: string; to: string }
  freshness: { dataUntil?: string; source: string }
  examples: string[]
  otherDomains: string[]
}

/** What there is to ask about in a domain. */
export const describe = async (domain: Domain, otherDomains: string[]): Promise<Description> => {
  const { model } = domain
  const knowledge = await domain.knowledge()
  const ranges = Object.values(model.tables).flatMap(t => (t.time ? (knowledge.range(t.time) ?? []) : []))
  const range = widest(ranges)
  return {
    domain: model.domain,
    label: model.label,
    description: model.description,
    tables: await Promise.all(
      Object.values(model.tables).map(async t => ({
        name: t.name,
        label: t.label,
        rows: await domain.rowCount(t.name),
        description: t.description,
      })),
    ),
    diagram: tablesDiagram(model),
    measures: Object.values(model.measures)
      .filter(m => !m.hidden)
      .map(m => ({
        name: m.name,
        label: m.label,
        synonyms: m.synonyms,
        description: m.description,
        definition: definition(m, model),
      })),
    dimensions: Object.values(model.dimensions)
      .filter(d => !d.hidden && !d.personal)
      .map(d => ({
        name: d.name,
        label: d.label,
        synonyms: d.synonyms,
        description: d.description,
        values: knowledge.values(d.name).slice(0, 5),
      })),
    range: range && { from: range.first, to: range.last },
    freshness: { dataUntil: range?.last, source: domain.source },
    examples: model.examples,
    otherDomains,
  }
}

const widest = (ranges: DataRange[]): DataRange | undefined => {
  const firsts = ranges.map(r => r.first).toSorted()
  const lasts = ranges.map(r => r.last).toSorted()
  const [first, last] = [firsts[0], lasts.at(-1)]
  return first && last ? { first, last } : undefined
}

const definition = (m: Measure, model: Model): string => {
  if (m.kind === 'formula') return printExpression(m.formula)
  const what = m.expression ? printExpression(m.expression) : `rows of ${m.table}`
  const where = conditionsOf(
    { domain: model.domain, measures: [], splits: [], filters: m.where, having: [], order: [], intent: 'value' },
    model,
  )
  return [`${aggregations[m.aggregation]} ${what}`, ...where].filter(Boolean).join(', ')
}
