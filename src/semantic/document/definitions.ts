import type { Filter } from '#src/vocabulary/query.ts'
import { printExpression } from '../load/print.ts'
import { type Dimension, isTimePart, type Measure, type Model } from '../model.ts'
import { code, textOf } from './markdown.ts'

/** How a measure or a dimension is worked out: `sum of order_items.amount, where status is not cancelled or returned`. */
export const definition = (item: Measure | Dimension, model: Model): string => {
  if (!('kind' in item)) return code(printExpression(item.expression))
  if (item.kind === 'formula') return code(printExpression(item.formula))
  const what = item.expression
    ? `${aggregations[item.aggregation]} ${code(printExpression(item.expression))}`
    : `rows of ${code(item.table)}`
  return [what, ...item.where.map(filter => `where ${filterText(filter, model)}`)].join(', ')
}

/** How each aggregation is said. */
export const aggregations = {
  sum: 'sum of',
  avg: 'average of',
  min: 'lowest',
  max: 'highest',
  median: 'median of',
  count: 'number of',
  count_distinct: 'number of different',
}

/** A filter in words. */
export const filterText = (filter: Filter, model: Model): string => {
  switch (filter.op) {
    case 'in':
      return `${label(filter.dimension, model)} is ${either(filter.values)}`
    case 'not_in':
      return `${label(filter.dimension, model)} is not ${either(filter.values)}`
    case 'between':
      return `${label(filter.dimension, model)} is from ${filter.from} to ${filter.to}`
    case 'like':
      return `${label(filter.dimension, model)} is like ${code(filter.pattern)}`
    case 'not_like':
      return `${label(filter.dimension, model)} is not like ${code(filter.pattern)}`
    case 'is_null':
      return `${label(filter.dimension, model)} is empty`
    case 'is_not_null':
      return `${label(filter.dimension, model)} is not empty`
    case 'named':
      return named(filter.filter, model)
    case 'not_named':
      return `not (${named(filter.filter, model)})`
    case 'entity':
      return entity(filter, model)
    default:
      return `${label(filter.dimension, model)} is ${comparators[filter.op]} ${filter.value}`
  }
}

const comparators = { gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most', eq: 'exactly', ne: 'not' }

const label = (dimension: string, { dimensions }: Model) =>
  textOf(isTimePart(dimension) ? dimension : (dimensions[dimension]?.label ?? dimension))

const either = (values: readonly unknown[]) => values.map(value => textOf(String(value))).join(' or ')

const named = (name: string, model: Model): string =>
  model.filters[name]?.filters.map(filter => filterText(filter, model)).join(' and ') ?? name

const entity = (
  { entity: name, measure, compare, value, to }: Extract<Filter, { op: 'entity' }>,
  { tables, measures }: Model,
) => {
  const size = compare === 'between' ? `from ${value} to ${to}` : `${comparators[compare]} ${value}`
  return `the ${textOf(tables[name]?.label ?? name)} has ${textOf(measures[measure]?.label ?? measure)} ${size}`
}
