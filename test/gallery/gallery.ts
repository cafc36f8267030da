import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chart } from '#src/vocabulary/chart.ts'
import { type BenchEngine, openBenchEngine } from '#test/bench/engine.ts'
import { realAnswers } from './answers.ts'
import { galleryCharts } from './charts.ts'
import { type Pictures, page, type Sheet } from './page.ts'

/** `npm run gallery`: one HTML file with every sample chart, light and dark, and real answers, to be looked at. */
const main = async (): Promise<void> => {
  const folder = join('.chartroom', 'gallery')
  mkdirSync(folder, { recursive: true })
  const engine = await openBenchEngine({ folder, size: 'small', cacheSeconds: 300 })
  try {
    const path = join(folder, 'index.html')
    writeFileSync(path, page(await sheet(engine)))
    console.log(`Wrote ${path}`)
  } finally {
    await engine.close()
  }
}

const sheet = async (engine: BenchEngine): Promise<Sheet> => {
  const charts: Sheet['charts'] = []
  for (const { name, chart } of galleryCharts) charts.push({ name, chart, pictures: await painted(engine, chart) })
  const answers: Sheet['answers'] = []
  for (const { question, view, chart } of await realAnswers(engine))
    answers.push({ question, view, pictures: chart && (await painted(engine, chart)) })
  const about = `${charts.length} sample charts and ${answers.length} answers of the sample shop`
  return { about, charts, answers, style: readFileSync(new URL('./page.css', import.meta.url), 'utf8') }
}

const painted = async ({ painters }: BenchEngine, chart: Chart): Promise<Pictures> => {
  const [light, dark] = await Promise.all([painters.paint(chart, 'light'), painters.paint(chart, 'dark')])
  return { light, dark }
}

await main()
