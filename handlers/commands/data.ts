import type { Answer, Choice, Told } from '#src/vocabulary/answer.ts'
import { findName, type Named, nearNames } from './names.ts'
import type { Command } from './parse.ts'
import { type CommandRun, listed, quoted } from './reply.ts'
import type { DataDescription, UseCases } from './use-cases.ts'

type DataCommand = Extract<Command, { kind: 'data' }>
type Run = CommandRun<DataCommand>
type Described = DataDescription['measures' | 'dimensions'][number]

/**
 * `data`: what is there. `data fresh`: how recent it is. `data diagram`: which tables belong together. `data <name>`: what a measure, dimension
 * or table means, or what is in another domain.
 */
export const runData = async (run: Run, useCases: UseCases): Promise<Answer> => {
  const { topic } = run.command
  const data = await useCases.describeData(run.turn)
  if (!topic) return overview(data, run)
  if (topic === 'fresh') return freshness(data, run)
  if (/^diagram$/i.test(topic) && data.diagram) return diagram(data, data.diagram, run)
  const named = explain(topic, data, run)
  if (named) return named
  const other = data.otherDomains.find(name => name.toLowerCase() === topic.toLowerCase())
  if (other) return otherOverview(await useCases.describeData({ ...run.turn, domain: other }), run)
  const close = nearNames(topic, everything(data), useCases.near).slice(0, 3)
  return close.length > 0
    ? unknownName(
        topic,
        close.map(c => c.found),
        { ...run, data },
      )
    : run.asked(run.command.text)
}

const overview = (data: DataDescription, { reply }: Run): Told =>
  reply.told({
    domain: data.domain,
    title: data.label,
    paragraphs: [
      ...whatIsIn(data),
      data.otherDomains.length > 0 ? `Other domains: ${data.otherDomains.join(', ')}.` : '',
    ].filter(Boolean),
    items: data.tables.map(t => ({ term: t.name, text: tableText(t), ask: `data ${t.name}` })),
    choices: [
      ...meaningOf(data.measures),
      { label: 'How fresh is it?', question: 'data fresh' },
      ...examples(data),
      ...data.otherDomains.slice(0, 2).map(name => ({ label: `What is in ${name}`, question: `data ${name}` })),
    ],
  })

/** Names are looked up in the usual domain, so those of another one are only listed. */
const otherOverview = (data: DataDescription, { reply }: Run): Told =>
  reply.told({
    domain: data.domain,
    title: data.label,
    paragraphs: whatIsIn(data).filter(Boolean),
    items: data.tables.map(t => ({ term: t.name, text: tableText(t) })),
    choices: examples(data),
  })

const whatIsIn = (data: DataDescription): string[] => [
  data.description,
  rangeSentence(data),
  `Measures: ${data.measures.map(m => m.label).join(', ')}.`,
  `Split or filter by: ${data.dimensions.map(d => d.label).join(', ')}.`,
]

const diagram = (
  { domain }: DataDescription,
  { chart, items, more }: NonNullable<DataDescription['diagram']>,
  { reply }: Run,
): Told =>
  reply.told({
    domain,
    title: chart.title,
    paragraphs: [
      items.length > 0
        ? 'Many rows of a table belong to one row of the table that its arrow leads to.'
        : 'There are no tables.',
      more > 0 ? `${more} more tables are not in the picture.` : '',
    ].filter(Boolean),
    items: items.map(({ term, text }) => ({ term, text, ask: `data ${term}` })),
    chart,
    choices: [{ label: 'What is there', question: 'data' }],
  })

const freshness = (data: DataDescription, { reply }: Run): Told =>
  reply.told({
    domain: data.domain,
    title: data.freshness.dataUntil ? `Data until ${data.freshness.dataUntil}` : 'How fresh the data is',
    paragraphs: [rangeSentence(data), `Source: ${data.freshness.source}.`],
    items: [],
    choices: [{ label: 'What is there', question: 'data' }],
  })

const rangeSentence = ({ range, freshness: { dataUntil } }: DataDescription) =>
  [
    range ? `It covers ${range.from} to ${range.to}.` : 'It has no dates to tell its range by.',
    dataUntil ? `The latest record is from ${dataUntil}.` : '',
  ]
    .filter(Boolean)
    .join(' ')

const explain = (topic: string, data: DataDescription, { reply }: Run): Told | undefined => {
  const name = findName(topic, everything(data))
  if (!name || name.rest) return undefined
  const told = (title: string, paragraphs: string[], choices: Choice[]) =>
    reply.told({ domain: data.domain, title, paragraphs: paragraphs.filter(Boolean), items: [], choices })
  const table = data.tables.find(t => t.name === name.found.name && name.found.kind === 'table')
  if (table) return told(table.label, [tableText(table)], [{ label: 'What is there', question: 'data' }])
  const measure = data.measures.find(m => m.name === name.found.name && name.found.kind === 'measure')
  const dimension = data.dimensions.find(d => d.name === name.found.name)
  const choices = measure ? [{ label: `Show ${measure.label}`, question: measure.label }] : []
  const details = measure ? `Worked out as ${measure.definition}.` : valuesSentence(dimension?.values ?? [])
  return told(name.found.label, [name.found.description ?? '', details, alsoCalled(name.found)], choices)
}

type Thing = Named & { kind: 'measure' | 'dimension' | 'table'; description?: string }

const everything = ({ measures, dimensions, tables }: DataDescription): Thing[] => [
  ...measures.map(m => ({ ...m, kind: 'measure' as const })),
  ...dimensions.map(d => ({ ...d, kind: 'dimension' as const })),
  ...tables.map(t => ({ ...t, kind: 'table' as const, synonyms: [] })),
]

const unknownName = (topic: string, close: Thing[], { data, reply, command }: Run & { data: DataDescription }) =>
  reply.clarify({
    domain: data.domain,
    message: `There is no measure, dimension or table called ${quoted(topic)}. Did you mean ${listed(close.map(c => c.label))}?`,
    unused: [topic],
    choices: [
      ...close.map(c => ({ label: `What ${c.label} means`, question: `data ${c.name}` })),
      { label: `Ask ${quoted(command.text)}`, question: `ask ${command.text}` },
    ],
  })

const tableText = ({ rows, description }: DataDescription['tables'][number]) => {
  const count = rows === null ? '' : `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}.`
  return [count, description ?? ''].filter(Boolean).join(' ')
}

const meaningOf = (measures: Described[]): Choice[] =>
  measures.slice(0, 1).map(m => ({ label: `What ${m.label} means`, question: `data ${m.name}` }))

const examples = (data: DataDescription): Choice[] =>
  data.examples.slice(0, 2).map(question => ({ label: question, question }))

const valuesSentence = (values: string[]) =>
  values.length > 0 ? `Values such as ${listed(values.slice(0, 6), 'and')}.` : ''

const alsoCalled = ({ synonyms }: Named) => (synonyms.length > 0 ? `Also called ${listed(synonyms)}.` : '')
