import type { Answer } from '#src/vocabulary/answer.ts'
import { type Deed, type DeedAt, day, said } from './data-deed.ts'
import { quoted } from './reply.ts'

/** How good the data is, the worst first. */
export const quality = async (at: DeedAt): Promise<Answer> => {
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

/** Every version that was brought, the latest first; others than the one that is asked can be restored. */
export const versions = async (at: DeedAt): Promise<Answer> => {
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

/** The lines that could not be read. */
export const rejects = async (at: DeedAt): Promise<Answer> => {
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

/** Makes another version the one that is asked. Throws `dataset/…`. */
export const restore = async ({ version }: Deed<'restore'>, at: DeedAt): Promise<Answer> => {
  const { run, datasets, dataset } = at
  await datasets.restore(dataset, version, datasets.hands(run.turn))
  return said(at, {
    title: `Version ${version} of ${dataset.label} is the one that is asked now`,
    choices: version === dataset.version ? [] : [{ label: 'Undo', question: `data restore ${dataset.version}` }],
  })
}
