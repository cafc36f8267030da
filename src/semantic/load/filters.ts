import { comparators, type Filter, type Scalar } from '#src/vocabulary/query.ts'
import { type Dimension, isTimePart } from '../model.ts'
import { comparisonSchema, entityFilterSchema, type WrittenComparison, type WrittenEntityFilter } from '../schema.ts'
import { checked, kindOf } from './issues.ts'
import { type Path, type Report, unknown } from './problem.ts'
import { kindOfType } from './words.ts'

/** What filters may speak of. A dimension that is declared but faulty is undefined. */
export type FilterScope = {
  report: Report
  dimensions: Map<string, Dimension | undefined>
  filters: Set<string>
  measures: Set<string>
  tables: Set<string>
}

/**
 * Reads `where:` or `means:`: the name of a named filter, `{ not: name }`, `{ dimension: condition }`, `{ each: table, having: measure, gt: n }`,
 * or a list of these, all of which must hold.
 */
export const readFilters = (value: unknown, at: Path, scope: FilterScope): Filter[] => {
  if (Array.isArray(value)) return value.flatMap((item, i) => readFilters(item, [...at, i], scope))
  if (typeof value === 'string') return named('named', value, at, scope)
  if (value === null || typeof value !== 'object') {
    scope.report(at, `must be the name of a filter, or { dimension: value }, not ${kindOf(value)}`)
    return []
  }
  if ('each' in value) return entity(value, at, scope)
  return Object.entries(value).flatMap(([key, condition]) =>
    key === 'not' && typeof condition === 'string' && !scope.dimensions.has('not')
      ? named('not_named', condition, [...at, key], scope)
      : onDimension(key, condition, [...at, key], scope),
  )
}

const named = (op: 'named' | 'not_named', filter: string, at: Path, { filters, report }: FilterScope): Filter[] => {
  if (filters.has(filter)) return [{ op, filter }]
  report(at, unknown('filter', filter, filters))
  return []
}

const entity = (value: object, path: Path, scope: FilterScope): Filter[] => {
  const read = checked(entityFilterSchema, value, { path, report: scope.report })
  if (!read) return []
  if (!scope.tables.has(read.each)) scope.report(path, unknown('table', read.each, scope.tables))
  if (!scope.measures.has(read.having)) scope.report(path, unknown('measure', read.having, scope.measures))
  const comparison = entityComparison(read)
  if (comparison) return [{ op: 'entity', entity: read.each, measure: read.having, ...comparison }]
  scope.report(path, 'needs one of gt, gte, lt, lte, eq or between')
  return []
}

const entityComparison = ({ between, ...read }: WrittenEntityFilter) => {
  if (between) return { compare: 'between' as const, value: between[0], to: between[1] }
  const compare = (['gt', 'gte', 'lt', 'lte', 'eq'] as const).find(op => read[op] !== undefined)
  return compare && { compare, value: read[compare]! }
}

const onDimension = (dimension: string, condition: unknown, at: Path, scope: FilterScope): Filter[] => {
  if (!isTimePart(dimension) && !scope.dimensions.has(dimension)) {
    scope.report(at, unknown('dimension', dimension, scope.dimensions.keys()))
    return []
  }
  const filters = fromCondition(dimension, condition, at, scope)
  for (const filter of filters) checkType(filter, scope.dimensions.get(dimension), at, scope.report)
  return filters
}

const fromCondition = (dimension: string, condition: unknown, path: Path, { report }: FilterScope): Filter[] => {
  if (isScalar(condition)) return [{ op: 'in', dimension, values: [condition] }]
  if (Array.isArray(condition) && condition.length && condition.every(isScalar))
    return [{ op: 'in', dimension, values: condition }]
  if (condition === null || Array.isArray(condition) || typeof condition !== 'object') {
    report(
      path,
      'must be a value, a list of values, or a comparison such as { not: cancelled }; for no value say { empty: true }',
    )
    return []
  }
  const read = checked(comparisonSchema, condition, { path, report, keyKind: () => 'comparison' })
  if (!read) return []
  const filters = fromComparison(dimension, read)
  if (!filters.length) report(path, 'says nothing')
  return filters
}

const fromComparison = (dimension: string, c: WrittenComparison): Filter[] => [
  ...(c.not === undefined ? [] : [{ op: 'not_in' as const, dimension, values: [c.not].flat() }]),
  ...(['gt', 'gte', 'lt', 'lte'] as const).flatMap(op =>
    c[op] === undefined ? [] : [{ op, dimension, value: c[op] }],
  ),
  ...(c.between ? [{ op: 'between' as const, dimension, from: c.between[0], to: c.between[1] }] : []),
  ...(c.like ? [{ op: 'like' as const, dimension, pattern: c.like }] : []),
  ...(c.not_like ? [{ op: 'not_like' as const, dimension, pattern: c.not_like }] : []),
  ...(c.empty === undefined ? [] : [{ op: c.empty ? ('is_null' as const) : ('is_not_null' as const), dimension }]),
]

/** A value that no row of the column can have is a slip. */
const checkType = (filter: Filter, dimension: Dimension | undefined, at: Path, report: Report) => {
  if (!dimension) return
  const { type, name } = dimension
  if ((filter.op === 'like' || filter.op === 'not_like') && type !== 'text')
    report(at, `like works on text; ${name} is ${kindOfType(type)}`)
  if (filter.op === 'between' && type !== 'number')
    report(at, `between works on numbers; ${name} is ${kindOfType(type)}`)
  if (comparators.some(op => op === filter.op) && (type === 'text' || type === 'boolean')) {
    report(at, `${filter.op} works on numbers and dates; ${name} is ${kindOfType(type)}`)
  }
  if (filter.op !== 'in' && filter.op !== 'not_in') return
  const expected = type === 'number' || type === 'boolean' ? type : 'string'
  const odd = filter.values.find(value => typeof value !== expected)
  if (odd !== undefined)
    report(at, `${JSON.stringify(odd)} is not ${kindOfType(type)}${expected === 'string' ? '; put it in quotes' : ''}`)
}

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value)
