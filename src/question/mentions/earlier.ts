import { unitOf } from '../periods/words.ts'
import { type Token, wordsAt } from '../tokens.ts'
import * as words from '../words.ts'
import { type Mention, make, type Said } from './mention.ts'

/** "the previous quarter", "the month before", "a year earlier", "same period last year", "year over year", "MoM". */
export const earlierAt = (tokens: readonly Token[], at: number): Mention[] => {
  const said = (n: number) => wordsAt(tokens, at, n)
  const found: Mention[] = []
  const add = (n: number, what: Said, bonus = 1) => found.push(make(at, at + n, n * 3 + bonus, what))
  const acronym = words.changeAcronyms[said(1)]
  if (acronym) add(1, { kind: 'change', word: said(1), grain: acronym })
  const over =
    /^(year|month|quarter|week|day) (?:over|on|to|-) (?:- )?(\1)$/.exec(said(3)) ??
    /^(year|month|quarter|week|day) - (?:over|on|to) - (\1)$/.exec(said(5))
  const unit = over?.[1] && unitOf(over[1])
  if (unit && !/^\w+ to \w+$/.test(said(3)))
    add(over[0].split(' ').length, { kind: 'change', word: over[0], grain: unit })
  const same =
    /^same (?:period|time|month|quarter|week|day|days|timeframe|time frame)(?: in| of| the)? (?:last|previous|prior|the previous) (year|month|quarter|week)$/
  for (const n of [4, 5, 6]) {
    const match = same.exec(said(n))
    const u = match?.[1] && unitOf(match[1])
    if (u) add(n, { kind: 'earlier', how: { n: 1, unit: u } }, 3)
  }
  const before =
    /^(?:the |a |one )?(year|month|quarter|week|day|period) (?:before|earlier|prior|ago|previously)$/.exec(said(3)) ??
    /^(year|month|quarter|week|day|period) (?:before|earlier|prior)$/.exec(said(2))
  if (
    before?.[1] &&
    ['vs', 'versus', 'to', 'with', 'than', 'against', 'the', 'a', 'from', 'on', 'one', 'over'].includes(
      tokens[at - 1]?.lower ?? 'the',
    )
  ) {
    const u = unitOf(before[1])
    add(before[0].split(' ').length, { kind: 'earlier', how: u ? { n: 1, unit: u } : 'previous' }, 2)
  }
  const previous = /^(?:previous|prior|preceding|last) (period|one)$/.exec(said(2))
  if (previous) add(2, { kind: 'earlier', how: 'previous' })
  const versus = /^(vs|versus|to|with|than|against|and)$/.test(
    tokens[at - 1]?.lower === 'the' ? (tokens[at - 2]?.lower ?? '') : (tokens[at - 1]?.lower ?? ''),
  )
  const prior = /^(?:previous|prior|preceding) (\w+)$/.exec(said(2))
  const priorUnit = prior?.[1] && unitOf(prior[1])
  if (versus && priorUnit) add(2, { kind: 'earlier', how: { n: 1, unit: priorUnit } }, 5)
  return found
}
