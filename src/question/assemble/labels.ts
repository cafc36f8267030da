import type { Named } from '../draft.ts'
import { type Meaning, phraseWords } from '../lexicon.ts'
import { wordsBefore } from '../tokens.ts'
import { directions } from '../words.ts'
import { has, type NamedMention, next, of, type State } from './state.ts'

/** A value right behind its label, or before it, belongs to that dimension; one behind a thing ("customers from Texas") to that thing, where it can. */
export const labelled = (s: State, i: number, value: Named): Named => {
  const after = next(s, i)
  const behind =
    after?.kind === 'named' && labels(after, value) ? of(after, 'dimension').map(d => d.dimension) : undefined
  const wanted = s.label ?? behind
  s.label = undefined
  const kept = wanted
    ? value.meanings.filter(m => m.kind === 'value' && wanted.includes(m.dimension))
    : directed(s, value)
  return kept.length > 0 ? { ...value, meanings: kept } : value
}

/** "Texas *state*", "*category* Electronics": the name of the value's own dimension changes nothing. */
export const labels = (item: NamedMention, value: Named): boolean =>
  item.meanings.some(m => m.kind === 'dimension' && of(value, 'value').some(v => v.dimension === m.dimension)) &&
  !has(item, 'measure')

/** "from Dallas", "out of ORD", "to Austin": the end of a way that the words before say. */
const directed = (s: State, value: Named): Meaning[] => {
  const before = (n: number) => wordsBefore(s.tokens, value.at.from, n)
  const way = directions.find(d => d.said.some(words => before(words.split(' ').length) === words))
  if (!way || value.meanings.length < 2) return []
  const said = way.said.find(words => before(words.split(' ').length) === words)?.split(' ').length ?? 0
  s.draft.unused = s.draft.unused.filter(m => m.to <= value.at.from - said || m.from >= value.at.from)
  return value.meanings.filter(
    m =>
      m.kind === 'value' && phraseWords(s.model.dimensions[m.dimension]?.label ?? '').some(w => way.about.includes(w)),
  )
}
