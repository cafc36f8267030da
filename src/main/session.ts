import type { OpenOptions as CliOpen, CliSession } from '#handlers/cli/tools.ts'
import type { KpiRequest, Stoppable, Turn, UseCases } from '#handlers/commands/use-cases.ts'
import type { Painters } from '#renderers/chart/png.ts'
import { auditReport } from '../access/audit-report.ts'
import { type ReadSpending, usageReport } from '../access/usage-report.ts'
import { type Ask, createAsk, type Who } from '../ask.ts'
import { createForAudience } from '../audience.ts'
import type { WorkOut } from '../beyond.ts'

import { isOwner as isOwnerOf } from '../datasets/dataset.ts'
import type { Datasets } from '../datasets/datasets.ts'
import { datasetUseCases } from '../datasets/use-cases.ts'
import { describe } from '../describe.ts'
import type { Effects } from '../effects.ts'
import { createKeeping, type Kept } from '../keeping.ts'
import { kpiCatalogue } from '../kpi-catalogue.ts'
import { kpiText } from '../kpi-text.ts'
import type { KpiName } from '../kpis/support/catalogue.ts'
import type { ClassifyByKey } from '../kpis/support/classify.ts'
import { askSupportKpi, isSupportKpi, supportEntries } from '../kpis/support/in-chat.ts'
import { kpiInQuestion } from '../kpis/support/in-question.ts'
import type { Metrics } from '../metrics.ts'
import type { Retell } from '../nl2sql/retell.ts'
import { openGiven } from '../open.ts'
import { createRouted } from '../route.ts'
import { nearest } from '../semantic/near.ts'
import { type Brought, createSights, type Sights } from '../sights.ts'
import { onlyDomain } from '../sources/only-domain.ts'
import { openSources, type Sources } from '../sources/sources.ts'
import type { Audit } from '../store/audit.ts'
import type { Usage } from '../store/usage.ts'
import { createThreads, type Threads } from '../threads.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import { type Processes, startProcesses } from './processes.ts'
import { configured, environment, logger } from './settings.ts'

export type Session = CliSession & { sights: Sights; ask: Ask; painters: Painters }

/** The data, and the processes that ask and draw. */
export type Machinery = {
  sources: Pick<Sources, 'domains' | 'open' | 'settings' | 'close'> & Partial<Sources>
  painters: Painters
  close: () => Promise<void>
}

type Opening = Pick<CliOpen, 'data' | 'model'> & { processes?: Processes; metrics?: Metrics }

/** Opens what was given, else what `chartroom.yaml` says, else the sample shop. */
export const openMachinery = async (
  { data, model, processes = startProcesses({ serves: false }), metrics }: Opening,
  effects: Effects,
  onProgress?: (words: string) => void,
): Promise<Machinery> => {
  const { painters, spare } = processes
  processes.onPainter(again => metrics?.childStarted('painter', again))
  const onStart = (again: boolean) => metrics?.childStarted('duckdb', again)
  try {
    const opening = { config: configured(), onProgress, onStart, spare }
    const sources =
      data === undefined
        ? await openSources({ ...opening, environment: environment() }, effects)
        : onlyDomain(await openGiven({ data, model }, opening, effects))
    return { sources, painters, close: () => sources.close().then(processes.close) }
  } catch (error) {
    await processes.close()
    throw error
  }
}

/** What a session remembers, and what else it has; nothing of it when not said. */
export type Surroundings = {
  threads?: Threads
  workOut?: WorkOut
  /** Tells certified answers in other words; absent: rules tell them. */
  retell?: Retell
  /** Data that people brought. */
  brought?: Brought
  datasets?: Datasets
  /** Puts what people asked support bots into clusters; absent: the KPIs of the logs are not offered. */
  classify?: ClassifyByKey
  /** What people said about answers and in conversations; absent: in memory, and nothing is verified or taught. */
  kept?: Kept
  /** What others asked, for admins. */
  audit?: Audit
  usage?: Usage
  spending?: ReadSpending
}

export const createSession = (
  { sources, painters, close }: Machinery,
  {
    threads = createThreads(),
    workOut,
    retell,
    brought,
    datasets,
    audit,
    usage,
    spending,
    classify,
    kept,
  }: Surroundings,
  effects: Effects,
): Session => {
  const log = logger()
  const sights = createSights(sources, brought)
  const { domains, mayManage } = sights
  const warn = (event: string, error: unknown) => log.debug({ event, err: error })
  const isOwner = async (domain: string, who: Who) => {
    const dataset = await datasets?.find(domain, who)
    return dataset?.domain === domain && isOwnerOf(dataset, who.asker)
  }
  const keeping = createKeeping(kept, { find: sights.find, domains, mayManage, isOwner, threads, warn }, effects)
  const { find, said } = keeping
  const core = createAsk({
    domain: find,
    threads,
    said,
    workOut: who => (sights.mayExplore(who) ? workOut : undefined),
    retell: who => (sights.mayExplore(who) ? retell : undefined),
    warn,
    effects,
  })
  const routed = createRouted(keeping.verified(core), { domains, threads, said, warn })
  const ask = keeping.remembering(createForAudience((question, asking) => askNamed(question, asking), sights))
  const todayOf = ({ today }: Turn) => today ?? new Date(effects.now()).toISOString().slice(0, 10)
  const { reload } = sources
  const managed = <T>(who: Who, deed: () => Promise<T>): Promise<T> => {
    if (!sights.mayManage(who)) throw ChartroomError.of('access/admins-only')
    return deed()
  }
  const offersSupport = (who: Who, domain: string) =>
    domain === 'support' && classify !== undefined && sights.allKpis(who, domain)
  const kpisOf = async (domain: string | undefined, who: Who) => {
    const catalogue = kpiCatalogue(await find(domain, who))
    if (!offersSupport(who, catalogue.domain)) return catalogue
    return { ...catalogue, entries: [...catalogue.entries, ...supportEntries()] }
  }
  /** A question that names one of the nine KPIs and a bot is that KPI, unless words of it are left over. */
  const askNamed: Ask = async (question, asking) => {
    const named = question.query || question.sql ? undefined : kpiInQuestion(question.text)
    const isThere = named && (await domains(question)).some(({ name }) => offersSupport(question, name))
    if (!isThere || (question.domain !== undefined && question.domain !== 'support')) return routed(question, asking)
    const { text, ...turn } = question
    const answer = await askOfLogs({ ...turn, ...named, domain: 'support', text }, asking)
    return answer.status === 'answered' || answer.status === 'empty' ? answer : routed(question, asking)
  }
  const askOfLogs = async ({ kpi, words, text, ...turn }: KpiRequest & { kpi: KpiName }, options?: Stoppable) =>
    askSupportKpi(
      { kpi, words, text, thread: turn.thread, today: todayOf(turn), signal: options?.signal },
      {
        ...{ domain: await find(turn.domain, turn), threads, classify: classify as ClassifyByKey },
        maySeeUsers: turn.audience !== 'place' && sights.mayManage(turn),
      },
      effects,
    )
  const useCases: UseCases = {
    ask: (question, options) => ask(question, options),
    askKpi: async ({ kpi, words, text: typed, ...turn }, options) => {
      const found = await find(turn.domain, turn)
      if (offersSupport(turn, found.model.domain) && isSupportKpi(kpi))
        return askOfLogs({ ...turn, domain: found.model.domain, kpi, words, text: typed }, options)
      const entry = found.model.kpis[kpi]
      const text = entry ? await kpiText(found, { kpi: entry, words, today: todayOf(turn) }) : `${kpi} ${words}`
      return ask({ ...turn, domain: found.model.domain, text }, options)
    },
    kpis: turn => kpisOf(turn.domain, turn),
    listedToo: async turn => {
      if (turn.domain !== undefined) return []
      const usual = (await find(undefined, turn)).model.domain
      const isThere = (await domains(turn)).some(({ name }) => name === 'support' && name !== usual)
      return isThere && offersSupport(turn, 'support') ? [{ domain: 'support', entries: supportEntries() }] : []
    },
    otherKpis: async turn => {
      const { domain: usual } = (await find(undefined, turn)).model
      // Data that people brought has none.
      const known = new Set(sources.domains().map(({ name }) => name))
      const others = (await domains(turn)).filter(({ name }) => name !== usual && known.has(name))
      // One that cannot be opened keeps nobody from the others.
      const found = await Promise.all(others.map(({ name }) => kpisOf(name, turn).catch(() => [])))
      return found.flat()
    },
    describeData: async turn => {
      const found = await find(turn.domain, turn)
      const others = (await domains(turn)).map(({ name }) => name)
      return describe(
        found,
        others.filter(name => name !== found.model.domain),
      )
    },
    near: (word, among) => nearest(word, among),
    ...keeping.useCases,
    ...(reload && { reload: async turn => managed(turn, reload) }),
    ...(audit && {
      audit: async ({ asker }, words) => managed({ asker }, () => auditReport({ audit }, { words, asker }, effects)),
    }),
    ...(usage && {
      usage: async ({ asker }, words) =>
        managed({ asker }, () => usageReport({ usage, spending }, { words, asker }, effects)),
    }),
    ...(datasets && { datasets: datasetUseCases(datasets, { threads, mayManage: sights.mayManage }, effects) }),
  }
  return { useCases, sights, painters, ask, paint: chart => painters.paint(chart, 'light'), close }
}
