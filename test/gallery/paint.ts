import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPainters } from '#renderers/chart/png.ts'
import type { Theme } from '#src/vocabulary/chart.ts'
import { galleryCharts } from './charts.ts'

/** Paints the whole gallery into a folder: `node test/gallery/paint.ts <folder> [name …]`. */
const [folder = 'gallery', ...names] = process.argv.slice(2)
const themes: Theme[] = ['light', 'dark']

mkdirSync(folder, { recursive: true })
const painters = createPainters()
for (const { name, chart } of galleryCharts) {
  if (names.length > 0 && !names.includes(name)) continue
  for (const theme of themes) writeFileSync(join(folder, `${name}-${theme}.png`), await painters.paint(chart, theme))
}
await painters.close()
