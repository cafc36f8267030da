import type { Format } from './format.ts'
import type { Grain, IsoDate } from './period.ts'

export const chartKinds = [
  'kpi',
  'tiles',
  'bar',
  'line',
  'area',
  'donut',
  'scatter',
  'heatmap',
  'histogram',
  'facet',
  'tilemap',
  'table',
  'diagram',
] as const
export type ChartKind = (typeof chartKinds)[number]

/** What every chart has. `title` says the finding; `subtitle` says measure, period and unit; `alt` says in words what the picture shows. */
type Frame = { title: string; subtitle: string; alt: string }

/** A value on a time axis; `null` is a gap and is drawn as one. */
export type TimePoint = { at: IsoDate | string; value: number | null }
export type Series = { name: string; points: TimePoint[] }

/** A mark on a time axis with a short text ("PayPal down"). */
export type Annotation = { at: IsoDate | string; text: string }

/** One big number, how it changed, and the last buckets as a sparkline. `good` colours the change. */
export type KpiChart = Frame & {
  kind: 'kpi'
  value: number | null
  format: Format
  /** `points` is set for rates: the difference as a fraction, shown in percentage points instead of the ratio. */
  change?: { ratio: number; points?: number; versus: string; good: 'up' | 'down' | 'neutral' }
  target?: { value: number; reached: boolean }
  sparkline?: TimePoint[]
}

/** A figure with its name; `note` is a short line below it (how it changed, whose it is), and `tone` colours the note. */
export type Tile = { label: string; value: number | null; format: Format; note?: string; tone?: 'good' | 'bad' }

/** Up to six figures of different kinds beside each other; the caller has put the one that the headline is about first. */
export type TilesChart = Frame & { kind: 'tiles'; tiles: Tile[] }

/** Bars per category; several series are `grouped` or `stacked`. `highlight` names the one that the headline is about. */
export type BarChart = Frame & {
  kind: 'bar'
  layout: 'single' | 'grouped' | 'stacked'
  categories: string[]
  series: { name: string; values: (number | null)[] }[]
  format: Format
  highlight?: string
  /** What the last category stands for when small ones were put together. */
  other?: string
}

/** Buckets at the ends that hold only a part of their time: data, or the period asked for, begins within the first or ends within the last. */
export type PartialEnds = { partialFirst?: boolean; partialLast?: boolean }

export type LineChart = Frame &
  PartialEnds & {
    kind: 'line'
    grain: Grain
    series: Series[]
    format: Format
    annotations?: Annotation[]
    /** Forecast bands of one series; drawn dashed with a 50 % and a 90 % band. */
    forecast?: {
      points: { at: IsoDate; value: number; low50: number; high50: number; low90: number; high90: number }[]
    }
  }

/** Stacked areas over time: parts of a whole. */
export type AreaChart = Frame & PartialEnds & { kind: 'area'; grain: Grain; series: Series[]; format: Format }

/** Parts of a whole, at most seven slices; the caller has put the rest into "Other". */
export type DonutChart = Frame & {
  kind: 'donut'
  slices: { name: string; value: number }[]
  format: Format
  centre?: string
}

export type ScatterChart = Frame & {
  kind: 'scatter'
  x: { label: string; format: Format }
  y: { label: string; format: Format }
  points: { name: string; x: number; y: number }[]
}

/** Two dimensions and one measure; `null` cells stay empty. */
export type HeatmapChart = Frame & {
  kind: 'heatmap'
  columns: string[]
  rows: string[]
  values: (number | null)[][]
  format: Format
}

export type HistogramChart = Frame & {
  kind: 'histogram'
  x: { label: string; format: Format }
  bins: { from: number; to: number; count: number }[]
}

/** Small multiples: the same line or bar chart per panel, on one scale. */
export type FacetChart = Frame & {
  kind: 'facet'
  grain: Grain
  panels: { name: string; points: TimePoint[] }[]
  format: Format
}

/** US states as equal tiles; keys are full state names or two-letter codes. */
export type TileMapChart = Frame & { kind: 'tilemap'; values: { state: string; value: number }[]; format: Format }

/** A picture of a table, for when nothing else fits. */
export type TableChart = Frame & {
  kind: 'table'
  columns: { label: string; align: 'left' | 'right' }[]
  rows: string[][]
  /** How many rows the result has beyond the ones shown. */
  more: number
}

/**
 * Boxes and arrows between them: how a thing goes on, what belongs to what. At most 40 boxes of 60 characters; `detail` is a small second line. What
 * no arrow leads to comes first.
 */
export type DiagramChart = Frame & {
  kind: 'diagram'
  nodes: { id: string; label: string; detail?: string }[]
  /** By the ids of the nodes. */
  edges: { from: string; to: string; label?: string }[]
}

/** What an answer shows, with no word about how it is drawn. A kind without a renderer does not compile. */
export type Chart =
  | KpiChart
  | TilesChart
  | BarChart
  | LineChart
  | AreaChart
  | DonutChart
  | ScatterChart
  | HeatmapChart
  | HistogramChart
  | FacetChart
  | TileMapChart
  | TableChart
  | DiagramChart

export type Theme = 'light' | 'dark'
