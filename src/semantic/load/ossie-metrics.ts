import type { Aggregation } from '#src/vocabulary/query.ts'
import { type Expression, isProblem, namesIn, parseExpression } from '../expression.ts'
import type { OssieMetric, OssieState, OssieTable } from './ossie-shape.ts'
import { printExpression } from './print.ts'
import type { Path } from './problem.ts'
import { sameWord, spoken } from './words.ts'

type Written = {
  label?: string
  synonyms?: string[]
  hidden?: boolean
  description?: string
  [setting: string]: unknown
}

/** Measures from metrics: `SUM(orders.amount)` is one; an expression over several is a formula over hidden ones. */
export const fromMetrics = (
  metrics: (OssieMetric & { text: string; path: Path })[],
  tables: OssieTable[],
  state: OssieState,
) => {
  const found: Record<string, Written> = {}
  const names = new Map(metrics.map(metric => [metric.name, state.give(metric.name, 'total')]))
  for (const metric of metrics) {
    const name = names.get(metric.name) ?? metric.name
    const parts: Record<string, Written> = {}
    const way = measureOf(metric.text, { name, parts, tables, names })
    if (!way) {
      state.confessions[name] = `Left out: ${metric.text} is SQL that a semantic model here cannot say.`
      continue
    }
    const label = spoken(metric.name).toLowerCase()
    Object.assign(found, parts)
    found[name] = {
      ...way,
      ...(sameWord(label) === sameWord(name) ? {} : { label }),
      description: metric.description || `${metric.text}.`,
      synonyms:
        typeof metric.ai_context === 'object'
          ? (metric.ai_context.synonyms ?? []).filter(w => sameWord(w) !== sameWord(name))
          : [],
      ...(metric.datatype === 'Integer' ? { format: 'integer' } : {}),
    }
    for (const made of [name, ...Object.keys(parts)]) state.origins.push([['measures', made], metric.path])
  }
  return found
}

type Reading = { name: string; parts: Record<string, Written>; tables: OssieTable[]; names: Map<string, string> }

const measureOf = (sql: string, reading: Reading): Written | undefined => {
  const parsed = parseExpression(
    sql.replace(/\bcount\s*\(\s*\*\s*\)/gi, 'count_rows()').replace(/\bcount\s*\(\s*distinct\s+/gi, 'count_distinct('),
  )
  if (isProblem(parsed)) return undefined
  if (parsed.kind === 'call' && isAggregate(parsed.name)) return aggregateOf(parsed, reading)
  const formula = formulaOf(parsed, reading)
  return formula === undefined ? undefined : { formula }
}

const isAggregate = (name: string) => Object.hasOwn(aggregates, name.toLowerCase())

const aggregates: Record<string, Aggregation> = {
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  median: 'median',
  count: 'count',
  count_distinct: 'count_distinct',
  count_rows: 'count',
}

type Call = Extract<Expression, { kind: 'call' }>

const aggregateOf = ({ name, args }: Call, { tables }: Reading): Written | undefined => {
  const aggregation = aggregates[name.toLowerCase()]!
  const only = tables.length === 1 ? tables[0] : undefined
  if (name.toLowerCase() === 'count_rows') return only && { table: only.table, count: 'rows' }
  const [argument] = args
  if (!argument || args.length > 1) return undefined
  const resolved = resolve(argument, tables)
  const table = resolved && namesIn(resolved)[0]?.table
  return table ? { table, [aggregation]: printExpression(resolved) } : undefined
}

/** The text of a formula; every aggregate in it becomes a hidden measure, `NULLIF(x, 0)` is x: dividing by zero is empty here anyway. */
const formulaOf = (e: Expression, reading: Reading): string | undefined => {
  if (e.kind === 'number') return String(e.value)
  if (e.kind === 'name') return e.table ? undefined : reading.names.get(e.name)
  if (e.kind === 'negate') return wrap(formulaOf(e.operand, reading), inner => `-(${inner})`)
  if (e.kind === 'binary') {
    const [left, right] = [formulaOf(e.left, reading), formulaOf(e.right, reading)]
    return left === undefined || right === undefined ? undefined : `(${left} ${e.op} ${right})`
  }
  const zero = e.args[1]
  if (e.name.toLowerCase() === 'nullif' && e.args[0] && zero?.kind === 'number' && zero.value === 0)
    return formulaOf(e.args[0], reading)
  const part = isAggregate(e.name) ? aggregateOf(e, reading) : undefined
  if (!part) return undefined
  const name = `${reading.name}_part_${Object.keys(reading.parts).length + 1}`
  reading.parts[name] = { ...part, hidden: true }
  return name
}

const wrap = (text: string | undefined, make: (text: string) => string) => (text === undefined ? undefined : make(text))

/** Puts physical tables and columns in place of datasets and fields. */
const resolve = (e: Expression, tables: OssieTable[]): Expression | undefined => {
  if (e.kind === 'number') return e
  if (e.kind === 'call') return undefined
  if (e.kind === 'negate') {
    const operand = resolve(e.operand, tables)
    return operand && { ...e, operand }
  }
  if (e.kind === 'binary') {
    const [left, right] = [resolve(e.left, tables), resolve(e.right, tables)]
    return left && right && { ...e, left, right }
  }
  const owners = tables.filter(t => (e.table ? t.dataset === e.table : t.fields.some(f => f.name === e.name)))
  const [owner] = owners
  if (!owner || owners.length > 1) return undefined
  const field = owner.fields.find(f => f.name === e.name)
  if (!field) return { kind: 'name', table: owner.table, name: e.name }
  return field.expression && inTable(field.expression, owner.table)
}

const inTable = (e: Expression, table: string): Expression | undefined => {
  if (e.kind === 'name') return { kind: 'name', table, name: e.name }
  if (e.kind === 'negate') {
    const operand = inTable(e.operand, table)
    return operand && { ...e, operand }
  }
  if (e.kind === 'call') return undefined
  if (e.kind === 'number') return e
  const [left, right] = [inTable(e.left, table), inTable(e.right, table)]
  return left && right && { ...e, left, right }
}
