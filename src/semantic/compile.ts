import { sql } from 'kysely'
import type { Param } from '#src/engines/engine.ts'
import { type Filter, measureColumn, type Query } from '#src/vocabulary/query.ts'
import type { Column } from '#src/vocabulary/table.ts'
import { fullMonths, startOf } from './calendar.ts'
import { columnsOf } from './compile/columns.ts'
import { compiler } from './compile/compiler.ts'
import { aggregateCte, type Cte, cteKey, type KeyColumn, keyOf } from './compile/cte.ts'
import { bucket, type Dialect, dialects, interval, numberParam, type Sql } from './compile/dialect.ts'
import { type EntityCondition, operator } from './compile/filters.ts'
import {
  expand,
  expandPrevious,
  isCompared,
  type Leaf,
  leavesOf,
  type Node,
  needsHistory,
  sameLeaf,
  type Window,
} from './compile/leaves.ts'
import { type CompileProblem, Uncompilable } from './compile/problem.ts'
import { checkSense } from './compile/sense.ts'
import type { Model } from './model.ts'

export type Compiled = { sql: string; params: Param[]; columns: Column[] }

/**
 * A query as one SELECT for an engine. Each measure is aggregated in its own table at the asked grain before anything is joined, every
 * value is bound, and identifiers come only from the model. A query that makes no sense is a problem, not an error.
 */
export const compile = (query: Query, model: Model, name: Dialect['name']): Compiled | CompileProblem => {
  try {
    const columns = columnsOf(query, model)
    checkSense(query, columns, model)
    const built = select({ query, model, dialect: dialects[name] }).compile(compiler)
    return { sql: built.sql, params: built.parameters as Param[], columns }
  } catch (error) {
    if (error instanceof Uncompilable) return error.problem
    throw error
  }
}

export const isCompileProblem = (x: Compiled | CompileProblem): x is CompileProblem => 'code' in x

type Context = { query: Query; model: Model; dialect: Dialect }

type Output = { name: string; node: Node }

const select = (ctx: Context): Sql => {
  const outputs = outputsOf(ctx)
  const keys = ctx.query.splits.map(keyOf)
  const leaves = outputs.flatMap(o => leavesOf(o.node))
  const ctes = gather(leaves, ctx)
  const values = outputs.map(
    o => sql`${renderNode(o.node, leaf => leafValue(leaf, { ctes, keys, ctx }))} as ${sql.id(o.name)}`,
  )
  const body = sql`select ${sql.join([...keys.map(k => sql`${spineKey(k, ctes)} as ${sql.id(k.name)}`), ...values])} from ${joined(ctes, keys)}`
  const withs = sql.join(ctes.map(cte => sql`${sql.id(cte.name)} as (${cte.body})`))
  return sql`with ${withs}, "result" as (${body}) ${shaped(ctx, keys)}`
}

const outputsOf = ({ query, model }: Context): Output[] => {
  const splits = query.splits.map(s => keyOf(s).name)
  const asked = query.measures.flatMap(use => {
    const name = measureColumn(use)
    const current: Output = { name, node: expand(use, model, splits) }
    if (!isCompared(use, query, model)) return [current]
    return [current, { name: `${name}_previous`, node: expandPrevious(use, model, splits) }]
  })
  const extra = query.having
    .filter(h => !asked.some(o => o.name === measureColumn(h)))
    .map(h => ({ name: measureColumn(h), node: expand(h, model, splits) }))
  return [...asked, ...extra]
}

/** Parts named `part_1` …; with keys of their own instead of the query's splits, when given. */
const gather = (
  leaves: Leaf[],
  ctx: Context,
  own: { prefix: string; keys?: KeyColumn[] } = { prefix: 'part' },
): Cte[] => {
  const groups = Map.groupBy(leaves, cteKey)
  return [...groups.values()].map((group, i) =>
    aggregateCte(group, { ...ctx, name: `${own.prefix}_${i + 1}`, entity: entityCondition(ctx), keys: own.keys }),
  )
}

/** `key in (select key … group by key having measure > value)`: a thing is kept by its own measure. */
const entityCondition =
  (ctx: Context): EntityCondition =>
  (filter, rows) => {
    const { model, query } = ctx
    const table = model.tables[filter.entity]
    const [key] = table?.primaryKey ?? []
    if (!table || !key || table.primaryKey.length > 1)
      throw new Uncompilable('query/unknown-name', `${filter.entity} has no single key to be counted by.`)
    const own = filter.where !== undefined || filter.period !== undefined
    const isScoped = !table.time && !own
    const scoped: Filter[] = isScoped ? query.filters.filter(f => f.op !== 'entity') : (filter.where ?? [])
    const inner: Query = {
      domain: query.domain,
      measures: [{ measure: filter.measure }],
      splits: [],
      filters: scoped,
      having: [],
      period: isScoped ? query.period : filter.period,
      time: isScoped ? query.time : (filter.time ?? query.time),
      order: [],
      intent: 'value',
    }
    const innerCtx: Context = { ...ctx, query: inner }
    const keyColumn: KeyColumn = { name: 'key', kind: 'column', ref: { table: filter.entity, name: key } }
    const node = expand({ measure: filter.measure }, model, [])
    const ctes = gather(leavesOf(node), innerCtx, { prefix: 'thing', keys: [keyColumn] })
    const value = renderNode(node, leaf => leafValue(leaf, { ctes, keys: [keyColumn], ctx: innerCtx }))
    const withs = sql.join(ctes.map(cte => sql`${sql.id(cte.name)} as (${cte.body})`))
    const column = rows.column({ table: filter.entity, name: key })
    const keys = spineKey(keyColumn, ctes)
    const among = sql`with ${withs} select ${keys} from ${joined(ctes, [keyColumn])} where`
    return holdsForNone(node, filter)
      ? sql`(${column} is not null and ${column} not in (${among} ${keys} is not null and not (${comparison(value, filter)})))`
      : sql`${column} in (${among} ${comparison(value, filter)})`
  }

/** Whether a thing without any rows is kept: it has 0 of what is counted or added up, and 0 is what is asked for. */
const holdsForNone = (node: Node, { compare, value, to }: Extract<Filter, { op: 'entity' }>): boolean => {
  const addsUp = node.kind === 'leaf' && ['sum', 'count', 'count_distinct'].includes(node.leaf.aggregation)
  const zero = {
    gt: 0 > value,
    gte: 0 >= value,
    lt: 0 < value,
    lte: 0 <= value,
    eq: value === 0,
    ne: value !== 0,
    between: value <= 0 && (to ?? value) >= 0,
  }
  return addsUp && zero[compare]
}

const comparison = (
  value: Sql,
  { compare, value: from, to }: { compare: Extract<Filter, { op: 'entity' }>['compare']; value: number; to?: number },
): Sql =>
  compare === 'between'
    ? sql`${value} between ${numberParam(from)} and ${numberParam(to ?? from)}`
    : sql`${value} ${operator(compare)} ${numberParam(from)}`

/** The first main part gives the keys; with several, all keys of all main parts stand in a spine. */
const joined = (ctes: Cte[], keys: KeyColumn[]): Sql => {
  const rowParts = ctes.filter(cte => cte.givesRows)
  const [first] = rowParts
  if (!first) throw new Uncompilable('query/unknown-name', 'There is nothing to measure.')
  const spine = rowParts.length > 1 && keys.length > 0
  const start = spine
    ? sql`(${sql.join(
        rowParts.map(part => sql`select ${sql.join(keys.map(k => sql.id(k.name)))} from ${sql.id(part.name)}`),
        sql` union `,
      )}) as "spine"`
    : sql`${sql.id(first.name)}`
  const rest = ctes.filter(cte => spine || cte !== first)
  const base = spine ? 'spine' : first.name
  return sql`${start} ${sql.join(
    rest.map(cte => sql`left join ${sql.id(cte.name)} on ${matching(base, cte)}`),
    sql` `,
  )}`
}

const matching = (base: string, cte: Cte): Sql =>
  cte.keys.length === 0
    ? sql`true`
    : sql.join(
        cte.keys.map(k => sql`${sql.id(base, k.name)} is not distinct from ${sql.id(cte.name, k.name)}`),
        sql` and `,
      )

const spineKey = (key: KeyColumn, ctes: Cte[]): Sql => {
  const rowParts = ctes.filter(cte => cte.givesRows)
  return sql.id(rowParts.length > 1 ? 'spine' : (rowParts[0]?.name ?? 'spine'), key.name)
}

const leafValue = (leaf: Leaf, { ctes, keys, ctx }: { ctes: Cte[]; keys: KeyColumn[]; ctx: Context }): Sql => {
  const cte = ctes.find(c => c.leaves.some(l => sameLeaf(l.leaf, leaf)))
  const column = cte?.leaves.find(l => sameLeaf(l.leaf, leaf))?.column
  if (!cte || !column) throw new Uncompilable('query/unknown-name', `${leaf.measure.label} was not aggregated.`)
  const plain = sql.id(cte.name, column)
  const counted = leaf.aggregation === 'sum' || leaf.aggregation === 'count' || leaf.aggregation === 'count_distinct'
  const filled =
    counted && keys.length > 0 && ctes.length > 1 && !beforeTheData(leaf, keys) ? sql`coalesce(${plain}, 0)` : plain
  return leaf.window ? windowed(filled, leaf.window, { keys, ctes, ctx }) : filled
}

/** A bucket that has no earlier one in the data has nothing to be compared with; that is not zero. */
const beforeTheData = ({ scope }: Leaf, keys: KeyColumn[]) =>
  scope.kind === 'previous' && keys.some(k => k.kind === 'time')

const windowed = (
  value: Sql,
  window: Window,
  { keys, ctes, ctx }: { keys: KeyColumn[]; ctes: Cte[]; ctx: Context },
): Sql => {
  const time = keys.find(k => k.kind === 'time')
  if (!time)
    throw new Uncompilable('measure/no-time', 'A running or rolling figure needs a split by time, such as “by month”.')
  const others = keys.filter(k => k !== time).map(k => spineKey(k, ctes))
  const at = spineKey(time, ctes)
  const year = window.kind === 'ytd' ? [bucket(at, 'year', ctx.model)] : []
  const partition = others.length + year.length > 0 ? sql`partition by ${sql.join([...others, ...year])} ` : sql``
  const frame =
    window.kind === 'rolling'
      ? sql`range between ${interval(window.n - 1, time.grain)} preceding and current row`
      : sql`rows unbounded preceding`
  const over = sql`over (${partition}order by ${at} ${frame})`
  return window.kind === 'rolling' && window.average ? sql`avg(${value}) ${over}` : sql`sum(${value}) ${over}`
}

const renderNode = (node: Node, leaf: (leaf: Leaf) => Sql): Sql => {
  switch (node.kind) {
    case 'number':
      return sql.lit(node.value)
    case 'leaf':
      return leaf(node.leaf)
    case 'negate':
      return sql`(-${renderNode(node.operand, leaf)})`
    case 'binary': {
      const [left, right] = [renderNode(node.left, leaf), renderNode(node.right, leaf)]
      if (node.op === '/') return sql`(cast(${left} as float8) / nullif(cast(${right} as float8), 0))`
      return { '+': sql`(${left} + ${right})`, '-': sql`(${left} - ${right})`, '*': sql`(${left} * ${right})` }[node.op]
    }
  }
}

/** Result conditions, order and limit. */
const shaped = ({ query, model }: Context, keys: KeyColumn[]): Sql => {
  const columns = [
    ...keys.map(k => k.name),
    ...columnsOf(query, model)
      .filter(c => c.role === 'measure' || c.role === 'previous')
      .map(c => c.name),
  ]
  const list = sql.join(columns.map(c => sql.id(c)))
  const conditions = [...havings(query), ...cutWindow(query, model, keys), ...namedKeys(query, keys)]
  const where = conditions.length > 0 ? sql` where ${sql.join(conditions, sql` and `)}` : sql``
  const order = ordering(query, keys)
  if (!query.limit) return sql`select ${list} from "result"${where}${order}`
  if (!query.limitPer?.length) return sql`select ${list} from "result"${where}${order} limit ${sql.lit(query.limit)}`
  const groups = keys.filter(k => query.limitPer?.includes(k.name))
  const rank = sql`row_number() over (partition by ${sql.join(groups.map(k => sql.id(k.name)))}${order})`
  return sql`select ${list} from (select *, ${rank} as "place" from "result"${where}) as "ranked" where "place" <= ${sql.lit(query.limit)} order by ${sql.join(groups.map(calendarOrder))}, "place"`
}

const havings = (query: Query): Sql[] =>
  query.having.map(h => comparison(sql.id(measureColumn(h)), { compare: h.op, value: h.value, to: h.to }))

/** Rolling figures look at buckets before the period; those buckets are not part of the answer. */
const cutWindow = (query: Query, model: Model, keys: KeyColumn[]): Sql[] => {
  const time = keys.find(k => k.kind === 'time')
  if (!time || !query.period || !query.measures.some(m => needsHistory(m, model))) return []
  return [sql`${sql.id(time.name)} >= cast(${startOf(query.period.start, time.grain, model)} as date)`]
}

/** "Which state is best" wants a state: rows without one do not take part in a ranking. */
const namedKeys = (query: Query, keys: KeyColumn[]): Sql[] =>
  query.limit ? keys.filter(k => k.kind !== 'time').map(k => sql`${sql.id(k.name)} is not null`) : []

const ordering = (query: Query, keys: KeyColumn[]): Sql => {
  const asked = query.order.map(
    o => sql`${orderKey(o.by, query, keys)} ${o.direction === 'asc' ? sql`asc` : sql`desc`} nulls last`,
  )
  const rest = keys.map(k => sql`${calendarOrder(k)} nulls last`)
  const first = query.measures[0]
  const byMeasure =
    first && !keys.some(k => k.kind === 'time' || k.kind === 'part')
      ? [sql`${sql.id(measureColumn(first))} desc nulls last`]
      : []
  const parts = asked.length > 0 ? [...asked, ...rest] : [...byMeasure, ...rest]
  return parts.length > 0 ? sql` order by ${sql.join(parts)}` : sql``
}

const orderKey = (by: string, query: Query, keys: KeyColumn[]): Sql => {
  const first = query.measures[0]
  if (by === 'time') return sql.id(keys.find(k => k.kind === 'time')?.name ?? by)
  if (by === 'change' && first)
    return sql`${sql.id(measureColumn(first))} - ${sql.id(`${measureColumn(first)}_previous`)}`
  const key = keys.find(k => k.name === by)
  if (key) return calendarOrder(key)
  return sql.id(by)
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const calendarOrder = (key: KeyColumn): Sql => {
  if (key.kind !== 'part' || key.name === 'hour_of_day' || key.name === 'day_type') return sql.id(key.name)
  const names = key.name === 'weekday' ? weekdays : fullMonths
  return sql`case ${sql.id(key.name)} ${sql.join(
    names.map((n, i) => sql`when ${sql.lit(n)} then ${sql.lit(i + 1)}`),
    sql` `,
  )} end`
}
