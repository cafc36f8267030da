import type { Change, Correction } from '#src/datasets/corrections.ts'
import type { Dataset } from '#src/datasets/dataset.ts'
import type { Answer, Told } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { DataDeed } from './data-words.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed, quoted } from './reply.ts'
import type { DatasetUseCases, UseCases } from './use-cases.ts'

type DeedCommand = Extract<Command, { kind: 'dataset' }>
type Run = CommandRun<DeedCommand>
type Deed<K extends DataDeed['deed']> = Extract<DataDeed, { deed: K }>
type Told_ = Omit<Told, 'status' | 'id' | 'question'>

/**
 * `data rename …`, `data versions` and all else that somebody does with data that they brought. Where nobody brings any, it is a question. In a channel
 * it is told to them alone, unless the channel may ask what it tells of.
 */
export const runDeed = async (asked: Run, useCases: UseCases): Promise<Answer> => {
  const { datasets } = useCases
  if (!datasets) return asked.asked(asked.command.text)
  const run: Run = { ...asked, turn: { ...asked.turn, audience: 'asker' } }
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
const meant = async (deed: DataDeed, { turn }: Run, datasets: DatasetUseCases): Promise<Dataset | undefined> => {
  const named = namedIn(deed)
  if (named !== undefined) return datasets.find(named, turn)
  const domain = await datasets.domainOf(turn)
  const here = domain === undefined ? undefined : await datasets.find(domain, turn)
  return here ?? (await datasets.list(turn)).find(d => datasets.isOwner(d, turn))
}

const namedIn = (deed: DataDeed) => (deed.deed === 'delete' ? deed.name : 'of' in deed ? deed.of : undefined)

const nothingThere = (deed: DataDeed, { turn, reply }: Run): Answer => {
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

type At = { run: Run; datasets: DatasetUseCases; useCases: UseCases; dataset: Dataset }

const perform = (deed: Exclude<DataDeed, { deed: 'uploads' }>, at: At): Promise<Answer> => {
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

const said = ({ run, dataset }: At, told: Partial<Told_> & Pick<Told_, 'title'>) =>
  run.reply.told({ domain: dataset.domain, paragraphs: [], items: [], choices: [], ...told })

const change = async (name: string, wanted: Change, at: At): Promise<Answer> => {
  const { run, datasets, dataset, useCases } = at
  const found = await datasets.subject(dataset, name, useCases.near)
  if ('near' in found) return unknownColumn(name, found.near, at)
  const made = await datasets.correct(dataset, { subject: found.subject, change: wanted }, datasets.hands(run.turn))
  return said(at, {
    title: `${changed(found.label, wanted)} in ${dataset.label}`,
    paragraphs: ['It holds for this and every later version; earlier answers stay as they were.'],
    choices: [{ label: 'Undo', question: `data undo ${made.nth}` }, ...shows(found.label, wanted)],
  })
}

const shows = (label: string, wanted: Change) => {
  if (wanted.kind === 'hide') return []
  const question = wanted.kind === 'rename' ? wanted.label : label
  return [{ label: `Show ${question}`, question }]
}

const ways = {
  sum: 'is added up',
  avg: 'is averaged',
  median: 'is told by its median',
  min: 'is told by its lowest value',
  max: 'is told by its highest value',
  count: 'is counted',
  count_distinct: 'is told by how many different values it has',
}

const changed = (label: string, wanted: Change): string => {
  switch (wanted.kind) {
    case 'rename':
      return `${quoted(label)} is now called ${quoted(wanted.label)}`
    case 'measure':
      return `${quoted(label)} ${ways[wanted.aggregation]}`
    case 'hide':
      return `${quoted(label)} is hidden`
    case 'show':
      return `${quoted(label)} is shown`
    case 'format':
      return `${quoted(label)} is shown as ${wanted.format.currency ?? kindWords[wanted.format.kind]}`
    case 'describe':
      return `${quoted(label)} is described`
  }
}

const kindWords = {
  number: 'a number',
  integer: 'a whole number',
  currency: 'money',
  percent: 'percent',
  duration: 'a time',
}

const unknownColumn = (name: string, near: readonly string[], { run, dataset }: At): Answer => {
  const again = (label: string) => run.command.text.replace(name, () => label)
  return run.reply.clarify({
    domain: dataset.domain,
    message: `${dataset.label} has no column or measure called ${quoted(name)}.${near.length > 0 ? ` Did you mean ${listed(near)}?` : ''}`,
    unused: [name],
    choices: [
      ...near.map(label => ({ label: `Yes, ${label}`, question: again(label) })),
      { label: 'What is there', question: 'data' },
    ],
  })
}

const undo = async ({ nth }: Deed<'undo'>, at: At): Promise<Answer> => {
  const { run, datasets, dataset } = at
  const last = dataset.corrections.findLast(c => !c.undone)?.nth
  const number = nth ?? last
  const gone = number === undefined ? undefined : await datasets.undo(dataset, number, datasets.hands(run.turn))
  if (!gone) return said(at, { title: `There is nothing to undo in ${dataset.label}` })
  return said(at, { title: `Taken back in ${dataset.label}: ${inShort(gone)}` })
}

const inShort = ({ subject, change: { kind } }: Correction) => {
  const what = 'column' in subject ? subject.column : subject.measure
  const words = {
    rename: 'the name of',
    measure: 'how to add up',
    hide: 'hiding',
    show: 'showing',
    format: 'the format of',
    describe: 'the description of',
  }
  return `${words[kind]} ${what.replaceAll('_', ' ')}`
}

const quality = async (at: At): Promise<Answer> => {
  const { run, datasets, dataset } = at
  const { sentences, version } = await datasets.tellQuality(dataset, run.signal)
  return said(at, {
    title: `How good ${dataset.label} is`,
    paragraphs: sentences.slice(0, 12),
    choices: [
      ...(version.rejects.count > 0 ? [{ label: 'Lines kept aside', question: `data rejects ${dataset.name}` }] : []),
      { label: 'Versions', question: `data versions ${dataset.name}` },
    ],
  })
}

const versions = async (at: At): Promise<Answer> => {
  const { datasets, dataset } = at
  const all = await datasets.versions(dataset)
  return said(at, {
    title: `Versions of ${dataset.label}`,
    paragraphs: [`Version ${dataset.version} is the one that is asked.`],
    items: all.slice(0, 20).map(v => ({
      term: `Version ${v.version}${v.version === dataset.version ? ' (asked)' : ''}`,
      text: `${v.file}, ${rows(v.tables.reduce((sum, t) => sum + t.rows, 0))}, ${day(v.at)}${v.rejects.count > 0 ? `, ${v.rejects.count.toLocaleString('en-US')} lines kept aside` : ''}.`,
      ...(v.version === dataset.version ? {} : { ask: `data restore ${v.version}` }),
    })),
  })
}

const rows = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'row' : 'rows'}`
const day = (at: number) => new Date(at).toISOString().slice(0, 10)

const rejects = async (at: At): Promise<Answer> => {
  const { datasets, dataset } = at
  const version = (await datasets.versions(dataset)).find(v => v.version === dataset.version)
  const { count, kept } = version?.rejects ?? { count: 0, kept: [] }
  return said(at, {
    title:
      count === 0
        ? `Every line of ${dataset.label} was read`
        : `${count.toLocaleString('en-US')} ${count === 1 ? 'line' : 'lines'} of ${dataset.label} could not be read`,
    paragraphs: count > 20 ? [`The first 20 of ${count.toLocaleString('en-US')}:`] : [],
    items: kept.slice(0, 20).map(r => ({ term: `Line ${r.line}`, text: `${r.reason}: ${quoted(r.text)}` })),
  })
}

const restore = async ({ version }: Deed<'restore'>, at: At): Promise<Answer> => {
  const { run, datasets, dataset } = at
  await datasets.restore(dataset, version, datasets.hands(run.turn))
  return said(at, {
    title: `Version ${version} of ${dataset.label} is the one that is asked now`,
    choices: version === dataset.version ? [] : [{ label: 'Undo', question: `data restore ${dataset.version}` }],
  })
}

const share = async (at: At): Promise<Answer> => {
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

const unshare = async (at: At): Promise<Answer> => {
  const { run, datasets, dataset } = at
  await datasets.unshare(dataset, datasets.hands(run.turn))
  return said(at, { title: `${dataset.label} is for its owner alone now` })
}

const remove = async ({ sure }: Deed<'delete'>, at: At): Promise<Answer> => {
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

const askBack = ({ run, dataset }: At) =>
  run.reply.clarify({
    domain: dataset.domain,
    message: `Deleting ${dataset.label} removes its rows, all of its versions and the answers that were kept about it. It cannot be undone.`,
    unused: [],
    choices: [
      { label: 'Delete it for good', question: `data delete ${dataset.name} for good` },
      { label: 'Keep it', question: 'data uploads' },
    ],
  })

const uploads = async ({ turn, reply }: Run, datasets: DatasetUseCases): Promise<Answer> => {
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
