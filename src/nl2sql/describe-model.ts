import { knownColumns } from '#src/access/mentioned.ts'
import type { Knowledge } from '#src/domain.ts'
import { conditionsOf } from '#src/question/restate.ts'
import { printExpression } from '#src/semantic/load/print.ts'
import type { Dimension, Measure, Model, ModelTable } from '#src/semantic/model.ts'

/** Sample values of a text dimension, and how long each may be. Values are data of somebody else: they are quoted and cut. */
const [mostValues, longestValue] = [8, 40]

/**
 * What the data means, in words for a language model: tables and columns for SQL, measures and dimensions for a query. Only what the asker may
 * see, and nothing that is personal. About 3,000 tokens for a shop of four tables.
 */
export const describeModel = (model: Model, knowledge: Knowledge): string =>
  [
    [`Domain ${model.domain} (${model.label}).`, model.description].filter(Boolean).join(' '),
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
          `${name}: ${conditionsOf({ ...bare(model), filters }, model).join(' and ')}${description ? `. ${description}` : ''}`,
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
    Object.values(model.dimensions).flatMap(d =>
      d.personal && d.table === table.name && d.expression.kind === 'name' ? [d.expression.name] : [],
    ),
  )
  const columns = knownColumns(model, table.name)
    .filter(name => !personal.has(name))
    .map(name => {
      const { type, description } = table.columns?.[name] ?? {}
      return `${name}${type ? ` ${type}` : ''}${description ? ` "${description}"` : ''}`
    })
  const range = table.time ? knowledge.range(table.time) : undefined
  const dates = range ? `; ${table.time} from ${range.first} to ${range.last}` : ''
  return `${table.name} (${columns.join(', ')})${dates}${table.description ? `. ${table.description}` : ''}`
}

const joinLine = ({ name, from, fromColumns, to, toColumns }: Model['joins'][number]) =>
  `${from}.${fromColumns.join('+')} -> ${to}.${toColumns.join('+')}${name === to ? '' : ` as ${name}`}`

const measureLine = (m: Measure, model: Model): string => {
  const what =
    m.kind === 'formula'
      ? printExpression(m.formula)
      : `${m.aggregation} of ${m.expression ? printExpression(m.expression) : 'rows'} in ${m.table}`
  const where = m.kind === 'base' ? conditionsOf({ ...bare(model), filters: m.where }, model) : []
  return `${m.name} "${m.label}": ${[what, ...where].join(', ')}${m.description ? `. ${m.description}` : ''}`
}

const isOffered = (d: Dimension) => !d.hidden && !d.personal

const dimensionLine = (d: Dimension, knowledge: Knowledge): string => {
  const values = knowledge.values(d.name).slice(0, mostValues)
  const more = knowledge.values(d.name).length > mostValues ? ', …' : ''
  const samples = values.length > 0 ? `; values: ${values.map(quoted).join(', ')}${more}` : ''
  return `${d.name} (${d.type}) = ${printExpression(d.expression)} of ${d.table}${samples}${d.description ? `. ${d.description}` : ''}`
}

const quoted = (value: string) =>
  JSON.stringify(value.length > longestValue ? `${value.slice(0, longestValue)}…` : value)

const bare = ({ domain }: Model) => ({
  ...{ domain, measures: [], splits: [], filters: [], having: [], order: [] },
  intent: 'value' as const,
})
