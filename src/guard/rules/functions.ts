import { allowedFunctions, tableFunctions } from '../allowed-functions.ts'
import { folded } from '../outline.ts'
import type { Rule } from '../rule.ts'

/** Only functions on the list, and none by way of a schema (`x.f()` also means `f(x)`, which would hide a column). */
export const functions: Rule = {
  name: 'functions',
  check: outline =>
    outline.functions.flatMap(({ name, qualifier, asTable, at }) => {
      if (qualifier.length)
        return [{ message: `${[...qualifier, name].join('.')}() has a schema; write ${name}()`, at }]
      if ((asTable ? tableFunctions : allowedFunctions).has(folded(name))) return []
      return [{ message: `the function ${name}() is not allowed${asTable ? ' as a table' : ''}`, at }]
    }),
}
