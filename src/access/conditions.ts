import { sql } from 'kysely'
import type { AllowedTable, RowCondition } from '#src/guard/rule.ts'
import { rowName, wholeOf } from '#src/guard/wrap.ts'
import { type Dialect, dialects, type Sql } from '#src/semantic/compile/dialect.ts'
import { condition } from '#src/semantic/compile/filters.ts'
import { type Rows, render } from '#src/semantic/compile/rows.ts'
import type { Join, Model } from '#src/semantic/model.ts'
import { written } from './literal.ts'
import { knownColumns } from './mentioned.ts'
import { narrow } from './narrow.ts'
import { reachOf, type Way } from './reach.ts'
import type { Rights } from './rights.ts'
import type { RowRule } from './row-rules.ts'
import { rulesOf } from './rules.ts'

/**
 * The tables that the guard lets somebody use (`Allowed.tables`), each with its visible columns and the condition for its rows where there is
 * something to hold back. The model is the whole one, complete. Throws `access/rules`.
 */
export const conditionsOf = (rights: Rights, model: Model, dialect: Dialect['name']): AllowedTable[] => {
  const rules = rulesOf(rights, model)
  const { model: narrowed, isHidden } = narrow(model, rules)
  return Object.keys(narrowed.tables).map(name => {
    const ways = rules.rows.flatMap(set => waysOf(reachOf(name, set, model)))
    const known = knownColumns(model, name)
    const columns = known.filter(column => !isHidden({ table: name, column }))
    if (ways.length === 0 && columns.length === known.length) return { name }
    return { name, columns, condition: allOf(ways, { model, dialect }) }
  })
}

const waysOf = (reach: ReturnType<typeof reachOf>): Way[] => (reach.kind === 'restricted' ? reach.ways : [])

type Context = { model: Model; dialect: Dialect['name'] }

const allOf = (ways: Way[], ctx: Context): RowCondition => {
  const parts = ways.map(way => sql`(${alongWay(way, ctx)})`)
  const text = parts.length > 0 ? written(sql.join(parts, sql` and `), ctx.dialect) : 'true'
  return { text, reads: [...new Set(ways.flatMap(({ path }) => path.map(join => join.to)))] }
}

/** A row holds when it points, by the joins of the way, to a row that holds; one that points nowhere does not. */
const alongWay = ({ rule, path: [first, ...rest] }: Way, ctx: Context): Sql => {
  if (!first) return holds(rule, rowName, ctx)
  const alias = (i: number) => `${rowName}${i + 1}`
  const joined = rest.map(
    (join, i) => sql`join ${whole(join)} as ${sql.id(alias(i + 1))} on ${onClause(join, alias(i), alias(i + 1))}`,
  )
  const keys = (table: string, columns: string[]) => sql.join(columns.map(column => sql.id(table, column)))
  const among = sql`select ${keys(alias(0), first.toColumns)} from ${whole(first)} as ${sql.id(alias(0))} ${sql.join(joined, sql` `)} where ${holds(rule, alias(rest.length), ctx)}`
  return sql`(${keys(rowName, first.fromColumns)}) in (${among})`
}

const whole = ({ to }: Join): Sql => sql.id(wholeOf(to))

const onClause = (join: Join, left: string, right: string): Sql =>
  sql.join(
    join.fromColumns.map((column, i) => sql`${sql.id(left, column)} = ${sql.id(right, join.toColumns[i] ?? column)}`),
    sql` and `,
  )

/** The filters of a rule on the row that is called `alias`; none of them compares a thing's measure (`row-rules.ts`). */
const holds = ({ dimension, filters }: RowRule, alias: string, { model, dialect }: Context): Sql => {
  const value = render(dimension.expression, ({ name }) => sql.id(alias, name))
  const shown = dimension.zoned ? dialects[dialect].inZone(value, model.zone) : value
  const rows = { dialect: dialects[dialect], dimension: () => shown } as Pick<Rows, 'dialect' | 'dimension'> as Rows
  const known = { ...model, dimensions: { ...model.dimensions, [dimension.name]: dimension } }
  const parts = filters.map(filter => sql`(${condition(filter, rows, { model: known, entity: () => sql`false` })})`)
  return sql.join(parts, sql` and `)
}
