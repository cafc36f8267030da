import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { type Domain, openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { kpiNames } from '#src/kpis/support/catalogue.ts'
import type { ClusterId } from '#src/kpis/support/classify.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { createRulesClassifier } from '#src/kpis/support/cluster/by-rules.ts'
import { filterSchema } from '#src/kpis/support/filters.ts'
import { runKpi } from '#src/kpis/support/run.ts'
import { modelPath, openDatabase } from '#src/open.ts'
import { openServerDomain } from '#src/open-postgres.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { supportSample } from '#src/sample/support/sample.ts'
import { ensureSupportSample, supportLarge } from '#src/sample/support.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'
import { openServer } from '#src/store/server/server.ts'
import { urlOf } from '#test/engines/engines.ts'
import { ms, print, printTable, type Target } from './print.ts'
import { median } from './statistics.ts'

/** Milliseconds, warm: the eight that are SQL together, and pain points alone over texts that are classified already. */
type Times = { eight: number[]; painPoints: number[] }

export type SupportTimings = { duckdb: Times; postgres: Times; rows: number; texts: number; classified: number }

type Options = { rounds: number; onProgress: (words: string) => void }

/** Times the nine KPIs over a log of a million messages on both engines, and the first classification of a thousand texts. */
export const timeSupport = async (folder: string, { rounds, onProgress }: Options): Promise<SupportTimings> => {
  const texts = new Set<string>()
  const duckdb = await timeKpis(await openFile(folder, onProgress), { rounds, texts })
  const server = await openServer({ folder: join(folder, 'postgres'), durable: false }, realEffects)
  const postgres = await timeKpis(await openOnServer(urlOf(await server.address()), onProgress), { rounds, texts })
  await server.close()
  const classify = createRulesClassifier()
  await classify(['warm'])
  const classified = await timed(() => classify([...texts].slice(0, 1000)))
  return { duckdb, postgres, rows: supportLarge.numInteractions, texts: texts.size, classified }
}

const openFile = async (folder: string, onProgress: Options['onProgress']): Promise<Domain> => {
  const path = join(folder, 'support-large.duckdb')
  await ensureSupportSample({ path, settings: supportLarge, onProgress: done => onProgress(`${done} messages`) })
  const config = readConfig({ CHARTROOM_HOME: folder, CACHE_TTL: '0' })
  const ground = await openDatabase({ path, config }, realEffects)
  return openDomain({ ...ground, model: completeModel(await readModel(modelPath('support'))), source: 'bench' })
}

/** The same rows, with the indexes of `sql/domains/support/indexes.sql`. */
const openOnServer = async (url: string, onProgress: Options['onProgress']): Promise<Domain> => {
  const progress = (done: number) => onProgress(`${done} messages into PostgreSQL`)
  await loadSample({ url, sample: supportSample(supportLarge), onProgress: progress })
  const { limits } = readConfig({ CACHE_TTL: '0' })
  return openServerDomain({ url, model: await readModel(modelPath('support')), source: 'bench', limits }, realEffects)
}

type Timing = { rounds: number; texts: Set<string> }

/** Closes the domain. */
const timeKpis = async (domain: Domain, { rounds, texts }: Timing): Promise<Times> => {
  // Which cluster it is does not matter here; that and how texts are looked up again does.
  const classify = classifyByKey(async some => {
    for (const text of some) texts.add(text)
    return { clusters: new Map(some.map(text => [text, (text.length % 5) as ClusterId])), by: 'rules' }
  })
  const log = { zone: domain.model.zone, run: domain.runOurs }
  const { startDate: start_date, endDate: end_date } = supportLarge
  const filters = filterSchema(log.zone).parse({ start_date, end_date, product_context: 'pool' })
  const ask = (name: (typeof kpiNames)[number]) => runKpi(name, filters, { log, classify, maySeeUsers: true })
  const eight = kpiNames.filter(name => name !== 'pain-points')
  const times: Times = { eight: [], painPoints: [] }
  for (let i = 0; i <= rounds; i++) {
    const [together, points] = [await timed(() => Promise.all(eight.map(ask))), await timed(() => ask('pain-points'))]
    if (i === 0) continue
    times.eight.push(together)
    times.painPoints.push(points)
  }
  await domain.close()
  return times
}

const timed = async (work: () => Promise<unknown>) => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Prints them and gives the targets, which are for DuckDB: 1.5 s for the eight, 1 s more for pain points. */
export const printSupport = ({ duckdb, postgres, rows, texts, classified }: SupportTimings): Target[] => {
  printTable(
    `Support KPIs over ${rows.toLocaleString('en-US')} messages, warm, ms`,
    ['', 'DuckDB', 'PostgreSQL'],
    [
      ['the eight that are SQL, together', ms(median(duckdb.eight)), ms(median(postgres.eight))],
      [
        `pain points, ${texts.toLocaleString('en-US')} texts classified already`,
        ms(median(duckdb.painPoints)),
        ms(median(postgres.painPoints)),
      ],
    ],
  )
  print(`1,000 texts classified by rules for the first time: ${ms(classified)} ms`)
  print('PostgreSQL: untuned, with the indexes of sql/domains/support/indexes.sql.')
  const target = (name: string, measured: number, limit: number): Target => ({
    ...{ name, measured: measured / 1000, limit, unit: ' s', better: 'less' },
  })
  return [
    target('Eight support KPIs on a million messages', median(duckdb.eight), 1.5),
    target('Pain points over classified texts', median(duckdb.painPoints), 1),
  ]
}
