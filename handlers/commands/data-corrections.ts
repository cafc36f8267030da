import type { Change, Correction } from '#src/datasets/corrections.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { type Deed, type DeedAt, said } from './data-deed.ts'
import { listed, quoted } from './reply.ts'

/** Corrects what was understood of a column or measure. Throws `dataset/…`. */
export const change = async (name: string, wanted: Change, at: DeedAt): Promise<Answer> => {
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

const unknownColumn = (name: string, near: readonly string[], { run, dataset }: DeedAt): Answer => {
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

/** Takes a correction back, the last one when none is named. */
export const undo = async ({ nth }: Deed<'undo'>, at: DeedAt): Promise<Answer> => {
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
