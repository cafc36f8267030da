import { rootOf } from '#src/semantic/draft/verbs.ts'
import { phraseWords } from './lexicon.ts'
import { kin } from './verbs.ts'

/** Whether one of the names has the verb, or a word for the same: "borrowed" of loans, "ordered" of orders, "paid" of payments. */
export const saysSame = (verb: string, names: readonly string[]): boolean => {
  const root = rootOf(verb)
  const groups = kin.filter(group => group.some(w => w === verb || rootOf(w) === root))
  const roots = new Set([root, ...groups.flat().map(rootOf)])
  return names.some(name => phraseWords(name.replaceAll('_', ' ')).some(w => roots.has(rootOf(w))))
}
