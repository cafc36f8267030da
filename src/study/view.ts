import { addUnits, type Calendar } from '#src/semantic/calendar.ts'
import type { Model } from '#src/semantic/model.ts'
import { isTimePart } from '#src/semantic/model.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Grain, IsoDate } from '#src/vocabulary/period.ts'
import { type Calc, measureColumn, type Query } from '#src/vocabulary/query.ts'
import type { Cell, Column, Table } from '#src/vocabulary/table.ts'
import { bucketLabel, grainOf } from './calendar.ts'

/** What is studied. `range` is the first and last day the data knows of; without it only `today` tells what is not over yet. */
export type StudyInput = {
  query: Query
  table: Table
  model: Model
  today: IsoDate
  range?: { from?: IsoDate; until?: IsoDate }
  /** The measure over earlier buckets, one time column and the measure; asked for when absent. */
  history?: Table
}

/** A measure column, with where its values and those of the period compared with stand in a row. */
export type MeasureView = {
  /** The column's name; facts carry it. */
  name: string
  /** Its name in the model. */
  measure: string
  label: string
  format: Format
  good?: 'up' | 'down'
  /** Parts add up to the whole, and the column is the measure itself (not a running total or share). */
  additive: boolean
  calc?: Calc
  index: number
  previous?: number
}

export type SplitView = {
  name: string
  label: string
  index: number
  geo?: 'us-state' | 'country'
  /** Values have an order of their own (weekdays, ages): a chart keeps it. */
  ordered: boolean
  /** Values are bare numbers (of employees, of shelves): said with the label, "Employee 4". */
  numbered?: boolean
  /** Set when the parts are time buckets that a ranking has picked ("the best month"). */
  grain?: Grain
  calendar?: Calendar
}

/** A result, read by role. */
export type View = StudyInput & {
  rows: Cell[][]
  measures: MeasureView[]
  dimensions: SplitView[]
  time?: { name: string; index: number; grain: Grain }
  /** The first day that is not in the data; of data whose end nobody knows, tomorrow. */
  cut: IsoDate
}

/** Reads the columns of a result by role and puts query and model beside them. Buckets that a limit has picked are parts, not a series. */
export const viewOf = (input: StudyInput): View => {
  const { table, today, range } = input
  const columns = table.columns.map((column, index) => ({ column, index }))
  const dimensions = columns
    .filter(c => c.column.role === 'dimension')
    .map(c => ({ ...splitView(input.model, c), numbered: isNumbered(table, c) }))
  const time = timeIn(input, columns)
  const picked = time !== undefined && dimensions.length === 0 && input.query.limit !== undefined
  return {
    ...input,
    rows: table.rows,
    measures: columns.filter(c => c.column.role === 'measure').map(c => measureView(input, c)),
    dimensions: picked ? [{ ...time, label: time.grain, ordered: true, calendar: input.model }] : dimensions,
    time: picked ? undefined : time,
    cut: addUnits((range?.until ?? today).slice(0, 10), 1, 'day'),
  }
}

const timeIn = ({ query, table }: StudyInput, columns: Placed[]): View['time'] => {
  const time = columns.find(c => c.column.role === 'time')
  if (!time) return undefined
  const grain = grainIn(query) ?? grainOf(table.rows.map(r => String(r[time.index])))
  return { name: time.column.name, index: time.index, grain }
}

/** Whether buckets are compared with buckets of the same stretch ("growth by month"), so that the whole cannot be compared with itself. */
export const comparesNeighbours = ({ query, time }: Pick<View, 'query' | 'time'>): boolean => {
  const { compare, period } = query
  if (!time || !compare?.shift) return false
  return period === undefined || (compare.period.end > period.start && compare.period.start < period.end)
}

/** A number of a row, or null when it is empty. */
export const numberAt = (row: readonly Cell[], index: number): number | null => {
  const cell = row[index]
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null
}

/** A part of a split as people read it. */
export const nameOf = (
  cell: Cell | undefined,
  split?: Partial<Pick<SplitView, 'name' | 'label' | 'numbered' | 'grain' | 'calendar'>>,
): string => {
  if (split?.grain && split.calendar && typeof cell === 'string') return bucketLabel(cell, split.grain, split.calendar)
  if (cell === null || cell === undefined || cell === '') return '(none)'
  if (split?.name === 'hour_of_day' && typeof cell === 'number') return `${String(cell).padStart(2, '0')}:00`
  if (split?.numbered) return `${split.label} ${cell}`
  return typeof cell === 'boolean' ? (cell ? 'Yes' : 'No') : String(cell)
}

type Placed = { column: Column; index: number }

const measureView = ({ query, table }: StudyInput, { column, index }: Placed): MeasureView => {
  const use = query.measures.find(m => measureColumn(m) === column.name)
  const previous = table.columns.findIndex(c => c.role === 'previous' && c.name === `${column.name}_previous`)
  return {
    name: column.name,
    measure: use?.measure ?? column.name,
    label: column.label,
    format: column.format ?? { kind: 'number' },
    good: column.good,
    additive: column.additive === true && !use?.calc,
    calc: use?.calc,
    index,
    previous: previous < 0 ? undefined : previous,
  }
}

const splitView = (model: Model, { column, index }: Placed): SplitView => ({
  name: column.name,
  label: column.label,
  index,
  geo: model.dimensions[column.name]?.geo,
  ordered: isTimePart(column.name) || column.type === 'integer' || column.type === 'number' || column.type === 'date',
})

/** Bare whole numbers that are no part of time and have no format of their own. */
const isNumbered = ({ rows }: Table, { column, index }: Placed): boolean =>
  (column.type === 'integer' || column.type === 'number') &&
  !isTimePart(column.name) &&
  !column.format &&
  rows.every(r => r[index] === null || Number.isInteger(r[index]))

const grainIn = (query: Query): Grain | undefined => query.splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0]
