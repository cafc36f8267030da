import { draw } from '#renderers/chart/draw.ts'
import type { Row } from '#renderers/chart/spec.ts'
import type { Chart, Theme } from '#src/vocabulary/chart.ts'

/** The rows of one layer of a drawn chart: bars, grid, line, text … Several layers of one name are joined. */
export const rowsOf = (chart: Chart, layer: string, theme: Theme = 'light'): Row[] =>
  draw(chart, theme)
    .data.filter(d => d.name.replace(/-\d+$/, '') === layer)
    .flatMap(d => d.values)

/** The words of a drawn chart that have a role: title, name, value, tick, note … */
export const wordsOf = (chart: Chart, role: string): string[] =>
  rowsOf(chart, 'text')
    .filter(row => row.role === role)
    .map(row => String(row.text))
