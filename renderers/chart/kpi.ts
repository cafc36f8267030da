import type { KpiChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { type Box, frame } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { figure, isNumber, short } from './number.ts'
import { lastPoint, lonelyPoints, type Path, readPoints, timeSpan } from './path.ts'
import { linear } from './scale.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { shorten } from './text.ts'
import { type Look, size } from './theme.ts'

/** One big number, how it changed, its target, and the last buckets as a line without an axis. */
export const kpi = (chart: KpiChart, look: Look): Sketch => {
  const { box, layers, labels } = frame(chart, look)
  const spark = sparkline(chart, { box: { ...box, top: box.top + 102, bottom: size.height - 22 }, look })
  const alone = spark.layers.length === 0
  const number = bigNumber(chart, { box, look, y: alone ? (box.top + box.bottom) / 2 - 16 : box.top + 36, alone })
  const beside = besideNumber(chart, { x: number.right + 28, y: number.label.y, box, look })
  return { layers: [...layers, ...spark.layers], labels: [...labels, number.label, ...beside] }
}

type Place = { box: Box; look: Look; y: number; alone: boolean }

const bigNumber = ({ value, format }: KpiChart, { box, look, y, alone }: Place): { label: Label; right: number } => {
  const known = isNumber(value)
  const text = known ? figure(value, format) : 'No value'
  const wanted = known ? (alone ? 84 : 56) : 40
  const fontSize = Math.min(wanted, (wanted * (box.right - box.left)) / textWidth(text, wanted, 700))
  const fill = known ? look.text : look.faint
  const label: Label = { x: box.left - 1, y, text, size: fontSize, weight: 700, fill, role: 'number' }
  return { label, right: box.left + textWidth(text, fontSize, 700) }
}

type Beside = { x: number; y: number; box: Box; look: Look }

const besideNumber = (chart: KpiChart, { x, y, box, look }: Beside): Label[] => {
  const lines = [...changeLines(chart, look), ...targetLine(chart, look)]
  const start = y - ((lines.length - 1) * 22) / 2
  const width = box.right - x
  if (width < 60) return []
  return lines.map((line, i) => ({ ...line, x, y: start + i * 22, text: shorten(line.text, width, line) }))
}

type Line = { text: string; size: number; weight: number; fill: string; role: string }

const changeLines = ({ change }: KpiChart, look: Look): Line[] => {
  if (!change || !isNumber(change.ratio)) return []
  const { ratio, points, versus, good } = change
  const arrow = ratio > 0 ? '▲' : ratio < 0 ? '▼' : '='
  const better = good === 'neutral' || ratio === 0 ? undefined : ratio > 0 === (good === 'up')
  const fill = better === undefined ? look.soft : better ? look.good : look.bad
  return [
    {
      text: `${arrow} ${isNumber(points) ? pointsText(points) : short(Math.abs(ratio), percent)}`,
      size: 20,
      weight: 700,
      fill,
      role: 'change',
    },
    {
      text: /^(vs|than|from|compared)\b/i.test(versus) ? versus : `vs ${versus}`,
      size: 15,
      weight: 400,
      fill: look.faint,
      role: 'versus',
    },
  ]
}

const percent: Format = { kind: 'percent' }

/** A difference of rates: "2.1 points". */
const pointsText = (points: number): string => {
  const size = Math.abs(points * 100)
  const text = size.toFixed(size < 0.1 ? 2 : 1).replace(/\.0$/, '')
  return text === '1' ? '1 point' : `${text} points`
}

const targetLine = ({ target, format }: KpiChart, look: Look): Line[] =>
  target && isNumber(target.value)
    ? [
        {
          text: `${target.reached ? '✓' : '○'} Target ${short(target.value, format)}`,
          size: 15,
          weight: 500,
          fill: target.reached ? look.good : look.soft,
          role: 'target',
        },
      ]
    : []

const sparkline = ({ sparkline = [] }: KpiChart, { box, look }: { box: Box; look: Look }): Sketch => {
  const path: Path = { name: 'sparkline', points: readPoints(sparkline, 'year') }
  const values = path.points.flatMap(p => (p.value === null ? [] : [p.value]))
  const last = lastPoint(path)
  if (values.length < 2 || !last) return { layers: [], labels: [] }
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const x = linear(timeSpan(path.points.map(p => p.at)), [box.left + 4, box.right - 8])
  const y = linear(low === high ? [low - 1, high + 1] : [low, high], [box.bottom - 22, box.top])
  const rows = path.points.map(
    (p): Row => ({ x: x(p.at), y: y(p.value ?? low), y2: box.bottom, defined: p.value !== null, value: p.value }),
  )
  const shade = { gradient: 'linear', x1: 0, y1: 0, x2: 0, y2: 1, stops: shadeStops(look) } as const
  const dot = (p: { at: number; value: number | null }): Row => ({ x: x(p.at), y: y(p.value ?? low), value: p.value })
  const line = rows.map(({ y2: _, ...row }) => row)
  return {
    layers: [
      { type: 'area', name: 'shade', rows, style: { fill: shade, interpolate: 'monotone' } },
      {
        type: 'line',
        name: 'sparkline',
        rows: line,
        style: {
          stroke: look.primary,
          strokeWidth: 3.2,
          strokeCap: 'round',
          strokeJoin: 'round',
          interpolate: 'monotone',
        },
      },
      { type: 'symbol', name: 'dots', rows: lonelyPoints(path).map(dot), style: { fill: look.primary, size: 30 } },
      {
        type: 'symbol',
        name: 'now',
        rows: [dot(last)],
        style: { fill: look.primary, stroke: look.background, strokeWidth: 3, size: 120 },
      },
    ],
    labels: [],
  }
}

const shadeStops = (look: Look): { offset: number; color: string }[] => {
  const rgb = [1, 3, 5].map(i => Number.parseInt(look.primary.slice(i, i + 2), 16)).join(', ')
  return [
    { offset: 0, color: `rgba(${rgb}, 0.28)` },
    { offset: 1, color: `rgba(${rgb}, 0)` },
  ]
}
