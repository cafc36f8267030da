import { namesIn } from './expression.ts'
import type { BaseMeasure, Dimension, Measure, Model } from './model.ts'

/**
 * Adds what follows from a model and is never written down: a hidden number dimension for each plain column that a measure adds up (so that
 * rows can be kept by it: "freight over 100"), a hidden count of the distinct values of each dimension ("how many categories"), and a hidden
 * measure of each number that things have and that nothing adds up ("most expensive by list price"). Once complete, it gets no further
 * dimensions.
 */
export const completeModel = (model: Model): Model => ({
  ...model,
  dimensions: { ...rowColumns(model), ...model.dimensions },
  measures: { ...distinctCounts(model), ...timeEnds(model), ...ownNumbers(model), ...model.measures },
})

/** The dimension that holds one row's value of a measure, when the measure is a plain column. */
export const rowColumnOf = (measure: Measure | undefined, model: Model): string | undefined => {
  if (!measure || !isPlainColumn(measure)) return undefined
  const column = measure.expression.name
  const own = Object.values(model.dimensions).find(
    d =>
      d.table === measure.table && d.type === 'number' && d.expression.kind === 'name' && d.expression.name === column,
  )
  return own?.name
}

/** "year built": a number that says when. */
export const isYear = (d: Dimension): boolean =>
  d.type === 'number' && !d.hidden && /(^| )year( |$)/i.test(d.label) && namesIn(d.expression).length > 0

/** The first and the last value of each time: how far the data goes. */
const timeEnds = (model: Model): Record<string, BaseMeasure> =>
  Object.fromEntries(
    Object.values(model.dimensions)
      .filter(d => d.type === 'date' || d.type === 'timestamp' || isYear(d))
      .flatMap(d => [timeEnd(d, 'first', 'min'), timeEnd(d, 'last', 'max')])
      .map(m => [m.name, m]),
  )

const timeEnd = (d: Dimension, end: 'first' | 'last', aggregation: 'min' | 'max'): BaseMeasure => ({
  kind: 'base',
  name: `${end}_${d.name}`,
  label: `${end} ${d.label.toLowerCase()}`,
  synonyms: [],
  description: `The ${end} ${d.label.toLowerCase()} in the data.`,
  format: { kind: 'number' },
  hidden: true,
  table: d.table,
  expression: d.expression,
  aggregation,
  aggregations: [aggregation],
  where: [],
})

/** The hidden measure of a number that each thing has: its list price. */
export const numberOf = (dimension: string): string => `each_${dimension}`

const ownNumbers = (model: Model): Record<string, BaseMeasure> =>
  Object.fromEntries(
    Object.values(model.dimensions)
      .filter(d => d.type === 'number' && d.comparable && !d.personal && !d.hidden && namesIn(d.expression).length > 0)
      .map(d => [numberOf(d.name), ownNumber(d)]),
  )

const ownNumber = (d: Dimension): BaseMeasure => ({
  kind: 'base',
  name: numberOf(d.name),
  label: d.label,
  synonyms: d.synonyms,
  description: `${d.label} of one of them.`,
  format: d.format ?? { kind: 'number' },
  hidden: true,
  table: d.table,
  expression: d.expression,
  aggregation: 'max',
  aggregations: ['max', 'min', 'avg', 'median'],
  where: [],
})

const plural = (label: string) =>
  /[^aeiou]y$/.test(label) ? `${label.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(label) ? `${label}es` : `${label}s`

/** The hidden measure that counts the distinct values of a dimension. */
export const distinctCountOf = (dimension: string): string => `distinct_${dimension}`

type PlainColumn = BaseMeasure & { expression: { kind: 'name'; name: string } }

const isPlainColumn = (m: Measure): m is PlainColumn =>
  m.kind === 'base' &&
  m.expression?.kind === 'name' &&
  m.aggregation !== 'count' &&
  m.aggregation !== 'count_distinct' &&
  (m.expression.table ?? m.table) === m.table

const rowColumns = (model: Model): Record<string, Dimension> =>
  Object.fromEntries(
    Object.values(model.measures)
      .filter(isPlainColumn)
      .filter(m => rowColumnOf(m, model) === undefined && !isTime(m, model))
      .map(m => [`row_${m.name}`, rowColumn(m)]),
  )

/** The first and last day of a time are measures of it, and no numbers. */
const isTime = ({ table, expression }: PlainColumn, model: Model) =>
  Object.values(model.dimensions).some(
    d =>
      (d.type === 'date' || d.type === 'timestamp') &&
      d.table === table &&
      d.expression.kind === 'name' &&
      d.expression.name === expression.name,
  )

const rowColumn = (m: PlainColumn): Dimension => ({
  name: `row_${m.name}`,
  label: m.label,
  synonyms: [],
  type: 'number',
  table: m.table,
  expression: m.expression,
  personal: false,
  hidden: true,
  format: m.format,
  valueSynonyms: {},
  comparable: true,
})

const distinctCounts = (model: Model): Record<string, BaseMeasure> =>
  Object.fromEntries(
    Object.values(model.dimensions)
      .filter(d => d.type !== 'number' || namesIn(d.expression).length > 0)
      .map(d => [distinctCountOf(d.name), distinctCount(d)]),
  )

const distinctCount = (d: Dimension): BaseMeasure => ({
  kind: 'base',
  name: distinctCountOf(d.name),
  label: `Number of different ${plural(d.label.toLowerCase())}`,
  synonyms: [],
  description: `How many different values ${d.label.toLowerCase()} has.`,
  format: { kind: 'integer' },
  hidden: true,
  table: d.table,
  expression: d.expression,
  aggregation: 'count_distinct',
  aggregations: ['count_distinct'],
  where: [],
})
