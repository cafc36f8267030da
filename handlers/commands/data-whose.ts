import type { Answer } from '#src/vocabulary/answer.ts'
import { type Deed, type DeedAt, type DeedRun, day, said } from './data-deed.ts'
import type { DatasetUseCases } from './use-cases.ts'

/** Lets everybody in the channel ask about it. Throws `dataset/…`. */
export const share = async (at: DeedAt): Promise<Answer> => {
  const { run, datasets, dataset } = at
  const place = run.turn.asker?.place
  if (place === undefined || !dataset.owner)
    return run.reply.refused({
      domain: dataset.domain,
      code: 'dataset/no-channel',
      message:
        'There is no channel here to share it with. Say `data share` in the channel whose members may ask about it.',
      choices: [],
    })
  await datasets.share(dataset, place, datasets.hands(run.turn))
  return said(at, {
    title: `Everybody in this channel may ask about ${dataset.label} now`,
    choices: [{ label: 'Undo', question: 'data unshare' }],
  })
}

/** Takes that back. Throws `dataset/…`. */
export const unshare = async (at: DeedAt): Promise<Answer> => {
  const { run, datasets, dataset } = at
  await datasets.unshare(dataset, datasets.hands(run.turn))
  return said(at, { title: `${dataset.label} is for its owner alone now` })
}

/** Deletes it once that was asked back. Throws `dataset/…`. */
export const remove = async ({ sure }: Deed<'delete'>, at: DeedAt): Promise<Answer> => {
  const { run, datasets, dataset } = at
  if (!sure) return askBack(at)
  await datasets.remove(dataset, datasets.hands(run.turn))
  return run.reply.told({
    domain: '',
    title: `${dataset.label} is deleted`,
    paragraphs: ['Its rows, all of its versions and the answers that were kept about it are gone.'],
    items: [],
    choices: [],
  })
}

const askBack = ({ run, dataset }: DeedAt) =>
  run.reply.clarify({
    domain: dataset.domain,
    message: `Deleting ${dataset.label} removes its rows, all of its versions and the answers that were kept about it. It cannot be undone.`,
    unused: [],
    choices: [
      { label: 'Delete it for good', question: `data delete ${dataset.name} for good` },
      { label: 'Keep it', question: 'data uploads' },
    ],
  })

/** All that was brought and may be asked by whoever asks. */
export const uploads = async ({ turn, reply }: DeedRun, datasets: DatasetUseCases): Promise<Answer> => {
  const all = await datasets.list({ ...turn, audience: 'asker' })
  const isMore = turn.audience === 'place' && all.length > (await datasets.list(turn)).length
  return reply.told({
    domain: turn.domain ?? '',
    ...(isMore && { onlyForAsker: true }),
    title: all.length > 0 ? 'Data that was brought' : 'Nothing was brought yet',
    paragraphs:
      all.length > 0
        ? []
        : [
            'Send a file (CSV, Excel, JSON or Parquet), or use `npx chartroom import`. It is for you alone until you share it.',
          ],
    items: all.slice(0, 40).map(d => ({
      term: d.label,
      text: `${datasets.isOwner(d, turn) ? 'Yours' : 'Shared with this channel'}${d.place && datasets.isOwner(d, turn) ? ', shared with a channel' : ''}; version ${d.version}, ${day(d.at)}; called ${d.name}.`,
      ask: `data versions ${d.name}`,
    })),
    choices: [],
  })
}
