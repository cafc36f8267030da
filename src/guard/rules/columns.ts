import { nearest } from '#src/semantic/near.ts'
import type { Language } from '../language.ts'
import { languageOf } from '../languages.ts'
import type { ColumnUse, Outline } from '../outline.ts'
import type { AllowedTable, Objection, Rule } from '../rule.ts'
import { sourcesInReach, type Used, usedTables } from '../scope.ts'

/**
 * Columns that the tables have, where they are listed. Behind a table's name only its own (`orders.to_jsonb` calls a function on the whole row
 * in PostgreSQL); alone also what the statement itself gives a name.
 */
export const columns: Rule = {
  name: 'columns',
  check: (outline, allowed) => {
    const language = languageOf(outline)
    const used = usedTables(outline, allowed, language)
    if (!used.all.some(table => table.columns)) return []
    const found = { used, language, lists: listsOf(used, language), known: knownIn(outline, used, language) }
    return outline.columns
      .filter(({ path }) => !language.sessionWords.has(path.join('.')))
      .flatMap(column => behindTable(column, found) ?? alone(column, found))
  },
}

type Found = {
  used: Used
  language: Language
  /** Columns of each table in the form in which they are compared. */
  lists: Map<AllowedTable, Set<string>>
  /** What may stand alone; undefined when a table may have any column. */
  known?: Set<string>
}

const listsOf = ({ all }: Used, { same }: Language) =>
  new Map(all.flatMap(table => (table.columns ? [[table, new Set(table.columns.map(same))] as const] : [])))

const knownIn = (outline: Outline, { all }: Used, { same }: Language): Set<string> | undefined => {
  if (all.some(table => !table.columns)) return undefined
  const own = [...outline.names, ...outline.functions].map(({ name }) => name)
  const sources = outline.selects.flatMap(({ from }) => from.map(({ name }) => name))
  return new Set([...all.flatMap(table => table.columns ?? []), ...own, ...sources, ...unnamed].map(same))
}

/** What expressions without a name are called; those that are functions are called like them. */
const unnamed = [
  'case',
  'coalesce',
  'nullif',
  'greatest',
  'least',
  'exists',
  'array',
  'row',
  'ordinality',
  'key',
  'value',
]

/** Undefined when no part of the path names a source. */
const behindTable = ({ path, select, at }: ColumnUse, { used, lists, language: { same } }: Found) => {
  const sources = path.length > 1 ? sourcesInReach(select) : []
  const readings = path.slice(1).flatMap((name, i) => {
    const meant = sources.filter(source => same(source.name) === same(path[i]!))
    return meant.map(source => ({ name, table: used.of(source.table) }))
  })
  if (!readings.length) return undefined
  return readings.flatMap(({ name, table }): Objection[] => {
    const list = table && lists.get(table)
    if (!list || list.has(same(name))) return []
    return [{ message: `there is no column ${name} in ${table.name}`, at, near: () => nearest(name, list) }]
  })
}

const alone = ({ path: [name = ''], at }: ColumnUse, { known, language: { same } }: Found): Objection[] =>
  !known || known.has(same(name.replace(/\(.*/s, '')))
    ? []
    : [{ message: `there is no column ${name} here`, at, near: () => nearest(name, known) }]
