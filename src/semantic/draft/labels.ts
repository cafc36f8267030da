import lemmatizer from 'wink-lemmatizer'

/** The words of a name in any case style, lower case: "budgetYear" → budget, year; "Cost Total $" → cost, total; "POP_1980" → pop, 1980. */
export const tokens = (name: string): string[] =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** One of several: "categories" → category. What the dictionary does not know loses its s. */
export const singular = (word: string): string => {
  if (word.length < 4 || unchanged.has(word) || /(ss|us|is)$/.test(word)) return word
  const noun = lemmatizer.noun(word)
  if (noun !== word) return noun
  if (/[^aeious]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /[a-z]s$/.test(word) && !/(ics|ness)$/.test(word) && word.length > 4 ? word.slice(0, -1) : word
}

const unchanged = new Set([
  'data',
  'series',
  'species',
  'news',
  'sales',
  'gas',
  'lens',
  'atlas',
  'canvas',
  'texas',
  'kansas',
  'goods',
  'people',
  'status',
  'analysis',
])

/** Several of one: "category" → categories. */
export const plural = (word: string): string => {
  const odd = plurals[word]
  if (odd) return odd
  if (unchanged.has(word.toLowerCase())) return word
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

const plurals: Record<string, string> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  foot: 'feet',
}

/** The noun of a phrase in the singular: "order details" → order detail, "phases of flight" → phase of flight. */
export const singularPhrase = (phrase: string): string => onNoun(phrase, singular)

export const pluralPhrase = (phrase: string): string => onNoun(phrase, plural)

const onNoun = (phrase: string, change: (word: string) => string) => phrase.replace(/\p{L}+(?= of |$)/u, change)

/** Whether a word is a short form of a longer one: emp of employee, dept of department, cust of customer. */
export const isShortFor = (short: string, word: string): boolean => {
  if (short.length < 3 || short.length > 5 || short.length > word.length - 2 || short[0] !== word[0]) return false
  let at = 0
  for (const letter of word) if (letter === short[at]) at += 1
  return at === short.length
}
