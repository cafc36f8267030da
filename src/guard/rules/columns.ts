import { nearest } from '#src/semantic/near.ts'
import type { Language } from '../language.ts'
import { languageOf } from '../languages.ts'
import type { ColumnUse, Outline } from '../outline.ts'
import type { Objection, Rule } from '../rule.ts'
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
    return outline.columns
      .filter(({ path }) => !language.sessionWords.has(path.join('.')))
      .flatMap(column => behindTable(column, used, language) ?? alone(column, { outline, used, language }))
  },
}

/** Undefined when no part of the path names a source. */
const behindTable = ({ path, select, at }: ColumnUse, used: Used, { same }: Language): Objection[] | undefined => {
  const sources = sourcesInReach(select)
  const readings = path.slice(1).flatMap((name, i) => {
    const meant = sources.filter(source => same(source.name) === same(path[i]!))
    return meant.map(source => ({ name, table: used.of(source.table) }))
  })
  if (!readings.length) return undefined
  return readings.flatMap(({ name, table }) =>
    !table?.columns || has(table.columns, name, same)
      ? []
      : [{ message: `there is no column ${name} in ${table.name}`, at, near: nearest(name, table.columns) }],
  )
}

const has = (names: readonly string[], name: string, same: Language['same']) =>
  names.some(other => same(other) === same(name))

type Case = { outline: Outline; used: Used; language: Language }

const alone = (
  { path: [name = ''], at, select }: ColumnUse,
  { outline, used, language: { same } }: Case,
): Objection[] => {
  if (used.all.some(table => !table.columns)) return []
  const own = outline.names.map(other => other.name)
  const known = [...used.all.flatMap(table => table.columns ?? []), ...own, ...sourcesInReach(select).map(s => s.name)]
  if (has([...known, ...unnamed, ...outline.functions.map(f => f.name)], name.replace(/\(.*/s, ''), same)) return []
  return [{ message: `there is no column ${name} here`, at, near: nearest(name, known) }]
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
