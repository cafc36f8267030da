import type { TextColumn, TextResult } from '#src/domain.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'

/** A result of SQL, read as if a query had asked for it, so that it can be studied like any other. */
export type Read = { table: Table; query: Query; model: Model }

/** What a column is, is told by its type and its name, and its format by what it was made of where that is known. */
export const asTable = (
  { columns: given, rows, truncated }: Pick<TextResult, 'rows' | 'columns' | 'truncated'>,
  model: Model,
): Read => {
  const columns = namedApart(given)
  const time = columns.findIndex(({ type }, i) => /^(date|timestamp)$/.test(type) && differ(rows, i))
  const roles = columns.map((column, i) => roleOf(column, i === time && time >= 0))
  // Numbers alone with nothing beside them are what was asked for, whatever they are called.
  const onlyParts = roles.every(role => role !== 'measure')
  const table: Table = {
    columns: columns.map((column, i) => read(column, onlyParts && isNumber(column) ? 'measure' : roles[i]!, model)),
    rows: rows.map(row => row.map((cell, i) => asDay(cell, roles[i] === 'time'))),
    truncated,
  }
  return { table, query: queryOf(table, model), model: { ...model, measures: {} } }
}

/** Cells are found by the names of their columns: the second `total` becomes `total_2`, and so does a name that every object knows. */
const namedApart = (columns: TextResult['columns']): TextResult['columns'] => {
  const taken = new Set(columns.map(({ name }) => name))
  return columns.map((column, i) => {
    const isFirst = columns.findIndex(({ name }) => name === column.name) === i
    if (isFirst && column.name !== '' && !(column.name in Object.prototype)) return column
    const name = column.name || 'column'
    let n = 2
    while (taken.has(`${name}_${n}`)) n++
    taken.add(`${name}_${n}`)
    return { ...column, name: `${name}_${n}` }
  })
}

const isNumber = ({ type }: { type: string }) => type === 'number' || type === 'integer'

/** Whole numbers with such a name count nothing: they tell things apart, or are parts of time. */
const names = /(^|_)(id|no|number|year|month|quarter|week|weekday|day|hour|rank|line|code|zip)$/i

const roleOf = (column: TextColumn, isTime: boolean): Column['role'] => {
  if (isTime) return 'time'
  return isNumber(column) && !(column.type === 'integer' && names.test(column.name)) ? 'measure' : 'dimension'
}

const read = (column: TextColumn, role: Column['role'], model: Model): Column => ({
  ...{ name: column.name, type: column.type, role, label: labelOf(column.name) },
  ...(role === 'measure' && { format: formatOf(column, model), additive: false }),
})

const labelOf = (name: string) => {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** That of what it was made of; a share by its name; where nothing is known, that of a measure whose name is in this one; else a bare number. */
const formatOf = ({ name, type, format }: TextColumn, model: Model): Format => {
  if (format && format.kind !== 'number') return format
  if (format?.unit !== undefined) return format
  const known = Object.values(model.measures)
    .filter(m => name.toLowerCase().includes(m.name.toLowerCase()))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  if (type === 'integer') return { kind: 'integer' }
  if (/(^|_)(rate|share|ratio)$/i.test(name)) return { kind: 'percent' }
  return !format && known?.format.kind === 'currency' ? known.format : { kind: 'number' }
}

const differ = (rows: readonly Cell[][], i: number) => new Set(rows.map(row => row[i])).size > 1

/** A bucket of time at midnight is its day. */
const asDay = (cell: Cell, isTime: boolean): Cell =>
  isTime && typeof cell === 'string' ? cell.replace(/[T ]00:00:00(\.0+)?(Z|[+-]00(:?00)?)?$/, '') : cell

const queryOf = ({ columns }: Table, { domain }: Model): Query => ({
  domain,
  measures: columns.flatMap(({ name, role }) => (role === 'measure' ? [{ measure: name }] : [])),
  splits: columns.flatMap(({ name, role }) => (role === 'dimension' ? [{ dimension: name }] : [])),
  ...{ filters: [], having: [], order: [], intent: 'value' },
})
