import { createRequire } from 'node:module'
import lemmatizer from 'wink-lemmatizer'

const cache = new Map<string, string>()

/** The dictionary form of a noun: `categories` → `category`. Other words stay as they are. */
export const lemma = (word: string): string => {
  const known = cache.get(word)
  if (known !== undefined) return known
  const noun = lemmatizer.noun(word)
  if (cache.size < 50_000) cache.set(word, noun)
  return noun
}

/** The dictionary form of a verb: `shipped` → `ship`. */
export const verb = (word: string): string => lemmatizer.verb(word)

let words: Record<string, number> | undefined

/** Whether a word is English, by WordNet; such a word is never taken for a typing mistake of another. The list loads on first use. */
export const isEnglish = (word: string): boolean => {
  words ??= createRequire(import.meta.url)('wink-lexicon/src/wn-words.js') as Record<string, number>
  return [word, lemma(word), verb(word), lemmatizer.adjective(word)].some(w => Object.hasOwn(words ?? {}, w))
}
