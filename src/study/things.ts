import type { BaseMeasure, Model } from '#src/semantic/model.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Table } from '#src/vocabulary/table.ts'
import { numberAt, type View } from './view.ts'

/** The value of each single thing that a number is made of: what orders are worth, one by one. `noun` is one of them. */
export type Things = { values: number[]; label: string; format: Format; noun: string; truncated: boolean }

/** The query for a histogram of one number: its measure, or of a count what its things are worth, for each row of their table. */
export const thingsQuery = ({ query, model, dimensions, time }: View): Query | undefined => {
  const [use] = query.measures
  const measure = use && model.measures[use.measure]
  if (!/^histogram/i.test(query.chart ?? '') || dimensions.length || time || measure?.kind !== 'base') return undefined
  const key = keyOf(model, measure)
  const name = isTally(measure) ? model.tables[measure.table]?.value : measure.name
  if (!key || !name) return undefined
  const asked = { measures: [{ measure: name }], splits: [{ dimension: key }] }
  return { ...query, ...asked, compare: undefined, order: [], limit: undefined, chart: undefined }
}

/** Reads the result of that query. */
export const thingsIn = ({ query, model }: View, { columns, rows, truncated }: Table): Things | undefined => {
  const index = columns.findIndex(c => c.role === 'measure')
  const measure = model.measures[query.measures[0]?.measure ?? '']
  if (index < 0 || measure?.kind !== 'base') return undefined
  return {
    values: rows.flatMap(r => numberAt(r, index) ?? []),
    label: columns[index]?.label ?? '',
    format: columns[index]?.format ?? { kind: 'number' },
    noun: model.tables[measure.table]?.label ?? 'row',
    truncated,
  }
}

const isTally = ({ expression, aggregation }: BaseMeasure) =>
  !expression || aggregation === 'count' || aggregation === 'count_distinct'

const keyOf = (model: Model, { table }: BaseMeasure): string | undefined => {
  const [key, ...more] = model.tables[table]?.primaryKey ?? []
  const stands = Object.values(model.dimensions).find(
    d => d.table === table && d.expression.kind === 'name' && d.expression.name === key,
  )
  return key && more.length === 0 ? stands?.name : undefined
}
