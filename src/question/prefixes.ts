import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** "unplanned" is "not planned" where the data knows only "planned": a word of its own in the data stays as it is. */
export const splitPrefixes = (tokens: readonly Token[], lexicon: Lexicon): Token[] =>
  tokens.flatMap(token => {
    const rest = token.kind === 'word' ? /^(?:un|non|in)([a-z]{4,})$/.exec(token.lower)?.[1] : undefined
    if (!rest || lexicon.starting(token.lower).length > 0 || !isCondition(rest, lexicon)) return [token]
    return [
      { ...token, lower: 'not', end: token.start },
      { ...token, lower: rest },
    ]
  })

/** A word that alone keeps rows: the name of a flag, of a condition, or a value of a short list. */
const isCondition = (word: string, lexicon: Lexicon): boolean =>
  lexicon
    .starting(word)
    .some(
      ({ words, meaning, part }) =>
        words.length === 1 &&
        words[0] === word &&
        !part &&
        (meaning.kind === 'filter' || (meaning.kind === 'value' && lexicon.isShortList(meaning.dimension))),
    )
