import type { Grain } from '#src/vocabulary/period.ts'
import type { Aggregation, Calc, MeasureUse, Query } from '#src/vocabulary/query.ts'
import type { Expression } from '../expression.ts'
import type { BaseMeasure, Model } from '../model.ts'
import { Uncompilable } from './problem.ts'

/** Which rows a leaf is aggregated over: those asked for, those of the period compared with, or the whole that a share is of. */
export type Scope = { kind: 'main' } | { kind: 'previous' } | { kind: 'whole'; of: string[] }

/** A window over time buckets. */
export type Window = { kind: 'cumulative' } | { kind: 'ytd' } | { kind: 'rolling'; n: number; average: boolean }

export type Leaf = {
  measure: BaseMeasure
  aggregation: Aggregation
  scope: Scope
  window?: Window
  /** Counts the time buckets that have rows, instead of the measure. */
  buckets?: Grain
}

/** A measure as arithmetic over leaves that the database aggregates. */
export type Node =
  | { kind: 'number'; value: number }
  | { kind: 'leaf'; leaf: Leaf }
  | { kind: 'negate'; operand: Node }
  | { kind: 'binary'; op: '+' | '-' | '*' | '/'; left: Node; right: Node }

/** Whether two leaves are one column of SQL. Windows of one kind look at the same buckets, however many each takes. */
export const sameLeaf = (a: Leaf, b: Leaf): boolean =>
  a.measure.name === b.measure.name &&
  a.aggregation === b.aggregation &&
  a.buckets === b.buckets &&
  a.window?.kind === b.window?.kind &&
  JSON.stringify(a.scope) === JSON.stringify(b.scope)

const main: Scope = { kind: 'main' }

/** Opens a measure use into arithmetic over leaves. `splits` are the dimensions a bare `share(m)` is the whole of. */
export const expand = (use: MeasureUse, model: Model, splits: string[]): Node => {
  const at = (scope: Scope, window?: Window) => open(use, { model, splits, scope, window })
  const { calc } = use
  if (!calc) return divided(use, { model, splits, scope: main })
  if (calc.kind === 'share') return ratio(at(main), at({ kind: 'whole', of: calc.of }))
  return at(main, windowOf(calc))
}

/** The same measure over the period compared with. */
export const expandPrevious = (use: MeasureUse, model: Model, splits: string[]): Node =>
  divided(use, { model, splits, scope: { kind: 'previous' } })

/** Whether a measure is shown beside its value in the period compared with; one that looks back itself is not. */
export const isCompared = (use: MeasureUse, { compare }: Query, model: Model): boolean =>
  compare !== undefined && !use.calc && leavesOf(expand(use, model, [])).every(leaf => leaf.scope.kind !== 'previous')

/** Whether a measure looks at buckets before the period. */
export const needsHistory = (use: MeasureUse, model: Model): boolean =>
  leavesOf(expand(use, model, [])).some(leaf => leaf.window && leaf.window.kind !== 'cumulative')

/** A measure, divided by what "per …" names. */
const divided = (use: MeasureUse, ctx: Context): Node => {
  const whole = open(use, ctx)
  if (!use.per) return whole
  if ('measure' in use.per) return ratio(whole, open({ measure: use.per.measure }, ctx))
  const [leaf] = leavesOf(whole)
  if (!leaf) throw new Uncompilable('measure/no-time', `There is nothing to count per ${use.per.grain}.`)
  return ratio(whole, { kind: 'leaf', leaf: { ...leaf, buckets: use.per.grain } })
}

/** All leaves of a node. */
export const leavesOf = (node: Node): Leaf[] => {
  switch (node.kind) {
    case 'number':
      return []
    case 'leaf':
      return [node.leaf]
    case 'negate':
      return leavesOf(node.operand)
    case 'binary':
      return [...leavesOf(node.left), ...leavesOf(node.right)]
  }
}

type Context = { model: Model; splits: string[]; scope: Scope; window?: Window }

const aggregationWords: Record<Aggregation, string> = {
  sum: 'sum',
  avg: 'average',
  min: 'lowest value',
  max: 'highest value',
  median: 'median',
  count: 'count',
  count_distinct: 'number of different values',
}

const open = (use: MeasureUse, ctx: Context): Node => {
  const { measures } = ctx.model
  const measure = Object.hasOwn(measures, use.measure) ? measures[use.measure] : undefined
  if (!measure) throw new Uncompilable('query/unknown-name', `There is no measure called ${use.measure}.`)
  if (measure.kind === 'formula') {
    if (use.aggregation)
      throw new Uncompilable(
        'measure/aggregation',
        `${measure.label} is worked out from other measures, so it has no ${aggregationWords[use.aggregation]} of its own.`,
      )
    return fromExpression(measure.formula, ctx)
  }
  const aggregation = use.aggregation ?? measure.aggregation
  if (!measure.aggregations.includes(aggregation))
    throw new Uncompilable(
      'measure/aggregation',
      `The ${aggregationWords[aggregation]} of ${measure.label} makes no sense.`,
    )
  if (ctx.window && !addsUpOverTime(measure, aggregation, ctx.model))
    throw new Uncompilable(
      'measure/not-additive',
      `${measure.label} cannot be added up over time: the same one may count in several buckets.`,
    )
  return { kind: 'leaf', leaf: { measure, aggregation, scope: ctx.scope, window: ctx.window } }
}

/** A sum, a count of rows, or a count of the table's own key: each row belongs to one bucket. */
const addsUpOverTime = (measure: BaseMeasure, aggregation: Aggregation, model: Model): boolean =>
  isAdditive(aggregation) || (aggregation === 'count_distinct' && countsOwnKey(measure, model))

/** Whether a distinct count counts the key of its own table, so that it is a count of rows. */
export const countsOwnKey = (measure: BaseMeasure, model: Model): boolean => {
  const keys = model.tables[measure.table]?.primaryKey ?? []
  const e = measure.expression
  return keys.length === 1 && e?.kind === 'name' && e.name === keys[0] && (e.table ?? measure.table) === measure.table
}

/** Whether parts of an aggregate add up to the whole. */
export const isAdditive = (aggregation: Aggregation): boolean => aggregation === 'sum' || aggregation === 'count'

const fromExpression = (e: Expression, ctx: Context): Node => {
  switch (e.kind) {
    case 'number':
      return e
    case 'name':
      return open({ measure: e.name }, ctx)
    case 'negate':
      return { kind: 'negate', operand: fromExpression(e.operand, ctx) }
    case 'binary':
      return { kind: 'binary', op: e.op, left: fromExpression(e.left, ctx), right: fromExpression(e.right, ctx) }
    case 'call':
      return call(e, ctx)
  }
}

const call = (e: Extract<Expression, { kind: 'call' }>, ctx: Context): Node => {
  const [inner, second] = e.args
  if (!inner) throw new Uncompilable('query/unknown-name', `${e.name}() needs a measure.`)
  const at = (change: Partial<Context>) => fromExpression(inner, { ...ctx, ...change })
  switch (e.name) {
    case 'prev':
      return at({ scope: { kind: 'previous' } })
    case 'change':
      return ratio(
        { kind: 'binary', op: '-', left: at({}), right: at({ scope: { kind: 'previous' } }) },
        at({ scope: { kind: 'previous' } }),
      )
    case 'share':
      return ratio(at({}), at({ scope: { kind: 'whole', of: ctx.splits } }))
    case 'cumulative':
    case 'ytd':
      return at({ window: { kind: e.name } })
    case 'rolling':
      return at({ window: { kind: 'rolling', n: second?.kind === 'number' ? second.value : 3, average: false } })
    default:
      throw new Uncompilable('query/unknown-name', `There is no function called ${e.name}.`)
  }
}

const windowOf = (calc: Exclude<Calc, { kind: 'share' }>): Window =>
  calc.kind === 'rolling' ? { kind: 'rolling', n: calc.n, average: calc.average ?? false } : { kind: calc.kind }

const ratio = (left: Node, right: Node): Node => ({ kind: 'binary', op: '/', left, right })
