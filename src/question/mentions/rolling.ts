import type { Grain } from '#src/vocabulary/period.ts'
import { unitOf } from '../periods/words.ts'
import { type Token, wordsAt } from '../tokens.ts'
import { type Mention, make } from './mention.ts'

/** "7-day moving average", "rolling 3 months", "rolling average". */
export const rollingAt = (tokens: readonly Token[], at: number): Mention[] => {
  const text = (from: number, n: number) => wordsAt(tokens, from, n)
  const wordAt = (from: number) => /^(rolling|moving|trailing)$/.test(text(from, 1))
  const n = tokens[at]?.value
  if (n !== undefined && n > 1) {
    const unitFrom = text(at + 1, 1) === '-' ? at + 2 : at + 1
    const grain = unitOf(text(unitFrom, 1))
    const skip = text(unitFrom + 1, 1) === '-' ? 1 : 0
    if (grain && wordAt(unitFrom + 1 + skip)) return [rolling(tokens, at, unitFrom + 2 + skip, { n, grain })]
  }
  if (!wordAt(at) || text(at, 1) === 'trailing') return []
  const m = tokens[at + 1]?.value
  const unitFrom = m === undefined ? at + 1 : text(at + 2, 1) === '-' ? at + 3 : at + 2
  const grain = m === undefined ? undefined : unitOf(text(unitFrom, 1))
  return [rolling(tokens, at, grain ? unitFrom + 1 : at + 1, { n: grain ? m : undefined, grain })]
}

const rolling = (tokens: readonly Token[], from: number, to: number, what: { n?: number; grain?: Grain }): Mention => {
  const average = /^(average|avg|mean)$/.test(tokens[to]?.lower ?? '')
  const total = /^(total|sum)$/.test(tokens[to]?.lower ?? '')
  const end = average || total ? to + 1 : to
  return make(from, end, (end - from) * 3 + 2, {
    kind: 'rolling',
    ...what,
    average: average || tokens[from]?.lower === 'moving',
  })
}
