import { createRequire } from 'node:module'
import lemmatizer from 'wink-lemmatizer'

/** The same words come again and again, in questions and in names; so many are remembered. */
const mostWords = 50_000

const remembered = <T extends string | boolean>(look: (word: string) => T): ((word: string) => T) => {
  const known = new Map<string, T>()
  return word => {
    const before = known.get(word)
    if (before !== undefined) return before
    const found = look(word)
    if (known.size < mostWords) known.set(word, found)
    return found
  }
}

/** The dictionary form of a noun: `categories` → `category`. Other words stay as they are. */
export const lemma = remembered(word => {
  const noun = lemmatizer.noun(word)
  return noun === word && !isWord(word) ? singular(word) : noun
})

/** The usual plural endings, for words that no dictionary has ("subcategories", "KPIs"). */
const singular = (word: string): string => {
  if (word.length < 4 || !/s$/.test(word) || /(ss|us|is)$/.test(word)) return word
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`
  return /(ses|xes|ches|shes)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1)
}

/** The dictionary form of a verb: `shipped` → `ship`. Who left took no leave. */
export const verb = remembered(word => (word === 'left' ? word : lemmatizer.verb(word)))

let words: Record<string, number> | undefined

const isWord = (word: string): boolean => {
  words ??= createRequire(import.meta.url)('wink-lexicon/src/wn-words.js') as Record<string, number>
  return Object.hasOwn(words, word)
}

/** Whether a word is English, by WordNet; such a word is never taken for a typing mistake of another. The list loads on first use. */
export const isEnglish = remembered(word => [word, lemma(word), verb(word), lemmatizer.adjective(word)].some(isWord))
