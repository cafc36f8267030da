import { readFile } from 'node:fs/promises'
import { formatExact } from '#src/vocabulary/format.ts'
import type { Kpi } from '#src/vocabulary/kpi.ts'
import { definition, filterText } from './document/definitions.ts'
import { code, section, table, textOf } from './document/markdown.ts'
import { qualityRules } from './document/quality.ts'
import { readModel } from './load.ts'
import type { Dimension, Join, Model, ModelTable } from './model.ts'

/** A question with the SQL that answers it. */
export type SampleQuery = { question: string; sql: string }

/**
 * The page about a domain's data, in Markdown: tables and how they join, what can be split by and filtered, what every measure means, KPIs,
 * questions that can be asked, queries, and what must hold for the numbers to be right.
 */
export const documentModel = (model: Model, queries: SampleQuery[] = []): string =>
  [
    `# ${textOf(capital(model.label))}: the data and what it means`,
    `<!-- Made from sql/domains/${model.domain}/model.yaml; change that file, not this one. -->`,
    textOf(model.description),
    settings(model),
    section('Tables', [diagram(model), ...Object.values(model.tables).map(t => dictionary(t, model))]),
    section('Measures', [measures(model)]),
    section('Dimensions', [dimensions(model)]),
    section('Filters and phrases', [filters(model)]),
    section('KPIs', [kpis(model)]),
    section('Left out', [leftOut(model)]),
    section('Questions to try', [model.examples.map(example => `- ${textOf(example)}`).join('\n')]),
    section(
      'Sample queries',
      queries.map(({ question, sql }) => `**${textOf(question)}**\n\n\`\`\`sql\n${sql.trim()}\n\`\`\``),
    ),
    section('What must hold', [
      qualityRules(model)
        .map(rule => `- ${rule}`)
        .join('\n'),
    ]),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')

/** Queries of a file: each a comment line with the question, then SQL up to a semicolon. */
export const sampleQueries = (text: string): SampleQuery[] =>
  [...text.matchAll(/^-- (.+)\n([^;]+);/gm)].map(([, question = '', sql = '']) => ({ question, sql }))

/** The page of one domain (`docs/data/<domain>.md`), from its model and its sample queries. */
export const makeDocument = async (domain: string, root = '.'): Promise<string> => {
  const folder = `${root}/sql/domains/${domain}`
  const queries = await readFile(`${folder}/queries.sql`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return documentModel(await readModel(`${folder}/model.yaml`), sampleQueries(queries))
}

const settings = ({ zone, weekStart, fiscalStart, currency }: Model) => {
  const week = { 1: 'Monday', 6: 'Saturday', 7: 'Sunday' }[weekStart]
  const year =
    fiscalStart === 1 ? 'the fiscal year is the calendar year' : `the fiscal year starts in month ${fiscalStart}`
  return `Days are those of ${zone}; weeks start on ${week}; ${year}${currency ? `; money is in ${currency}` : ''}.`
}

const diagram = ({ tables, joins }: Model) => {
  const boxes = Object.values(tables).map(t => box(t, joins))
  const lines = joins.map(
    join =>
      `  ${entity(join.to)} ||--o{ ${entity(join.from)} : "${join.name === join.to ? join.fromColumns.join(', ') : join.name}"`,
  )
  return ['```mermaid', 'erDiagram', ...boxes, ...lines, '```'].join('\n')
}

const box = ({ name, columns = {}, primaryKey }: ModelTable, joins: Join[]) => {
  const lines = Object.entries(columns).map(([column, { type }]) => {
    const marks = [
      ...(primaryKey.includes(column) ? ['PK'] : []),
      ...(joins.some(join => join.from === name && join.fromColumns.includes(column)) ? ['FK'] : []),
    ]
    return `    ${type} ${column.replace(/\W/g, '_')}${marks.length ? ` ${marks.join(', ')}` : ''}`
  })
  return lines.length ? `  ${entity(name)} {\n${lines.join('\n')}\n  }` : `  ${entity(name)}`
}

/** Mermaid takes any name in quotes. */
const entity = (name: string) => (/^\w+$/.test(name) ? name : `"${name.replaceAll('"', '')}"`)

const dictionary = ({ name, description, time, columns = {} }: ModelTable, { dimensions }: Model) => {
  const rows = Object.entries(columns).map(([column, { type, description: about }]) => [
    code(column),
    type,
    textOf(about ?? ''),
  ])
  const when = time ? ` Periods look at ${dimensions[time]?.label ?? time}.` : ''
  return [
    `### ${name}`,
    `${description ?? ''}${when}`.trim(),
    rows.length ? table(['Column', 'Type', 'Meaning'], rows) : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

const measures = (model: Model) =>
  table(
    ['Measure', 'Meaning', 'Worked out as', 'Better', 'Other words'],
    Object.values(model.measures).map(m => [
      `${textOf(m.label)}<br>${code(m.name)}${m.hidden ? '<br>not offered' : ''}`,
      textOf(m.description),
      definition(m, model),
      m.good === 'up' ? 'higher' : m.good === 'down' ? 'lower' : '',
      textOf(m.synonyms.join(', ')),
    ]),
  )

const dimensions = (model: Model) =>
  table(
    ['Dimension', 'Meaning', 'Column', 'Other words', 'Words for values'],
    Object.values(model.dimensions)
      .filter(d => !d.hidden || d.personal)
      .map(d => [
        `${textOf(d.label)}<br>${code(d.name)}${d.personal ? '<br>personal: never shown' : ''}`,
        textOf(d.description ?? ''),
        definition(d, model),
        textOf(d.synonyms.join(', ')),
        values(d),
      ]),
  )

const values = ({ valueSynonyms, geo }: Dimension) =>
  geo === 'us-state'
    ? 'two-letter codes'
    : textOf(
        Object.entries(valueSynonyms)
          .map(([v, words]) => `${v}: ${words.join(', ')}`)
          .join('; '),
      )

const filters = (model: Model) =>
  [
    ...Object.values(model.filters).map(f => {
      const words = f.synonyms.map(word => `“${textOf(word)}”`).join(', ')
      return `- **${textOf(f.label)}** (${code(f.name)}): ${f.filters.map(x => filterText(x, model)).join(' and ')}${words ? `; also ${words}` : ''}`
    }),
    ...model.phrases.map(p => `- **${textOf(p.phrase)}**: ${filterText(p.filter, model)}`),
  ].join('\n')

const kpis = (model: Model) =>
  table(
    ['KPI', 'About', 'Measure', 'Usual view', 'Target', 'Owner'],
    Object.entries(model.kpis).map(([name, k]) => [
      textOf(k.label ?? model.measures[k.measure]?.label ?? name),
      textOf(k.description),
      code(k.measure),
      textOf(`${k.period}${k.split ? ` by ${model.dimensions[k.split]?.label ?? k.split}` : ''}`),
      target(k, model),
      textOf(k.owner),
    ]),
  )

const target = ({ target: t, measure }: Kpi, { measures }: Model) =>
  t ? `${formatExact(t.value, measures[measure]?.format ?? { kind: 'number' })}${t.per ? ` per ${t.per}` : ''}` : ''

/** Parts of a document of another shape that our models cannot say. */
const leftOut = ({ confessions, measures, dimensions }: Model) =>
  Object.entries(confessions)
    .filter(([name]) => !Object.hasOwn(measures, name) && !Object.hasOwn(dimensions, name))
    .map(([name, why]) => `- ${code(name)}: ${textOf(why)}`)
    .join('\n')

const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
