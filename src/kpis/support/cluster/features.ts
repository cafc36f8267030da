import nlp from 'wink-nlp-utils'
import { readTokens, type TextToken } from './text-tokens.ts'

/** Corrects a slip of the finger in a word that it does not know; gives other words back as they are. */
export type Spell = (word: string) => string

/** How often each feature of a text occurs. Words and pieces of words are weighed apart. */
export type Features = { words: Map<string, number>; pieces: Map<string, number> }

/**
 * A text as what tells its cluster: stems of its words and of neighbours, runs of three to five letters, which German endings and compounds
 * survive, and marks in the place of numbers, so that no part number is learnt by heart.
 */
export const featuresOf = (text: string, spell: Spell = word => word): Features => {
  const tokens = readTokens(text).map(token => (token.kind === 'word' ? { ...token, text: spell(token.text) } : token))
  const names = tokens.map(nameOf)
  const pairs = names.slice(1).map((name, i) => `${names[i]} ${name}`)
  const alone = isPartAlone(tokens) ? ['#alone'] : []
  const pieces = tokens.flatMap(token => (token.kind === 'word' ? piecesOf(token.text) : []))
  return { words: counted([...names, ...pairs, ...alone]), pieces: counted(pieces) }
}

const nameOf = ({ kind, text }: TextToken): string => {
  if (kind === 'word') return nlp.tokens.stem([text])[0] ?? text
  return kind === 'sign' ? text : `#${kind}`
}

/** Nothing is said but a part number. */
const isPartAlone = (tokens: readonly TextToken[]) =>
  tokens.some(({ kind }) => kind === 'part') && tokens.every(({ kind, text }) => kind !== 'word' || text.length < 3)

const piecesOf = (word: string): string[] => {
  const padded = `_${word}_`
  return [3, 4, 5].flatMap(size => (padded.length < size ? [] : [...nlp.string.setOfNGrams(padded, size)]))
}

const counted = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
