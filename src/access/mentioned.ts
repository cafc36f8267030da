import { namesIn } from '#src/semantic/expression.ts'
import type { BaseMeasure, ColumnRef, Dimension, DimensionType, Model } from '#src/semantic/model.ts'

/** The columns that a dimension or measure is worked out from. */
export const columnsIn = ({ table, expression }: Pick<BaseMeasure | Dimension, 'table' | 'expression'>): ColumnRef[] =>
  expression ? namesIn(expression).map(ref => ({ table: ref.table ?? table, column: ref.name })) : []

/** Columns of a table that exist as far as anybody said: those that the model lists, else all that it speaks of. */
export const knownColumns = (model: Model, table: string): string[] => {
  const listed = model.tables[table]?.columns
  return listed ? Object.keys(listed) : mentionedColumns(model, table)
}

const mentionedColumns = ({ tables, joins, dimensions, measures }: Model, table: string): string[] => {
  const things = [...Object.values(dimensions), ...Object.values(measures).filter(m => m.kind === 'base')]
  const worked = things.flatMap(columnsIn).filter(ref => ref.table === table)
  return [
    ...new Set([
      ...(tables[table]?.primaryKey ?? []),
      ...joins.flatMap(join => (join.from === table ? join.fromColumns : [])),
      ...joins.flatMap(join => (join.to === table ? join.toColumns : [])),
      ...worked.map(({ column }) => column),
    ]),
  ]
}

/** What a column holds, as far as it is said: by the list of the table, or by a dimension that is this column. */
export const typeOfColumn = (model: Model, { table, column }: ColumnRef): DimensionType | undefined => {
  const listed = model.tables[table]?.columns
  if (listed && Object.hasOwn(listed, column)) return listed[column]?.type
  return Object.values(model.dimensions).find(d => isColumn(d, { table, column }))?.type
}

/** Whether a dimension is one column as it is. */
export const isColumn = (d: Dimension, { table, column }: ColumnRef): boolean =>
  d.expression.kind === 'name' && (d.expression.table ?? d.table) === table && d.expression.name === column
