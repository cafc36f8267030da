import type { FacetChart } from '#src/vocabulary/chart.ts'
import { valueTicks } from './axes.ts'
import { type Box, frame, nothing } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { short } from './number.ts'
import { lastPoint, lonelyPoints, type Path, readPoints, timeSpan } from './path.ts'
import { linear, type Scale, valueSpan } from './scale.ts'
import type { Label, Layer, Row, Sketch } from './spec.ts'
import { named, shorten } from './text.ts'
import { type Look, size } from './theme.ts'
import { timeTicks } from './time.ts'

export const mostPanels = 24
const nameType = { size: size.label, weight: 600 }

/** Small panels on one scale, each with its name and last value; the value axis stands at the left, the time axis below. */
export const facet = (chart: FacetChart, look: Look): Sketch => {
  const all = chart.panels.map(p => ({ name: named(p.name), points: readPoints(p.points, chart.grain) }))
  const panels = all.slice(0, mostPanels)
  const values = panels.flatMap(p => p.points.flatMap(q => (q.value === null ? [] : [q.value])))
  if (values.length === 0) return nothing(chart, look)
  const note = all.length > mostPanels ? `${all.length - mostPanels} more not shown.` : ''
  const { box: outer, ...head } = frame(chart, look, { note })
  const layout = layoutOf(panels.length)
  const type = { size: layout.rows > 3 ? 11.5 : size.small, weight: 500 }
  const marks = valueTicks(valueSpan(values), chart.format, layout.rows === 1 ? 5 : layout.rows > 2 ? 1.6 : 2)
  const box = { ...outer, left: outer.left + (marks.room * type.size) / size.label, bottom: outer.bottom - 20 }
  const span = timeSpan(panels.flatMap(p => p.points.map(q => q.at)))
  const cells = panels.map((panel, i) => ({
    panel,
    cell: cellOf(i, box, layout),
    last: i + layout.columns >= panels.length,
  }))
  const parts = cells.map(({ panel, cell, last }) => panelSketch(panel, { cell, last, span, marks, look, type, chart }))
  return {
    layers: [...head.layers, ...parts.flatMap(p => p.layers)],
    labels: [...head.labels, ...parts.flatMap(p => p.labels)],
  }
}

type Layout = { columns: number; rows: number }

const layoutOf = (count: number): Layout => {
  const columns = count <= 3 ? count : count === 4 ? 2 : count <= 9 ? 3 : count <= 16 ? 4 : count <= 20 ? 5 : 6
  return { columns, rows: Math.ceil(count / columns) }
}

type Cell = Box & { first: boolean; nameY: number }

const cellOf = (i: number, box: Box, { columns, rows }: Layout): Cell => {
  const gap = { x: columns > 4 ? 12 : 22, y: rows > 3 ? 8 : 12 }
  const width = (box.right - box.left - gap.x * (columns - 1)) / columns
  const height = (box.bottom - box.top - gap.y * (rows - 1)) / rows
  const left = box.left + (i % columns) * (width + gap.x)
  const top = box.top + Math.floor(i / columns) * (height + gap.y)
  return { left, right: left + width, top: top + 22, bottom: top + height, first: i % columns === 0, nameY: top + 6 }
}

type Plan = {
  cell: Cell
  last: boolean
  span: [number, number]
  marks: { values: number[]; labels: string[] }
  look: Look
  type: { size: number; weight: number }
  chart: FacetChart
}

const panelSketch = (panel: Path, plan: Plan): Sketch => {
  const { cell, marks, look, span } = plan
  const y = linear([marks.values[0] ?? 0, marks.values.at(-1) ?? 1], [cell.bottom, cell.top])
  const x: Scale = span[0] === span[1] ? () => (cell.left + cell.right) / 2 : linear(span, [cell.left, cell.right])
  const base = Math.min(cell.bottom, Math.max(cell.top, y(0)))
  const rows = panel.points.map(
    (p): Row => ({ x: x(p.at), y: y(p.value ?? 0), defined: p.value !== null, value: p.value, panel: panel.name }),
  )
  const grid = marks.values.map(value => ({ x: cell.left, x2: cell.right, y: y(value) }))
  const layers: Layer[] = [
    { type: 'rule', name: 'grid', rows: grid, style: { stroke: look.grid, strokeWidth: 1 } },
    {
      type: 'area',
      name: 'shade',
      rows: rows.map(row => ({ ...row, y2: base })),
      style: { fill: look.primary, fillOpacity: 0.15, interpolate: 'monotone' },
    },
    {
      type: 'line',
      name: 'line',
      rows,
      style: {
        stroke: look.primary,
        strokeWidth: 2.2,
        strokeCap: 'round',
        strokeJoin: 'round',
        interpolate: 'monotone',
      },
    },
    {
      type: 'symbol',
      name: 'dots',
      rows: lonelyPoints(panel).map(p => ({ x: x(p.at), y: y(p.value ?? 0) })),
      style: { fill: look.primary, size: 26 },
    },
  ]
  return { layers, labels: [...titleLabels(panel, plan), ...axisLabels(plan, { x, y })] }
}

const titleLabels = (panel: Path, { cell, look, type, chart }: Plan): Label[] => {
  const nameSize = { ...nameType, size: Math.min(nameType.size, type.size + 1.5) }
  const last = lastPoint(panel)
  const value = last ? short(last.value, chart.format) : 'no values'
  const width = cell.right - cell.left
  const valueWidth = textWidth(value, type.size, 500)
  const both = width - valueWidth > 60
  const name = shorten(panel.name, both ? width - valueWidth - 8 : width, nameSize)
  const labels: Label[] = [{ x: cell.left, y: cell.nameY, text: name, ...nameSize, fill: look.text, role: 'name' }]
  if (both)
    labels.push({ x: cell.right, y: cell.nameY, text: value, ...type, fill: look.soft, align: 'right', role: 'value' })
  return labels
}

const axisLabels = (
  { cell, last, span, marks, look, type, chart }: Plan,
  { x, y }: { x: Scale; y: Scale },
): Label[] => {
  const common = { ...type, fill: look.soft, role: 'tick' }
  const values = cell.first
    ? marks.values.map(
        (value, i): Label => ({
          ...common,
          x: cell.left - 7,
          y: y(value),
          text: marks.labels[i] ?? '',
          align: 'right',
        }),
      )
    : []
  if (!last) return values
  const width = (label: string) => textWidth(label, type.size, type.weight)
  const times = timeTicks(span, chart.grain, { room: cell.right - cell.left, width }).map((tick): Label => {
    const text = tick.lines[0]
    const half = width(text) / 2
    return {
      ...common,
      x: Math.max(cell.left + half, Math.min(cell.right - half, x(tick.at))),
      y: cell.bottom + 13,
      text,
      align: 'center',
    }
  })
  return [...values, ...times]
}
