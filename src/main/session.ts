import type { OpenOptions as CliOpen, CliSession } from '#handlers/cli/tools.ts'
import type { UseCases } from '#handlers/commands/use-cases.ts'
import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { type Ask, createAsk, type FindDomain, type Who } from '../ask.ts'
import type { WorkOut } from '../beyond.ts'
import { describe } from '../describe.ts'
import type { Domain } from '../domain.ts'
import type { Effects } from '../effects.ts'
import { kpiCatalogue } from '../kpi-catalogue.ts'
import { kpiText } from '../kpi-text.ts'
import type { Metrics } from '../metrics.ts'
import { openGiven, openSample } from '../open.ts'
import type { Named } from '../route.ts'
import { nearest } from '../semantic/near.ts'
import { createThreads, type Threads } from '../threads.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import { configured, logger } from './settings.ts'

export type Session = CliSession &
  Pick<Machinery, 'find' | 'domains' | 'painters'> & {
    ask: Ask
  }

/** The data, and the processes that ask and draw. */
export type Machinery = {
  find: FindDomain
  /** The domains that somebody may see, the usual one first. */
  domains: (who: Who) => readonly Named[]
  painters: Painters
  close: () => Promise<void>
}

export const openMachinery = async (
  { data, model, metrics }: Pick<CliOpen, 'data' | 'model'> & { metrics?: Metrics },
  effects: Effects,
  onProgress?: (words: string) => void,
): Promise<Machinery> => {
  const onStart = (kind: 'duckdb' | 'painter') => (again: boolean) => metrics?.childStarted(kind, again)
  const opening = { config: configured(), onProgress, onStart: onStart('duckdb') }
  const domain =
    data === undefined ? await openSample(opening, effects) : await openGiven({ data, model }, opening, effects)
  const painters = createPainters({ onStart: onStart('painter') })
  const close = async () => {
    await Promise.all([painters.close(), domain.close()])
  }
  const find = async (name?: string): Promise<Domain> => {
    if (name !== undefined && name !== domain.model.domain)
      throw ChartroomError.of('domain/unknown', { domain: name, known: [domain.model.domain] })
    return domain
  }
  const domains = () => [{ name: domain.model.domain, label: domain.model.label }]
  return { find, domains, painters, close }
}

/** What a session remembers and notes; in memory and nothing when not said. */
type Remembering = { threads?: Threads; audited?: (ask: Ask) => Ask; workOut?: WorkOut }

export const createSession = (
  { find, domains, painters, close }: Machinery,
  { threads = createThreads(), audited = ask => ask, workOut }: Remembering,
  effects: Effects,
): Session => {
  const log = logger()
  const ask = audited(
    createAsk({ domain: find, threads, workOut, warn: (event, error) => log.debug({ event, err: error }), effects }),
  )
  const useCases: UseCases = {
    ask: (question, options) => ask(question, options),
    askKpi: async ({ kpi, words, text: _, ...turn }, options) => {
      const found = await find(turn.domain, turn)
      const entry = found.model.kpis[kpi]
      const today = turn.today ?? new Date(effects.now()).toISOString().slice(0, 10)
      return ask(
        { ...turn, text: entry ? await kpiText(found, { kpi: entry, words, today }) : `${kpi} ${words}` },
        options,
      )
    },
    kpis: async turn => kpiCatalogue(await find(turn.domain, turn)),
    describeData: async turn => {
      const found = await find(turn.domain, turn)
      const others = domains(turn).map(({ name }) => name)
      return describe(
        found,
        others.filter(name => name !== found.model.domain),
      )
    },
    near: (word, among) => nearest(word, among),
  }
  return { useCases, find, domains, painters, ask, paint: chart => painters.paint(chart, 'light'), close }
}
