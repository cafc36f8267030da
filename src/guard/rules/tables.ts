import { folded } from '../outline.ts'
import { allowedTables, type Rule } from '../rule.ts'

/** Every table is on the asker's list, under exactly the name that stands there: a qualified name would reach past a filtered view. */
export const tables: Rule = {
  name: 'tables',
  check: (outline, allowed) => {
    const known = new Set(allowedTables(allowed).map(({ name }) => folded(name)))
    return outline.tables
      .filter(table => !table.cte)
      .map(({ name, qualifier, at }) => ({ full: [...qualifier, name].join('.'), at }))
      .filter(({ full }) => !known.has(folded(full)))
      .map(({ full, at }) => ({ message: `there is no table ${full} here`, at }))
  },
}
