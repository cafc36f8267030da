import type { Token } from '../tokens.ts'
import * as words from '../words.ts'
import { type Mention, make } from './mention.ts'

/** "top 5", "5 best", "worst", "the three highest", "the largest single", "the single largest". */
export const rankAt = (tokens: readonly Token[], at: number): Mention[] => {
  const rankOf = (from: number): { n: number; word: string } | undefined => {
    for (const n of [3, 2, 1]) {
      const text = tokens
        .slice(from, from + n)
        .filter(t => t.lower !== '-')
        .map(t => t.lower)
        .join(' ')
      if (words.rankWords[text]) return { n, word: text }
    }
    return undefined
  }
  const number = countAt(tokens, at)
  const led = number && rankOf(number.to)
  if (number && led) return [rankMention(at, number.to + led.n, led.word, number.value)]
  const single = tokens[at]?.lower === 'single' ? rankOf(at + 1) : undefined
  if (single) return [rankMention(at, at + 1 + single.n, single.word)]
  const rank = rankOf(at)
  if (!rank) return []
  const after = countAt(tokens, at + rank.n)
  const alone = rankMention(at, at + rank.n, rank.word)
  const next = tokens[at + rank.n]?.lower
  if (next === 'single') return [rankMention(at, at + rank.n + 1, rank.word)]
  const first = next === 'first'
  if (first) return [{ ...rankMention(at, at + rank.n + 1, rank.word), all: true } as Mention]
  return after ? [rankMention(at, after.to, rank.word, after.value), alone] : [alone]
}

const countAt = (tokens: readonly Token[], at: number) => {
  const token = tokens[at]
  if (
    token?.value === undefined ||
    token.unit ||
    token.ordinal ||
    !Number.isInteger(token.value) ||
    token.value < 1 ||
    token.value > 1000
  )
    return undefined
  return { value: token.value, to: at + 1 }
}

const rankMention = (from: number, to: number, said: string, n?: number): Mention => {
  const rank = words.rankWords[said] ?? { direction: 'high', sense: 'literal' }
  return make(from, to, (to - from) * 3 + (to - from > 1 ? 0.6 : 0), { kind: 'rank', ...rank, n, word: said })
}
