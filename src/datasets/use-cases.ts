import type { Effects } from '#src/effects.ts'
import type { Threads } from '#src/threads.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { type Dataset, type DatasetVersion, isOwner } from './dataset.ts'
import type { Datasets, Hands } from './datasets.ts'
import { tellQuality } from './quality.ts'

type Turn = Omit<Question, 'text'>

/** What rooms do with datasets. `mayManage`: whether somebody may also change what others brought; whoever uses this machine may. */
export const datasetUseCases = (
  datasets: Datasets,
  { threads, mayManage = () => false }: { threads: Threads; mayManage?: (turn: Turn) => boolean },
  { now }: Pick<Effects, 'now'>,
) => ({
  ...datasets,
  domainOf: async (turn: Turn): Promise<string | undefined> => turn.domain ?? (await threads.last(turn.thread))?.domain,
  hands: (turn: Turn): Hands => ({ asker: turn.asker, admin: turn.asker === undefined || mayManage(turn) }),
  isOwner: (dataset: Dataset, turn: Turn): boolean => isOwner(dataset, turn.asker),
  tellQuality: async (
    dataset: Dataset,
    signal?: AbortSignal,
  ): Promise<{ sentences: string[]; version: DatasetVersion }> => {
    const { report, version } = await datasets.quality(dataset, signal)
    return { sentences: tellQuality(report, { dataset, version, now: now() }), version }
  },
})
