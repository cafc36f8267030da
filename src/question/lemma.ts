import { createRequire } from 'node:module'
import lemmatizer from 'wink-lemmatizer'

const cache = new Map<string, string>()

/** The dictionary form of a noun: `categories` → `category`. Other words stay as they are. */
export const lemma = (word: string): string => {
  const known = cache.get(word)
  if (known !== undefined) return known
  const noun = lemmatizer.noun(word)
  if (noun === word && !isWord(word)) return remember(word, singular(word))
  return remember(word, noun)
}

const remember = (word: string, noun: string): string => {
  if (cache.size < 50_000) cache.set(word, noun)
  return noun
}

/** The usual plural endings, for words that no dictionary has ("subcategories", "KPIs"). */
const singular = (word: string): string => {
  if (word.length < 4 || !/s$/.test(word) || /(ss|us|is)$/.test(word)) return word
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /(ses|xes|ches|shes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

/** The dictionary form of a verb: `shipped` → `ship`. */
export const verb = (word: string): string => lemmatizer.verb(word)

let words: Record<string, number> | undefined

const isWord = (word: string): boolean => {
  words ??= createRequire(import.meta.url)('wink-lexicon/src/wn-words.js') as Record<string, number>
  return Object.hasOwn(words, word)
}

/** Whether a word is English, by WordNet; such a word is never taken for a typing mistake of another. The list loads on first use. */
export const isEnglish = (word: string): boolean => {
  return [word, lemma(word), verb(word), lemmatizer.adjective(word)].some(isWord)
}
