import type { BarChart } from '#src/vocabulary/chart.ts'
import { columns } from './bar-columns.ts'
import { columnsFit, readBars } from './bar-data.ts'
import { rows } from './bar-rows.ts'
import { nothing } from './frame.ts'
import type { Sketch } from './spec.ts'
import type { Look } from './theme.ts'

/** Bars per category: lying when names are long or many, standing when they are few or in a natural order. */
export const bar = (chart: BarChart, look: Look): Sketch => {
  const bars = readBars(chart, look)
  if (bars.groups.every(group => group.parts.every(part => part.value === null))) return nothing(chart, look)
  const legend = bars.layout === 'single' ? [] : bars.series
  return columnsFit(bars) ? columns(chart, bars, { look, legend }) : rows(chart, bars, { look, legend })
}
