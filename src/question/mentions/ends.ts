import { type Token, wordsAt } from '../tokens.ts'
import { type Mention, make } from './mention.ts'

/** "when was the *first* order", "when did the *most recent* review come in": the end of a date that is asked for. */
export const endAt = (tokens: readonly Token[], at: number): Mention[] => {
  const lead = leadOf(tokens)
  if (lead === 0) return []
  const asks: Mention[] = at === 0 && lead > 1 ? [make(0, lead, lead * 3, { kind: 'filler' })] : []
  return [...asks, ...endOf(tokens, at)]
}

/** How many words ask for a day: "when", "what date was", "what was the date of". */
const leadOf = (tokens: readonly Token[]): number => {
  if (tokens[0]?.lower === 'when') return 1
  const said = tokens.map(t => t.lower).join(' ')
  const asked =
    /^(?:on )?(?:what|which) (?:date|day) (?:was|is|did|were)(?= (?:the|our|we)\b.*\b(?:first|last|latest|newest|earliest|oldest|most recent)\b)/.exec(
      said,
    ) ??
    /^(?:what (?:is|was) )?the date of(?= (?:the|our) (?:very )?(?:first|last|latest|newest|earliest|oldest|most recent)\b)/.exec(
      said,
    )
  return asked ? asked[0].split(' ').length : 0
}

const endOf = (tokens: readonly Token[], at: number): Mention[] => {
  const two = wordsAt(tokens, at, 2)
  if (/^(most recent|very last)$/.test(two)) return [make(at, at + 2, 7, { kind: 'end', end: 'last' })]
  if (two === 'very first') return [make(at, at + 2, 7, { kind: 'end', end: 'first' })]
  const one = tokens[at]?.lower ?? ''
  if (/^(last|latest|newest)$/.test(one)) return [make(at, at + 1, 3, { kind: 'end', end: 'last' })]
  return /^(first|earliest|oldest)$/.test(one) ? [make(at, at + 1, 3, { kind: 'end', end: 'first' })] : []
}
