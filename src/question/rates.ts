import { rootOf } from '#src/semantic/draft/verbs.ts'
import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** "cancellation *rate*" is said of the value Cancelled, where nothing is called by the word itself. */
export const nameRates = (tokens: readonly Token[], lexicon: Lexicon): Token[] =>
  tokens.map((token, i) => {
    if (token.kind !== 'word' || tokens[i + 1]?.lower !== 'rate' || lexicon.starting(token.lower).length > 0)
      return token
    const root = plainRoot(token.lower)
    const named = [...lexicon.vocabulary].filter(word => plainRoot(word) === root && isValue(word, lexicon))
    return named.length === 1 && named[0] ? { ...token, lower: named[0] } : token
  })

/** "cancell" and "cancel", "deni" and "den" are one root. */
const plainRoot = (word: string) =>
  rootOf(word)
    .replace(/([a-z])\1$/, '$1')
    .replace(/[iy]$/, '')

const isValue = (word: string, lexicon: Lexicon): boolean =>
  lexicon
    .starting(word)
    .some(
      ({ words, meaning }) =>
        words.length === 1 &&
        words[0] === word &&
        (meaning.kind === 'filter' || (meaning.kind === 'value' && lexicon.isShortList(meaning.dimension))),
    )
