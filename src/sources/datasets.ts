import type { Domain } from '../domain.ts'
import { type Kept, keep } from './kept.ts'
import { watched } from './watched.ts'

/** What a dataset is called, and who may see it; everybody when neither is said. */
export type DatasetInfo = { label: string; owner?: string; channel?: string }

type Dataset = { info: DatasetInfo; kept: Kept<Domain> }

export type Datasets = {
  all(): ({ name: string; fault: unknown } & DatasetInfo)[]
  has(name: string): boolean
  /** Undefined when there is none of that name. */
  open(name: string): Promise<Domain> | undefined
  add(name: string, open: () => Promise<Domain>, info: DatasetInfo): void
  remove(name: string): Promise<boolean>
  closeIdle(idleMs: number): void
  close(): Promise<void>
}

/** Domains that come and go while the program runs: what people uploaded. */
export const createDatasets = (effects: { ticks: () => number }): Datasets => {
  const datasets = new Map<string, Dataset>()
  const openOne = async ({ kept }: Dataset): Promise<Domain> => watched(await kept.get(), kept.use)
  return {
    all: () => [...datasets].map(([name, { info, kept }]) => ({ name, ...info, fault: kept.fault() })),
    has: name => datasets.has(name),
    open: name => {
      const dataset = datasets.get(name)
      return dataset && openOne(dataset)
    },
    add: (name, open, info) => {
      if (datasets.has(name)) throw new Error(`The dataset ${name} is there already`)
      datasets.set(name, { info, kept: keep(open, domain => domain.close(), effects) })
    },
    remove: async name => {
      const dataset = datasets.get(name)
      datasets.delete(name)
      await dataset?.kept.retire(0)
      return dataset !== undefined
    },
    closeIdle: idleMs => {
      for (const { kept } of datasets.values()) void kept.closeIdle(idleMs)
    },
    close: async () => {
      await Promise.all([...datasets.values()].map(({ kept }) => kept.close()))
    },
  }
}
