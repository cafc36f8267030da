import type { BaseMeasure, Dimension, Measure, Model } from '../model.ts'
import { inSentence } from './humanise.ts'
import { pluralPhrase } from './labels.ts'
import type { TableDraft } from './table-drafts.ts'

type Parts = Pick<Model, 'dimensions' | 'measures' | 'joins' | 'tables' | 'defaultMeasure' | 'confessions'>

/** Six questions that the model can answer, made of words that mean one thing in it. */
export const draftExamples = (model: Parts, drafts: readonly TableDraft[]): string[] => {
  const measures = Object.values(model.measures).filter((m): m is BaseMeasure => m.kind === 'base' && !m.hidden)
  const main = mainMeasure(model, measures)
  const counts = measures.filter(m => m.aggregation === 'count' && isCounted(m, model) && !model.confessions[m.name])
  if (!main) return counts.slice(0, 6).map(m => `How many ${inSentence(m.label)} are there?`)
  const near = splitsOf(main, model, drafts)
  const averaged = measures.find(
    m => m !== main && m.table === main.table && m.aggregations.includes('avg') && isClear(m, model),
  )
  const owner = model.dimensions[model.tables[main.table]?.time ?? '']?.table ?? main.table
  const count = counts.find(m => m.table === owner) ?? counts.find(m => m.table === main.table) ?? counts[0]
  const [first, second, third] = near
  const said = inSentence(main.label)
  const year = lastYear(main, model, drafts)
  const questions = [
    count && `How many ${inSentence(count.label)} are there?`,
    first && `${main.label} by ${inSentence(first.label)}`,
    second && `Top 5 ${pluralPhrase(inSentence(second.label))} by ${said}`,
    year && `Monthly ${said} in ${year}`,
    averaged && first && `Average ${inSentence(averaged.label)} by ${inSentence((third ?? first).label)}`,
    third && additive(main) && `What share of ${said} has each ${inSentence(third.label)}?`,
    ...(count && first && isClear(count, model) && reachable(count.table, model).includes(first.table)
      ? [`${count.label} by ${inSentence(first.label)}`]
      : []),
    ...counts.filter(m => m !== count).map(m => `How many ${inSentence(m.label)} are there?`),
  ].filter(q => typeof q === 'string')
  return [...new Set(questions)].slice(0, 6)
}

const additive = (m: BaseMeasure) => m.aggregation === 'sum' || m.aggregation === 'count'

const mainMeasure = (model: Parts, measures: readonly BaseMeasure[]) =>
  measures.find(m => m.name === model.defaultMeasure) ?? measures[0]

/** No other thing of the model answers to its label. */
const isClear = (item: Measure | Dimension, model: Parts) => namesakes(item, model).length === 0

/** "How many sales" counts them, whatever else "sales" may be in money. */
const isCounted = (item: Measure, model: Parts) =>
  namesakes(item, model).every(o => 'kind' in o && o.kind === 'base' && o.format.kind === 'currency')

const namesakes = (item: Measure | Dimension, { measures, dimensions }: Parts) => {
  const word = item.label.toLowerCase()
  return [...Object.values(measures), ...Object.values(dimensions)].filter(
    o => o !== item && !o.hidden && (o.label.toLowerCase() === word || o.synonyms.includes(word)),
  )
}

/** Dimensions of few values that each row of the measure has one of; those of its own table first. */
const splitsOf = ({ table }: BaseMeasure, model: Parts, drafts: readonly TableDraft[]): Dimension[] => {
  const reach = reachable(table, model)
  const few = (d: Dimension) => {
    const column = drafts
      .find(t => t.table.name === d.table)
      ?.columns.find(c => d.expression.kind === 'name' && c.column.name === d.expression.name)
    return column?.role === 'category' && column.column.distinct >= 2 && column.column.distinct <= 200
  }
  const names = new Set(Object.values(model.tables).map(t => t.display))
  const rank = (d: Dimension) => (names.has(d.name) ? 0 : d.geo ? 1 : 2) + d.label.split(' ').length
  return Object.values(model.dimensions)
    .filter(d => reach.includes(d.table) && !d.hidden && d.type === 'text' && few(d) && isClear(d, model))
    .toSorted((a, b) => rank(a) - rank(b))
}

const reachable = (table: string, { joins }: Parts): string[] => [
  table,
  ...joins.filter(j => j.from === table).flatMap(j => reachable(j.to, { joins } as Parts)),
]

const lastYear = ({ table }: BaseMeasure, model: Parts, drafts: readonly TableDraft[]): string | undefined => {
  const time = model.dimensions[model.tables[table]?.time ?? '']
  const column = drafts
    .find(t => t.table.name === time?.table)
    ?.columns.find(c => time?.expression.kind === 'name' && c.column.name === time.expression.name)
  return typeof column?.column.max === 'string' ? column.column.max.slice(0, 4) : undefined
}
