import { nearest } from '#src/semantic/near.ts'
import { languageOf } from '../languages.ts'
import { allowedTables, type Rule } from '../rule.ts'
import { fullName } from '../scope.ts'

/** Every table is on the asker's list, under exactly the name that stands there: a qualified name would reach past a filtered view. */
export const tables: Rule = {
  name: 'tables',
  check: (outline, allowed) => {
    const { same } = languageOf(outline)
    const names = allowedTables(allowed).map(({ name }) => name)
    const known = new Set(names.map(same))
    const candidates = [...names, ...outline.ctes.map(({ name }) => name)]
    return outline.tables
      .filter(table => !table.cte && !known.has(same(fullName(table))))
      .map(table => ({
        message: `there is no table ${fullName(table)} here`,
        at: table.at,
        near: () => nearest(table.name, candidates),
      }))
  },
}
