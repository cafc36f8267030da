import type { Chart, ChartKind } from '#src/vocabulary/chart.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import type { Cell, Column, ColumnRole } from '#src/vocabulary/table.ts'
import { chooseChart } from './choose-chart.ts'
import type { Material } from './facts/parts.ts'
import { viewOf } from './view.ts'

export const wishKinds = [
  ...(['bar', 'stacked bar', 'line', 'area', 'donut', 'scatter', 'heatmap', 'histogram', 'map'] as const),
  ...(['small multiples', 'table'] as const),
] as const

/** A kind of chart, and which columns of the result go where. */
export type ChartWish = { kind: (typeof wishKinds)[number]; x: string | null; y: string[]; series: string | null }

/** A study's material and what was said of it. */
export type Told = { material: Material; facts: readonly Fact[]; story: Story }

/**
 * A result drawn as somebody wishes; undefined when the columns are not there, leave rows that would lie on each other, or cannot be drawn as that.
 * The builders of our own charts draw it, so that it keeps their limits.
 */
export const drawAs = (
  wish: ChartWish,
  { material, facts, story }: Told,
): { chart: Chart; notes: string[] } | undefined => {
  const { view, extras } = material
  const picked = pick(wish, view.table.columns)
  if (!picked || !isDistinct(picked, view.rows)) return undefined
  const columns = picked.map(({ column }) => column)
  const table = { ...view.table, columns, rows: view.rows.map(row => picked.map(({ index }) => row[index] ?? null)) }
  const narrowed = viewOf({ ...view, table, query: { ...view.query, chart: wish.kind.replace(/ bar$/, '') } })
  const same = columns.every((c, i) => c === view.table.columns[i]) && columns.length === view.table.columns.length
  const drawn = chooseChart({ view: narrowed, extras: same ? extras : {} }, facts, story)
  return drawn.chart.kind === kinds[wish.kind] ? drawn : undefined
}

const kinds: Record<ChartWish['kind'], ChartKind> = {
  ...{ bar: 'bar', 'stacked bar': 'bar', line: 'line', area: 'area', donut: 'donut', scatter: 'scatter' },
  ...{ heatmap: 'heatmap', histogram: 'histogram', map: 'tilemap', 'small multiples': 'facet', table: 'table' },
}

type Picked = { column: Column; index: number }

/** The columns in the order in which the builders read them, each as what it is wished for; undefined when one is missing or named twice. */
const pick = ({ kind, x, y, series }: ChartWish, columns: readonly Column[]): Picked[] | undefined => {
  if (kind === 'table') return columns.map((column, index) => ({ column, index }))
  const named = (name: string, role: 'part' | 'number'): Picked[] => {
    const index = columns.findIndex(c => c.name === name)
    const column = columns[index]
    const as = column && roleAs(column, role)
    return column && as ? [{ column: as === column.role ? column : { ...column, role: as }, index }] : []
  }
  const isNumber = kind === 'scatter' || kind === 'histogram'
  const numbers = [...(isNumber && x !== null ? [x] : []), ...y].slice(0, mostNumbers)
  const parts = [...(isNumber || x === null ? [] : [x]), ...(series === null ? [] : [series])]
  const points = kind === 'scatter' ? columns.filter(c => c.role === 'dimension').map(c => c.name) : []
  const wanted = [...new Set([...points, ...parts])]
  const picked = [...wanted.flatMap(name => named(name, 'part')), ...numbers.flatMap(name => named(name, 'number'))]
  const distinct = new Set(picked.map(({ index }) => index)).size
  const isWhole = picked.length === wanted.length + numbers.length && distinct === picked.length
  return isWhole && numbers.length >= (kind === 'scatter' ? 2 : 1) ? picked : undefined
}

const mostNumbers = 3

const roleAs = ({ role, type }: Column, wanted: 'part' | 'number'): ColumnRole | undefined => {
  const isNumber = type === 'number' || type === 'integer'
  if (wanted === 'number') return isNumber ? (role === 'previous' ? 'previous' : 'measure') : undefined
  return role === 'time' || role === 'dimension' ? role : 'dimension'
}

/** One row for each place on the chart. */
const isDistinct = (picked: readonly Picked[], rows: readonly Cell[][]): boolean => {
  const places = picked.filter(({ column }) => column.role === 'dimension' || column.role === 'time')
  if (places.length === 0) return true
  return new Set(rows.map(row => JSON.stringify(places.map(({ index }) => row[index])))).size === rows.length
}
