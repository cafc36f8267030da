import type { z } from 'zod'
import { isProblem, parseExpression } from '../expression.ts'
import { type Foreign, nameGiver, soundsPersonal, typeOf, withoutSharedWords } from './foreign.ts'
import { checked } from './issues.ts'
import { fromMetrics } from './ossie-metrics.ts'
import {
  type aiContext,
  dataset,
  type expression,
  field,
  metric,
  model,
  type OssieField,
  type OssieState,
  type OssieTable,
  relationship,
} from './ossie-shape.ts'
import { type Path, type Report, unknown } from './problem.ts'
import { sameWord, singular, spoken } from './words.ts'

/** A document of Apache Ossie (formerly Open Semantic Interchange): `semantic_model:` with one model in it, or the model at the top. */
export const isOssie = (value: Record<string, unknown>): boolean =>
  'semantic_model' in value || Array.isArray(value.datasets)

/** Writes the document out in our own shape. SQL that our expressions cannot say is left out and confessed. */
export const fromOssie = (value: Record<string, unknown>, report: Report): Foreign => {
  const { document, root } = oneModel(value, report)
  const read = checked(model, document, { path: root, report })
  if (!read) return { value: { domain: 'ossie', tables: { none: {} } }, origins: [], confessions: {} }
  const state: OssieState = { origins: [], confessions: {}, report, give: nameGiver() }
  const datasets = list(read.datasets, dataset, [...root, 'datasets'], report)
  const tables = datasets.flatMap(({ item, path }) => readTable(item, path, state) ?? [])
  const relations = list(read.relationships, relationship, [...root, 'relationships'], report)
  const joins = relations.flatMap(
    ({ item, path }) => readJoin(item, { path, tables, datasets: datasets.map(d => d.item), state }) ?? [],
  )
  state.origins.push(...joins.map(({ path }, i): [Path, Path] => [['joins', i], path]))
  const dimensions = readDimensions(
    tables,
    joins.map(({ join }) => join),
    state,
  )
  const metrics = list(read.metrics, metric, [...root, 'metrics'], report)
  const measures = fromMetrics(
    metrics.map(({ item, path }) => ({ ...item, text: sqlOf(item.expression), path })),
    tables,
    state,
  )
  return {
    value: {
      domain: nameGiver()(read.name, 'domain'),
      label: spoken(read.name),
      ...(read.description ? { description: read.description } : {}),
      tables: Object.fromEntries(
        datasets.flatMap(({ item }) =>
          writtenTable(
            item,
            tables,
            joins.map(({ join }) => join),
          ),
        ),
      ),
      joins: joins.map(({ join }) => join),
      dimensions: withoutSharedWords(dimensions),
      measures: withoutSharedWords(measures),
      examples: typeof read.ai_context === 'object' ? [...new Set(read.ai_context.examples ?? [])] : [],
    },
    origins: state.origins,
    confessions: state.confessions,
  }
}

type WrittenJoin = { name: string; from: string[]; to: string[]; unique: boolean }

const oneModel = (value: Record<string, unknown>, report: Report): { document: unknown; root: Path } => {
  const models = value.semantic_model
  if (models === undefined) return { document: value, root: [] }
  if (!Array.isArray(models)) return { document: models, root: ['semantic_model'] }
  if (models.length > 1) report(['semantic_model'], `has ${models.length} models; keep one to a file`)
  return { document: models[0] ?? {}, root: ['semantic_model', 0] }
}

const list = <T>(items: unknown[], schema: z.ZodType<T>, root: Path, report: Report): { item: T; path: Path }[] =>
  items.flatMap((value, i) => {
    const path = [...root, i]
    const item = checked(schema, value, { path, report })
    return item === undefined ? [] : [{ item, path }]
  })

/** ANSI SQL when it is there, else the first dialect. */
const sqlOf = (written: z.infer<typeof expression>): string => {
  const dialects = Array.isArray(written) ? written : written.dialects
  return (dialects.find(d => d.dialect === 'ANSI_SQL') ?? dialects[0])?.expression ?? ''
}

const synonymsOf = (context: z.infer<typeof aiContext> | undefined) =>
  typeof context === 'object' ? (context.synonyms ?? []) : []

/** `warehouse.public.orders` → `orders`. */
const readTable = (item: z.infer<typeof dataset>, path: Path, state: OssieState): OssieTable | undefined => {
  const from =
    typeof item.source === 'string' ? item.source : item.source.kind === 'table' ? String(item.source.object) : 'select'
  if (/^\s*(select|with)\b/i.test(from)) {
    state.report([...path, 'source'], 'is a query; make it a view, only tables and views can be read')
    return undefined
  }
  const table = from.split('.').at(-1)?.replace(/["`]/g, '') ?? from
  state.origins.push([['tables', table], path])
  const keys = new Set(item.primary_key)
  const fields = list(item.fields, field, [...path, 'fields'], state.report).map(
    ({ item: read, path: at }): OssieField => {
      const sql = sqlOf(read.expression)
      const parsed = parseExpression(sql)
      if (isProblem(parsed))
        state.confessions[read.name] = `Left out: ${sql} is SQL that a semantic model here cannot say.`
      const type = fieldType(read)
      const isNumber = type === 'number' && !read.dimension
      return {
        name: read.name,
        expression: isProblem(parsed) ? undefined : parsed,
        sql,
        type,
        path: at,
        time: read.dimension?.is_time !== false && (type === 'date' || type === 'timestamp' || type === 'timestamptz'),
        offered: !isNumber,
        hidden: keys.has(read.name),
        description: read.description,
        synonyms: synonymsOf(read.ai_context),
      }
    },
  )
  return { dataset: item.name, table, fields }
}

/** Without a data type, a time is known by its name only: `is_time` also marks years and names of months. */
const fieldType = ({ name, datatype, dimension }: z.infer<typeof field>): string => {
  const known = datatype && typeOf(datatype)
  if (known) return known
  return dimension?.is_time && /(date|time|timestamp|_at|_on|_dt|day)$/i.test(name) ? 'timestamp' : 'text'
}

type JoinReading = { path: Path; tables: OssieTable[]; datasets: z.infer<typeof dataset>[]; state: OssieState }

const readJoin = (item: z.infer<typeof relationship>, { path, tables, datasets, state }: JoinReading) => {
  const [from, to] = [item.from, item.to].map(name => tables.find(table => table.dataset === name))
  for (const [name, table] of [
    [item.from, from],
    [item.to, to],
  ] as const) {
    if (!table)
      state.report(
        path,
        unknown(
          'dataset',
          name,
          datasets.map(d => d.name),
        ),
      )
  }
  if (!from || !to) return undefined
  const target = datasets.find(d => d.name === item.to)
  const unique = (target?.unique_keys ?? []).some(
    key => key.length === item.to_columns.length && key.every(column => item.to_columns.includes(column)),
  )
  const refs = (table: OssieTable, columns: string[]) =>
    columns.map(column => `${table.table}.${columnOf(table, column)}`)
  return { path, join: { name: item.name, from: refs(from, item.from_columns), to: refs(to, item.to_columns), unique } }
}

const columnOf = (table: OssieTable, name: string): string => {
  const found = table.fields.find(f => f.name === name)?.expression
  return found?.kind === 'name' ? found.name : name
}

type OurDimension = { table: string; label?: string; synonyms: string[]; [setting: string]: unknown }

const readDimensions = (tables: OssieTable[], joins: WrittenJoin[], state: OssieState) => {
  const found: Record<string, OurDimension> = {}
  const pointing = new Set(joins.flatMap(join => join.from))
  for (const { table, fields } of tables) {
    for (const f of fields.filter(f => f.offered && f.expression)) {
      const name = state.give(f.name, table)
      f.dimension = name
      const label = spoken(f.name).toLowerCase()
      const isColumn = f.expression?.kind === 'name'
      found[name] = {
        ...(isColumn && f.expression?.kind === 'name'
          ? { column: `${table}.${f.expression.name}` }
          : { expression: f.sql }),
        table,
        type: f.type,
        synonyms: f.synonyms.filter(word => sameWord(word) !== sameWord(name)),
        ...(sameWord(label) === sameWord(name) ? {} : { label }),
        ...(f.description ? { description: f.description } : {}),
        ...(soundsPersonal(f.name) ? { personal: true } : {}),
        ...(f.hidden || pointing.has(`${table}.${f.name}`) ? { hidden: true } : {}),
      }
      state.origins.push([['dimensions', name], f.path])
    }
  }
  return found
}

const writtenTable = (
  item: z.infer<typeof dataset>,
  tables: OssieTable[],
  joins: WrittenJoin[],
): [string, object][] => {
  const table = tables.find(t => t.dataset === item.name)
  if (!table) return []
  const time = timeOf(table, tables, joins)
  const written = {
    ...(item.name === table.table ? {} : { label: singular(item.name) }),
    ...(item.description ? { description: item.description } : {}),
    ...(item.primary_key ? { key: item.primary_key.map(name => columnOf(table, name)) } : {}),
    ...(time ? { time } : {}),
  }
  return [[table.table, written]]
}

/** A table's own first time; else that of the one table it points at that has one. */
const timeOf = (table: OssieTable, tables: OssieTable[], joins: WrittenJoin[]): string | undefined => {
  const own = table.fields.find(f => f.time && f.dimension)?.dimension
  if (own) return own
  const targets = joins
    .filter(join => join.from[0]?.startsWith(`${table.table}.`))
    .map(join => join.to[0]?.split('.')[0])
  const times = targets.flatMap(
    name => tables.find(t => t.table === name)?.fields.find(f => f.time && f.dimension)?.dimension ?? [],
  )
  return new Set(times).size === 1 ? times[0] : undefined
}
