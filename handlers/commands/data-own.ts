import type { Dataset } from '#src/datasets/dataset.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { change, undo } from './data-corrections.ts'
import type { DeedAt, DeedRun } from './data-deed.ts'
import { quality, rejects, restore, versions } from './data-versions.ts'
import { remove, share, unshare, uploads } from './data-whose.ts'
import type { DataDeed } from './data-words.ts'
import { quoted } from './reply.ts'
import type { DatasetUseCases, UseCases } from './use-cases.ts'

/**
 * `data rename …`, `data versions` and all else that somebody does with data that they brought. Where nobody brings any, it is a question. In a channel
 * it is told to them alone, unless the channel may ask what it tells of.
 */
export const runDeed = async (asked: DeedRun, useCases: UseCases): Promise<Answer> => {
  const { datasets } = useCases
  if (!datasets) return asked.asked(asked.command.text)
  const run: DeedRun = { ...asked, turn: { ...asked.turn, audience: 'asker' } }
  const { deed } = run.command
  try {
    if (deed.deed === 'uploads') return await uploads(asked, datasets)
    const dataset = await meant(deed, run, datasets)
    if (!dataset) return nothingThere(deed, run)
    const answer = await perform(deed, { run, datasets, useCases, dataset })
    const isForAll = asked.turn.audience !== 'place' || (await datasets.find(dataset.domain, asked.turn)) !== undefined
    return isForAll ? answer : { ...answer, onlyForAsker: true }
  } catch (error) {
    if (!(error instanceof ChartroomError) || !error.code.startsWith('dataset/')) throw error
    const message = `${error.message} ${error.next}`
    return run.reply.refused({ domain: run.turn.domain ?? '', code: error.code, message, choices: [allUploads] })
  }
}

const allUploads = { label: 'What I brought', question: 'data uploads' }

/** The dataset that is named; else the one that is talked about; else the one that was brought last. */
const meant = async (deed: DataDeed, { turn }: DeedRun, datasets: DatasetUseCases): Promise<Dataset | undefined> => {
  const named = namedIn(deed)
  if (named !== undefined) return datasets.find(named, turn)
  const domain = await datasets.domainOf(turn)
  const here = domain === undefined ? undefined : await datasets.find(domain, turn)
  return here ?? (await datasets.list(turn)).find(d => datasets.isOwner(d, turn))
}

const namedIn = (deed: DataDeed) => (deed.deed === 'delete' ? deed.name : 'of' in deed ? deed.of : undefined)

const nothingThere = (deed: DataDeed, { turn, reply }: DeedRun): Answer => {
  const named = namedIn(deed)
  const message =
    named === undefined
      ? 'You have brought no data yet. Send a file (CSV, Excel, JSON or Parquet), or use `npx chartroom import`.'
      : `You have no data called ${quoted(named)}.`
  return reply.clarify({
    domain: turn.domain ?? '',
    message,
    unused: [],
    choices: named === undefined ? [] : [allUploads],
  })
}

const perform = (deed: Exclude<DataDeed, { deed: 'uploads' }>, at: DeedAt): Promise<Answer> => {
  switch (deed.deed) {
    case 'rename':
      return change(deed.name, { kind: 'rename', label: deed.to }, at)
    case 'measure':
      return change(deed.name, { kind: 'measure', aggregation: deed.as }, at)
    case 'hide':
    case 'show':
      return change(deed.name, { kind: deed.deed }, at)
    case 'format':
      return change(deed.name, { kind: 'format', format: deed.as }, at)
    case 'describe':
      return change(deed.name, { kind: 'describe', text: deed.as }, at)
    case 'undo':
      return undo(deed, at)
    case 'quality':
      return quality(at)
    case 'versions':
      return versions(at)
    case 'rejects':
      return rejects(at)
    case 'restore':
      return restore(deed, at)
    case 'share':
      return share(at)
    case 'unshare':
      return unshare(at)
    case 'delete':
      return remove(deed, at)
  }
}
