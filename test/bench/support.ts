import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { kpiNames } from '#src/kpis/support/catalogue.ts'
import type { Classify, ClusterId } from '#src/kpis/support/classify.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { filterSchema } from '#src/kpis/support/filters.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import { modelPath, openDatabase } from '#src/open.ts'
import { ensureSupportSample, supportLarge } from '#src/sample/support.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import { ms, printTable, type Target } from './print.ts'
import { median } from './statistics.ts'

/** Milliseconds, warm: the eight that are SQL together, pain points alone over texts that are classified already, and a thousand new texts. */
export type SupportTimings = { rows: number; eight: number[]; painPoints: number[]; texts: number; classified: number }

/** Times the nine KPIs over a log of a million messages. */
export const timeSupport = async (
  folder: string,
  { rounds, onProgress }: { rounds: number; onProgress: (words: string) => void },
): Promise<SupportTimings> => {
  const path = join(folder, 'support-large.duckdb')
  await ensureSupportSample({ path, settings: supportLarge, onProgress: done => onProgress(`${done} messages`) })
  const ground = await openDatabase(
    { path, config: readConfig({ CHARTROOM_HOME: folder, CACHE_TTL: '0' }) },
    realEffects,
  )
  const domain = openDomain({ ...ground, model: completeModel(await readModel(modelPath('support'))), source: 'bench' })
  const seen = new Set<string>()
  const known: Classify = async texts => {
    for (const text of texts) seen.add(text)
    return { clusters: new Map(texts.map(text => [text, (text.length % 5) as ClusterId])), by: 'rules' }
  }
  const log = { zone: domain.model.zone, run: domain.runOurs }
  const { startDate: start_date, endDate: end_date } = supportLarge
  const filters = filterSchema(log.zone).parse({ start_date, end_date, product_context: 'pool' })
  const ask = (name: (typeof kpiNames)[number]) => runKpi(name, filters, { log, classify: known, maySeeUsers: true })
  const eight = kpiNames.filter(name => name !== 'pain-points')
  const timed = async (work: () => Promise<unknown>) => {
    const begun = performance.now()
    await work()
    return performance.now() - begun
  }
  const times = { eight: [] as number[], painPoints: [] as number[] }
  for (let i = 0; i <= rounds; i++) {
    const [together, points] = [await timed(() => Promise.all(eight.map(ask))), await timed(() => ask('pain-points'))]
    if (i === 0) continue
    times.eight.push(together)
    times.painPoints.push(points)
  }
  const some = [...seen].slice(0, 1000)
  const classify = createRulesClassifier()
  await classify(['warm'])
  const classified = await timed(() => classify(some))
  await domain.close()
  return { rows: supportLarge.numInteractions, ...times, texts: seen.size, classified }
}

/** Prints them and gives the targets: 1.5 s for the eight, 1 s more for pain points. */
export const printSupport = ({ rows, eight, painPoints, texts, classified }: SupportTimings): Target[] => {
  printTable(
    `Support KPIs over ${rows.toLocaleString('en-US')} messages, DuckDB, warm, ms`,
    ['', ''],
    [
      ['the eight that are SQL, together', ms(median(eight))],
      [`pain points, ${texts.toLocaleString('en-US')} texts classified already`, ms(median(painPoints))],
      ['1,000 texts classified by rules for the first time', ms(classified)],
    ],
  )
  const target = (name: string, measured: number, limit: number): Target => ({
    ...{ name, measured: measured / 1000, limit, unit: ' s', better: 'less' },
  })
  return [
    target('Eight support KPIs on a million messages', median(eight), 1.5),
    target('Pain points over classified texts', median(painPoints), 1),
  ]
}
