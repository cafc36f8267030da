import { folded, type Outline } from '../outline.ts'
import { type Allowed, allowedTables, type Objection, type Rule } from '../rule.ts'

/**
 * Columns that the asker may not see, while their table is used: not by name, not by a star, not as a whole row (`SELECT t FROM t`), and not
 * under a new name by position (`FROM t AS x(a, b)`).
 */
export const hiddenColumns: Rule = {
  name: 'hidden-columns',
  check: (outline, allowed) => {
    const guarded = guardedIn(outline, allowed)
    if (!guarded.uses.length) return []
    return [...byName(outline, guarded.columns), ...byRow(outline, guarded.uses), ...byStar(outline)]
  },
}

const guardedIn = (outline: Outline, allowed: Allowed) => {
  const tables = allowedTables(allowed).filter(({ hidden }) => hidden?.length)
  const names = new Set(tables.map(({ name }) => folded(name)))
  const uses = outline.tables.filter(use => !use.cte && names.has(folded([...use.qualifier, use.name].join('.'))))
  return { uses, columns: new Set(tables.flatMap(({ hidden = [] }) => hidden.map(folded))) }
}

const byName = ({ columns, names }: Outline, hidden: Set<string>): Objection[] =>
  [...columns.flatMap(({ path, at }) => path.map(name => ({ name, at }))), ...names]
    .filter(({ name }) => hidden.has(folded(name)))
    .map(({ name, at }) => ({ message: `the column ${name} may not be used`, at }))

const byRow = ({ columns }: Outline, uses: Outline['tables']): Objection[] => {
  const rows = new Set(uses.map(({ alias, name }) => folded(alias ?? name)))
  return [
    ...columns
      .filter(({ path }) => path.slice(-1).some(name => rows.has(folded(name))))
      .map(({ path, at }) => ({ message: `whole rows of ${path.join('.')} may not be used; name the columns`, at })),
    ...uses
      .filter(({ renamesColumns }) => renamesColumns)
      .map(({ name, at }) => ({ message: `the columns of ${name} may not be renamed by position`, at })),
  ]
}

const byStar = ({ stars }: Outline): Objection[] =>
  stars.map(({ at }) => ({ message: '* would show columns that may not be seen; name the columns', at }))
