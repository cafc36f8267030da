import type { Refusal } from '#src/access/role-of.ts'
import type { Effects } from '#src/effects.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Asker } from '#src/vocabulary/question.ts'
import type { Datasets } from './datasets.ts'
import type { ImportRequest } from './import.ts'
import { tellImported } from './tell.ts'

type Parts = {
  datasets: Datasets
  onStatus: (words: string) => void
  /** Why somebody may bring no data. Default: everybody may. */
  refusal?: (asker: Asker | undefined) => Refusal | undefined
}

const steps = { reading: 'Reading', typing: 'Finding the types of', profiling: 'Looking at what is in' }

/** Makes a file that somebody sent a dataset, and tells of it. Throws what `Datasets.importFile` throws. */
export const importForChat = async (
  request: ImportRequest,
  { datasets, onStatus, refusal = () => undefined }: Parts,
  { newId }: Pick<Effects, 'newId'>,
): Promise<Answer> => {
  const common = { id: newId(), question: request.name }
  const refused = refusal(request.owner)
  if (refused) return { status: 'refused', ...common, domain: '', choices: [], ...refused }
  const onProgress: ImportRequest['onProgress'] = ({ step, file }) => onStatus(`${steps[step]} ${file ?? 'the file'}…`)
  return { status: 'told', ...common, ...tellImported(await datasets.importFile({ ...request, onProgress })) }
}
