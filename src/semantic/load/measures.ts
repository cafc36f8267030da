import { type Aggregation, aggregations, type Filter } from '#src/vocabulary/query.ts'
import { namesIn } from '../expression.ts'
import type { BaseMeasure, Dimension, FormulaMeasure, Measure } from '../model.ts'
import type { WrittenMeasure } from '../schema.ts'
import { formulaExpression, rowExpression } from './expressions.ts'
import { type FilterScope, readFilters } from './filters.ts'
import { modelFormat } from './format.ts'
import type { Path } from './problem.ts'
import { columnType, isTable, reaches, type Scope } from './scope.ts'
import { kindOfType, spoken } from './words.ts'
import type { Entries } from './written.ts'

export type MeasureScope = Scope & { filter: FilterScope; currency: string | undefined }

/** The measures; a formula that refers to itself, also by way of others, is reported. */
export const buildMeasures = (written: Entries<WrittenMeasure>, scope: MeasureScope): Record<string, Measure> => {
  const measures: Record<string, Measure> = {}
  for (const [name, item] of written.valid) {
    const measure = oneMeasure(name, item, scope)
    if (measure) measures[name] = measure
  }
  for (const circle of circles(measures)) {
    scope.report(['measures', circle[0]!], `refers to itself: ${[...circle, circle[0]].join(' → ')}`)
  }
  return measures
}

const oneMeasure = (name: string, item: WrittenMeasure, scope: MeasureScope): Measure | undefined => {
  const path = ['measures', name]
  const ways = aggregations.filter(aggregation => item[aggregation] !== undefined)
  if (!item.description && !item.hidden) {
    scope.report(path, 'needs a description: it is what people read when they ask what the measure means')
  }
  const all = [...ways, ...(item.formula === undefined ? [] : ['formula'])]
  if (all.length > 1) scope.report(path, `has ${all.join(' and ')}; one is enough`)
  else if (!all.length) scope.report(path, `needs one of ${aggregations.join(', ')} or formula`)
  else return ways[0] ? base(name, item, { aggregation: ways[0], path, scope }) : formula(name, item, path, scope)
  return undefined
}

const common = (name: string, item: WrittenMeasure, format: BaseMeasure['format']) => ({
  name,
  label: item.label ?? spoken(name),
  synonyms: item.synonyms,
  description: item.description ?? '',
  format,
  good: item.good,
  hidden: item.hidden,
})

const formula = (name: string, item: WrittenMeasure, path: Path, scope: MeasureScope): FormulaMeasure | undefined => {
  for (const key of ['table', 'where'] as const)
    if (item[key] !== undefined) scope.report(path, `a formula has no ${key}`, key)
  if (item.also.length) scope.report(path, 'a formula has no other aggregations', 'also')
  const expression = formulaExpression(item.formula ?? '', [...path, 'formula'], scope.filter)
  const format = modelFormat(item.format ?? 'number', scope.currency)
  return expression && { ...common(name, item, format), kind: 'formula', formula: expression }
}

type Way = { aggregation: Aggregation; path: Path; scope: MeasureScope }

const base = (name: string, item: WrittenMeasure, { aggregation, path, scope }: Way): BaseMeasure | undefined => {
  if (item.table === undefined) scope.report(path, 'needs the table it is worked out from')
  if (item.table === undefined || !isTable(item.table, [...path, 'table'], scope)) return undefined
  const { table } = item
  const counted = aggregation === 'count' || aggregation === 'count_distinct'
  const rows = aggregation === 'count' && item.count === 'rows' && !columnType({ table, column: 'rows' }, scope)
  const expression = rows ? undefined : rowExpression(String(item[aggregation]), table, [...path, aggregation], scope)
  if (!expression && !rows) return undefined
  if (!counted) checkNumber(String(item[aggregation]), { table, aggregation, path, scope })
  if (counted && item.also.length) scope.report(path, 'a count has no other aggregations', 'also')
  const where = item.where === undefined ? [] : readFilters(item.where, [...path, 'where'], scope.filter)
  checkReach(where, { table, path, scope })
  return {
    ...common(name, item, modelFormat(item.format ?? (counted ? 'integer' : 'number'), scope.currency)),
    kind: 'base',
    table,
    expression,
    aggregation,
    aggregations: [...new Set([aggregation, ...item.also])],
    where,
  }
}

/** A bare column that is no number cannot be summed. */
const checkNumber = (text: string, { table, aggregation, path, scope }: Way & { table: string }) => {
  const type = columnType({ table, column: text.startsWith(`${table}.`) ? text.slice(table.length + 1) : text }, scope)
  const fits =
    type === undefined ||
    type === 'number' ||
    (type !== 'text' && type !== 'boolean' && (aggregation === 'min' || aggregation === 'max'))
  if (!fits) scope.report([...path, aggregation], `${text} is ${kindOfType(type)}; ${aggregation} works on numbers`)
}

/** A filter on a table that is not one row for each row here would count rows twice. */
const checkReach = (where: Filter[], { table, path, scope }: { table: string; path: Path; scope: MeasureScope }) => {
  for (const filter of where) {
    const dimension: Dimension | undefined =
      'dimension' in filter ? scope.filter.dimensions.get(filter.dimension) : undefined
    if (dimension && !reaches(table, dimension.table, scope.joins)) {
      scope.report(
        [...path, 'where'],
        `${table} has no join to ${dimension.table}, many to one, so ${dimension.name} cannot filter it`,
      )
    }
  }
}

/** Each circle of formulas once, starting with the one that stands first. */
const circles = (measures: Record<string, Measure>): string[][] => {
  const found: string[][] = []
  const done = new Set<string>()
  const visit = (name: string, trail: string[]) => {
    const at = trail.indexOf(name)
    if (at >= 0) found.push(trail.slice(at))
    const measure = Object.hasOwn(measures, name) ? measures[name] : undefined
    if (at >= 0 || done.has(name) || measure?.kind !== 'formula') return
    for (const used of namesIn(measure.formula)) visit(used.name, [...trail, name])
    done.add(name)
  }
  for (const name of Object.keys(measures)) visit(name, [])
  return found
}
