import { sql } from 'kysely'
import type { Comparator, Filter } from '#src/vocabulary/query.ts'
import { isTimePart, type Model } from '../model.ts'
import { type Dialect, numberParam, type Sql } from './dialect.ts'
import { Uncompilable } from './problem.ts'
import { known, type Rows } from './rows.ts'

type EntityFilter = Extract<Filter, { op: 'entity' }>

/** How a filter on a thing's measure becomes SQL; given by the compiler, which knows how to aggregate. */
export type EntityCondition = (filter: EntityFilter, rows: Rows) => Sql

/** A filter as a condition on rows; every value is bound. A negation keeps rows that have no value at all. */
export const condition = (filter: Filter, rows: Rows, ctx: { model: Model; entity: EntityCondition }): Sql => {
  const { model } = ctx
  switch (filter.op) {
    case 'entity':
      return ctx.entity(filter, rows)
    case 'named':
      return all(namedFilters(model, filter.filter), rows, ctx)
    case 'not_named':
      return sql`not coalesce((${all(namedFilters(model, filter.filter), rows, ctx)}), false)`
    case 'in':
      return sql`${comparable(model, filter.dimension, rows)} in (${sql.join(bindAll(filter, rows, model))})`
    case 'not_in': {
      const value = comparable(model, filter.dimension, rows)
      return sql`(${value} not in (${sql.join(bindAll(filter, rows, model))}) or ${value} is null)`
    }
    case 'between':
      return sql`${rows.dimension(filter.dimension)} between ${numberParam(filter.from)} and ${numberParam(filter.to)}`
    case 'like':
      return sql`${textOf(filter.dimension, rows)} like ${filter.pattern}`
    case 'not_like':
      return sql`coalesce(${textOf(filter.dimension, rows)} not like ${filter.pattern}, true)`
    case 'is_null':
      return sql`${rows.dimension(filter.dimension)} is null`
    case 'is_not_null':
      return sql`${rows.dimension(filter.dimension)} is not null`
    default:
      return sql`${comparable(model, filter.dimension, rows)} ${operator(filter.op)} ${bind(filter.value, rows.dialect, typeOf(model, filter.dimension))}`
  }
}

/** The dimensions that a filter looks at; named filters are opened. */
export const dimensionsOf = (filter: Filter, model: Model): string[] => {
  if (filter.op === 'entity') return []
  if ('filter' in filter) return namedFilters(model, filter.filter).flatMap(f => dimensionsOf(f, model))
  return [filter.dimension]
}

export const operator = (op: Comparator): Sql =>
  ({ gt: sql`>`, gte: sql`>=`, lt: sql`<`, lte: sql`<=`, eq: sql`=`, ne: sql`<>` })[op]

const all = (filters: Filter[], rows: Rows, ctx: { model: Model; entity: EntityCondition }): Sql =>
  sql.join(
    filters.map(f => condition(f, rows, ctx)),
    sql` and `,
  )

const namedFilters = (model: Model, name: string): Filter[] => {
  const named = Object.hasOwn(model.filters, name) ? model.filters[name] : undefined
  if (!named) throw new Uncompilable('query/unknown-name', `There is no filter called ${name}.`)
  return named.filters
}

const comparable = (model: Model, dimension: string, rows: Rows): Sql => {
  const value = rows.dimension(dimension)
  return typeOf(model, dimension) === 'timestamp' ? sql`cast(${value} as date)` : value
}

const textOf = (dimension: string, rows: Rows): Sql => rows.dialect.asText(rows.dimension(dimension))

type Values = { dimension: string; values: readonly unknown[] }

const bindAll = ({ dimension, values }: Values, { dialect }: Rows, model: Model): Sql[] =>
  values.map(value => bind(value, dialect, typeOf(model, dimension)))

const bind = (value: unknown, { textParam }: Dialect, type: string): Sql => {
  if (type === 'date' || type === 'timestamp') return sql`cast(${value} as date)`
  if (type === 'number') return numberParam(value as number)
  if (type === 'boolean') return sql`cast(${value} as boolean)`
  return textParam(value)
}

const typeOf = (model: Model, dimension: string) => {
  if (isTimePart(dimension)) return dimension === 'hour_of_day' ? 'number' : 'text'
  return known(model, dimension).type
}
