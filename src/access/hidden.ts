import { distinctCountOf, rowColumnOf } from '#src/semantic/complete.ts'
import { type Path, type Report, unknown } from '#src/semantic/load/problem.ts'
import type { ColumnRef, Model } from '#src/semantic/model.ts'
import { knownColumns } from './mentioned.ts'

/** What the names under `hide` mean. */
export type Hidden = { tables: string[]; columns: ColumnRef[]; dimensions: string[]; measures: string[] }

/**
 * Reads names of columns (`orders.discount`), tables, dimensions and measures; one that means several things hides all of them. A dimension
 * that is a column hides the column. What follows from a name in the model (counts of its values, its first and last) goes with it. What does
 * not fit is reported below `at`.
 */
export const readHidden = (
  names: readonly string[],
  model: Model,
  { at, report }: { at: Path; report: Report },
): Hidden => {
  const found = names.map((name, i) => meaningOf(name, model, { at: [...at, i], report }))
  const all = <K extends keyof Hidden>(part: K) => found.flatMap(one => one[part] as Hidden[K][number][]) as Hidden[K]
  return { tables: all('tables'), columns: all('columns'), dimensions: all('dimensions'), measures: all('measures') }
}

const meaningOf = (name: string, model: Model, { at, report }: { at: Path; report: Report }): Hidden => {
  const [table = '', column] = name.split(/\.(.*)/s)
  if (column !== undefined) return { ...nothing, columns: columnIn({ table, column }, model, { at, report }) }
  const has = (section: 'tables' | 'dimensions' | 'measures') => (Object.hasOwn(model[section], name) ? [name] : [])
  const [tables, dimensions, measures] = [has('tables'), has('dimensions'), has('measures')]
  if (tables.length + dimensions.length + measures.length === 0) {
    const known = [model.tables, model.dimensions, model.measures].flatMap(Object.keys)
    report(at, unknown('table.column, table, dimension or measure', name, known))
  }
  return {
    tables,
    columns: dimensions.flatMap(d => columnOf(d, model)),
    dimensions: [...dimensions, ...measures.flatMap(m => rowColumnOf(model.measures[m], model) ?? []).filter(isMadeUp)],
    measures: [...measures, ...dimensions.flatMap(d => [distinctCountOf(d), `first_${d}`, `last_${d}`])],
  }
}

const nothing: Hidden = { tables: [], columns: [], dimensions: [], measures: [] }

/** A dimension that `completeModel` made of a measure, not one that somebody wrote. */
const isMadeUp = (dimension: string) => dimension.startsWith('row_')

const columnIn = (ref: ColumnRef, model: Model, { at, report }: { at: Path; report: Report }): ColumnRef[] => {
  const { table, column } = ref
  if (!Object.hasOwn(model.tables, table)) report(at, unknown('table', table, Object.keys(model.tables)))
  else if (!knownColumns(model, table).includes(column))
    report(at, `${unknown('column', column, knownColumns(model, table))} (table ${table})`)
  return [ref]
}

const columnOf = (name: string, model: Model): ColumnRef[] => {
  const { table, expression } = model.dimensions[name]!
  return expression.kind === 'name' ? [{ table: expression.table ?? table, column: expression.name }] : []
}
