import { languageOf } from '../languages.ts'
import type { Rule } from '../rule.ts'

/** Only plain types: a name could be anything that the database makes of it, `'secret'::regclass` a look into the catalog. */
export const types: Rule = {
  name: 'types',
  check: outline =>
    outline.types
      .filter(({ name, qualified }) => qualified || !languageOf(outline).types.has(name))
      .filter(({ name }, i, all) => all.findIndex(other => other.name === name) === i)
      .map(({ name, at }) => ({ message: `the type ${name} is not allowed`, at })),
}
