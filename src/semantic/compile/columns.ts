import type { Format } from '#src/vocabulary/format.ts'
import { type MeasureUse, measureColumn, type Query } from '#src/vocabulary/query.ts'
import type { Column, ColumnType } from '#src/vocabulary/table.ts'
import { isTimePart, type Measure, type Model, type TimePart } from '../model.ts'
import { countsOwnKey, expand, isAdditive, isCompared, leavesOf, type Node } from './leaves.ts'
import { pathTo } from './paths.ts'

/** The columns of a query's result, in order: splits, then each measure with the one it is compared with. */
export const columnsOf = (query: Query, model: Model): Column[] => [
  ...query.splits.map(split => ('grain' in split ? timeColumn(split.grain) : dimensionColumn(split.dimension, model))),
  ...query.measures.flatMap(use => {
    const column = measureColumnOf(use, query, model)
    return isCompared(use, query, model) ? [column, previousOf(column)] : [column]
  }),
]

const timeColumn = (grain: string): Column => ({
  name: grain,
  type: grain === 'hour' ? 'timestamp' : 'date',
  role: 'time',
  label: grain[0]?.toUpperCase() + grain.slice(1),
})

const partLabels: Record<TimePart, string> = {
  weekday: 'Weekday',
  hour_of_day: 'Hour of day',
  day_type: 'Weekday or weekend',
  month_of_year: 'Month of year',
}

const dimensionColumn = (name: string, model: Model): Column => {
  if (isTimePart(name))
    return { name, type: name === 'hour_of_day' ? 'integer' : 'text', role: 'dimension', label: partLabels[name] }
  const d = model.dimensions[name]
  return {
    name,
    type: (d?.type ?? 'text') as ColumnType,
    role: 'dimension',
    label: d?.label ?? name,
    format: d?.format,
  }
}

const measureColumnOf = (use: MeasureUse, query: Query, model: Model): Column => {
  const measure = model.measures[use.measure]
  const splits = query.splits.map(s => ('grain' in s ? s.grain : s.dimension))
  const share = use.calc?.kind === 'share'
  const format: Format = share ? { kind: 'percent' } : formatOf(use, measure)
  return {
    name: measureColumn(use),
    type: format.kind === 'integer' ? 'integer' : 'number',
    role: 'measure',
    label: labelOf(use, measure),
    format,
    good: measure?.good,
    additive: share ? splits.length > 0 : !use.calc && !use.per && addsUp(expand(use, model, splits), query, model),
  }
}

const previousOf = (column: Column): Column => ({
  ...column,
  name: `${column.name}_previous`,
  label: `${column.label} before`,
  role: 'previous',
})

const formatOf = ({ aggregation, calc }: MeasureUse, measure?: Measure): Format => {
  const format = measure?.format ?? { kind: 'number' }
  const averaged = aggregation === 'avg' || aggregation === 'median' || (calc?.kind === 'rolling' && calc.average)
  return averaged && format.kind === 'integer' ? { ...format, kind: 'number' } : format
}

const words = {
  sum: 'Total',
  avg: 'Average',
  min: 'Lowest',
  max: 'Highest',
  median: 'Median',
  count: 'Number of',
  count_distinct: 'Distinct',
}

/** "Average freight", "Revenue, share", "Orders, 7-day rolling". */
export const labelOf = ({ aggregation, calc }: MeasureUse, measure?: Measure): string => {
  const own = measure?.kind === 'base' ? measure.aggregation : undefined
  const name = measure?.label ?? ''
  const plain = aggregation && aggregation !== own ? `${words[aggregation]} ${lower(name)}` : name
  if (!calc) return plain
  if (calc.kind === 'rolling') return `${plain}, rolling ${calc.average ? 'average' : 'total'} of ${calc.n}`
  return { share: `Share of ${lower(plain)}`, cumulative: `${plain}, running total`, ytd: `${plain}, year to date` }[
    calc.kind
  ]
}

const lower = (label: string) => (/^[A-Z][a-z]/.test(label) ? label[0]?.toLowerCase() + label.slice(1) : label)

/** Sums and differences of sums add up; products, ratios and distinct counts do not, but for a count of rows split by what a row has one of. */
const addsUp = (node: Node, query: Query, model: Model): boolean => {
  switch (node.kind) {
    case 'number':
      return false
    case 'leaf':
      return isAdditive(node.leaf.aggregation)
        ? node.leaf.aggregation === 'sum' || eachRowOnce(node.leaf.measure.table, query, model)
        : countsOwnKey(node.leaf.measure, model) && eachRowOnce(node.leaf.measure.table, query, model)
    case 'negate':
      return addsUp(node.operand, query, model)
    case 'binary':
      return (
        (node.op === '+' || node.op === '-') &&
        leavesOf(node).length > 0 &&
        addsUp(node.left, query, model) &&
        addsUp(node.right, query, model)
      )
  }
}

const eachRowOnce = (table: string, query: Query, model: Model): boolean =>
  query.splits.every(s => {
    const d = 'dimension' in s ? model.dimensions[s.dimension] : undefined
    return !d || pathTo(model, { from: table, to: d.table, via: d.via }) !== undefined
  })
