import { isSpoken, type Lexicon } from './lexicon.ts'
import { chartAt } from './mentions/charts.ts'
import { earlierAt } from './mentions/earlier.ts'
import { endAt } from './mentions/ends.ts'
import type { Mention } from './mentions/mention.ts'
import { namedAt } from './mentions/names.ts'
import { comparisonAt, hintedAt } from './mentions/numbers.ts'
import { hintAt, idiomAt, lightVerbAt, phraseAt } from './mentions/phrases.ts'
import { rankAt } from './mentions/ranks.ts'
import { rollingAt } from './mentions/rolling.ts'
import { periodAt, timeAt } from './mentions/time.ts'
import type { Token } from './tokens.ts'

/** The best set of mentions that do not overlap; every token is in exactly one, unknown ones as `unknown`. */
export const mentionsOf = (tokens: readonly Token[], lexicon: Lexicon): Mention[] =>
  cover(tokens, candidates(tokens, lexicon))

const cover = (tokens: readonly Token[], all: Mention[]): Mention[] => {
  const best: { score: number; mention?: Mention }[] = Array.from({ length: tokens.length + 1 }, () => ({ score: 0 }))
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const unknown: Mention = { kind: 'unknown', from: at, to: at + 1, score: isSpoken(tokens[at] as Token) ? -3 : 0 }
    for (const mention of [unknown, ...all.filter(m => m.from === at)]) {
      const score = mention.score + (best[mention.to]?.score ?? 0)
      const current = best[at]
      if (!current?.mention || score > current.score) best[at] = { score, mention }
    }
  }
  const chosen: Mention[] = []
  for (let at = 0; at < tokens.length; at = chosen.at(-1)?.to ?? tokens.length) {
    const mention = best[at]?.mention
    if (!mention) break
    chosen.push(mention)
  }
  return chosen
}

const candidates = (tokens: readonly Token[], lexicon: Lexicon): Mention[] =>
  tokens.flatMap((_, at) => [
    ...namedAt(tokens, at, lexicon),
    ...periodAt(tokens, at),
    ...timeAt(tokens, at),
    ...comparisonAt(tokens, at),
    ...hintedAt(tokens, at, lexicon),
    ...rankAt(tokens, at),
    ...rollingAt(tokens, at),
    ...chartAt(tokens, at),
    ...hintAt(tokens, at, lexicon),
    ...earlierAt(tokens, at),
    ...endAt(tokens, at),
    ...idiomAt(tokens, at, lexicon),
    ...phraseAt(tokens, at),
    ...lightVerbAt(tokens, at, lexicon),
  ])
