import type { AreaChart, LineChart } from '#src/vocabulary/chart.ts'
import { axisTop, timeAxis, timeAxisRoom, valueAxis, valueTicks } from './axes.ts'
import { type End, endLabelRoom, endLabels } from './end-labels.ts'
import { type Box, frame, nothing } from './frame.ts'
import { line } from './line.ts'
import { short } from './number.ts'
import { atWholeEnds, partialNote } from './partial.ts'
import { type Path, paths, timeSpan } from './path.ts'
import type { Layer, Sketch } from './spec.ts'
import { named } from './text.ts'
import { type Look, seriesColour, seriesInk } from './theme.ts'

/** Stacked areas over time, named at their right ends. Values below zero cannot be stacked as parts of a whole: then they are lines. */
export const area = (chart: AreaChart, look: Look): Sketch => {
  const { shown, more } = paths(chart.series, chart.grain)
  const values = shown.flatMap(path => path.points.flatMap(p => (p.value === null ? [] : [p.value])))
  if (values.length === 0) return nothing(chart, look)
  const bands = stack(shown)
  const last = bands.at(-1)
  if (values.some(v => v < 0) || !last || last.points.length < 2) return line(asLine(chart), look)

  const note = [partialNote('Lighter', chart.grain, chart), more > 0 ? `${more} more not shown.` : ''].join(' ').trim()
  const { box: outer, ...head } = frame(chart, look, { note })
  const marks = valueTicks([0, Math.max(...last.points.map(p => p.high))], chart.format)
  const ends = bands.map((band, i) => endOf(band, chart, { look, i }))
  const box: Box = {
    left: outer.left + marks.room,
    top: outer.top + axisTop,
    right: outer.right - endLabelRoom(ends),
    bottom: outer.bottom - timeAxisRoom + 4,
  }
  const grid = valueAxis(marks, box, look)
  const span = timeSpan(last.points.map(p => p.at))
  const time = timeAxis(span, chart.grain, { box, look })
  const whole = { from: chart.partialFirst ? span[0] : undefined, until: chart.partialLast ? span[1] : undefined }
  const layers = bands.flatMap((band, i): Layer[] => {
    const { solid, partial } = atWholeEnds(band.points, whole)
    const row = (p: Band['points'][number]) => ({
      ...{ ...p, series: band.name },
      ...{ x: time.x(p.at), y: grid.y(p.high), y2: grid.y(p.low) },
    })
    const style = {
      ...{ fill: seriesColour(look, i), interpolate: 'monotone' },
      ...{ stroke: look.background, strokeWidth: 1 },
    } as const
    return [
      { type: 'area', name: 'area', rows: solid.map(row), style },
      ...partial.map(
        (points): Layer => ({
          ...{ type: 'area', name: 'partial', rows: points.map(row) },
          style: { ...style, fillOpacity: 0.45 },
        }),
      ),
    ]
  })
  const named = endLabels(
    ends.map(end => ({ ...end, x: box.right, y: grid.y(end.middle) })),
    { box, look },
  )
  return {
    layers: [...head.layers, ...grid.layers, ...layers, ...time.layers, ...named.layers],
    labels: [...head.labels, ...grid.labels, ...time.labels, ...named.labels],
  }
}

type Band = { name: string; points: { at: number; value: number | null; low: number; high: number }[] }

const stack = (shown: Path[]): Band[] => {
  const times = [...new Set(shown.flatMap(path => path.points.filter(p => p.value !== null).map(p => p.at)))].sort(
    (a, b) => a - b,
  )
  const height = new Map<number, number>()
  return shown.map(path => {
    const values = new Map(path.points.map(p => [p.at, p.value]))
    const points = times.map(at => {
      const low = height.get(at) ?? 0
      const amount = values.get(at) ?? 0
      height.set(at, low + amount)
      return { at, value: values.get(at) ?? null, low, high: low + amount }
    })
    return { name: path.name, points }
  })
}

const endOf = (band: Band, chart: AreaChart, { look, i }: { look: Look; i: number }): End & { middle: number } => {
  const last = band.points.at(-1)
  return {
    name: named(band.name),
    value: short(last?.value, chart.format),
    middle: ((last?.low ?? 0) + (last?.high ?? 0)) / 2,
    ink: seriesInk(look, i),
    colour: seriesColour(look, i),
  }
}

const asLine = (chart: AreaChart): LineChart => ({ ...chart, kind: 'line' })
