import { existsSync } from 'node:fs'
import type { Environment } from '../config.ts'
import type { Domain } from '../domain.ts'
import type { Effects } from '../effects.ts'
import type { OpenOptions } from '../open.ts'
import { nearest } from '../semantic/near.ts'
import { ChartroomError } from '../vocabulary/errors.ts'
import { createDatasets, type DatasetInfo, type Datasets } from './datasets.ts'
import type { Plan, Settings } from './plan.ts'
import { type CheckSettings, type PlanRead, readPlan } from './read-plan.ts'
import { type Reloaded, reloadWorld } from './reload.ts'
import { samplePlan } from './sample-plan.ts'
import { createWorld, labelOf, type Slot, type World } from './world.ts'

/** A domain as lists show it. `owner` and `channel` are of a dataset that not everybody may see. */
export type DomainInfo = {
  name: string
  label: string
  isDefault: boolean
  /** False when it could not be opened when it was last tried; `why` says it for people. It is tried again whenever it is asked. */
  available: boolean
  why?: string
  owner?: string
  channel?: string
}

/** All data there is to ask, by domains. */
export type Sources = {
  /** The default one first, then in the order of the file, then datasets. */
  domains(): DomainInfo[]
  /** The domain of that name, or the default one. To be asked for anew with every question. Throws `domain/unknown`, `source/…`, `engine/…`. */
  open(name?: string): Promise<Domain>
  /** What the file says of roles and rooms. */
  settings(): Settings
  /** A dataset that somebody brought. Throws when the name is taken. */
  add(name: string, open: () => Promise<Domain>, info: DatasetInfo): void
  /** Takes a dataset away, once what runs on it now has ended; false when there is none of that name. */
  remove(name: string): Promise<boolean>
  /** Reads the file anew. All of it is taken over or nothing. */
  reload(): Promise<Reloaded>
  close(): Promise<void>
}

export type SourcesOptions = OpenOptions & {
  /** As people wrote it. Default: `chartroom.yaml` in the working directory; when there is none, the sample shop. */
  file?: string
  environment: Environment
  checkSettings?: CheckSettings
  /** A source, but that of the default domain, that nobody asked for so long is closed. Default 30 minutes. */
  idleMs?: number
  /** What a reload took away is closed when nobody asked it for so long: a question asks several times. Default 2 minutes. */
  quietMs?: number
  /** How often idle sources are looked for. Default 1 minute. */
  lookMs?: number
}

/**
 * Opens what `chartroom.yaml` says. Sources themselves are opened when they are first asked, so that one that fails keeps nobody from the
 * others. Throws `source/missing` for a file that was named and is not there, and `sources/invalid`.
 */
export const openSources = async (options: SourcesOptions, effects: Effects): Promise<Sources> => {
  const { file = 'chartroom.yaml', idleMs = 30 * 60_000, quietMs = 2 * 60_000, lookMs = 60_000 } = options
  const read = () => readPlan({ ...options, path: file })
  const isThere = () => existsSync(file)
  if (options.file !== undefined && !isThere()) throw ChartroomError.of('source/missing', { path: file })
  let fromFile = isThere()
  const opener = { opening: options, effects }
  const datasets = createDatasets(effects)
  let world = createWorld(fromFile ? wholePlan(await read(), file) : await samplePlan(), opener)
  const retiring = new Set<Slot>()
  const takeOver = (next: World, dropped: readonly Slot[]) => {
    fromFile = true
    world = next
    for (const slot of dropped) {
      retiring.add(slot)
      void slot.kept.retire(quietMs).finally(() => retiring.delete(slot))
    }
  }
  const reload = async (): Promise<Reloaded> => {
    stillOpen()
    if (!fromFile && !isThere()) return nothingChanged
    const outcome = await reloadWorld(world, { read, opener, isTaken: datasets.has })
    if (outcome.status === 'kept') return outcome
    const { world: next, dropped, ...told } = outcome
    takeOver(next, dropped)
    return told
  }
  const looking = setInterval(() => {
    for (const slot of world.slots) if (!isUsual(world, slot)) void slot.kept.closeIdle(idleMs)
    datasets.closeIdle(idleMs)
  }, lookMs)
  looking.unref()
  let last: Promise<unknown> = Promise.resolve()
  let closing: Promise<void> | undefined
  const stillOpen = () => {
    if (closing) throw ChartroomError.of('engine/cancelled')
  }
  const close = async () => {
    clearInterval(looking)
    await last
    const slots = [...world.slots, ...retiring]
    await Promise.all([datasets.close(), ...slots.map(slot => slot.kept.close())])
  }
  return {
    domains: () => [...infosOf(world), ...datasetInfos(datasets)],
    open: async (name = world.plan.default) => {
      stillOpen()
      return world.domains.get(name)?.open() ?? datasets.open(name) ?? unknownDomain(name, world, datasets)
    },
    settings: () => world.plan.settings,
    add: (name, open, info) => {
      if (world.domains.has(name)) throw new Error(`The domain ${name} is there already`)
      datasets.add(name, open, info)
    },
    remove: datasets.remove,
    reload: () => {
      const next = last.then(reload)
      last = next.catch(() => undefined)
      return next
    },
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

const wholePlan = (read: PlanRead, path: string): Plan => {
  if ('plan' in read) return read.plan
  throw ChartroomError.of('sources/invalid', { path, problems: read.problems })
}

const nothingChanged: Reloaded = { status: 'reloaded', added: [], removed: [], changed: [], settings: false }

/** The source of the default domain is never closed for being idle. */
const isUsual = ({ plan, domains }: World, slot: Slot) => domains.get(plan.default)?.slot === slot

const unknownDomain = (domain: string, world: World, datasets: Datasets): never => {
  const seen = datasets.all().filter(({ owner, channel }) => owner === undefined && channel === undefined)
  const known = [...world.domains.keys(), ...seen.map(({ name }) => name)]
  throw ChartroomError.of('domain/unknown', { domain, known, near: nearest(domain, known, 2) })
}

const infosOf = ({ plan, domains }: World): DomainInfo[] =>
  [...domains.values()]
    .map(domain => ({
      name: domain.plan.name,
      label: labelOf(domain.plan),
      isDefault: domain.plan.name === plan.default,
      ...availability(domain.fault()),
    }))
    .toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))

const datasetInfos = (datasets: Datasets): DomainInfo[] =>
  datasets.all().map(({ fault, ...info }) => ({ ...info, isDefault: false, ...availability(fault) }))

const availability = (fault: unknown): Pick<DomainInfo, 'available' | 'why'> => {
  if (fault === undefined) return { available: true }
  return {
    available: false,
    why: fault instanceof ChartroomError ? fault.message : 'Something went wrong on our side.',
  }
}
