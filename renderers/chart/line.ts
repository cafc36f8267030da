import type { LineChart, PartialEnds } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import { annotationRoom, annotationSketch } from './annotation.ts'
import { axisTop, timeAxis, timeAxisRoom, valueAxis, valueTicks } from './axes.ts'
import { type End, endLabelRoom, endLabels } from './end-labels.ts'
import { forecastSketch } from './forecast.ts'
import { type Box, frame, nothing } from './frame.ts'
import { isNumber, short } from './number.ts'
import { atWholeEnds, partialNote } from './partial.ts'
import { lastPoint, lonelyPoints, type Path, type PathPoint, paths, timeSpan } from './path.ts'
import { type Scale, valueSpan } from './scale.ts'
import type { Layer, Row, Sketch } from './spec.ts'
import { named } from './text.ts'
import { type Look, seriesColour, seriesInk } from './theme.ts'
import { toTime } from './time.ts'

/** Lines over time, named and valued at their ends. Gaps stay gaps; a bucket that is not over and a forecast are dashed. */
export const line = (chart: LineChart, look: Look): Sketch => {
  const { shown, more } = paths(chart.series, chart.grain)
  const forecast = (chart.forecast?.points ?? []).filter(p => !Number.isNaN(toTime(p.at)) && isNumber(p.value))
  const known = shown.flatMap(path => path.points.flatMap(p => (p.value === null ? [] : [p.value])))
  const values = [...known, ...forecast.flatMap(p => [p.low90, p.low50, p.value, p.high50, p.high90].filter(isNumber))]
  if (values.length === 0) return nothing(chart, look)

  const open = { partialFirst: chart.partialFirst, partialLast: chart.partialLast && forecast.length === 0 }
  const { box: outer, ...head } = frame(chart, look, { note: noteOf(chart.grain, more, open) })
  const marks = valueTicks(valueSpan(values), chart.format)
  const colours = coloursOf(shown.length, look)
  const ends = shown.flatMap((path, i) => endOf(path, chart, colours(i)))
  const future: End[] = forecast.slice(-1).map(p => ({ name: '', value: short(p.value, chart.format), ...colours(0) }))
  const box: Box = {
    left: outer.left + marks.room,
    top: outer.top + axisTop + annotationRoom(chart.annotations ?? []),
    right: outer.right - endLabelRoom(future.length > 0 ? future : ends),
    bottom: outer.bottom - timeAxisRoom + 4,
  }
  const span = timeSpan([...shown.flatMap(p => p.points.map(q => q.at)), ...forecast.map(p => toTime(p.at))])
  const grid = valueAxis(marks, box, look)
  const time = timeAxis(span, chart.grain, { box, look })
  const place = { x: time.x, y: grid.y, box, look, format: chart.format }
  const whole = { from: open.partialFirst ? span[0] : undefined, until: open.partialLast ? span[1] : undefined }
  const sketches: Sketch[] = [
    head,
    grid,
    time,
    annotationSketch(chart.annotations ?? [], { ...place, top: outer.top + 4 }),
    {
      layers: shown.flatMap((path, i) => pathLayers(path, { ...place, ...colours(i), count: shown.length, whole })),
      labels: [],
    },
    forecast.length > 0
      ? forecastSketch(forecast, shown[0], place)
      : endLabels(
          ends.map(end => ({ ...end, x: time.x(end.at), y: grid.y(end.number) })),
          place,
        ),
  ]
  return { layers: sketches.flatMap(s => s.layers), labels: sketches.flatMap(s => s.labels) }
}

type Colours = { colour: string; ink: string }

const coloursOf =
  (count: number, look: Look) =>
  (i: number): Colours =>
    count === 1
      ? { colour: look.primary, ink: look.primary }
      : { colour: seriesColour(look, i), ink: seriesInk(look, i) }

const endOf = (path: Path, chart: LineChart, colours: Colours): (End & { at: number; number: number })[] => {
  const last = lastPoint(path)
  if (!last) return []
  const name = chart.series.length === 1 ? '' : named(path.name)
  return [{ name, value: short(last.value, chart.format), at: last.at, number: last.value, ...colours }]
}

const noteOf = (grain: Grain, more: number, open: PartialEnds): string =>
  [partialNote('Dashed', grain, open), more > 0 ? `${more} more not shown.` : ''].join(' ').trim()

/** `whole.from`, `whole.until`: the instants of a first and a last bucket that are not whole. */
type Drawn = Colours & { x: Scale; y: Scale; look: Look; count: number; whole: { from?: number; until?: number } }

const pathLayers = (path: Path, { x, y, look, colour, count, whole }: Drawn): Layer[] => {
  const row = (p: PathPoint): Row => ({
    x: x(p.at),
    y: y(p.value ?? 0),
    defined: p.value !== null,
    at: p.at,
    value: p.value,
    series: path.name,
  })
  const { solid, partial } = atWholeEnds(path.points, whole)
  const style = {
    stroke: colour,
    strokeWidth: count > 6 || path.points.length > 250 ? 2.2 : 3,
    strokeCap: 'round',
    strokeJoin: 'round',
    interpolate: 'monotone',
  }
  const last = lastPoint(path)
  const dots = [...lonelyPoints({ ...path, points: solid }), ...(last ? [last] : [])]
  const isOpen = (p: PathPoint) => p.at === whole.until && p.at === path.points.at(-1)?.at
  return [
    { type: 'line', name: 'line', rows: solid.map(row), style },
    ...partial.map(
      (points): Layer => ({
        type: 'line',
        name: 'partial',
        rows: points.map(row),
        style: { ...style, strokeDash: [2, 7] },
      }),
    ),
    {
      type: 'symbol',
      name: 'dots',
      rows: dots.map(p => ({ ...row(p), ...(isOpen(p) ? { fill: look.background } : {}) })),
      style: { fill: colour, stroke: colour, strokeWidth: 2, size: 46 },
    },
  ]
}
