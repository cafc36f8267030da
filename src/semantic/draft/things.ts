import { plural, pluralPhrase, singular, singularPhrase, tokens } from './labels.ts'
import { otherWords } from './synonyms.ts'
import type { Words } from './words.ts'

/** What one row of a table is called: "order", "orders", and the other words for it. */
export type Thing = {
  one: string
  many: string
  synonyms: string[] /** One can say two of them: orders, but not weather. */
  countable: boolean
  /** Words for how many of them there are. */
  counts: string[]
  /** Words that their kind brings: a customer's segment is the segment of an account. */
  kinds: string[]
}

/** The thing of a table from its name: order_details → order detail, flights-10k → flight, dim_customer → customer, birdstrikes → bird strike. */
export const thingOf = (label: string, facts: Words): Thing => {
  const words = meaningful(tokens(label), facts)
  const many = words.join(' ')
  const one = singularPhrase(many)
  const apart = splitCompound(words, facts)
  const countable = isCountable(many, apart.length > 0, facts)
  const forms = [
    one,
    many,
    ...(countable ? [pluralPhrase(one)] : []),
    ...apart.flatMap(a => [singularPhrase(a), a, singularPhrase(lastOf(a)), lastOf(a)]),
    tokens(label).join(' '),
  ]
  const others = [one, ...apart.map(singularPhrase)]
    .flatMap(phrase => otherWords(phrase, { ...facts, same: facts.same.filter(isOfThings), meant_by: {} }))
    // The revenue of sales is their money, not another word for their rows.
    .filter(o => !facts.roles.money.includes(singular(o)))
    .flatMap(o => [o, pluralPhrase(singularPhrase(o))])
  return {
    one,
    countable,
    counts: [],
    kinds: [],
    many: !countable ? `${one} rows` : many === one ? pluralOf(one) : many,
    synonyms: unique([...forms, ...others]).filter(s => s !== one),
  }
}

/** Costs are what expenses amount to, not the rows of them. */
const isOfThings = (group: readonly string[]) => !group.includes('cost') && !group.includes('amount')

/** A word in the plural, or one of the dictionary that can have one; not "weather", not "github". */
const isCountable = (many: string, compound: boolean, { uncountable, isWord }: Words) => {
  const last = many.split(' ').at(-1) ?? ''
  return !uncountable.includes(singular(last)) && (singular(last) !== last || compound || isWord(last))
}

const pluralOf = (one: string) => {
  const last = one.split(' ').at(-1) ?? ''
  return singular(plural(last)) === last ? pluralPhrase(one) : one
}

const meaningful = (words: string[], { noise }: Words) => {
  const isNoise = (w: string) => noise.includes(w) || /^(\d+[km]?|v\d+|fy\d+)$/.test(w)
  const kept = words.filter(w => !isNoise(w))
  return kept.length ? kept : words
}

/** A last word that is no word, made of two that are: birdstrikes → bird strikes. */
const splitCompound = (words: readonly string[], { isWord }: Words): string[] => {
  const last = words.at(-1) ?? ''
  if (last.length < 8 || isWord(singular(last)) || !/^[a-z]+$/.test(last)) return []
  const cuts = Array.from({ length: last.length - 7 }, (_, i) => i + 4).filter(
    i => isWord(last.slice(0, i)) && singular(last.slice(0, i)) === last.slice(0, i) && isWord(singular(last.slice(i))),
  )
  const cut = cuts[0]
  return cuts.length === 1 && cut ? [[...words.slice(0, -1), last.slice(0, cut), last.slice(cut)].join(' ')] : []
}

const lastOf = (phrase: string) => phrase.split(' ').at(-1) ?? phrase

const unique = (list: readonly string[]) => [...new Set(list)]
