import type { Measure, Model } from '../model.ts'
import { code, textOf } from './markdown.ts'

/** What the numbers rely on, read off the model: keys, times and joins. */
export const qualityRules = ({ tables, joins, dimensions, measures }: Model): string[] => [
  ...Object.values(tables)
    .filter(t => t.primaryKey.length)
    .map(
      t =>
        `${code(t.name)}: ${t.primaryKey.map(code).join(' and ')} ${t.primaryKey.length > 1 ? 'together are' : 'is'} never empty and never there twice.`,
    ),
  ...Object.values(dimensions)
    .filter(d => Object.values(tables).some(t => t.time === d.name && t.name === d.table))
    .map(d => `${code(d.table)}: ${textOf(d.label)} is never empty; rows without it count in no period.`),
  ...joins.map(j => `${code(j.from)}: every ${j.fromColumns.map(code).join(' and ')} is found in ${code(j.to)}.`),
  ...Object.values(dimensions)
    .filter(d => d.geo === 'us-state')
    .map(d => `${textOf(d.label)} holds names of US states, written out.`),
  ...rates(Object.values(measures)),
]

const rates = (measures: Measure[]): string[] => {
  const names = measures.filter(m => m.format.kind === 'percent' && !m.hidden).map(m => textOf(m.label))
  return names.length ? [`${names.join(', ')}: fractions, shown in percent (0.12 is 12%).`] : []
}
