import { sql } from 'kysely'
import type { Expression } from '../expression.ts'
import { type Dimension, isTimePart, type Join, type Model, type TimePart } from '../model.ts'
import type { Dialect, Sql } from './dialect.ts'
import { pathTo } from './paths.ts'
import { Uncompilable } from './problem.ts'

/**
 * The rows of one table together with everything that is reached from it many → one. Columns that are asked for add their joins;
 * `from()` gives the FROM clause for what was asked.
 */
export type Rows = {
  table: string
  dialect: Dialect
  dimension(name: string): Sql
  column(ref: { table?: string; name: string }, via?: string): Sql
  expression(e: Expression, home: string): Sql
  /** The time that periods look at, as a timestamp or date in the model's zone. */
  time(): Sql
  hasTime(): boolean
  from(): Sql
}

export const rowsOf = (
  table: string,
  { model, dialect, time }: { model: Model; dialect: Dialect; time?: string },
): Rows => {
  const joined = new Map<string, Sql>()

  const alias = (to: string, via?: string): string => {
    const path = pathTo(model, { from: table, to, via })
    if (!path) throw new Uncompilable('measure/not-connected', `${table} is not connected with ${to}.`)
    let at = table
    for (const [i, join] of path.entries()) at = enter(join, { at, path: path.slice(0, i + 1) })
    return at
  }

  const enter = (join: Join, { at, path }: { at: string; path: Join[] }): string => {
    const name = aliasFor(model, table, path)
    const kind = path.every(({ complete }) => complete) ? sql`inner join` : sql`left join`
    if (!joined.has(name))
      joined.set(name, sql`${kind} ${sql.table(join.to)} as ${sql.id(name)} on ${onClause(join, at, name)}`)
    return name
  }

  const column: Rows['column'] = (ref, via) => sql`${sql.id(alias(ref.table ?? table, via), ref.name)}`

  const expression: Rows['expression'] = (e, home) =>
    render(e, ref => column({ table: ref.table ?? home, name: ref.name }))

  const dimension = (name: string): Sql => {
    if (isTimePart(name)) return dialect.timePart(name as TimePart, timeOf())
    const d = known(model, name)
    const value = render(d.expression, ref => column({ table: ref.table ?? d.table, name: ref.name }, d.via))
    return d.zoned ? dialect.inZone(value, model.zone) : value
  }

  const timeOf = (): Sql => {
    const name = timeDimension(model, { table, time })
    if (!name) throw new Uncompilable('measure/no-time', `There is no date for ${model.tables[table]?.label ?? table}.`)
    return dimension(name)
  }

  return {
    table,
    dialect,
    column,
    expression,
    dimension,
    time: timeOf,
    hasTime: () => timeDimension(model, { table, time }) !== undefined,
    from: () => sql`${sql.table(table)} ${sql.join([...joined.values()], sql` `)}`,
  }
}

/** The time dimension of a table: the one asked for, its own, or that of the nearest table it belongs to. */
export const timeDimension = (model: Model, { table, time }: { table: string; time?: string }): string | undefined => {
  const reach = (name: string) => {
    const d = model.dimensions[name]
    return d && pathTo(model, { from: table, to: d.table, via: d.via })
  }
  if (time) return reach(time) ? time : undefined
  return Object.values(model.tables)
    .flatMap(t => (t.time ? [{ time: t.time, path: reach(t.time) }] : []))
    .filter(candidate => candidate.path)
    .sort((a, b) => (a.path?.length ?? 0) - (b.path?.length ?? 0))[0]?.time
}

/** A dimension of the model; the reader and a language model only name ones that exist, so an unknown one is a refusal. */
export const known = (model: Model, name: string): Dimension => {
  const d = Object.hasOwn(model.dimensions, name) ? model.dimensions[name] : undefined
  if (!d) throw new Uncompilable('query/unknown-name', `There is no dimension called ${name}.`)
  return d
}

const aliasFor = (model: Model, from: string, path: Join[]) => {
  const to = path.at(-1)?.to ?? from
  const direct = pathTo(model, { from, to })
  const isDirect = direct?.length === path.length && direct.every((join, i) => join === path[i])
  return isDirect ? to : `${to}_${path.map(join => join.name).join('_')}`
}

const onClause = (join: Join, left: string, right: string): Sql =>
  sql.join(
    join.fromColumns.map((column, i) => sql`${sql.id(left, column)} = ${sql.id(right, join.toColumns[i] ?? column)}`),
    sql` and `,
  )

/** An expression as SQL; division by zero is empty. */
export const render = (e: Expression, name: (ref: { table?: string; name: string }) => Sql): Sql => {
  switch (e.kind) {
    case 'number':
      return sql.lit(e.value)
    case 'name':
      return name(e)
    case 'negate':
      return sql`(-${render(e.operand, name)})`
    case 'call':
      throw new Uncompilable('query/unknown-name', `${e.name}(…) is not a row expression.`)
    case 'binary': {
      const [left, right] = [render(e.left, name), render(e.right, name)]
      if (e.op === '/') return sql`(cast(${left} as float8) / nullif(${right}, 0))`
      return { '+': sql`(${left} + ${right})`, '-': sql`(${left} - ${right})`, '*': sql`(${left} * ${right})` }[e.op]
    }
  }
}
