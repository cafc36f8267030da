import { languageOf } from '../languages.ts'
import type { Outline } from '../outline.ts'
import type { Objection, Rule } from '../rule.ts'

/** Words that are functions without brackets: who is asking, and the clock, which would make two answers differ. */
export const sessionWords: Rule = {
  name: 'session-words',
  check: outline => [...asWords(outline), ...asTexts(outline), ...asAge(outline)],
}

const asWords = (outline: Outline): Objection[] =>
  outline.columns
    .filter(({ path }) => path.length === 1 && languageOf(outline).sessionWords.has(path[0]!.toLowerCase()))
    .map(({ path, at }) => ({ message: `${path[0]} is not allowed; write a date, or the table before the column`, at }))

/** `'today'::date` and `'today 10:00'::timestamp` in PostgreSQL. */
const asTexts = (outline: Outline): Objection[] => {
  const { clockTexts } = languageOf(outline)
  return outline.types
    .filter(({ name, text = '' }) => /^(date|time)/i.test(name) && wordsOf(text).some(word => clockTexts.has(word)))
    .map(({ text, at }) => ({ message: `'${text}' means the clock; write a date`, at }))
}

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/)

const asAge = ({ functions }: Outline): Objection[] =>
  functions
    .filter(({ name, arguments: { length } }) => name.toLowerCase() === 'age' && length === 1)
    .map(({ at }) => ({ message: 'age() of one date counts from today; give it two', at }))
