import type { Format } from '#src/vocabulary/format.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import type { Aggregation, Filter } from '#src/vocabulary/query.ts'
import type { Expression } from './expression.ts'

/** A column of a table of the source. */
export type ColumnRef = { table: string; column: string }

/** Many rows of `from` have one row of `to`. `name` tells two joins between the same tables apart ("origin", "destination"). */
export type Join = {
  name: string
  from: string
  fromColumns: string[]
  to: string
  toColumns: string[]
  /** Every row of `from` has its partner, as was counted in the data that is asked. */
  complete?: boolean
}

/** A table of the source, and the thing that one row of it is. */
export type ModelTable = {
  name: string
  /** Singular noun for one row: "order". */
  label: string
  synonyms: string[]
  primaryKey: string[]
  /** The main time column: the dimension that periods and grains look at by default. */
  time?: string
  /** The dimension that stands for a row when a question splits by the thing itself ("by product"). */
  display?: string
  /** The measure that "orders over $500" compares. */
  value?: string
  description?: string
  /** All columns, when the model lists them. */
  columns?: Record<string, { type: DimensionType; description?: string }>
}

export type DimensionType = 'text' | 'number' | 'boolean' | 'date' | 'timestamp'

export type Dimension = {
  name: string
  label: string
  synonyms: string[]
  description?: string
  type: DimensionType
  table: string
  expression: Expression
  /** A timestamp with zone, shown as wall time of the model's zone. */
  zoned?: boolean
  /** The join to take when more than one leads to the table. */
  via?: string
  /** Personal data: never listed, never split by, never in the lexicon's values. May be counted. */
  personal: boolean
  /** Not offered (keys, free text), but known to the compiler. */
  hidden: boolean
  format?: Format
  geo?: 'us-state' | 'country'
  /** Other words for values: { 'New York': ['NY'] }. */
  valueSynonyms: Record<string, string[]>
  /** For number dimensions that a filter may compare ("orders over 3 kg"). */
  comparable: boolean
}

type MeasureCommon = {
  name: string
  label: string
  synonyms: string[]
  description: string
  format: Format
  good?: 'up' | 'down'
  /** Building block of formulas only; not offered. */
  hidden: boolean
}

/** Aggregated in its own table before anything is joined. `expression` absent: counts rows. */
export type BaseMeasure = MeasureCommon & {
  kind: 'base'
  table: string
  expression?: Expression
  aggregation: Aggregation
  /** Other aggregations that make sense ("average freight"). Always holds `aggregation`. */
  aggregations: Aggregation[]
  where: Filter[]
  /** Nothing tells whether its values may be added up; the asker has to say total or average. */
  uncertain?: boolean
}

export type FormulaMeasure = MeasureCommon & { kind: 'formula'; formula: Expression }

export type Measure = BaseMeasure | FormulaMeasure

export type NamedFilter = { name: string; label: string; synonyms: string[]; description?: string; filters: Filter[] }

/** Words that mean a filter: "Building Wires" → itemgroup LIKE 'CABLES : BUILDING WIRES%'. */
export type Phrase = { phrase: string; synonyms: string[]; filter: Filter }

/** What the data means. Made by `load` from YAML or by `draft` from tables; read by everything that follows. */
export type Model = {
  domain: string
  label: string
  description: string
  /** IANA zone of days and periods. */
  zone: string
  /** ISO weekday on which weeks start; 1 is Monday. */
  weekStart: 1 | 6 | 7
  /** Month in which the fiscal year starts; 1 is the calendar year. */
  fiscalStart: number
  currency?: string
  /** The measure meant when a question names none but asks how things go. */
  defaultMeasure?: string
  /** Made from tables that nobody described: nothing is taken for granted that was not said. */
  drafted?: boolean
  tables: Record<string, ModelTable>
  joins: Join[]
  dimensions: Record<string, Dimension>
  measures: Record<string, Measure>
  filters: Record<string, NamedFilter>
  phrases: Phrase[]
  kpis: Record<string, Kpi>
  examples: string[]
  /** What was assumed when the model was drafted; goes into the receipt of answers that depend on it, by measure or dimension name. */
  confessions: Record<string, string>
}

/** Dimensions that every model with a time has: parts of the query's time. Values of `weekday` are English names. */
export const timeParts = ['weekday', 'hour_of_day', 'month_of_year', 'day_type'] as const
export type TimePart = (typeof timeParts)[number]
export const isTimePart = (name: string): name is TimePart => (timeParts as readonly string[]).includes(name)
