import type { Chart } from '#src/vocabulary/chart.ts'
import type { Fact, Story } from '#src/vocabulary/fact.ts'
import { barChart, donutChart, measureBars, tileMap, whyBars } from './charts/bar.ts'
import { type Drawing, subtitleOf } from './charts/frame.ts'
import { gridBars, gridSize, heatmap, scatter, timeHeatmap } from './charts/grid.ts'
import { histogram } from './charts/histogram.ts'
import { kpiChart } from './charts/kpi.ts'
import { measuresTable, tableChart } from './charts/table.ts'
import { areaChart, facetChart, lineChart } from './charts/time.ts'
import type { Material } from './facts/parts.ts'
import { isSingle } from './facts/value.ts'
import { numberAt } from './view.ts'

const manyRows = 12
const fewSide = 5

/**
 * The chart that shows a result best, or the one that was wished for when the result can be drawn as it. `notes` says what the chart leaves
 * out, and when a wish could not be met.
 */
export const chooseChart = (
  material: Material,
  facts: readonly Fact[],
  story: Story,
): { chart: Chart; notes: string[] } => {
  const notes: string[] = []
  const note = (text: string) => {
    if (!notes.includes(text)) notes.push(text)
  }
  const frame = { title: story.headline.text, subtitle: subtitleOf(material.view) }
  const common = { ...material, facts, headline: story.headline, frame, note }
  const [measure] = material.view.measures
  const drawable = measure && material.view.rows.some(r => numberAt(r, measure.index) !== null)
  return { chart: drawable ? wished({ ...common, measure }) : tableChart(common), notes }
}

const wishes: Record<string, (d: Drawing) => Chart | undefined> = {
  pie: d => plain(d) && donutChart(d),
  donut: d => plain(d) && donutChart(d),
  doughnut: d => plain(d) && donutChart(d),
  bar: d => (isSingle(d) || overTime(d) ? undefined : d.view.dimensions.length > 1 ? gridBars(d, 'grouped') : bars(d)),
  column: d => wishes.bar?.(d),
  line: d => overTime(d) && lineChart(d),
  area: d => overTime(d) && areaChart(d),
  stacked: d => (overTime(d) ? areaChart(d) : twoSplits(d) && stackedBars(d)),
  scatter: d => (overTime(d) || d.view.measures.length < 2 || isSingle(d) ? undefined : scatter(d)),
  heatmap: d => (overTime(d) ? timeHeatmap(d) : twoSplits(d) && heatmap(d)),
  histogram: d => (isSingle(d) && !d.extras.things ? undefined : histogram(d)),
  map: d => tileMap(d),
  tilemap: d => tileMap(d),
  'small multiples': d => (overTime(d) && d.view.dimensions.length > 0 ? facetChart(d) : undefined),
  facet: d => wishes['small multiples']?.(d),
  table: d => tableChart(d),
  kpi: d => (isSingle(d) ? kpiChart(d) : undefined),
}

const wished = (drawing: Drawing): Chart => {
  const wish = drawing.view.query.chart?.toLowerCase().replace(/ ?(chart|plot|graph)$/, '')
  if (!wish) return best(drawing)
  const chart = wishes[wish]?.(drawing)
  if (chart) return chart
  const instead = best(drawing)
  drawing.note(`This result cannot be drawn as ${article(wish)}; it is shown as ${names[instead.kind]}.`)
  return instead
}

const best = (drawing: Drawing): Chart => {
  const { view } = drawing
  const why = view.query.intent === 'why' ? whyBars(drawing) : undefined
  if (why) return why
  if (isSingle(drawing)) return view.measures.length > 1 ? measuresTable(drawing) : kpiChart(drawing)
  if (overTime(drawing)) return view.dimensions.length > 1 ? tableChart(drawing) : timed(drawing)
  if (view.dimensions.length > 2 || view.query.limitPer) return tableChart(drawing)
  if (view.dimensions.length === 2) return view.measures.length > 1 ? tableChart(drawing) : grid(drawing)
  return view.measures.length > 1 ? severalMeasures(drawing) : barChart(drawing)
}

const timed = (drawing: Drawing): Chart => {
  const buckets = new Set(drawing.view.rows.map(r => r[drawing.view.time?.index ?? -1])).size
  return buckets < 2 || drawing.view.query.limit !== undefined ? tableChart(drawing) : lineChart(drawing)
}

const grid = (drawing: Drawing): Chart => {
  const [rows, columns] = gridSize(drawing)
  return rows <= fewSide && columns <= fewSide ? gridBars(drawing, 'grouped') : heatmap(drawing)
}

const severalMeasures = (drawing: Drawing): Chart => {
  const { measures, rows } = drawing.view
  if (measures.length === 2 && rows.length >= manyRows) return scatter(drawing) ?? tableChart(drawing)
  const [first, ...others] = measures
  const alike = others.every(m => m.format.kind === first?.format.kind && m.format.unit === first.format.unit)
  return alike && measures.every(m => m.previous === undefined) ? measureBars(drawing) : tableChart(drawing)
}

const bars = (drawing: Drawing): Chart =>
  drawing.view.measures.length > 1 ? severalMeasures(drawing) : barChart(drawing)

const stackedBars = (drawing: Drawing): Chart | undefined => {
  const chart = gridBars(drawing, 'stacked')
  return chart.layout === 'stacked' ? chart : undefined
}

const plain = ({ view }: Drawing) => (view.dimensions.length === 1 && !view.time) || undefined
const overTime = ({ view }: Drawing) => view.time !== undefined || undefined
const twoSplits = ({ view }: Drawing) => (view.dimensions.length === 2 && !view.time) || undefined

const names: Record<Chart['kind'], string> = {
  kpi: 'one number',
  tiles: 'tiles',
  bar: 'bars',
  line: 'a line',
  area: 'areas',
  donut: 'a donut',
  scatter: 'a scatter chart',
  heatmap: 'a heatmap',
  histogram: 'a histogram',
  facet: 'small multiples',
  tilemap: 'a map',
  table: 'a table',
  diagram: 'a diagram',
}

const article = (wish: string) =>
  /^(small multiples|bars?)$/.test(wish)
    ? wish === 'bar'
      ? 'bars'
      : wish
    : /^[aeiou]/.test(wish)
      ? `an ${wish}`
      : `a ${wish}`
