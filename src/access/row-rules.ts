import type { FilterScope } from '#src/semantic/load/filters.ts'
import { readFilters } from '#src/semantic/load/filters.ts'
import { type Path, type Report, unknown } from '#src/semantic/load/problem.ts'
import type { ColumnRef, Dimension, Model } from '#src/semantic/model.ts'
import type { Filter, Scalar } from '#src/vocabulary/query.ts'
import { columnsIn, knownColumns, typeOfColumn } from './mentioned.ts'
import type { RowSet } from './rights.ts'

/** Rows of a table that may be seen: those for which all filters hold. `via` names the join when the dimension is one of several. */
export type RowRule = { table: string; via?: string; dimension: Dimension; filters: Filter[] }

/** One set of rules, and the tables that stay open although no rule reaches them. */
export type RowRules = { rules: RowRule[]; open: string[] }

/** Reads one set of rules against a model; what does not fit is reported below `at`. */
export const readRows = (set: RowSet, model: Model, { at, report }: { at: Path; report: Report }): RowRules => {
  const entries = Object.entries(set)
  const open = entries.filter(([key, value]) => value === 'all' && Object.hasOwn(model.tables, key)).map(([key]) => key)
  const rules = entries
    .filter(([key]) => !open.includes(key))
    .flatMap(([key, value]) => {
      const dimension = dimensionFor(key, model, { at, report })
      return dimension ? readRule({ key, value, dimension }, { at, report }) : []
    })
  return { rules, open }
}

type Place = { at: Path; report: Report }
type Entry = { key: string; value: unknown; dimension: Dimension }

const readRule = ({ key, value, dimension }: Entry, { at, report }: Place): RowRule => {
  const scope: FilterScope = {
    report,
    dimensions: new Map([[key, dimension]]),
    filters: new Set(),
    measures: new Set(),
    tables: new Set(),
  }
  const filters = readFilters({ [key]: value }, at, scope)
  for (const problem of oddValues(filters, dimension)) report([...at, key], problem)
  return { table: dimension.table, ...(dimension.via ? { via: dimension.via } : {}), dimension, filters }
}

/** A dimension of the model, or `table.column` as one. */
const dimensionFor = (key: string, model: Model, { at, report }: Place): Dimension | undefined => {
  const [table = '', column] = key.split(/\.(.*)/s)
  if (column !== undefined) return columnAsDimension({ table, column }, model, { at: [...at, key], report })
  const found = Object.hasOwn(model.dimensions, key) ? model.dimensions[key] : undefined
  if (!found && Object.hasOwn(model.tables, key))
    report([...at, key], `${key} is a table: name one of its columns, or say all to leave it open`)
  else if (!found) report([...at, key], unknown('dimension or table.column', key, Object.keys(model.dimensions)))
  else if (columnsIn(found).every(ref => ref.table === found.table)) return found
  else report([...at, key], `${key} is made of columns of several tables; name a column`)
  return undefined
}

const columnAsDimension = (ref: ColumnRef, model: Model, { at, report }: Place): Dimension | undefined => {
  const { table, column } = ref
  if (!Object.hasOwn(model.tables, table)) report(at, unknown('table', table, Object.keys(model.tables)))
  else if (!knownColumns(model, table).includes(column))
    report(at, `${unknown('column', column, knownColumns(model, table))} (table ${table})`)
  else return asDimension(ref, typeOfColumn(model, ref) ?? 'text')
  return undefined
}

const asDimension = ({ table, column }: ColumnRef, type: Dimension['type']): Dimension => ({
  name: `${table}.${column}`,
  label: column,
  synonyms: [],
  type,
  table,
  expression: { kind: 'name', name: column },
  personal: false,
  hidden: true,
  valueSynonyms: {},
  comparable: true,
})

/** Values end up in SQL: none that a database would not take, or would take for something else. */
const oddValues = (filters: Filter[], { type }: Dimension): string[] =>
  filters.flatMap(valuesIn).flatMap(value => {
    if (typeof value === 'number' && !Number.isFinite(value)) return [`${value} is not a number that can be compared`]
    if (typeof value === 'string' && /\p{Cc}|\p{Cs}/u.test(value)) return ['holds a character that cannot be seen']
    const isTime = type === 'date' || type === 'timestamp'
    return isTime && !isDay(value) ? [`${JSON.stringify(value)} is not a day, such as 2023-12-31`] : []
  })

const valuesIn = (filter: Filter): Scalar[] => {
  if ('values' in filter) return filter.values
  if (filter.op === 'between') return [filter.from, filter.to]
  if ('pattern' in filter) return [filter.pattern]
  return 'value' in filter ? [filter.value] : []
}

const isDay = (value: Scalar): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(String(value)) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value
