import type { IngestedTable } from '#src/ingest/job.ts'
import type { Rejects } from '#src/ingest/rejects.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Owner } from '#src/store/answers.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import type { Correction } from './corrections.ts'

/** Data that somebody brought along. */
export type Dataset = {
  id: string
  /** What its owner calls it: an identifier near the name of the file, unique for the owner. */
  name: string
  /** For people. */
  label: string
  /** What questions call it; unique in the database. */
  domain: string
  /** Absent: whoever uses this machine, in the local room and the terminal. */
  owner?: Owner
  /** The channel whose members may ask about it. Absent: its owner alone. */
  place?: string
  /** The version that is asked. */
  version: number
  /** What the owner said about it, oldest first; holds for every version. */
  corrections: Correction[]
  /** Milliseconds since 1970. */
  at: number
}

/** One file that was brought for a dataset, and what became of it. */
export type DatasetVersion = {
  version: number
  /** The name of the file. */
  file: string
  bytes: number
  sha256: string
  tables: IngestedTable[]
  warnings: string[]
  rejects: Rejects
  /** As it was drafted, without corrections. */
  model: Model
  at: number
}

/** Who wants something done: nobody in particular is whoever uses this machine. */
export type Who = { asker?: Asker; audience?: 'place' | 'asker' }

export const isOwner = (
  { owner }: Pick<Dataset, 'owner'>,
  asker: Pick<Owner, 'platform' | 'tenant' | 'user'> | undefined,
): boolean =>
  owner === undefined || asker === undefined
    ? owner === asker
    : owner.platform === asker.platform && owner.tenant === asker.tenant && owner.user === asker.user

/** Whether somebody may ask about a dataset, where the answer will be read. */
export const maySee = (dataset: Dataset, { asker, audience }: Who): boolean => {
  const shared = isShared(dataset, asker)
  return audience === 'place' ? shared : shared || isOwner(dataset, asker)
}

const isShared = ({ owner, place }: Dataset, asker: Asker | undefined) =>
  place !== undefined &&
  asker !== undefined &&
  asker.place === place &&
  owner?.platform === asker.platform &&
  owner.tenant === asker.tenant &&
  asker.standing !== 'external'

export const rowsOf = ({ tables }: Pick<DatasetVersion, 'tables'>): number => tables.reduce((sum, t) => sum + t.rows, 0)
