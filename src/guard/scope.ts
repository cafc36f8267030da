import type { Language } from './language.ts'
import type { ColumnUse, Outline, SelectUse, Source, TableUse } from './outline.ts'
import { type Allowed, type AllowedTable, allowedTables } from './rule.ts'

/** The allowed tables that a statement uses, and how to find them. */
export type Used = {
  /** What may be used of a table; undefined for a CTE and for what is on no list. */
  of(table: TableUse | undefined): AllowedTable | undefined
  all: AllowedTable[]
}

export const usedTables = (outline: Outline, allowed: Allowed, { same }: Language): Used => {
  const known = new Map(allowedTables(allowed).map(table => [same(table.name), table]))
  const of = (table?: TableUse) => (table && !table.cte ? known.get(same(fullName(table))) : undefined)
  const all = new Set(outline.tables.map(of).filter(table => table !== undefined))
  return { of, all: [...all] }
}

export const fullName = ({ qualifier, name }: TableUse): string => [...qualifier, name].join('.')

/** What FROM gives to a SELECT, and to the ones around it. */
export const sourcesInReach = (select: SelectUse | undefined): Source[] =>
  select ? [...select.from, ...sourcesInReach(select.outer)] : []

/**
 * Every source that the column may belong to: those of its qualifier, in all SELECTs around it, since which one is meant depends on finer
 * rules of the database; without a qualifier all of them.
 */
export const candidates = ({ path, select }: ColumnUse, { same }: Language): Source[] => {
  const qualifier = path.at(-2)
  const sources = sourcesInReach(select)
  return qualifier === undefined ? sources : sources.filter(({ name }) => same(name) === same(qualifier))
}
