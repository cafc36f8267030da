import { editDistance } from '#src/semantic/near.ts'
import { isEnglish, lemma } from './lemma.ts'
import type { Lexicon } from './lexicon.ts'
import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'
import * as words from './words.ts'

export type Correction = { at: number; typed: string; read: string }

/**
 * Reads words that nobody knows as the nearest word of the lexicon or the grammar: one edit for four to seven letters, two above, none below.
 * A real English word is never taken for a slip of another. Returns the tokens anew and what was changed.
 */
export const correct = (
  tokens: readonly Token[],
  unknown: readonly Mention[],
  lexicon: Lexicon,
): { tokens: Token[]; corrections: Correction[] } => {
  const corrections = unknown.flatMap(m => {
    const token = tokens[m.from]
    const read =
      token?.kind === 'word' ? (nearestWord(token.lower, lexicon) ?? abbreviated(tokens, m.from, lexicon)) : undefined
    return token && read && fits(tokens, m.from, { read, lexicon }) ? [{ at: m.from, typed: token.text, read }] : []
  })
  const changed = tokens.map((token, i) => {
    const found = corrections.find(c => c.at === i)
    return found ? { ...token, lower: found.read } : token
  })
  return { tokens: changed, corrections }
}

const nearestWord = (word: string, lexicon: Lexicon): string | undefined => {
  const allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2
  if (allowed === 0 || /\d/.test(word) || isEnglish(word)) return undefined
  const near = [...lexicon.vocabulary, ...grammar]
    .filter(w => Math.abs(w.length - word.length) <= allowed && w.length > 2 && !denies(word, w))
    .map(w => ({
      w,
      edits:
        Math.min(editDistance(word, w), editDistance(lemma(word), w)) +
        (w[0] === word[0] ? 0 : 0.5) -
        (lacksOne(word, w) ? 0.1 : 0),
    }))
    .filter(({ edits }) => edits <= allowed + (allowed > 1 ? 0.5 : 0.5))
    .sort((a, b) => a.edits - b.edits)
  const [best, second] = near
  const tie = second && best && second.edits === best.edits && second.w !== best.w && !sameStem(second.w, best.w)
  return tie ? undefined : best?.w
}

/** "unbilled" is the contrary of "billed", and no typing mistake. */
const denies = (typed: string, meant: string): boolean => /^(un|in|im|dis|non)/.test(typed) && typed.endsWith(meant)

/** "orderd" is "ordered" before it is "orders": a letter that was left out is the most usual slip. */
const lacksOne = (typed: string, meant: string): boolean =>
  meant.length === typed.length + 1 && [...meant].some((_, i) => meant.slice(0, i) + meant.slice(i + 1) === typed)

/** Right after "by" a name of something to split by is expected; a value that only looks alike is not what was meant. */
const fits = (tokens: readonly Token[], at: number, { read, lexicon }: { read: string; lexicon: Lexicon }): boolean =>
  !/^(by|per)$/.test(tokens[at - 1]?.lower ?? '') ||
  grammar.includes(read) ||
  lexicon.starting(read).some(e => e.meaning.kind !== 'value')

/** "by cat": right after "by" or "per", the beginning of the only name that begins so. */
const abbreviated = (tokens: readonly Token[], at: number, lexicon: Lexicon): string | undefined => {
  const word = tokens[at]?.lower ?? ''
  if (word.length < 3 || !['by', 'per'].includes(tokens[at - 1]?.lower ?? '')) return undefined
  const names = [...lexicon.names].filter(n => n.startsWith(word))
  return names.length === 1 ? names[0] : undefined
}

const sameStem = (a: string, b: string) => a.slice(0, 4) === b.slice(0, 4)

const singleWords = (phrases: string[]) => phrases.flatMap(p => p.split(' ')).filter(w => w.length > 3)

/** Words of the grammar that may be mistyped too. */
const grammar = [
  ...new Set([
    ...singleWords(Object.values(words.cues).flat()),
    ...singleWords(Object.keys(words.aggregationWords)),
    ...singleWords(Object.keys(words.rankWords)),
    ...[...words.fillers].filter(w => w.length > 5 && !w.includes(' ')),
    ...Object.keys(words.grainWords),
    ...singleWords(words.shareWords),
    ...singleWords([...words.changeWords]),
    ...[
      'january',
      'february',
      'march',
      'april',
      'june',
      'july',
      'august',
      'september',
      'october',
      'november',
      'december',
    ],
    ...[
      'yesterday',
      'today',
      'month',
      'months',
      'quarter',
      'quarters',
      'week',
      'weeks',
      'year',
      'years',
      'days',
      'previous',
      'since',
      'until',
      'weekend',
      'weekends',
      'weekday',
      'monday',
      'tuesday',
      'wednesday',
      'thursday',
      'friday',
      'saturday',
      'sunday',
    ],
  ]),
]
