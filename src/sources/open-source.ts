import { basename } from 'node:path'
import type { Effects } from '../effects.ts'
import { drafted, makeSample, type OpenOptions, openDatabase, readFiles, sampleWords } from '../open.ts'
import type { SampleName } from '../sample/sample.ts'
import type { Model } from '../semantic/model.ts'
import type { Ground } from './ground.ts'
import type { SourcePlan } from './plan.ts'

/** A source that is open, for all of its domains. */
export type OpenedSource = {
  ground: Ground
  /** Where the data came from, for people. */
  words: string
  warnings: readonly string[]
  /** A model that nobody wrote. */
  draft: () => Promise<{ model: Model; warnings: readonly string[] }>
  /** Whether its files are still the ones that were opened. */
  isCurrent: () => Promise<boolean>
}

/** Opens what a plan says. Throws `source/…`, `engine/…`. */
export const openSource = async (plan: SourcePlan, opening: OpenOptions, effects: Effects): Promise<OpenedSource> => {
  switch (plan.kind) {
    case 'sample':
      return sampleSource(plan.sample, opening, effects)
    case 'files':
      return filesSource(plan.path, opening, effects)
    case 'postgres':
      return serverSource(plan, opening, effects)
  }
}

const always = async () => true

const sampleSource = async (sample: SampleName, opening: OpenOptions, effects: Effects): Promise<OpenedSource> => {
  const path = await makeSample(sample, opening)
  return {
    ground: await openDatabase({ path, ...opening }, effects),
    words: sampleWords[sample],
    warnings: [],
    draft: () => Promise.reject(new Error('A sample has its model')),
    isCurrent: always,
  }
}

const filesSource = async (path: string, opening: OpenOptions, effects: Effects): Promise<OpenedSource> => {
  const { database, profile, warnings } = await readFiles(path, opening)
  return {
    ground: await openDatabase({ path: database, ...opening }, effects),
    words: basename(path),
    warnings,
    draft: async () => ({ model: await drafted(profile, path), warnings: [] }),
    isCurrent: async () => {
      const now = await readFiles(path, opening)
      return now.database === database && now.reused
    },
  }
}

type ServerPlan = Extract<SourcePlan, { kind: 'postgres' }>

const serverSource = async (plan: ServerPlan, opening: OpenOptions, effects: Effects): Promise<OpenedSource> => {
  const { openServer, draftServer } = await import('../open-postgres.ts')
  const ground = await openServer({ ...plan, limits: opening.config.limits }, effects)
  return {
    ground,
    words: 'a PostgreSQL database',
    warnings: [],
    draft: () => draftServer(ground, plan),
    isCurrent: always,
  }
}
