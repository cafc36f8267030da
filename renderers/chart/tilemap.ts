import type { TileMapChart } from '#src/vocabulary/chart.ts'
import { readable } from './colour.ts'
import { frame, nothing } from './frame.ts'
import { valueColour } from './heatmap.ts'
import { isNumber, short } from './number.ts'
import { rampLegend } from './ramp-legend.ts'
import type { Label, Row, Sketch } from './spec.ts'
import { stateCode, stateName, tiles } from './states.ts'
import { shorten } from './text.ts'
import { type Look, size } from './theme.ts'

/** The states as equal tiles in about their places, coloured by value, with a list of the highest. */
export const tilemap = (chart: TileMapChart, look: Look): Sketch => {
  const read = chart.values.filter(v => isNumber(v.value)).map(v => ({ ...v, code: stateCode(v.state) }))
  const byCode = new Map(read.flatMap(v => (v.code ? [[v.code, v] as const] : [])))
  if (byCode.size === 0) return nothing(chart, look)
  const lost = read.filter(v => !v.code).map(v => v.state)
  const note =
    lost.length === 0
      ? ''
      : `Not on the map: ${lost.slice(0, 4).join(', ')}${lost.length > 4 ? ` and ${lost.length - 4} more` : ''}`
  const { box, ...head } = frame(chart, look, { note })
  const values = [...byCode.values()].map(v => v.value)
  const colour = valueColour(values, look)
  const step = Math.min(33, (box.bottom - box.top + 6) / 8)
  const cells = [...tiles].map(([code, [column, row]]) => {
    const found = byCode.get(code)
    const fill = found ? colour(found.value) : look.grid
    return { code, value: found?.value ?? null, x: box.left + column * step, y: box.top + row * step, fill }
  })
  const side = box.left + 11 * step + 22
  const key = rampLegend(values, chart.format, { look, y: box.bottom - 6, colour, right: box.right, width: 56 })
  return {
    layers: [
      ...head.layers,
      {
        type: 'rect',
        name: 'tiles',
        rows: cells.map((c): Row => c),
        style: { width: step - 3, height: step - 3, cornerRadius: 4 },
      },
      ...key.layers,
    ],
    labels: [
      ...head.labels,
      ...cells.map(
        (c): Label => ({
          ...{
            x: c.x + (step - 3) / 2,
            y: c.y + (step - 3) / 2 + 0.5,
            text: c.code,
            size: 12.5,
            weight: 600,
            align: 'center',
          },
          ...{ fill: c.value === null ? look.faint : readable(c.fill, ['#0F172A', '#FFFFFF']), role: 'tile' },
        }),
      ),
      ...highest([...byCode.values()], { chart, look, left: side, right: box.right, top: box.top + 10 }),
      ...key.labels,
    ],
  }
}

type Listed = { chart: TileMapChart; look: Look; left: number; right: number; top: number }

const highest = (values: { state: string; value: number }[], { chart, look, left, right, top }: Listed): Label[] => {
  const best = [...values].sort((a, b) => b.value - a.value).slice(0, 5)
  const name = { size: size.label, weight: 500 }
  return best.flatMap((v, i): Label[] => {
    const y = top + i * 39
    return [
      { x: left, y, text: shorten(stateName(v.state), right - left, name), ...name, fill: look.soft, role: 'name' },
      {
        x: left,
        y: y + 17,
        text: short(v.value, chart.format),
        size: size.label,
        weight: 600,
        fill: look.text,
        role: 'value',
      },
    ]
  })
}
