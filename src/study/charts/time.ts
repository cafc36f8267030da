import type { AreaChart, FacetChart, LineChart, PartialEnds, Series } from '#src/vocabulary/chart.ts'
import { ratioFrom } from '../facts/parts.ts'
import { scopeOf } from '../scope.ts'
import { bySize, seriesOf, type TimeSeries } from '../series.ts'
import { sum } from '../statistics.ts'
import { factsOf } from '../story/telling.ts'
import { comparesNeighbours, type MeasureView, nameOf, numberAt, type View } from '../view.ts'
import { capital, counted, lower } from '../words.ts'
import { altOf, type Drawing, inWords } from './frame.ts'

const mostSeries = 6
const mostPanels = 12

/** A measure over time, one line per value of the other split; the largest five when there are more than six. */
export const lineChart = (drawing: Drawing): LineChart => {
  const { view, measure, frame } = drawing
  if (comparesNeighbours(view)) return growthChart(drawing)
  const series = view.dimensions.length ? largest(drawing, seriesOf(view, measure)).map(toSeries) : plainSeries(drawing)
  const annotations = annotationsOf(drawing)
  return {
    kind: 'line',
    ...frame,
    alt: altOf(drawing, 'line chart', lastValues(series, measure)),
    grain: view.time?.grain ?? 'month',
    series,
    format: measure.format,
    ...(annotations.length && { annotations }),
    ...partialEnds(drawing),
  }
}

/** Parts of a whole over time; undefined when they do not add up or there is nothing to stack. */
export const areaChart = (drawing: Drawing): AreaChart | undefined => {
  const { view, measure, frame } = drawing
  const all = seriesOf(view, measure)
  if (!measure.additive || all.some(s => s.buckets.some(b => (b.value ?? 0) < 0))) return undefined
  const kept = all.length > mostSeries ? bySize(all).slice(0, mostSeries - 1) : bySize(all)
  const others = bySize(all).slice(kept.length)
  const series = kept.map(toSeries)
  if (others.length) series.push({ name: 'Other', points: summed(others) })
  return {
    kind: 'area',
    ...frame,
    alt: altOf(drawing, 'area chart', lastValues(series, measure)),
    grain: view.time?.grain ?? 'month',
    series,
    format: measure.format,
    ...partialEnds(drawing),
  }
}

const partialEnds = ({ facts }: Drawing): PartialEnds => ({
  ...(facts.some(f => f.id === 'partial:first') && { partialFirst: true }),
  ...(facts.some(f => f.id === 'partial:last') && { partialLast: true }),
})

/** Small multiples: one small line per value of the other split. */
export const facetChart = (drawing: Drawing): FacetChart | undefined => {
  const { view, measure, frame } = drawing
  const all = bySize(seriesOf(view, measure))
  if (all.length < 2) return undefined
  if (all.length > mostPanels)
    drawing.note(`The chart shows the ${mostPanels} largest of ${counted(all.length, noun(view))}.`)
  const panels = all.slice(0, mostPanels).map(toSeries)
  return {
    kind: 'facet',
    ...frame,
    alt: altOf(drawing, 'small charts', lastValues(panels, measure)),
    grain: view.time?.grain ?? 'month',
    panels,
    format: measure.format,
  }
}

/** How much each bucket grew from the one it is compared with; of rates, by how many points. */
const growthChart = (drawing: Drawing): LineChart => {
  const { view, measure, frame } = drawing
  const { grain = 'month' } = view.time ?? {}
  const rates = measure.format.kind === 'percent'
  const grown = (row: View['rows'][number]) => {
    const [now, before] = [numberAt(row, measure.index), numberAt(row, measure.previous ?? -1)]
    return rates ? (now === null || before === null ? null : now - before) : ratioFrom(before, now)
  }
  const { n = 1, unit = grain } = view.query.compare?.shift ?? {}
  const against = `${rates ? 'points' : '%'} from ${n === 1 ? `the ${unit}` : counted(n, unit)} before`
  const what = `${capital(measure.label)} ${rates ? 'change' : 'growth'} by ${grain}${scopeOf(view)}`
  const words = { ...frame, subtitle: [what, view.query.period?.label ?? 'all data', against].join(' · ') }
  const split = view.dimensions[0]
  const names = [...new Set(view.rows.map(r => (split ? nameOf(r[split.index], split) : 'Growth')))].slice(
    0,
    mostSeries,
  )
  const series = names.map(name => ({
    name,
    points: view.rows
      .filter(r => !split || nameOf(r[split.index], split) === name)
      .map(r => ({ at: String(r[view.time?.index ?? -1]), value: grown(r) })),
  }))
  const format = { kind: 'percent' as const }
  const alt = altOf({ frame: words }, 'line chart', lastValues(series, { ...measure, format }))
  return { kind: 'line', ...words, alt, grain, series, format }
}

const plainSeries = (drawing: Drawing): Series[] => {
  const { view, measure } = drawing
  if (measure.previous !== undefined)
    return [before(view, measure), ...named(view, measure, view.query.period?.label ?? 'now')]
  const alike = view.measures.filter(
    m => m.format.kind === measure.format.kind && m.format.unit === measure.format.unit,
  )
  if (alike.length < view.measures.length)
    drawing.note(`The chart shows ${lower(measure.label)}; the other measures are in the table.`)
  return (alike.length === view.measures.length ? alike : [measure]).flatMap(m => named(view, m, capital(m.label)))
}

const named = (view: View, measure: MeasureView, name: string): Series[] =>
  seriesOf(view, measure).map(s => ({ ...toSeries(s), name }))

const before = (view: View, measure: MeasureView): Series => {
  const index = measure.previous ?? -1
  const points = view.rows.map(r => ({ at: String(r[view.time?.index ?? -1]), value: numberAt(r, index) }))
  return { name: view.query.compare?.period.label ?? 'before', points }
}

const toSeries = ({ name = '', buckets }: TimeSeries): Series => ({
  name,
  points: buckets.map(({ at, value }) => ({ at, value })),
})

const largest = (drawing: Drawing, all: TimeSeries[]): TimeSeries[] => {
  if (all.length <= mostSeries) return bySize(all)
  drawing.note(`The chart shows the ${mostSeries - 1} largest of ${counted(all.length, noun(drawing.view))}.`)
  return bySize(all).slice(0, mostSeries - 1)
}

const summed = (all: TimeSeries[]) =>
  (all[0]?.buckets ?? []).map(({ at }, i) => ({ at, value: sum(all.map(s => s.buckets[i]?.value ?? 0)) }))

const noun = ({ dimensions }: View) => lower(dimensions[0]?.label ?? 'part')

const annotationsOf = (drawing: Drawing): NonNullable<LineChart['annotations']> => {
  if (drawing.view.dimensions.length) return []
  return factsOf(drawing, 'anomaly', drawing.measure)
    .slice(0, 2)
    .map(f => ({
      at: f.about?.from ?? '',
      text: `${(f.parts?.score ?? 0) > 0 ? 'Unusually high' : 'Unusually low'}: ${f.words?.at?.replace(/^the week of /, '')}`,
    }))
}

const lastValues = (series: readonly Series[], { format }: MeasureView) => {
  const last = series.map(s => ({ name: s.name, value: s.points.findLast(p => p.value !== null)?.value ?? null }))
  return `Last values: ${inWords(last, format)}`
}
