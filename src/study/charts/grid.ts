import type { BarChart, HeatmapChart, ScatterChart } from '#src/vocabulary/chart.ts'
import { axisLabels } from '../calendar.ts'
import { partsOf } from '../facts/parts.ts'
import { bySize, seriesOf } from '../series.ts'
import { nameOf, numberAt, type SplitView } from '../view.ts'
import { capital, counted, lower } from '../words.ts'
import { altOf, type Drawing, inWords } from './frame.ts'

const mostRows = 13
const mostColumns = 24
const mostPoints = 2000
const mostBuckets = 53

/** Two dimensions as a grid, the second across; the largest of each when there are many. */
export const heatmap = (drawing: Drawing): HeatmapChart => {
  const { measure, frame } = drawing
  const { rows, columns, values, told } = gridOf(drawing)
  const words = { ...frame, subtitle: [frame.subtitle, ...told].join(' · ') }
  const cells = highestCells({ rows, columns, values })
  return {
    kind: 'heatmap',
    ...words,
    alt: altOf({ frame: words }, 'heatmap', inWords(cells, measure.format)),
    columns,
    rows,
    values,
    format: measure.format,
  }
}

/** A dimension over time as a grid, time across. */
export const timeHeatmap = (drawing: Drawing): HeatmapChart | undefined => {
  const { view, measure, frame } = drawing
  const all = bySize(seriesOf(view, measure))
  const ats = all[0]?.buckets.map(b => b.at) ?? []
  if (view.dimensions.length !== 1 || ats.length < 2 || ats.length > mostBuckets) return undefined
  const told = fitted(drawing, view.dimensions[0], { of: all.length, most: mostRows })
  const shown = all.slice(0, mostRows)
  const years = new Set(ats.map(at => at.slice(0, 4)))
  const year = years.size === 1 && !frame.subtitle.includes(ats[0]?.slice(0, 4) ?? '') ? [...years] : []
  const words = { ...frame, subtitle: [frame.subtitle, ...year, ...told].join(' · ') }
  const grid = {
    rows: shown.map(s => s.name ?? ''),
    columns: axisLabels(ats, view.time?.grain ?? 'month', view.model),
    values: shown.map(s => s.buckets.map(b => b.value)),
  }
  const alt = altOf({ frame: words }, 'heatmap', inWords(highestCells(grid), measure.format))
  return { kind: 'heatmap', ...words, alt, ...grid, format: measure.format }
}

/** Two dimensions as bars side by side, or stacked when parts add up and that was asked for. */
export const gridBars = (drawing: Drawing, layout: 'grouped' | 'stacked'): BarChart => {
  const { measure, frame } = drawing
  const { rows, columns, values } = gridOf(drawing)
  const series = columns.map((name, c) => ({ name, values: values.map(row => row[c] ?? null) }))
  const cells = highestCells({ rows, columns, values })
  const stacked = layout === 'stacked' && measure.additive && values.flat().every(v => (v ?? 0) >= 0)
  const alt = altOf(drawing, stacked ? 'stacked bar chart' : 'grouped bar chart', inWords(cells, measure.format))
  return {
    kind: 'bar',
    layout: stacked ? 'stacked' : 'grouped',
    ...frame,
    alt,
    categories: rows,
    series,
    format: measure.format,
  }
}

/** How many different values the two dimensions have. */
export const gridSize = ({ view }: Pick<Drawing, 'view'>): [number, number] => {
  const [a, b] = view.dimensions
  const distinct = (index: number | undefined) => new Set(view.rows.map(r => nameOf(r[index ?? -1]))).size
  return [distinct(a?.index), distinct(b?.index)]
}

/** Two measures against each other, one point per row that has both. */
export const scatter = (drawing: Drawing): ScatterChart | undefined => {
  const { view, frame } = drawing
  const [x, y] = view.measures
  if (!x || !y) return undefined
  const points = view.rows.flatMap(row => {
    const [px, py] = [numberAt(row, x.index), numberAt(row, y.index)]
    return px === null || py === null
      ? []
      : [{ name: view.dimensions.map(d => nameOf(row[d.index], d)).join(', '), x: px, y: py }]
  })
  if (points.length < 2) return undefined
  if (points.length > mostPoints)
    drawing.note(`The chart shows the first ${mostPoints} of ${counted(points.length, 'point')}.`)
  const alt = altOf(
    drawing,
    'scatter chart',
    `${counted(points.length, 'point')}, ${lower(x.label)} against ${lower(y.label)}`,
  )
  return {
    kind: 'scatter',
    ...frame,
    alt,
    x: { label: capital(x.label), format: x.format },
    y: { label: capital(y.label), format: y.format },
    points: points.slice(0, mostPoints),
  }
}

type Grid = { rows: string[]; columns: string[]; values: (number | null)[][] }

/** Says that not all of a side is shown; for the subtitle and, as a note, for the receipt. */
const fitted = (
  drawing: Drawing,
  split: SplitView | undefined,
  { of, most }: { of: number; most: number },
): string[] => {
  if (of <= most) return []
  const told = `${most} of ${counted(of, lower(split?.label ?? 'part'))}`
  drawing.note(`The chart shows ${told}.`)
  return [told]
}

const gridOf = (drawing: Drawing): Grid & { told: string[] } => {
  const { view, measure } = drawing
  const [a, b] = view.dimensions
  const cells = new Map(
    view.rows.map(r => [key(nameOf(r[a?.index ?? -1], a), nameOf(r[b?.index ?? -1], b)), numberAt(r, measure.index)]),
  )
  const [high, wide] = gridSize(drawing)
  const lies = view.dimensions[0]?.ordered === true && high > mostRows && high <= mostColumns && wide <= mostRows
  const rows = side(drawing, lies ? 1 : 0, mostRows)
  const columns = side(drawing, lies ? 0 : 1, mostColumns)
  const cell = (r: string, c: string) => cells.get(lies ? key(c, r) : key(r, c)) ?? null
  return {
    rows: rows.names,
    columns: columns.names,
    told: [...rows.told, ...columns.told],
    values: rows.names.map(r => columns.names.map(c => cell(r, c))),
  }
}

const key = (a: string, b: string) => `${a}\u0000${b}`

const side = (drawing: Drawing, which: 0 | 1, most: number): { names: string[]; told: string[] } => {
  const { view, measure } = drawing
  const split = view.dimensions[which]
  if (!split) return { names: [], told: [] }
  const sizes = new Map<string, number>()
  for (const p of partsOf(drawing, measure)) {
    const name = p.about[split.name] ?? ''
    sizes.set(name, (sizes.get(name) ?? 0) + p.value)
  }
  const names = split.ordered ? [...sizes.keys()] : [...sizes].sort((x, y) => y[1] - x[1]).map(([name]) => name)
  return { names: names.slice(0, most), told: fitted(drawing, split, { of: names.length, most }) }
}

const highestCells = ({ rows, columns, values }: Grid) =>
  rows
    .flatMap((r, i) => columns.map((c, j) => ({ name: `${r} / ${c}`, value: values[i]?.[j] ?? null })))
    .filter(c => c.value !== null)
    .sort((x, y) => (y.value ?? 0) - (x.value ?? 0))
