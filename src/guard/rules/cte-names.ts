import { languageOf } from '../languages.ts'
import { allowedTables, type Rule } from '../rule.ts'

/** A CTE may not be called like a table: which of the two is meant would depend on where the name stands. */
export const cteNames: Rule = {
  name: 'cte-names',
  check: (outline, allowed) => {
    const { same } = languageOf(outline)
    const taken = new Set(allowedTables(allowed).map(({ name }) => same(name)))
    return outline.ctes
      .filter(({ name }) => taken.has(same(name)))
      .map(({ name, at }) => ({ message: `the CTE ${name} is called like a table`, at }))
  },
}
