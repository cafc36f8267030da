import type { Chart, ChartKind, Theme } from '#src/vocabulary/chart.ts'
import { area } from './area.ts'
import { bar } from './bar.ts'
import { diagram } from './diagram.ts'
import { donut } from './donut.ts'
import { facet } from './facet.ts'
import { fontFamily } from './font-family.ts'
import { heatmap } from './heatmap.ts'
import { histogram } from './histogram.ts'
import { kpi } from './kpi.ts'
import { line } from './line.ts'
import { scatter } from './scatter.ts'
import { type Picture, picture, type Sketch } from './spec.ts'
import { table } from './table.ts'
import { type Look, looks } from './theme.ts'
import { tidy } from './tidy.ts'
import { tilemap } from './tilemap.ts'
import { tiles } from './tiles.ts'

type Of<K extends ChartKind> = Extract<Chart, { kind: K }>
type Renderers = { [K in ChartKind]: (chart: Of<K>, look: Look) => Sketch }

/** One renderer per kind. A kind that is missing here does not compile. */
const renderers: Renderers = {
  kpi,
  tiles,
  bar,
  line,
  area,
  donut,
  scatter,
  heatmap,
  histogram,
  facet,
  tilemap,
  table,
  diagram,
}

/** The Vega spec of a chart: 600 × 360 CSS pixels, only fixed data and no expressions. Pure. */
export const draw = (chart: Chart, theme: Theme): Picture => {
  const look = looks[theme]
  const sketch = sketchOf(tidy(chart), look)
  return picture(look, sketch, fontFamily(sketch.labels.map(label => label.text).join(' ')))
}

const sketchOf = <K extends ChartKind>(chart: Of<K>, look: Look): Sketch => {
  const renderer = renderers[chart.kind as K]
  return renderer(chart, look)
}
