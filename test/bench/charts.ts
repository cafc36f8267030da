import { draw } from '#renderers/chart/draw.ts'
import { createPainters } from '#renderers/chart/png.ts'
import { type Chart, type ChartKind, chartKinds } from '#src/vocabulary/chart.ts'
import { galleryCharts } from '#test/gallery/charts.ts'
import { openBrowserPainter } from './browser.ts'
import { median } from './statistics.ts'

/** Medians of one kind of chart in milliseconds; the browser's are absent when there is none. */
export type ChartTimes = { kind: ChartKind; ours: number; kb: number; warm: number; fresh: number }

type Options = {
  chromium: string | undefined
  /** How often each chart is painted here and in the warm page. */
  rounds: number
  /** How often in a browser of its own. */
  freshRounds: number
}

/** Paints one chart of every kind here and in Chromium, turn by turn, so that what else the machine does falls on all alike. */
export const timeCharts = async ({ chromium, rounds, freshRounds }: Options): Promise<ChartTimes[]> => {
  const painters = createPainters()
  const browser = chromium === undefined ? undefined : await openBrowserPainter(chromium)
  const samples: Sample[] = chartKinds.map(kind => ({
    kind,
    chart: sampleOf(kind),
    kb: 0,
    ours: [],
    warm: [],
    fresh: [],
  }))
  try {
    await painters.ready()
    for (let round = -2; round < rounds; round++)
      for (const sample of samples) {
        const spec = draw(sample.chart, 'light')
        const [ours, png] = await timed(() => painters.paint(sample.chart, 'light'))
        const warm = browser && (await timed(() => browser.warm(spec)))[0]
        if (round < 0) continue
        sample.kb = png.length / 1024
        sample.ours.push(ours)
        if (warm !== undefined) sample.warm.push(warm)
        if (!browser || round >= freshRounds) continue
        const [fresh, { done }] = await timed(() => browser.fresh(spec))
        sample.fresh.push(fresh)
        await done()
      }
  } finally {
    await Promise.all([painters.close(), browser?.close()])
  }
  return samples.map(({ kind, kb, ours, warm, fresh }) => ({
    kind,
    kb,
    ours: median(ours),
    warm: median(warm),
    fresh: median(fresh),
  }))
}

type Sample = { kind: ChartKind; chart: Chart; kb: number; ours: number[]; warm: number[]; fresh: number[] }

const sampleOf = (kind: ChartKind): Chart => {
  const found = galleryCharts.find(sample => sample.chart.kind === kind)
  if (!found) throw new Error(`the gallery has no ${kind}`)
  return found.chart
}

const timed = async <T>(act: () => Promise<T>): Promise<[number, T]> => {
  const start = performance.now()
  const result = await act()
  return [performance.now() - start, result]
}
