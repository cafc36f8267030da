import type { Comparator } from '#src/vocabulary/query.ts'
import type { Lexicon } from '../lexicon.ts'
import { type Token, wordsAt } from '../tokens.ts'
import * as words from '../words.ts'
import { currencyWords } from './currencies.ts'
import { type Mention, make } from './mention.ts'
import { isOverPeriod } from './time.ts'

/** "over $500", "at least 3", "between 10 and 20", "> 5", "3 or more", "10 to 20". */
export const comparisonAt = (tokens: readonly Token[], at: number): Mention[] => {
  const between = betweenAt(tokens, at)
  if (between) return [between]
  if (isOverPeriod(tokens, at)) return []
  const found: Mention[] = []
  for (const n of [4, 3, 2, 1]) {
    const op = words.comparatorWords[wordsAt(tokens, at, n)]
    const one = op && numberAt(tokens, at + n)
    const skip = op && !one && ['a', 'an', 'the', 'of'].includes(tokens[at + n]?.lower ?? '') ? 1 : 0
    const number = op && numberAt(tokens, at + n + skip)
    if (op && number)
      found.push(
        make(at, number.to, (number.to - at) * 3 + 1, {
          kind: 'comparison',
          op,
          value: number.value,
          unit: number.unit,
          measured: number.measured,
        }),
      )
  }
  const number = /^an?$/.test(tokens[at]?.lower ?? '') ? undefined : numberAt(tokens, at)
  if (number) {
    const tail = `${tokens[number.to]?.lower ?? ''} ${tokens[number.to + 1]?.lower ?? ''}`
    const op = tailComparators[tail]
    if (op)
      found.push(
        make(at, number.to + 2, (number.to + 2 - at) * 3 + 1, {
          kind: 'comparison',
          op,
          value: number.value,
          unit: number.unit,
          measured: number.measured,
        }),
      )
    if (tokens[number.to]?.lower === '+')
      found.push(
        make(at, number.to + 1, 6, {
          kind: 'comparison',
          op: 'gte',
          value: number.value,
          unit: number.unit,
          measured: number.measured,
        }),
      )
    found.push(
      make(at, number.to, tokens[at]?.lower === 'one' && !countsAt(tokens, at) ? 0.5 : 1.2, {
        kind: 'number',
        value: number.value,
        unit: number.unit,
      }),
    )
  }
  return found.map(m => withTimes(tokens, m))
}

/** "with *one* order", "only *one* order". */
const countsAt = (tokens: readonly Token[], at: number): boolean =>
  /^(with|have|has|had|only|just)$/.test(tokens[at - 1]?.lower ?? '')

/** "older than 30", "cheaper than $20". */
export const hintedAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
  const said = tokens[at]?.lower ?? ''
  const hint = Object.hasOwn(lexicon.hints, said) ? lexicon.hints[said] : undefined
  const number = tokens[at + 1]?.lower === 'than' ? numberAt(tokens, at + 2) : undefined
  if (!hint || !number) return []
  return [
    make(at, number.to, (number.to - at) * 3 + 1, {
      kind: 'comparison',
      op: hint.low ? 'lt' : 'gt',
      value: number.value,
      unit: number.unit,
      measured: number.measured,
      about: hint.about,
    }),
  ]
}

const betweenAt = (tokens: readonly Token[], at: number): Mention | undefined => {
  const lead = tokens[at]?.lower === 'between' || tokens[at]?.lower === 'from'
  const a = numberAt(tokens, lead ? at + 1 : at)
  if (!a || !['and', 'to', '-'].includes(tokens[a.to]?.lower ?? '') || (!lead && tokens[a.to]?.lower === 'and'))
    return undefined
  const b = numberAt(tokens, a.to + 1)
  if (!b || b.value < a.value) return undefined
  return make(at, b.to, (b.to - at) * 3 + 0.5, {
    kind: 'comparison',
    op: 'between',
    value: a.value,
    upper: b.value,
    unit: a.unit ?? b.unit,
    measured: a.measured ?? b.measured,
  })
}

/** Words behind a number that make it a bound. */
const tailComparators: Record<string, Comparator> = {
  'or more': 'gte',
  'and more': 'gte',
  'or above': 'gte',
  'and above': 'gte',
  'or over': 'gte',
  'and over': 'gte',
  'or less': 'lte',
  'or lower': 'lte',
  'or higher': 'gte',
  'or worse': 'lte',
  'or better': 'gte',
  'or older': 'gte',
  'or younger': 'lte',
  'and older': 'gte',
  'and up': 'gte',
  'or later': 'gte',
  'or fewer': 'lte',
  'or under': 'lte',
  'or below': 'lte',
  'and below': 'lte',
}

/** "more than 5 times" counts what happened. */
const withTimes = (tokens: readonly Token[], m: Mention): Mention =>
  m.kind === 'comparison' && /^(once|twice)$/.test(tokens[m.to - 1]?.lower ?? '')
    ? { ...m, score: m.score + 3, times: true }
    : m.kind === 'comparison' && tokens[m.to]?.lower === 'times'
      ? { ...m, to: m.to + 1, score: m.score + 3, times: true }
      : m

const numberAt = (tokens: readonly Token[], at: number) => {
  const said = partOfHour(tokens, at) ?? timesAt(tokens, at)
  if (said) return said
  const unit1 = tokens[at + 1]?.lower ?? ''
  if (/^an?$/.test(tokens[at]?.lower ?? '') && /^(hour|day|week|minute|kilo|mile|ton|tonne)$/.test(unit1))
    return { value: 1, unit: undefined, measured: unit1, to: at + 2 }
  const token = tokens[at]
  if (token?.value === undefined || token.ordinal) return undefined
  const next = tokens[at + 1]?.lower ?? ''
  const spoken = /^(percent|pct)$/.test(next) ? '%' : currencyWords[next] ? '$' : undefined
  const unit = token.unit ?? spoken
  const value = token.unit === undefined && spoken === '%' ? token.value / 100 : token.value
  if (/^years?$/.test(next) && tokens[at + 2]?.lower === 'old')
    return { value: token.value, unit: undefined, measured: 'years old', to: at + 3 }
  const takesNext = token.unit === undefined && (spoken !== undefined || words.measuringUnits.has(next))
  const measured = takesNext && words.measuringUnits.has(next) ? next : undefined
  return { value, unit, measured, to: at + (takesNext ? 2 : 1) }
}

/** "more than *once*", "at least *twice*". */
const timesAt = (tokens: readonly Token[], at: number) => {
  const value = { once: 1, twice: 2 }[tokens[at]?.lower ?? '']
  if (
    value === undefined ||
    !/(than|at least|at most|exactly)$/.test(wordsAt(tokens, Math.max(0, at - 2), Math.min(2, at)))
  )
    return undefined
  return { value, unit: undefined, measured: undefined, to: at + 1 }
}

/** "half an hour", "a quarter of an hour", "an hour and a half", "a dozen". */
const partOfHour = (tokens: readonly Token[], at: number) => {
  const said = (n: number) => wordsAt(tokens, at, n)
  const hour = (n: number, value: number) => ({ value, unit: undefined, measured: 'hour', to: at + n })
  if (said(3) === 'half an hour') return hour(3, 0.5)
  if (said(5) === 'a quarter of an hour') return hour(5, 0.25)
  if (said(5) === 'an hour and a half') return hour(5, 1.5)
  if (said(2) === 'a dozen') return { value: 12, unit: undefined, measured: undefined, to: at + 2 }
  return undefined
}
