import type { Told } from '#src/vocabulary/answer.ts'
import type { Change, Correction } from './corrections.ts'
import { type Dataset, type DatasetVersion, rowsOf } from './dataset.ts'
import type { Imported } from './import.ts'

/** What is told of an import, for any room. */
export const tellImported = ({
  outcome,
  dataset,
  version,
  idle,
  examples,
}: Imported): Pick<Told, 'domain' | 'title' | 'paragraphs' | 'items' | 'choices'> => ({
  domain: dataset.domain,
  title: titles[outcome](dataset, version),
  paragraphs: [sizeOf(version), ...troubles(version), ...idle.slice(0, 3).map(idleSentence)],
  items: version.tables.map(t => ({ term: harmless(t.label), text: columnsOf(t), ask: `data ${t.name}` })),
  choices: [
    ...examples.slice(0, 3).map(question => ({ label: harmless(question), question })),
    { label: 'How good is the data?', question: `data quality ${dataset.name}` },
  ],
})

/** Characters that steer what is shown are no part of a name. */
export const harmless = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()

const titles: Record<Imported['outcome'], (dataset: Dataset, version: DatasetVersion) => string> = {
  new: ({ label }) => `${label} can be asked now`,
  version: ({ label }, { version }) => `${label} is now version ${version}`,
  same: ({ label }, { version }) => `That file is there already: ${label}, version ${version}`,
}

export const sizeOf = (version: DatasetVersion): string => {
  const { tables } = version
  const rows = count(rowsOf(version), 'row')
  return tables.length === 1
    ? `${rows} and ${count(tables[0]?.columns.length ?? 0, 'column')} from ${version.file}.`
    : `${rows} in ${count(tables.length, 'table')} from ${version.file}.`
}

const columnsOf = ({ rows, columns }: DatasetVersion['tables'][number]) => {
  const names = columns.slice(0, 8).map(c => harmless(c.label))
  const more = columns.length - names.length
  return `${count(rows, 'row')}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`
}

const shownTroubles = 5

/** What could not be used, the first few; lines kept aside among them. */
export const troubles = ({ warnings, rejects }: DatasetVersion): string[] => {
  const shown = warnings.slice(0, shownTroubles).map(harmless)
  const more = warnings.length - shown.length
  return [
    ...shown,
    ...(more > 0 ? [`And ${count(more, 'more note')}.`] : []),
    ...(rejects.count > 0 ? ['Say “data rejects” to see the lines that were kept aside.'] : []),
  ]
}

const idleSentence = ({ subject, change }: Correction) =>
  `This file has no ${'column' in subject ? subject.column.replaceAll('_', ' ') : subject.measure.replaceAll('_', ' ')}, so what you said of it (${kinds[change.kind]}) waits.`

const kinds: Record<Change['kind'], string> = {
  rename: 'another name',
  measure: 'how it is added up',
  hide: 'hidden',
  show: 'shown',
  format: 'how it is shown',
  describe: 'what it means',
}

export const count = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${n === 1 ? one : `${one}s`}`
