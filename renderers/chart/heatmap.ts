import type { HeatmapChart } from '#src/vocabulary/chart.ts'
import { rampColour, readable } from './colour.ts'
import { type Box, frame, nothing } from './frame.ts'
import { isNumber, short } from './number.ts'
import { rampLegend } from './ramp-legend.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { named, shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

const mostColumns = 60
const labelType = { size: size.label, weight: 500 }

/** Cells coloured by value, with the value in them where it fits, else a colour key. Empty cells stay empty. */
export const heatmap = (chart: HeatmapChart, look: Look): Sketch => {
  const values = chart.values.flat().filter(isNumber)
  if (values.length === 0) return nothing(chart, look)
  const columns = chart.columns.slice(0, mostColumns).map(named)
  const colour = valueColour(values, look)
  const plans = [false, true].map(foot => planOf(chart, columns, { look, colour, foot }))
  const plan = plans.find(p => p.roomy) ?? plans.at(-1)
  if (!plan) return nothing(chart, look)
  const { head, grid, cells, roomy } = plan
  const key = roomy
    ? { layers: [], labels: [] }
    : rampLegend(values, chart.format, { look, y: size.height - 19, colour })
  const at = { x: (c: number) => grid.left + c * grid.width, y: (r: number) => grid.top + r * grid.height }
  return {
    layers: [
      ...head.layers,
      {
        type: 'rect',
        name: 'cells',
        rows: cells.map(
          ({ r, c, text: _, ...cell }): Row => ({ ...cell, x: at.x(c) + grid.gap / 2, y: at.y(r) + grid.gap / 2 }),
        ),
        style: {
          ...{ width: grid.width - grid.gap, height: grid.height - grid.gap },
          cornerRadius: Math.min(5, grid.height / 6),
        },
      },
      ...key.layers,
    ],
    labels: [
      ...head.labels,
      ...key.labels,
      ...axisLabels(plan.rows, columns, { grid, look }),
      ...(roomy ? cells.map(cell => cellLabel(cell, grid)) : []),
    ],
  }
}

type Cell = { r: number; c: number; row: string; column: string; value: number; fill: string; text: string }
type Plan = { head: Sketch; rows: string[]; grid: Grid; cells: Cell[]; roomy: boolean }
type Settings = { look: Look; colour: (value: number) => string; foot: boolean }

const planOf = (chart: HeatmapChart, columns: string[], { look, colour, foot }: Settings): Plan => {
  const { box, rows, ...head } = fitted(chart, look, foot)
  const grid = gridOf(box, { rows, columns })
  const cells = rows.flatMap((row, r) =>
    columns.flatMap((column, c): Cell[] => {
      const value = chart.values[r]?.[c]
      return isNumber(value)
        ? [{ r, c, row, column, value, fill: colour(value), text: short(value, chart.format) }]
        : []
    }),
  )
  const written = widest(
    cells.map(cell => cell.text),
    valueType(grid),
  )
  return { head, rows, grid, cells, roomy: grid.height >= 18 && written <= grid.width - 6 }
}

const valueType = (grid: Grid): { size: number; weight: number } => ({
  size: Math.min(size.label, grid.height * 0.6),
  weight: 600,
})

const fitted = (chart: HeatmapChart, look: Look, foot: boolean): ReturnType<typeof frame> & { rows: string[] } => {
  const rowsIn = ({ box }: { box: Box }) => Math.max(1, Math.floor((box.bottom - box.top - 24) / 15))
  const plain = frame(chart, look, { foot })
  const columns = chart.columns.length - mostColumns
  if (chart.rows.length <= rowsIn(plain) && columns <= 0) return { ...plain, rows: chart.rows.map(named) }
  const shown = chart.rows.slice(0, rowsIn(frame(chart, look, { foot: true }))).map(named)
  const rows = chart.rows.length - shown.length
  const hidden = [rows > 0 ? `${rows} more rows` : '', columns > 0 ? `${columns} more columns` : '']
  const note = `${hidden.filter(part => part !== '').join(' and ')} not shown.`
  return { ...frame(chart, look, { note }), rows: shown }
}

/** The colour of a value among `values`: one ramp, or two that meet at zero when there are negative ones. */
export const valueColour = (values: readonly number[], look: Look): ((value: number) => string) => {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (low < 0) {
    const most = Math.max(-low, Math.abs(high))
    return value => (value < 0 ? rampColour(look.negativeRamp, 1 + value / most) : rampColour(look.ramp, value / most))
  }
  const from = low < high * 0.5 ? 0 : low
  return value => rampColour(look.ramp, high === from ? 1 : (value - from) / (high - from))
}

type Grid = {
  left: number
  top: number
  width: number
  height: number
  gap: number
  namesRight: number
  nameRoom: number
  rowType: { size: number; weight: number }
}

const gridOf = (box: Box, { rows, columns }: { rows: string[]; columns: string[] }): Grid => {
  const top = box.top + 24
  const height = Math.min(58, (box.bottom + 6 - top) / rows.length)
  const rowType = { size: Math.min(labelType.size, Math.max(11.5, height * 0.78)), weight: 500 }
  const nameRoom = Math.min(150, widest(rows, rowType))
  const left = box.left + nameRoom + 9
  const width = Math.min(170, (box.right - left) / columns.length)
  return {
    left,
    top,
    width,
    height,
    gap: width < 16 ? 1.5 : Math.min(4, width / 8),
    namesRight: box.left + nameRoom,
    nameRoom,
    rowType,
  }
}

const axisLabels = (rows: string[], columns: string[], { grid, look }: { grid: Grid; look: Look }): Label[] => {
  const common = { fill: look.soft, role: 'tick' }
  const names = rows.map(
    (row, r): Label => ({
      ...{
        x: grid.namesRight,
        y: grid.top + (r + 0.5) * grid.height,
        text: shorten(row, grid.nameRoom + 1, grid.rowType),
      },
      ...{ ...grid.rowType, align: 'right', ...common },
    }),
  )
  const wide = Math.min(90, widest(columns, labelType)) + 10
  const every = Math.max(1, Math.ceil(Math.min(wide, columns.length > 12 ? wide : grid.width) / grid.width))
  const heads = columns.flatMap((column, c): Label[] =>
    c % every === 0
      ? [
          {
            x: grid.left + (c + 0.5) * grid.width,
            y: grid.top - 13,
            text: shorten(column, grid.width * every - 4, labelType),
            ...labelType,
            align: 'center',
            ...common,
          },
        ]
      : [],
  )
  return [...names, ...heads]
}

const cellLabel = ({ r, c, fill, text }: Cell, grid: Grid): Label => ({
  ...{ x: grid.left + (c + 0.5) * grid.width, y: grid.top + (r + 0.5) * grid.height, text, ...valueType(grid) },
  ...{ fill: readable(fill, ['#0F172A', '#FFFFFF']), align: 'center', role: 'value' },
})
