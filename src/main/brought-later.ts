import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Datasets } from '../datasets/datasets.ts'
import type { Effects } from '../effects.ts'
import type { Brought } from '../sights.ts'
import { configured, openStore } from './settings.ts'

type Opened = { datasets: Datasets; close: () => Promise<void> }

/** Datasets of this machine for the terminal. */
export type BroughtLater = {
  /** For questions: opened when one is named that is no other domain, since most need no database. */
  brought: Brought
  /** For what is done with them: opened by the first deed. */
  datasets: Datasets
  close: () => Promise<void>
}

/** Opens nothing by itself, and nothing at all where no file was ever brought. */
export const broughtLater = (effects: Effects): BroughtLater => {
  let opened: Promise<Opened> | undefined
  const get = async () => {
    opened ??= openDatasets(effects)
    return (await opened).datasets
  }
  const isAny = () => opened !== undefined || existsSync(join(configured().home, 'datasets'))
  const close = async () => {
    await (await opened)?.close()
  }
  const datasets: Datasets = {
    importFile: async request => (await get()).importFile(request),
    list: async who => (isAny() ? (await get()).list(who) : []),
    find: async (name, who) => (isAny() ? (await get()).find(name, who) : undefined),
    domain: async (name, who) => (isAny() ? (await get()).domain(name, who) : undefined),
    open: async dataset => (await get()).open(dataset),
    versions: async dataset => (await get()).versions(dataset),
    restore: async (...deed) => (await get()).restore(...deed),
    subject: async (...named) => (await get()).subject(...named),
    correct: async (...deed) => (await get()).correct(...deed),
    undo: async (...deed) => (await get()).undo(...deed),
    quality: async (...asked) => (await get()).quality(...asked),
    share: async (...deed) => (await get()).share(...deed),
    unshare: async (...deed) => (await get()).unshare(...deed),
    remove: async (...deed) => (await get()).remove(...deed),
    removeOf: async owner => (await get()).removeOf(owner),
    close,
  }
  const brought: Brought = { list: async who => (opened ? datasets.list(who) : []), domain: datasets.domain }
  return { brought, datasets, close }
}

/** The datasets of this machine, with the database that they are kept in. */
export const openDatasets = async (effects: Effects): Promise<Opened> => {
  const { createDatasets } = await import('../datasets/datasets.ts')
  const database = await openStore(effects)
  const datasets = createDatasets({ database, config: configured() }, effects)
  const close = async () => {
    await datasets.close()
    await database.close()
  }
  return { datasets, close }
}
