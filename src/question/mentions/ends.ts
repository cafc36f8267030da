import { type Token, wordsAt } from '../tokens.ts'
import { type Mention, make } from './mention.ts'

/** "when was the *first* order", "when did the *most recent* review come in": the end of a date that is asked for. */
export const endAt = (tokens: readonly Token[], at: number): Mention[] => {
  if (tokens[0]?.lower !== 'when') return []
  const two = wordsAt(tokens, at, 2)
  if (/^(most recent|very last)$/.test(two)) return [make(at, at + 2, 7, { kind: 'end', end: 'last' })]
  if (two === 'very first') return [make(at, at + 2, 7, { kind: 'end', end: 'first' })]
  const one = tokens[at]?.lower ?? ''
  if (/^(last|latest|newest)$/.test(one)) return [make(at, at + 1, 3, { kind: 'end', end: 'last' })]
  return /^(first|earliest|oldest)$/.test(one) ? [make(at, at + 1, 3, { kind: 'end', end: 'first' })] : []
}
