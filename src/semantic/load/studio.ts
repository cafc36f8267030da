import { z } from 'zod'
import { type Foreign, knownTypes, nameGiver, soundsPersonal, typeOf, withoutSharedWords } from './foreign.ts'
import { checked } from './issues.ts'
import { type Path, type Report, unknown } from './problem.ts'
import { readMappings } from './studio-mappings.ts'
import { readMeasures } from './studio-measures.ts'
import { field, type Reading, type StudioDimension, wording, words } from './studio-shape.ts'
import { spoken } from './words.ts'

/** The JSON of Analytics Studio: one wide table. Settings that are not known here are passed over. */
export const isStudio = (value: Record<string, unknown>): boolean =>
  'time_columns' in value ||
  'field_mappings' in value ||
  (Array.isArray(value.measures) && Array.isArray(value.dimensions))

const timeColumn = z.union([
  words,
  z.looseObject({ name: words.optional(), column: words.optional(), type: words.optional() }),
])

const head = z.looseObject({
  name: words.optional(),
  table: words.optional(),
  table_name: words.optional(),
  description: words.optional(),
  currency: words.optional(),
  timezone: words.optional(),
  grain: z.union([words, z.array(words)]).optional(),
  time_columns: z.array(z.unknown()).default([]),
  dimensions: z.array(z.unknown()).default([]),
  measures: z.array(z.unknown()).default([]),
  field_mappings: z.unknown().optional(),
})

/** Writes the document out in our own shape. `fallback` names the table when the document does not. */
export const fromStudio = (value: Record<string, unknown>, fallback: string, report: Report): Foreign => {
  const doc = checked(head, value, { path: [], report })
  if (!doc) return { value: { domain: 'studio', tables: { [fallback]: {} } }, origins: [], confessions: {} }
  const table = doc.table ?? doc.table_name ?? doc.name ?? fallback
  const origins: Foreign['origins'] = []
  const give = nameGiver()
  const dimensions = readDimensions(doc.dimensions, { table, give, origins, report })
  const times = readTimes(doc.time_columns, dimensions, { table, give, origins, report })
  const measures = readMeasures(doc.measures, { table, give, origins, report })
  const phrases = readMappings(doc.field_mappings, { dimensions, measures, origins, report })
  return {
    value: {
      domain: nameGiver()(doc.name ?? table, 'domain'),
      ...(doc.name ? { label: spoken(doc.name) } : {}),
      ...(doc.description ? { description: doc.description } : {}),
      ...(doc.currency ? { currency: doc.currency } : {}),
      ...(doc.timezone ? { zone: doc.timezone } : {}),
      tables: { [table]: { ...grainOf(doc.grain), ...(times[0] ? { time: times[0] } : {}) } },
      dimensions: withoutSharedWords(dimensions),
      measures: withoutSharedWords(measures),
      phrases,
    },
    origins,
    confessions: {},
  }
}

/** The grain is the key when it lists columns, else the noun for a row. */
const grainOf = (grain: string | string[] | undefined) => {
  if (Array.isArray(grain)) return { key: grain }
  return grain
    ? { label: grain.replace(/^one row per /i, ''), description: `One row per ${grain.replace(/^one row per /i, '')}.` }
    : {}
}

const readDimensions = (list: unknown[], { table, give, origins, report }: Reading) => {
  const found: Record<string, StudioDimension> = {}
  list.forEach((item, i) => {
    const path = ['dimensions', i]
    const read = checked(field, item, { path, report })
    if (!read) return
    const name = give(read.name, 'column')
    const column = `${table}.${read.column ?? read.name}`
    const personal = soundsPersonal(read.name) || soundsPersonal(read.column ?? '')
    found[name] = {
      ...wording(read, name),
      column,
      type: typed(read.type, path, report),
      ...(personal ? { personal } : {}),
    }
    origins.push([['dimensions', name], path])
  })
  return found
}

const readTimes = (
  list: unknown[],
  dimensions: Record<string, StudioDimension>,
  { table, give, origins, report }: Reading,
): string[] =>
  list.flatMap((item, i) => {
    const path = ['time_columns', i]
    const read = checked(timeColumn, item, { path, report })
    if (read === undefined) return []
    const { name, column, type } = typeof read === 'string' ? { name: read, column: read, type: undefined } : read
    const source = column ?? name
    if (!source) {
      report(path, 'needs "column"')
      return []
    }
    const known = Object.entries(dimensions).find(([, d]) => d.column === `${table}.${source}`)
    if (known && ['date', 'timestamp', 'timestamptz'].includes(known[1].type)) return [known[0]]
    const given = known?.[0] ?? give(name ?? source, 'date')
    dimensions[given] = {
      synonyms: [],
      ...known?.[1],
      column: `${table}.${source}`,
      type: type ? typed(type, path, report) : 'timestamp',
    }
    origins.push([['dimensions', given], path])
    return [given]
  })

const typed = (type: string | undefined, path: Path, report: Report): string => {
  const known = type === undefined ? 'text' : typeOf(type)
  if (!known) report(path, unknown('type', type ?? '', knownTypes))
  return known ?? 'text'
}
