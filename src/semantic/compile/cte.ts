import { sql } from 'kysely'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import type { Filter, Query, Split } from '#src/vocabulary/query.ts'
import { addUnits, startOf, stepBack } from '../calendar.ts'
import { type BaseMeasure, isTimePart, type Model } from '../model.ts'
import { bucket, type Dialect, interval, type Sql } from './dialect.ts'
import { condition, dimensionsOf, type EntityCondition } from './filters.ts'
import { type Leaf, sameLeaf } from './leaves.ts'
import { finerTables, pathTo } from './paths.ts'
import { Uncompilable } from './problem.ts'
import { known, type Rows, rowsOf, timeDimension } from './rows.ts'

/** What the rows of a part are grouped by. */
export type KeyColumn =
  | { name: string; kind: 'dimension' | 'part' }
  | { name: string; kind: 'time'; grain: Grain }
  | { name: string; kind: 'column'; ref: { table: string; name: string } }

/** One aggregation: measures of one table over one scope, grouped by the keys. `givesRows` parts decide which rows the answer has. */
export type Cte = {
  name: string
  body: Sql
  keys: KeyColumn[]
  leaves: { leaf: Leaf; column: string }[]
  givesRows: boolean
}

export const keyOf = (split: Split): KeyColumn => {
  if ('grain' in split) return { name: split.grain, kind: 'time', grain: split.grain }
  return { name: split.dimension, kind: isTimePart(split.dimension) ? 'part' : 'dimension' }
}

/** Leaves with the same key are aggregated together. */
export const cteKey = (leaf: Leaf): string =>
  JSON.stringify([leaf.measure.table, leaf.scope, leaf.window?.kind, needsDistinct(leaf)])

const needsDistinct = ({ aggregation }: Leaf) => ['count', 'count_distinct', 'min', 'max'].includes(aggregation)

type Context = {
  query: Query
  model: Model
  dialect: Dialect
  name: string
  entity: EntityCondition
  /** Instead of the query's splits. */
  keys?: KeyColumn[]
}

/** Aggregates leaves of one table and scope at the grain asked for. */
export const aggregateCte = (leaves: Leaf[], ctx: Context): Cte => {
  const [first] = leaves
  if (!first) throw new Uncompilable('query/unknown-name', 'There is nothing to measure.')
  const keys = keysIn(first, ctx)
  const filters = filtersIn(first, ctx)
  const rows = rowsFor(leaves, { ...ctx, keys, filters })
  const common = first.measure.where.filter(f => leaves.every(l => has(l.measure.where, f)))
  const distinct = leaves.filter((l, i) => leaves.findIndex(m => sameLeaf(m, l)) === i)
  const columns = distinct.map((leaf, i) => ({ leaf, column: `v${i + 1}` }))
  const selected = [
    ...keys.map(k => sql`${keyValue(k, rows, { ...ctx, scope: first.scope.kind })} as ${sql.id(k.name)}`),
    ...columns.map(c => sql`${aggregate(c.leaf, rows, { ...ctx, common })} as ${sql.id(c.column)}`),
  ]
  const conditions = [
    ...[...common, ...filters].map(f => condition(f, rows, ctx)),
    ...periodConditions(periodFor(leaves, ctx, keys), rows),
    ...shiftConditions(first, ctx, { keys, rows }),
  ]
  const where = conditions.length > 0 ? sql` where ${sql.join(conditions, sql` and `)}` : sql``
  const groupBy = keys.length > 0 ? sql` group by ${sql.join(keys.map((_, i) => sql.lit(i + 1)))}` : sql``
  return {
    name: ctx.name,
    keys,
    leaves: columns,
    givesRows: first.scope.kind === 'main' || (first.scope.kind === 'previous' && !keys.some(k => k.kind === 'time')),
    body: sql`select ${sql.join(selected)} from ${rows.from()}${where}${groupBy}`,
  }
}

const has = (filters: Filter[], f: Filter) => filters.some(g => JSON.stringify(g) === JSON.stringify(f))

const keysIn = ({ scope }: Leaf, { query, keys }: Context): KeyColumn[] => {
  const all = keys ?? query.splits.map(keyOf)
  return scope.kind === 'whole' ? all.filter(k => !scope.of.includes(k.name)) : all
}

const filtersIn = ({ scope }: Leaf, { query, model }: Context): Filter[] =>
  scope.kind === 'whole'
    ? query.filters.filter(
        f =>
          !scope.of.some(d =>
            f.op === 'entity'
              ? d === f.entity
              : dimensionsOf(f, model).includes(d) || ('filter' in f && f.filter === d),
          ),
      )
    : query.filters

/**
 * The table whose rows are counted: the measure's own when everything asked for can be reached from it; else, for things that are
 * counted by their key, a finer table ("orders by category" counts orders that have such a line).
 */
const rowsFor = (leaves: Leaf[], ctx: Context & { keys: KeyColumn[]; filters: Filter[] }): Rows => {
  const { model, query, dialect } = ctx
  const table = leaves[0]?.measure.table ?? ''
  const needed = neededTables(leaves, ctx)
  const options = { model, dialect, time: query.time }
  const reaches = (from: string) => needed.every(end => pathTo(model, { from, to: end.table, via: end.via }))
  const timed = (from: string) =>
    !needsTime(ctx) || timeDimension(model, { table: from, time: query.time }) !== undefined
  if (reaches(table) && timed(table)) return rowsOf(table, options)
  const finer = finerTables(model, table, needed).filter(timed)
  const [nearest] = finer
  if (!nearest) throw notConnected(leaves, ctx, needed)
  const single = leaves.find(l => !needsDistinct(l))
  if (single) throw onlyOncePer(single.measure, ctx, needed)
  return rowsOf(nearest, options)
}

const needsTime = ({ query, keys }: Context & { keys: KeyColumn[] }) =>
  query.period !== undefined ||
  keys.some(k => k.kind === 'time' || k.kind === 'part') ||
  query.filters.some(f => 'dimension' in f && isTimePart(f.dimension))

const neededTables = (leaves: Leaf[], { model, keys, filters }: Context & { keys: KeyColumn[]; filters: Filter[] }) => {
  const names = [
    ...keys.filter(k => k.kind === 'dimension').map(k => k.name),
    ...[...filters, ...leaves.flatMap(l => l.measure.where)]
      .flatMap(f => dimensionsOf(f, model))
      .filter(d => !isTimePart(d)),
  ]
  const columns = keys.flatMap(k => (k.kind === 'column' ? [{ table: k.ref.table }] : []))
  const entities = filters.flatMap(f => (f.op === 'entity' ? [{ table: f.entity }] : []))
  return [...names.map(n => ({ table: known(model, n).table, via: known(model, n).via })), ...columns, ...entities] as {
    table: string
    via?: string
  }[]
}

const notConnected = (
  leaves: Leaf[],
  { model, keys }: Context & { keys: KeyColumn[] },
  needed: { table: string }[],
) => {
  const measure = leaves[0]?.measure
  const far = needed
    .map(n => n.table)
    .find(t => t !== measure?.table && !pathTo(model, { from: measure?.table ?? '', to: t }))
  const what = keys.map(k => model.dimensions[k.name]?.label.toLowerCase() ?? k.name).join(' and ')
  if (!far)
    return new Uncompilable(
      'measure/no-time',
      `${measure?.label} has no date of its own, so it cannot be asked for a period or over time.`,
    )
  return new Uncompilable(
    'measure/not-connected',
    `${measure?.label} is not connected with ${what || far}: no table links the two.`,
  )
}

const onlyOncePer = (measure: BaseMeasure, { model }: Context, needed: { table: string }[]) => {
  const thing = model.tables[measure.table]?.label ?? measure.table
  const far = needed.map(n => n.table).find(t => !pathTo(model, { from: measure.table, to: t })) ?? ''
  const instead = Object.values(model.measures)
    .filter(
      m => !m.hidden && m.kind === 'base' && m.table !== measure.table && pathTo(model, { from: m.table, to: far }),
    )
    .map(m => m.name)
  return new Uncompilable(
    'measure/not-by-dimension',
    `${measure.label} is one amount per ${thing}, so it cannot be divided among the ${model.tables[far]?.label ?? far} details of ${/^[aeiou]/i.test(thing) ? 'an' : 'a'} ${thing}: it would be counted more than once.`,
    instead.slice(0, 3),
  )
}

/** Times of the period compared with are moved forward, into the buckets that they are compared with. */
const keyValue = (key: KeyColumn, rows: Rows, { query, model, scope }: Context & { scope: string }): Sql => {
  if (key.kind === 'column') return rows.column(key.ref)
  if (key.kind !== 'time') return rows.dimension(key.name)
  if (scope !== 'previous') return bucket(rows.time(), key.grain, model)
  return bucket(sql`(${rows.time()} + ${shiftOf(key.grain, query)})`, key.grain, model)
}

const shiftOf = (grain: Grain, query: Query): Sql => {
  const { n, unit } = stepOf(query) ?? { n: 1, unit: grain }
  return interval(n, unit)
}

/** A comparison that does not say by how much lays the beginnings of both periods on each other. */
const stepOf = ({ period, compare }: Query): { n: number; unit: Grain } | undefined =>
  compare?.shift ?? (compare && period ? stepBack(period, compare.period) : undefined)

/** 29, 30 and 31 January have no day in February: within months they are compared with nothing, instead of all with its last day. */
const shiftConditions = (
  { scope }: Leaf,
  { query, model }: Context,
  { keys, rows }: { keys: KeyColumn[]; rows: Rows },
) =>
  keys.flatMap(key => {
    const fine = key.kind === 'time' && ['hour', 'day', 'week'].includes(key.grain)
    if (scope.kind !== 'previous' || !fine || !['month', 'quarter', 'year'].includes(stepOf(query)?.unit ?? ''))
      return []
    const day = bucket(rows.time(), 'day', model)
    const step = shiftOf(key.grain, query)
    return [sql`${day} + ${step} - ${step} = ${day}`]
  })

const aggregate = (leaf: Leaf, rows: Rows, { model, common, ...ctx }: Context & { common: Filter[] }): Sql => {
  const { measure, aggregation } = leaf
  const rest = measure.where.filter(f => !has(common, f))
  const only =
    rest.length > 0
      ? sql` filter (where ${sql.join(
          rest.map(f => condition(f, rows, { model, entity: ctx.entity })),
          sql` and `,
        )})`
      : sql``
  if (leaf.buckets) return sql`count(distinct ${bucket(rows.time(), leaf.buckets, model)})${only}`
  const value = measure.expression ? rows.expression(measure.expression, measure.table) : undefined
  const call = aggregateCall(aggregation, value, { measure, rows, model })
  return aggregation === 'sum' && rest.length > 0 ? sql`coalesce(${call}${only}, 0)` : sql`${call}${only}`
}

const aggregateCall = (
  aggregation: Leaf['aggregation'],
  value: Sql | undefined,
  { measure, rows, model }: { measure: BaseMeasure; rows: Rows; model: Model },
): Sql => {
  if (aggregation === 'count') return countOf(value, { measure, rows, model })
  if (!value)
    throw new Uncompilable('measure/aggregation', `${measure.label} counts rows, so it has no ${aggregation}.`)
  switch (aggregation) {
    case 'count_distinct':
      return sql`count(distinct ${value})`
    case 'median':
      // The middle of two decimals has a digit more than they have; DuckDB would cut it off.
      return sql`percentile_cont(0.5) within group (order by cast(${value} as float8))`
    default:
      return sql`${sql.raw(aggregation)}(${value})`
  }
}

const countOf = (
  value: Sql | undefined,
  { measure, rows, model }: { measure: BaseMeasure; rows: Rows; model: Model },
): Sql => {
  const own = rows.table === measure.table
  if (own) return value ? sql`count(${value})` : sql`count(*)`
  const keys = model.tables[measure.table]?.primaryKey ?? []
  if (keys.length === 0)
    throw new Uncompilable(
      'measure/not-connected',
      `${measure.label} cannot be counted this way: its rows have no key.`,
    )
  const columns = keys.map(k => rows.column({ table: measure.table, name: k }))
  const [first] = columns
  const key = columns.length === 1 ? first : sql`(${sql.join(columns)})`
  const counted = value ?? (columns.length === 1 ? undefined : first)
  return counted ? sql`count(distinct case when ${counted} is not null then ${key} end)` : sql`count(distinct ${key})`
}

/** The period of a part: moved back for the part compared with, stretched back for rolling figures. */
const periodFor = (leaves: Leaf[], ctx: Context, keys: KeyColumn[]): Period | undefined => {
  const [first] = leaves
  const time = keys.find(k => k.kind === 'time')
  const period = first?.scope.kind === 'previous' ? earlierPeriod(first, ctx, time) : ctx.query.period
  if (!period || !time) return period
  const starts = leaves.map(leaf => historyFrom(period.start, leaf, { grain: time.grain, model: ctx.model }))
  return { ...period, start: starts.toSorted()[0] ?? period.start }
}

const earlierPeriod = (leaf: Leaf, { query }: Context, time?: { grain: Grain }): Period | undefined => {
  if (query.compare) return query.compare.period
  if (!time) throw new Uncompilable('measure/no-time', `${leaf.measure.label} of the period before needs a period.`)
  const { period } = query
  const back = (date: IsoDate) => addUnits(date, -1, time.grain)
  return period && { ...period, start: back(period.start), end: back(period.end) }
}

const historyFrom = (start: IsoDate, { window }: Leaf, { grain, model }: { grain: Grain; model: Model }): IsoDate => {
  if (window?.kind === 'ytd') return startOf(start, 'year', model)
  return window?.kind === 'rolling' ? addUnits(startOf(start, grain, model), 1 - window.n, grain) : start
}

const periodConditions = (period: Period | undefined, rows: Rows): Sql[] =>
  period
    ? [sql`${rows.time()} >= cast(${period.start} as date)`, sql`${rows.time()} < cast(${period.end} as date)`]
    : []
