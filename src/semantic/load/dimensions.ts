import type { Expression } from '../expression.ts'
import type { Dimension, DimensionType } from '../model.ts'
import type { WrittenDimension } from '../schema.ts'
import { rowExpression } from './expressions.ts'
import { modelFormat } from './format.ts'
import { type Path, unknown } from './problem.ts'
import { type ColumnType, columnRef, columnType, isColumn, isTable, reaches, type Scope } from './scope.ts'
import { spoken } from './words.ts'
import type { Written } from './written.ts'

/**
 * The dimensions: those declared, and one for every key and time column of a table that none declares. A declared one that is faulty stays in
 * the map as undefined, so that filters that mention it are no second problem.
 */
export const buildDimensions = (written: Written, scope: Scope): Map<string, Dimension | undefined> => {
  const dimensions = new Map<string, Dimension | undefined>(
    [...written.dimensions.names].map(name => [name, undefined]),
  )
  for (const [name, item] of written.dimensions.valid) {
    dimensions.set(name, oneDimension(name, item, written.head.currency, scope))
  }
  for (const added of [...keys(written, scope), ...times(written)]) addMissing(dimensions, added, scope)
  return dimensions
}

/** The dimension that is just this column, if there is one. */
export const dimensionOf = (
  table: string,
  column: string,
  dimensions: Iterable<Dimension | undefined>,
): Dimension | undefined => {
  for (const d of dimensions) {
    if (d?.expression.kind === 'name' && d.expression.table === table && d.expression.name === column && !d.via)
      return d
  }
  return undefined
}

const oneDimension = (
  name: string,
  item: WrittenDimension,
  currency: string | undefined,
  scope: Scope,
): Dimension | undefined => {
  const path = ['dimensions', name]
  const source = sourceOf(item, path, scope)
  if (!source) return undefined
  checkVia(item.via, source.table, path, scope)
  const type = item.type ?? source.type
  return {
    name,
    label: item.label ?? spoken(name),
    synonyms: item.synonyms,
    description: item.description,
    type: plainType(type),
    ...(type === 'timestamptz' ? { zoned: true } : {}),
    table: source.table,
    expression: source.expression,
    via: item.via,
    personal: item.personal,
    hidden: item.hidden || item.personal,
    format: item.format && modelFormat(item.format, currency),
    geo: item.geo,
    valueSynonyms: valueSynonyms(item, path, scope),
    comparable: item.comparable,
  }
}

type Source = { table: string; expression: Expression; type: ColumnType }

const sourceOf = (item: WrittenDimension, path: Path, scope: Scope): Source | undefined => {
  if (item.column && item.expression) scope.report(path, 'has both column and expression; one is enough')
  else if (item.column) return fromColumn(item.column, item.table, path, scope)
  else if (item.expression && item.table) return fromExpression(item.expression, item.table, path, scope)
  else
    scope.report(
      path,
      item.expression ? 'needs the table that the expression is of' : 'needs a column or an expression',
    )
  return undefined
}

const fromColumn = (text: string, table: string | undefined, path: Path, scope: Scope): Source | undefined => {
  const ref = columnRef(text, table)
  if (!ref) scope.report(path, `"${text}" must be written table.column`, 'column')
  if (!ref || !isColumn(ref, path, scope)) return undefined
  return {
    table: ref.table,
    expression: { kind: 'name', table: ref.table, name: ref.column },
    type: columnType(ref, scope) ?? 'text',
  }
}

const fromExpression = (text: string, table: string, path: Path, scope: Scope): Source | undefined => {
  if (!isTable(table, path, scope)) return undefined
  const expression = rowExpression(text, table, path, scope)
  return expression && { table, expression, type: 'number' }
}

/** `via` must lead to the table; without it, two joins from one table to this one would leave open which is meant. */
const checkVia = (via: string | undefined, table: string, path: Path, { joins, report }: Scope) => {
  if (via !== undefined) {
    const named = joins.filter(join => join.name === via)
    if (!named.length)
      report(
        path,
        unknown(
          'join',
          via,
          joins.map(join => join.name),
        ),
        'via',
      )
    else if (!named.some(join => reaches(join.to, table, joins)))
      report(path, `the join ${via} does not lead to ${table}`, 'via')
    return
  }
  const here = joins.filter(join => join.to === table)
  const twins = here.filter(join => here.some(other => other !== join && other.from === join.from))
  if (twins.length) {
    report(
      path,
      `${twins.length} joins lead from ${twins[0]?.from} to ${table}; say via: ${twins.map(join => join.name).join(' or ')}`,
    )
  }
}

const valueSynonyms = ({ values }: WrittenDimension, path: Path, { report }: Scope): Record<string, string[]> => {
  const owners = new Map<string, string>()
  for (const [value, words] of Object.entries(values)) {
    for (const word of words) {
      const owner = owners.get(word)
      if (owner !== undefined && owner !== value) report([...path, 'values', value], `"${word}" already means ${owner}`)
      owners.set(word, value)
    }
  }
  return values
}

const plainType = (type: ColumnType): DimensionType => (type === 'timestamptz' ? 'timestamp' : type)

type Added = { table: string; column: string; type: ColumnType; label: string; hidden: boolean }

/** A key column that only points at another table is that table's key. */
const keys = ({ tables }: Written, { joins }: Scope): Added[] =>
  [...tables.valid].flatMap(([table, { key }]) =>
    [key ?? []]
      .flat()
      .filter(column => !joins.some(join => join.from === table && join.fromColumns.includes(column)))
      .map(column => ({
        table,
        column,
        type: columnType({ table, column }, { tables }) ?? 'text',
        label: spoken(column),
        hidden: true,
      })),
  )

const times = ({ tables, dimensions }: Written): Added[] =>
  [...tables.valid].flatMap(([own, { time }]) => {
    if (!time || dimensions.names.has(time)) return []
    const { table, column } = columnRef(time, own) ?? { table: own, column: time }
    return [
      {
        table,
        column,
        type: columnType({ table, column }, { tables }) ?? 'timestamp',
        label: spoken(column),
        hidden: false,
      },
    ]
  })

const addMissing = (dimensions: Map<string, Dimension | undefined>, added: Added, { tables }: Scope) => {
  const { table, column, type, label, hidden } = added
  const columns = tables.valid.get(table)?.columns
  if ((columns && !Object.hasOwn(columns, column)) || dimensionOf(table, column, dimensions.values())) return
  const name = dimensions.has(column) ? `${table}_${column}` : column
  dimensions.set(name, {
    name,
    label,
    synonyms: [],
    type: plainType(type),
    ...(type === 'timestamptz' ? { zoned: true } : {}),
    table,
    expression: { kind: 'name', table, name: column },
    personal: false,
    hidden,
    valueSynonyms: {},
    comparable: false,
  })
}
