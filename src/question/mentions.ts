import type { TimePart } from '#src/semantic/model.ts'
import type { ChartKind } from '#src/vocabulary/chart.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Aggregation, Comparator } from '#src/vocabulary/query.ts'
import { isEnglish, lemma, verb } from './lemma.ts'
import { type Entry, isSpoken, type Lexicon, type Meaning } from './lexicon.ts'
import type { PeriodExpression } from './periods/expression.ts'
import { readPeriod, unitOf } from './periods/read.ts'
import type { Token } from './tokens.ts'
import * as words from './words.ts'

/** What a stretch of tokens may be. `from` is in, `to` is not. */
export type Mention = { from: number; to: number; score: number } & Said

export type Said =
  /** Names of the model and values of the data; several meanings of one phrase stand together. */
  | { kind: 'named'; meanings: Meaning[]; part: boolean; inflected: boolean }
  | { kind: 'period'; expression: PeriodExpression }
  | { kind: 'grain'; grain: Grain }
  | { kind: 'trend' }
  | { kind: 'timepart'; part: TimePart }
  | { kind: 'weekdays'; days: string[] }
  | { kind: 'aggregation'; aggregation: Aggregation }
  | { kind: 'rank'; direction: 'high' | 'low'; sense: 'literal' | 'good'; n?: number; word: string; all?: boolean }
  | { kind: 'popular' }
  | { kind: 'hint'; about: string[]; low: boolean; word: string; superlative: boolean }
  | {
      kind: 'comparison'
      op: Comparator | 'between'
      value: number
      upper?: number
      unit?: string
      about?: string[]
      times?: boolean
    }
  | { kind: 'number'; value: number; unit?: string }
  | { kind: 'cue'; cue: words.Cue }
  | { kind: 'change'; word: string; grain?: Grain }
  | { kind: 'earlier'; how: { n: number; unit: Grain } | 'previous' }
  | { kind: 'share' }
  | { kind: 'cumulative' }
  | { kind: 'rolling'; n?: number; grain?: Grain; average: boolean }
  | { kind: 'why' }
  | { kind: 'forecast' }
  | { kind: 'chart'; chart: ChartKind | 'stacked' | 'grouped' }
  | { kind: 'currency'; code: string }
  | { kind: 'filler' }
  | { kind: 'unknown' }

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
    ...phraseAt(tokens, at),
    ...lightVerbAt(tokens, at, lexicon),
  ])

const make = (from: number, to: number, score: number, said: Said): Mention => ({ from, to, score, ...said })

// ——— names and values

const namedAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
  const token = tokens[at]
  if (!token || !isSpoken(token)) return []
  const whole = lexicon.starting(word(token)).flatMap(e => {
    const to = matchWords(tokens, at, e.words)
    return to && allowed(tokens, at, to, e)
      ? [{ to, meaning: e.meaning, weight: e.weight, part: e.part ?? false, inflected: inflected(tokens, at, e.words) }]
      : []
  })
  const named = grouped(at, [...whole, ...partOfValue(tokens, at, lexicon)])
  return named.filter(
    m =>
      !(
        m.kind === 'named' &&
        m.inflected &&
        m.to === at + 1 &&
        (words.fillers.has(token.lower) || words.lightVerbs.has(token.lower))
      ),
  )
}

type Found = { to: number; meaning: Meaning; weight: number; part: boolean; inflected: boolean }

/** Meanings of one stretch stand together, unless one is clearly nearer (a full name beats a part of another). */
const grouped = (from: number, found: Found[]): Mention[] => {
  const ends = [...new Set(found.map(f => f.to))]
  return ends.map(to => {
    const here = found.filter(f => f.to === to)
    const exact = here.filter(f => !f.part && !f.inflected)
    const kept = exact.length > 0 ? exact : here.some(f => !f.inflected) ? here.filter(f => !f.inflected) : here
    const weight = Math.max(...kept.map(f => f.weight))
    const nearest = kept.filter(f => f.weight >= weight - 0.1)
    const length = to - from
    return make(from, to, length * 3 * weight * (exact.length > 0 ? 1 : 0.9) + (length - 1) * 0.8, {
      kind: 'named',
      meanings: distinct(nearest.map(f => f.meaning)),
      part: kept.every(f => f.part),
      inflected: kept.every(f => f.inflected),
    })
  })
}

const distinct = (meanings: Meaning[]) =>
  meanings.filter((m, i) => meanings.findIndex(n => JSON.stringify(n) === JSON.stringify(m)) === i)

const word = (token: Token) => (token.lower === '&' ? 'and' : token.lower)

/** The token after the last word, when all words match from here; hyphens between words are passed over. */
const matchWords = (tokens: readonly Token[], at: number, phrase: string[]): number | undefined => {
  let next = at
  for (const [i, expected] of phrase.entries()) {
    if (i > 0) while (tokens[next]?.lower === '-' || tokens[next]?.lower === '/') next += 1
    const token = tokens[next]
    if (!token || !sameWord(word(token), expected)) return undefined
    next += 1
  }
  return next
}

const sameWord = (said: string, expected: string) =>
  directly(said, expected) || (said.length > 2 && verb(said) === verb(expected))

/** The same word, singular or plural. */
const directly = (said: string, expected: string) =>
  said === expected || (said.length > 2 && lemma(said) === lemma(expected))

/** "shipped" for "ship": another part of speech than the name itself. */
const inflected = (tokens: readonly Token[], at: number, phrase: string[]): boolean =>
  tokens
    .slice(at)
    .filter(isSpoken)
    .slice(0, phrase.length)
    .some((token, i) => !directly(word(token), phrase[i] ?? ''))

/** Two-letter codes that are also words ("IN", "OR") only in capitals; a value never by another form of its verb. */
const allowed = (tokens: readonly Token[], at: number, to: number, { meaning, words: phrase }: Entry): boolean => {
  if (meaning.kind !== 'value') return true
  if (inflected(tokens, at, phrase)) return false
  const token = tokens[at]
  if (to - at > 1) return true
  if (!token || token.kind === 'sign' || token.kind === 'number' || token.lower.length === 1) return false
  if (token.lower.length === 2)
    return token.text === token.text.toUpperCase() && tokens.some(t => t.text !== t.text.toUpperCase())
  const typedAsIs = at > 0 && meaning.value === token.text && /^\p{Lu}/u.test(token.text)
  return typedAsIs || !glue.has(token.lower)
}

/** Words that glue a sentence together and are never taken for a value alone. */
const glue = new Set([
  'the',
  'and',
  'for',
  'all',
  'not',
  'are',
  'was',
  'how',
  'who',
  'our',
  'you',
  'did',
  'has',
  'had',
  'its',
  'one',
  'new',
  'now',
  'any',
  'per',
  'top',
  'what',
  'with',
  'from',
  'this',
  'that',
  'show',
  'only',
  'have',
  'more',
  'most',
  'none',
  'other',
])

/** "Speedy" for "Speedy Express": some words of a value, when no more than a few values have them. */
const partOfValue = (tokens: readonly Token[], at: number, lexicon: Lexicon): Found[] => {
  const first = tokens[at]
  if (first?.kind !== 'word' || first.value !== undefined || first.lower.length < 4 || words.fillers.has(first.lower))
    return []
  const entries = lexicon.containing(first.lower).filter(e => mayBeShort(tokens, at, e, lexicon))
  const found: Found[] = []
  for (let to = at + 1; to <= Math.min(at + 5, tokens.length); to += 1) {
    const said = tokens.slice(at, to)
    if (!said.every(isSpoken)) break
    const having = entries.filter(e => containsRun(e.words, said.map(word)))
    if (having.length === 0) break
    if (having.length <= 6)
      found.push(...having.map(e => ({ to, meaning: e.meaning, weight: 0.5, part: true, inflected: false })))
  }
  return found
}

const isShortValue = ({ meaning }: Entry, lexicon: Lexicon) =>
  meaning.kind === 'value' && lexicon.isShortList(meaning.dimension)

/** A short form is a name, not a common noun: typed with a capital, or no English word; or it begins a value of a short list. */
const mayBeShort = (
  tokens: readonly Token[],
  at: number,
  { meaning, words: phrase }: Entry,
  lexicon: Lexicon,
): boolean => {
  const token = tokens[at] as Token
  const isName = (at > 0 && /^\p{Lu}/u.test(token.text)) || !isEnglish(token.lower)
  if (isName) return true
  return (
    isShortValue({ meaning, words: phrase, weight: 1 }, lexicon) &&
    conjuncts(phrase).some(c => c.length === 1 && sameWord(token.lower, c[0] ?? ''))
  )
}

/** "Toys & Games" is called by either name. */
const conjuncts = (phrase: string[]): string[][] => {
  const at = phrase.indexOf('and')
  return at > 0 ? [phrase.slice(0, at), phrase.slice(at + 1)] : []
}

const containsRun = (phrase: string[], said: string[]) =>
  said.length < phrase.length &&
  phrase.some((_, i) => said.every((s, j) => phrase[i + j] !== undefined && sameWord(s, phrase[i + j] as string)))

// ——— time

const periodAt = (tokens: readonly Token[], at: number): Mention[] => {
  const found = readPeriod(tokens, at)
  if (!found) return []
  const previous = tokens[at - 1]?.lower ?? ''
  const bareYear = found.expression.kind === 'year' && found.to === at + 1
  if (
    bareYear &&
    ['over', 'above', 'under', 'below', 'than', 'least', 'most', 'top', 'bottom', '>', '<', '=', '>=', '<='].includes(
      previous,
    )
  )
    return []
  return [make(at, found.to, (found.to - at) * 3.4 + 0.1, { kind: 'period', expression: found.expression })]
}

const weekend = ['Saturday', 'Sunday']
const workdays = words.weekdayNames.slice(0, 5)

const timeAt = (tokens: readonly Token[], at: number): Mention[] => {
  const said = (n: number) =>
    tokens
      .slice(at, at + n)
      .map(t => t.lower)
      .join(' ')
  const found: Mention[] = []
  const add = (n: number, what: Said) => found.push(make(at, at + n, n * 3 + (n - 1) * 0.5, what))
  const grain = words.grainWords[said(1)]
  const twice = /^(\w+) by (\w+)$/.exec(said(3))
  const twiceUnit = twice?.[1] === twice?.[2] ? unitOf(twice?.[1] ?? '') : undefined
  if (twiceUnit) found.push(make(at, at + 3, 10, { kind: 'grain', grain: twiceUnit }))
  if (grain) add(1, { kind: 'grain', grain })
  for (const n of [1, 2, 3]) if (words.trendWords.has(said(n))) add(n, { kind: 'trend' })
  if (/^(day of the week|day of week|days of the week|weekday|week day)$/.test(said(4)))
    add(4, { kind: 'timepart', part: 'weekday' })
  if (/^(day of week|days of week)$/.test(said(3))) add(3, { kind: 'timepart', part: 'weekday' })
  if (/^(hour of the day|hours of the day|time of the day|month of the year|months of the year)$/.test(said(4)))
    add(4, { kind: 'timepart', part: said(1).startsWith('month') ? 'month_of_year' : 'hour_of_day' })
  if (/^(hour of day|time of day|month of year)$/.test(said(3)))
    add(3, { kind: 'timepart', part: said(1) === 'month' ? 'month_of_year' : 'hour_of_day' })
  if (/^(week day|calendar month)$/.test(said(2)))
    add(2, { kind: 'timepart', part: said(1) === 'week' ? 'weekday' : 'month_of_year' })
  if (/^(weekdays?|weekends?) (vs|versus|and|or|compared to|to|against|than) (weekdays?|weekends?)$/.test(said(3)))
    add(3, { kind: 'timepart', part: 'day_type' })
  if (said(1) === 'weekday') add(1, { kind: 'timepart', part: 'weekday' })
  if (said(1) === 'weekdays') add(1, { kind: 'weekdays', days: workdays })
  if (/^weekends?$/.test(said(1))) add(1, { kind: 'weekdays', days: weekend })
  found.push(...weekdayNamesAt(tokens, at))
  const unit = unitOf(said(1))
  if (unit) found.push(make(at, at + 1, 2.4, { kind: 'grain', grain: unit }))
  if (said(1) === 'date' || said(1) === 'dates') found.push(make(at, at + 1, 2.2, { kind: 'grain', grain: 'day' }))
  return found
}

const dayOf = (text: string) => {
  const short = /^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(s)?$/.exec(text)?.[1]
  return words.weekdayNames.find(
    d => d.toLowerCase() === text.replace(/s$/, '') || (short && d.toLowerCase().startsWith(short)),
  )
}

/** "Monday", "Mondays and Fridays", "Monday to Friday"; short names only after "on" or beside another. */
const weekdayNamesAt = (tokens: readonly Token[], at: number): Mention[] => {
  const first = dayOf(tokens[at]?.lower ?? '')
  if (!first) return []
  if (
    (tokens[at]?.lower.length ?? 0) < 5 &&
    !['on', 'and', ',', '-', 'to'].includes(tokens[at - 1]?.lower ?? '') &&
    !dayOf(tokens[at + 2]?.lower ?? '')
  )
    return []
  const joint = tokens[at + 1]?.lower ?? ''
  const second = dayOf(tokens[at + 2]?.lower ?? '')
  if (second && ['to', '-', 'through'].includes(joint)) {
    const [a, b] = [words.weekdayNames.indexOf(first), words.weekdayNames.indexOf(second)]
    const days =
      a <= b
        ? words.weekdayNames.slice(a, b + 1)
        : [...words.weekdayNames.slice(a), ...words.weekdayNames.slice(0, b + 1)]
    return [make(at, at + 3, 9, { kind: 'weekdays', days })]
  }
  return [make(at, at + 1, 3, { kind: 'weekdays', days: [first] })]
}

/** "the previous quarter", "the month before", "a year earlier", "same period last year", "year over year", "MoM". */
const earlierAt = (tokens: readonly Token[], at: number): Mention[] => {
  const said = (n: number) =>
    tokens
      .slice(at, at + n)
      .map(t => t.lower)
      .join(' ')
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

// ——— numbers

const numberAt = (tokens: readonly Token[], at: number) => {
  const token = tokens[at]
  if (token?.value === undefined || token.ordinal) return undefined
  const next = tokens[at + 1]?.lower ?? ''
  const spoken = /^(percent|pct)$/.test(next) ? '%' : currencyWords[next] ? '$' : undefined
  const unit = token.unit ?? spoken
  const value = token.unit === undefined && spoken === '%' ? token.value / 100 : token.value
  const takesNext = token.unit === undefined && (spoken !== undefined || words.measuringUnits.has(next))
  return { value, unit, to: at + (takesNext ? 2 : 1) }
}

const currencyWords: Record<string, string> = {
  dollar: 'USD',
  dollars: 'USD',
  usd: 'USD',
  bucks: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  eur: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  gbp: 'GBP',
  yen: 'JPY',
  jpy: 'JPY',
  rupee: 'INR',
  rupees: 'INR',
  inr: 'INR',
  money: 'any',
  cash: 'any',
}

/** "over $500", "at least 3", "between 10 and 20", "> 5", "3 or more", "10 to 20". */
const comparisonAt = (tokens: readonly Token[], at: number): Mention[] => {
  const between = betweenAt(tokens, at)
  if (between) return [between]
  const found: Mention[] = []
  for (const n of [4, 3, 2, 1]) {
    const op =
      words.comparatorWords[
        tokens
          .slice(at, at + n)
          .map(t => t.lower)
          .join(' ')
      ]
    const skip = op && ['a', 'an', 'the', 'of'].includes(tokens[at + n]?.lower ?? '') ? 1 : 0
    const number = op && numberAt(tokens, at + n + skip)
    if (op && number)
      found.push(
        make(at, number.to, (number.to - at) * 3 + 1, {
          kind: 'comparison',
          op,
          value: number.value,
          unit: number.unit,
        }),
      )
  }
  const number = numberAt(tokens, at)
  if (number) {
    const tail = `${tokens[number.to]?.lower ?? ''} ${tokens[number.to + 1]?.lower ?? ''}`
    const op = {
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
    }[tail] as Comparator | undefined
    if (op)
      found.push(
        make(at, number.to + 2, (number.to + 2 - at) * 3 + 1, {
          kind: 'comparison',
          op,
          value: number.value,
          unit: number.unit,
        }),
      )
    if (tokens[number.to]?.lower === '+')
      found.push(make(at, number.to + 1, 6, { kind: 'comparison', op: 'gte', value: number.value, unit: number.unit }))
    found.push(
      make(at, number.to, tokens[at]?.lower === 'one' ? 0.5 : 1, {
        kind: 'number',
        value: number.value,
        unit: number.unit,
      }),
    )
  }
  return found.map(m => withTimes(tokens, m))
}

/** "more than 5 times" counts what happened. */
const withTimes = (tokens: readonly Token[], m: Mention): Mention =>
  m.kind === 'comparison' && tokens[m.to]?.lower === 'times'
    ? { ...m, to: m.to + 1, score: m.score + 3, times: true }
    : m

/** "older than 30", "cheaper than $20". */
const hintedAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
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
  })
}

/** "top 5", "5 best", "worst", "the three highest". */
const rankAt = (tokens: readonly Token[], at: number): Mention[] => {
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
  const rank = rankOf(at)
  if (!rank) return []
  const after = countAt(tokens, at + rank.n)
  const alone = rankMention(at, at + rank.n, rank.word)
  const first = tokens[at + rank.n]?.lower === 'first'
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

/** "7-day moving average", "rolling 3 months", "rolling average". */
const rollingAt = (tokens: readonly Token[], at: number): Mention[] => {
  const text = (from: number, n: number) =>
    tokens
      .slice(from, from + n)
      .map(t => t.lower)
      .join(' ')
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

// ——— the rest

const chartAt = (tokens: readonly Token[], at: number): Mention[] => {
  const text = (n: number) =>
    tokens
      .slice(at, at + n)
      .map(t => t.lower)
      .join(' ')
  const sure =
    /^(pie|donut|doughnut|heatmap|heat map|histogram|scatter|scatterplot|scatter plot|small multiples|stacked)/
  return [3, 2, 1].flatMap(n => {
    const chart = words.chartWords[text(n)]
    if (!chart) return []
    const tail = /^(chart|graph|plot|diagram)s?$/.test(tokens[at + n]?.lower ?? '') ? 1 : 0
    const led =
      ['as', 'a', 'an', 'in', 'on', 'into', 'draw', 'plot'].includes(tokens[at - 1]?.lower ?? '') &&
      /^(as|in|into|on|it|a|draw|plot|show)$/.test(tokens[at - 2]?.lower ?? 'as')
    const closing = at + n + tail === tokens.length && ['as', 'a', 'to'].includes(tokens[at - 1]?.lower ?? '')
    if (!sure.test(text(n)) && tail === 0 && !led && !closing && n === 1) return []
    return [make(at, at + n + tail, (n + tail) * 3 + 1, { kind: 'chart', chart })]
  })
}

const hintAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] => {
  const text = tokens[at]?.lower ?? ''
  const lead = /^(most|least)$/.test(text) ? 1 : 0
  const said = lead ? (tokens[at + 1]?.lower ?? '') : text
  const found: Mention[] = []
  const hint = Object.hasOwn(lexicon.hints, said) ? lexicon.hints[said] : undefined
  if (hint) {
    const low = (hint.low ?? false) !== (text === 'least')
    found.push(
      make(at, at + 1 + lead, (1 + lead) * 2.5 + lead, {
        kind: 'hint',
        about: hint.about,
        low,
        word: said,
        superlative: lead > 0 || /est$/.test(said),
      }),
    )
  }
  if (words.popularity.has(said) && lead) found.push(make(at, at + 2, 5.5, { kind: 'popular' }))
  if (/^(busiest|busier)$/.test(text)) found.push(make(at, at + 1, 3, { kind: 'popular' }))
  return found
}

/** A verb of the data's own ("Closed Won") is never passed over. */
const lightVerbAt = (tokens: readonly Token[], at: number, lexicon: Lexicon): Mention[] =>
  [1, 2].flatMap(n => {
    const text = tokens
      .slice(at, at + n)
      .map(t => t.lower)
      .join(' ')
    const known = n === 1 && lexicon.containing(text).some(e => isShortValue(e, lexicon) && e.words.includes(text))
    return words.lightVerbs.has(text) && !known ? [make(at, at + n, n + (n - 1) * 0.3, { kind: 'filler' })] : []
  })

const phraseTables: { said: (text: string) => Said | undefined; score: number }[] = [
  {
    said: t =>
      words.aggregationWords[t] ? { kind: 'aggregation', aggregation: words.aggregationWords[t] } : undefined,
    score: 2.3,
  },
  { said: t => (words.changeWords.has(t) ? { kind: 'change', word: t } : undefined), score: 2.3 },
  { said: t => (words.shareWords.includes(t) ? { kind: 'share' } : undefined), score: 2.3 },
  { said: t => (words.cumulativeWords.includes(t) ? { kind: 'cumulative' } : undefined), score: 2.6 },
  { said: t => (words.whyWords.includes(t) ? { kind: 'why' } : undefined), score: 2.6 },
  { said: t => (words.forecastWords.includes(t) ? { kind: 'forecast' } : undefined), score: 2.3 },
  { said: t => (currencyWords[t] ? { kind: 'currency', code: currencyWords[t] } : undefined), score: 1.5 },
  { said: t => (words.fillers.has(t) ? { kind: 'filler' } : undefined), score: 1 },
  ...(Object.keys(words.cues) as words.Cue[]).map(cue => ({
    said: (t: string): Said | undefined => (words.cues[cue].includes(t) ? { kind: 'cue', cue } : undefined),
    score: cue === 'which' || cue === 'be' || cue === 'list' ? 1.2 : 2,
  })),
]

const phraseAt = (tokens: readonly Token[], at: number): Mention[] =>
  [1, 2, 3, 4, 5].flatMap(n => {
    if (at + n > tokens.length) return []
    const text = tokens
      .slice(at, at + n)
      .filter(t => t.lower !== '-' || n === 1)
      .map(t => t.lower)
      .join(' ')
    return phraseTables.flatMap(({ said, score }) => {
      const what = text === 'fall' && tokens[at + 1]?.lower === 'due' ? undefined : said(text)
      return what ? [make(at, at + n, n * score + (n - 1) * 0.3, what)] : []
    })
  })
