import type { LineChart } from '#src/vocabulary/chart.ts'
import type { Format } from '#src/vocabulary/format.ts'
import { endLabels } from './end-labels.ts'
import type { Box } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { isNumber, short } from './number.ts'
import { lastPoint, type Path } from './path.ts'
import type { Scale } from './scale.ts'
import type { Layer, Row, Sketch } from './spec.ts'
import { type Look, size } from './theme.ts'
import { toTime } from './time.ts'

type Point = NonNullable<LineChart['forecast']>['points'][number]
type Place = { x: Scale; y: Scale; box: Box; look: Look; format: Format }

/** A 90 % and a 50 % band and a dotted mean from the last known point on; the point "now" is ringed and named, the end is valued. */
export const forecastSketch = (points: readonly Point[], known: Path | undefined, place: Place): Sketch => {
  const { x, y, look } = place
  const now = known && lastPoint(known)
  const start = now
    ? [{ at: now.at, value: now.value, low50: now.value, high50: now.value, low90: now.value, high90: now.value }]
    : []
  const all = [...start, ...points.map(p => ({ ...p, at: toTime(p.at) }))]
  const band = (name: string, low: 'low50' | 'low90', high: 'high50' | 'high90', fillOpacity: number): Layer => ({
    type: 'area',
    name,
    rows: all
      .filter(p => isNumber(p[low]) && isNumber(p[high]))
      .map((p): Row => ({ x: x(p.at), y: y(p[high]), y2: y(p[low]), low: p[low], high: p[high] })),
    style: { fill: look.primary, fillOpacity, interpolate: 'monotone' },
  })
  const mean: Layer = {
    type: 'line',
    name: 'forecast',
    rows: all.map(p => ({ x: x(p.at), y: y(p.value), value: p.value })),
    style: { stroke: look.primary, strokeWidth: 3, strokeDash: [1, 7], strokeCap: 'round', interpolate: 'monotone' },
  }
  const last = all.at(-1)
  const end = last && {
    name: '',
    value: short(last.value, place.format),
    ink: look.primary,
    colour: look.primary,
    x: x(last.at),
    y: y(last.value),
  }
  const labels = end ? endLabels([end], place).labels : []
  const ring = now ? nowSketch(now, known, place) : { layers: [], labels: [] }
  return {
    layers: [band('band90', 'low90', 'high90', 0.13), band('band50', 'low50', 'high50', 0.2), mean, ...ring.layers],
    labels: [...labels, ...ring.labels],
  }
}

const nowSketch = (
  now: { at: number; value: number },
  { points }: Path,
  { x, y, box, look, format }: Place,
): Sketch => {
  const at = { x: x(now.at), y: y(now.value) }
  const text = `${short(now.value, format)} now`
  const width = textWidth(text, size.direct, 600)
  const earlier = points.filter(p => p.value !== null && at.x - x(p.at) < width + 10).map(p => p.value ?? 0)
  const above = at.y - y(Math.max(now.value, ...earlier))
  const below = y(Math.min(now.value, ...earlier)) - at.y
  const up = above <= below
  const wanted = up ? at.y - above - 16 : at.y + below + 18
  const left = at.x - width - 4 < box.left
  return {
    layers: [
      {
        type: 'symbol',
        name: 'now',
        rows: [{ ...at, value: now.value }],
        style: { size: 90, fill: look.primary, stroke: look.background, strokeWidth: 3 },
      },
    ],
    labels: [
      {
        text,
        x: left ? at.x - 6 : at.x + 4,
        y: Math.min(box.bottom - 8, Math.max(box.top, wanted)),
        size: size.direct,
        weight: 600,
        fill: look.text,
        align: left ? 'left' : 'right',
        role: 'now',
      },
    ],
  }
}
