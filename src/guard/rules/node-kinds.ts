import { languageOf } from '../languages.ts'
import type { Rule } from '../rule.ts'

/** Parts of the language that are allowed: those on the list of the dialect. */
export const nodeKinds: Rule = {
  name: 'node-kinds',
  check: outline =>
    outline.kinds
      .filter(({ name }) => !languageOf(outline).kinds.has(name))
      .map(({ name, at }) => ({ message: `${words(name)} is not allowed`, at })),
}

/** `SHOW_REF` and `lockingClause` as people read them. */
const words = (kind: string) =>
  kind
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toUpperCase()
