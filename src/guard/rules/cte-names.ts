import { folded } from '../outline.ts'
import { allowedTables, type Rule } from '../rule.ts'

/** A CTE may not be called like a table: which of the two is meant would depend on where the name stands. */
export const cteNames: Rule = {
  name: 'cte-names',
  check: ({ ctes }, allowed) => {
    const taken = new Set(allowedTables(allowed).map(({ name }) => folded(name)))
    return ctes
      .filter(({ name }) => taken.has(folded(name)))
      .map(({ name, at }) => ({ message: `the CTE ${name} is called like a table`, at }))
  },
}
