import { nearest } from '#src/semantic/near.ts'
import { languageOf } from '../languages.ts'
import { folded } from '../outline.ts'
import type { Rule } from '../rule.ts'

/** Only functions on the list, and none by way of a schema (`x.f()` also means `f(x)` in DuckDB, which would hide a column). */
export const functions: Rule = {
  name: 'functions',
  check: outline => {
    const language = languageOf(outline)
    return outline.functions.flatMap(({ name, qualifier, asTable, at }) => {
      if (qualifier.length)
        return [{ message: `${[...qualifier, name].join('.')}() has a schema; write ${name}()`, at }]
      const known = asTable ? language.tableFunctions : language.functions
      if (known.has(language.same(name))) return []
      const message = `the function ${name}() is not allowed${asTable ? ' as a table' : ''}`
      return [{ message, at, near: () => nearest(folded(name), known) }]
    })
  },
}
