import type { Dimension, ModelTable } from '../model.ts'
import type { WrittenTable } from '../schema.ts'
import { dimensionOf } from './dimensions.ts'
import { unknown } from './problem.ts'
import { columnRef, isColumn, reaches, type Scope } from './scope.ts'
import { kindOfType, singular } from './words.ts'

type TableScope = Scope & { dimensions: Map<string, Dimension | undefined>; measures: Set<string> }

/** The tables, with time, display and value checked against dimensions and measures. */
export const buildTables = (scope: TableScope): Record<string, ModelTable> =>
  Object.fromEntries([...scope.tables.valid].map(([name, item]) => [name, oneTable(name, item, scope)]))

const oneTable = (name: string, item: WrittenTable, scope: TableScope): ModelTable => {
  const path = ['tables', name]
  const key = [item.key ?? []].flat()
  for (const column of key) isColumn({ table: name, column }, [...path, 'key'], scope)
  if (item.display && !scope.dimensions.has(item.display)) {
    scope.report([...path, 'display'], unknown('dimension', item.display, scope.dimensions.keys()))
  }
  if (item.value && !scope.measures.has(item.value)) {
    scope.report([...path, 'value'], unknown('measure', item.value, scope.measures))
  }
  return {
    name,
    label: item.label ?? singular(name),
    synonyms: item.synonyms,
    primaryKey: key,
    time: item.time && timeDimension(name, item.time, scope),
    display: item.display,
    value: item.value,
    description: item.description,
    columns: item.columns && columns(item.columns),
  }
}

const timeDimension = (own: string, time: string, scope: TableScope): string | undefined => {
  const path = ['tables', own, 'time']
  const ref = columnRef(time, own)
  const declared = scope.dimensions.has(time)
  if (!declared && (!ref || !isColumn(ref, path, scope))) return undefined
  const dimension = declared
    ? scope.dimensions.get(time)
    : ref && dimensionOf(ref.table, ref.column, scope.dimensions.values())
  if (!dimension) return undefined
  if (dimension.type !== 'date' && dimension.type !== 'timestamp')
    scope.report(path, `${time} is ${kindOfType(dimension.type)}, not a date or timestamp`)
  if (!reaches(own, dimension.table, scope.joins))
    scope.report(path, `${own} has no join to ${dimension.table}, many to one`)
  return dimension.name
}

const columns = (written: NonNullable<WrittenTable['columns']>): NonNullable<ModelTable['columns']> =>
  Object.fromEntries(
    Object.entries(written).map(([name, column]) => {
      const { type, description } = typeof column === 'string' ? { type: column, description: undefined } : column
      return [name, { type: type === 'timestamptz' ? ('timestamp' as const) : type, description }]
    }),
  )
