import { columnsIn, knownColumns } from '#src/access/mentioned.ts'
import type { Knowledge } from '#src/domain.ts'
import { conditionsOf } from '#src/question/restate.ts'
import { printExpression } from '#src/semantic/load/print.ts'
import type { Dimension, Measure, Model, ModelTable } from '#src/semantic/model.ts'

/** Sample values of a text dimension, and how long each and a description may be. They are data of somebody else: one line each, cut. */
const [mostValues, longestValue, longestWords] = [8, 40, 300]

/**
 * What the data means, in words for a language model: tables and columns for SQL, measures and dimensions for a query. Only what the asker may
 * see, and nothing that is personal. About 3,000 tokens for a shop of four tables.
 */
export const describeModel = (model: Model, knowledge: Knowledge): string =>
  [
    `Domain ${model.domain} (${line(model.label)}).${words(model.description)}`,
    `Days are those of ${model.zone}. Weeks start on ${weekdays[model.weekStart]}.${model.currency ? ` Money is in ${model.currency}.` : ''}`,
    section(
      'Tables',
      Object.values(model.tables).map(table => tableLine(table, { model, knowledge })),
    ),
    section('Joins (many to one)', model.joins.map(joinLine)),
    section(
      'Measures',
      Object.values(model.measures)
        .filter(m => !m.hidden)
        .map(m => measureLine(m, model)),
    ),
    section(
      'Dimensions',
      Object.values(model.dimensions)
        .filter(isOffered)
        .map(d => dimensionLine(d, knowledge)),
    ),
    section(
      'Named filters',
      Object.values(model.filters).map(
        ({ name, filters, description }) =>
          `${name}: ${conditionsOf({ ...bare(model), filters }, model)
            .map(line)
            .join(' and ')}.${words(description)}`,
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')

const weekdays = { 1: 'Monday', 6: 'Saturday', 7: 'Sunday' } as const

const section = (title: string, lines: string[]) =>
  lines.length > 0 ? `${title}:\n${lines.map(line => `- ${line}`).join('\n')}` : ''

type Known = { model: Model; knowledge: Knowledge }

const tableLine = (table: ModelTable, { model, knowledge }: Known): string => {
  const personal = new Set(
    Object.values(model.dimensions)
      .filter(d => d.personal)
      .flatMap(columnsIn)
      .flatMap(ref => (ref.table === table.name ? [ref.column] : [])),
  )
  const columns = knownColumns(model, table.name)
    .filter(name => !personal.has(name))
    .map(name => {
      const { type, description } = table.columns?.[name] ?? {}
      return `${asInSql(name)}${type ? ` ${type}` : ''}${description ? ` "${line(description)}"` : ''}`
    })
  const range = table.time ? knowledge.range(table.time) : undefined
  const dates = range ? `; ${table.time} from ${range.first} to ${range.last}` : ''
  return `${asInSql(table.name)} (${columns.join(', ')})${dates}.${words(table.description)}`
}

/** Names that are no plain ones, of files that somebody brought, as they are written in SQL. */
const asInSql = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${line(name).replaceAll('"', '""')}"`)

/** Whatever it holds, it stays within its line. */
const line = (text: string) => {
  const one = text.replace(/[\s\p{C}]+/gu, ' ').trim()
  return one.length > longestWords ? `${one.slice(0, longestWords)}…` : one
}

const words = (description?: string) => (description ? ` ${line(description)}` : '')

const joinLine = ({ name, from, fromColumns, to, toColumns }: Model['joins'][number]) =>
  `${from}.${fromColumns.join('+')} -> ${to}.${toColumns.join('+')}${name === to ? '' : ` as ${name}`}`

const measureLine = (m: Measure, model: Model): string => {
  const what =
    m.kind === 'formula'
      ? line(printExpression(m.formula))
      : `${m.aggregation} of ${m.expression ? line(printExpression(m.expression)) : 'rows'} in ${m.table}`
  const where = m.kind === 'base' ? conditionsOf({ ...bare(model), filters: m.where }, model).map(line) : []
  return `${m.name} "${line(m.label)}": ${[what, ...where].join(', ')}.${words(m.description)}`
}

const isOffered = (d: Dimension) => !d.hidden && !d.personal

const dimensionLine = (d: Dimension, knowledge: Knowledge): string => {
  const values = knowledge.values(d.name).slice(0, mostValues)
  const more = knowledge.values(d.name).length > mostValues ? ', …' : ''
  const samples = values.length > 0 ? `; values: ${values.map(quoted).join(', ')}${more}` : ''
  return `${d.name} (${d.type}) = ${line(printExpression(d.expression))} of ${d.table}${samples}.${words(d.description)}`
}

const quoted = (value: string) =>
  JSON.stringify(value.length > longestValue ? `${value.slice(0, longestValue)}…` : value)

const bare = ({ domain }: Model) => ({
  ...{ domain, measures: [], splits: [], filters: [], having: [], order: [] },
  intent: 'value' as const,
})
