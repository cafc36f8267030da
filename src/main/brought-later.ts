import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Datasets } from '../datasets/datasets.ts'
import type { Effects } from '../effects.ts'
import type { Brought } from '../sights.ts'
import { configured, openStore } from './settings.ts'

/** Datasets of this machine, opened when one is named that is no other domain: most questions in the terminal need no database. */
export const broughtLater = (effects: Effects): Brought & { close: () => Promise<void> } => {
  let opened: Promise<{ datasets: Datasets; close: () => Promise<void> }> | undefined
  return {
    list: async who => (opened ? (await opened).datasets.list(who) : []),
    domain: async (name, who) => {
      if (!existsSync(join(configured().home, 'datasets'))) return undefined
      opened ??= openDatasets(effects)
      return (await opened).datasets.domain(name, who)
    },
    close: async () => {
      await (await opened)?.close()
    },
  }
}

/** The datasets of this machine, with the database that they are kept in. */
export const openDatasets = async (effects: Effects): Promise<{ datasets: Datasets; close: () => Promise<void> }> => {
  const { createDatasets } = await import('../datasets/datasets.ts')
  const database = await openStore(effects)
  const datasets = createDatasets({ database, config: configured() }, effects)
  const close = async () => {
    await datasets.close()
    await database.close()
  }
  return { datasets, close }
}
