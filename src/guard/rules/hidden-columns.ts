import { nearest } from '#src/semantic/near.ts'
import type { Language } from '../language.ts'
import { languageOf } from '../languages.ts'
import type { ColumnUse, Outline, TableUse } from '../outline.ts'
import type { AllowedTable, Objection, Rule } from '../rule.ts'
import { candidates, type Used, usedTables } from '../scope.ts'

/**
 * Columns that the asker may not see, while their table is used: not by name, not by a star, not as a whole row (`SELECT t FROM t`), and not
 * under a new name by position (`FROM t AS x(a, b)`). A table whose columns are listed hides all others.
 */
export const hiddenColumns: Rule = {
  name: 'hidden-columns',
  check: (outline, allowed) => {
    const language = languageOf(outline)
    const used = usedTables(outline, allowed, language)
    const uses = outline.tables.filter(table => hides(used.of(table)))
    if (!uses.length) return []
    const found = { outline, language, used, uses }
    return [...byName(found), ...byRow(found), ...byPosition(found), ...byStar(found)]
  },
}

/** What is hidden by a wrapping (`wrap.ts`) is not there for the statement at all. */
const hides = (table?: AllowedTable): boolean =>
  table?.condition ? false : table?.hidden ? table.hidden.length > 0 : table?.columns !== undefined

type Found = { outline: Outline; language: Language; used: Used; uses: TableUse[] }

const byName = ({ outline: { columns, names }, language: { same }, used }: Found): Objection[] => {
  const hidden = new Set(
    used.all
      .filter(hides)
      .flatMap(table => table.hidden ?? [])
      .flatMap(name => [name, same(name)]),
  )
  return [...columns.flatMap(({ path, at }) => path.map(name => ({ name, at }))), ...names]
    .filter(({ name }) => hidden.has(same(name)))
    .map(({ name, at }) => ({ message: `the column ${name} may not be used`, at }))
}

const byRow = (found: Found): Objection[] => {
  const { outline, language } = found
  const rows = reachedBy(found)
  return outline.columns
    .filter(column => {
      const isRow = rows.has(language.same(column.path.at(-1) ?? ''))
      return (isRow && !isListed(column, found) && !isAlias(column, language)) || callsOnRow(column, found)
    })
    .map(column => ({ ...wordsFor(column, found), at: column.at }))
}

/**
 * Whoever writes the name of a table where a column belongs mostly means a column that is not there, or a name that the statement itself gives.
 * That can be told where the columns of all tables are known.
 */
const wordsFor = (column: ColumnUse, found: Found): Omit<Objection, 'at'> => {
  const { path } = column
  const { language, used, outline } = found
  const name = path.at(-1) ?? ''
  const is = (other: string) => language.same(other) === language.same(name)
  const whole = 'whole rows may not be used'
  const sources = candidates(column, language)
  if (used.all.some(table => !table.columns) || sources.length === 0)
    return { message: `whole rows of ${path.join('.')} may not be used; name the columns` }
  const own = sources.find(({ table }) => used.of(table)?.columns?.some(is))
  if (own) return { message: `${name} is a table and a column here; write ${own.name}.${name}` }
  if (path.length === 1 && outline.names.some(given => is(given.name)))
    return { message: `${name} is a table here, so no column of the statement can have that name; give it another` }
  const where = path.length > 1 ? `in ${path.at(-2)}` : 'here'
  return {
    message: `there is no column ${name} ${where}: that is a table, and ${whole}; name the columns`,
    near: () =>
      nearNames(
        name,
        used.all.flatMap(table => table.columns ?? []),
      ),
  }
}

/** `orders` may be a slip of `order`, or stand for `order_id`. */
const nearNames = (name: string, columns: readonly string[]): string[] => {
  const stem = name.toLowerCase().replace(/s$/, '')
  const alike = columns.filter(column => stem.length > 2 && column.toLowerCase().startsWith(stem))
  return [...new Set([...nearest(name, columns), ...alike])].slice(0, 3)
}

/** What the tables are called in the statement. */
const reachedBy = ({ uses, language: { same } }: Found) => new Set(uses.map(({ alias, name }) => same(alias ?? name)))

/** `orders.customer` is no row of customers when orders is known to have such a column. */
const isListed = (column: ColumnUse, { used, language }: Found): boolean => {
  const { path } = column
  const tables = path.length > 1 ? candidates(column, language).map(({ table }) => used.of(table)) : []
  const name = language.same(path.at(-1) ?? '')
  return tables.length > 0 && tables.every(table => table?.columns?.some(other => language.same(other) === name))
}

/** `SELECT count(*) AS customers FROM customers ORDER BY customers`: there the name that was given comes first. */
const isAlias = ({ path, sorts, select }: ColumnUse, { same }: Language): boolean =>
  sorts && path.length === 1 && select?.aliases.some(alias => same(alias) === same(path[0]!)) === true

/** `c.to_jsonb` is `to_jsonb(c)`. Where the columns are listed, the rule for columns sees that it is none. */
const callsOnRow = (column: ColumnUse, { used, language }: Found): boolean =>
  column.path.length > 1 &&
  language.rowFunctions.has(column.path.at(-1) ?? '') &&
  candidates(column, language).some(({ table }) => hides(used.of(table)) && !used.of(table)?.columns)

const byPosition = ({ uses }: Found): Objection[] =>
  uses
    .filter(({ renamesColumns }) => renamesColumns)
    .map(({ name, at }) => ({ message: `the columns of ${name} may not be renamed by position`, at }))

/** A star over a CTE or a subquery shows only what was named there. */
const byStar = (found: Found): Objection[] => {
  const { outline, language, used } = found
  const rows = reachedBy(found)
  return outline.stars
    .filter(({ of, select }) =>
      of === undefined ? select?.from.some(({ table }) => hides(used.of(table))) : rows.has(language.same(of)),
    )
    .map(({ at }) => ({ message: '* would show columns that may not be seen; name the columns', at }))
}
