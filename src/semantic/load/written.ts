import type { z } from 'zod'
import { type Kpi, kpiSchema } from '#src/vocabulary/kpi.ts'
import { aggregations } from '#src/vocabulary/query.ts'
import {
  dimensionSchema,
  fileSchema,
  headSchema,
  joinSchema,
  measureSchema,
  namedFilterSchema,
  phraseSchema,
  tableSchema,
  type WrittenDimension,
  type WrittenHead,
  type WrittenJoin,
  type WrittenMeasure,
  type WrittenNamedFilter,
  type WrittenPhrase,
  type WrittenTable,
} from '../schema.ts'
import { checked, type Place } from './issues.ts'
import type { Report } from './problem.ts'

/** Entries that are right in themselves. `names` holds those with faults as well, so that a mention of them is no second problem. */
export type Entries<T> = { valid: Map<string, T>; names: Set<string> }

/** Items of a list that are right in themselves, with their place in the list. */
export type Items<T> = { at: number; item: T }[]

/** A model as written, every entry checked in itself. */
export type Written = {
  head: WrittenHead
  tables: Entries<WrittenTable>
  joins: Items<WrittenJoin>
  dimensions: Entries<WrittenDimension>
  measures: Entries<WrittenMeasure>
  filters: Entries<WrittenNamedFilter>
  phrases: Items<WrittenPhrase>
  kpis: Entries<Kpi>
}

/** Checks the shape of everything in a file. */
export const readWritten = (value: Record<string, unknown>, report: Report): Written => {
  const parts = readFile(value, report)
  const entries = <T>(
    section: 'tables' | 'dimensions' | 'measures' | 'filters' | 'kpis',
    schema: z.ZodType<T>,
    keyKind?: Place['keyKind'],
  ) =>
    readEntries(asMap(parts[section]), item =>
      checked(schema, item.value, { path: [section, item.name], report, keyKind }),
    )
  const items = <T>(section: 'joins' | 'phrases', schema: z.ZodType<T>): Items<T> =>
    asList(parts[section]).flatMap((item, at) => {
      const good = checked(schema, item, { path: [section, at], report })
      return good === undefined ? [] : [{ at, item: good }]
    })
  return {
    head: readHead(value),
    tables: entries('tables', tableSchema),
    joins: items('joins', joinSchema),
    dimensions: entries('dimensions', dimensionSchema),
    measures: entries('measures', measureSchema, aggregationKey),
    filters: entries('filters', namedFilterSchema),
    phrases: items('phrases', phraseSchema),
    kpis: entries('kpis', kpiSchema),
  }
}

const readFile = (value: Record<string, unknown>, report: Report): Record<string, unknown> =>
  checked(fileSchema, value, { path: [], report }) ?? value

/** With faults in the head (told already) the rest of it still counts, so that loading can go on. */
const readHead = (value: Record<string, unknown>): WrittenHead => {
  const right = Object.entries(headSchema.shape).filter(
    ([key, schema]) => Object.hasOwn(value, key) && schema.safeParse(value[key]).success,
  )
  return headSchema.parse({ domain: 'unknown', ...Object.fromEntries(right.map(([key]) => [key, value[key]])) })
}

const readEntries = <T>(
  map: Record<string, unknown>,
  read: (item: { name: string; value: unknown }) => T | undefined,
): Entries<T> => {
  const valid = new Map<string, T>()
  for (const [name, value] of Object.entries(map)) {
    const good = read({ name, value: value ?? {} })
    if (good !== undefined) valid.set(name, good)
  }
  return { valid, names: new Set(Object.keys(map)) }
}

const asMap = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const aggregationKey: Place['keyKind'] = near =>
  (aggregations as readonly string[]).includes(near ?? '') ? 'aggregation' : 'setting'
