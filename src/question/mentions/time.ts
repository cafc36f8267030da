import { readPeriod } from '../periods/read.ts'
import { unitOf } from '../periods/words.ts'
import { type Token, wordsAt } from '../tokens.ts'
import * as words from '../words.ts'
import { type Mention, make, type Said } from './mention.ts'

/** "over 2023", "over Q1", "over the last year": "over" is only the joint of a period; a round number ("over 2000") is a bound. */
export const isOverPeriod = (tokens: readonly Token[], at: number): boolean => {
  if (tokens[at]?.lower !== 'over') return false
  const from = tokens[at + 1]?.lower === 'the' ? at + 2 : at + 1
  const found = readPeriod(tokens, from)
  if (!found) return false
  const bareYear = found.expression.kind === 'year' && found.to === from + 1
  return !bareYear || ((tokens[from]?.value ?? 0) % 100 !== 0 && endsAt(tokens, found.to))
}

/** Nothing that a number could be counted in stands there: "over 2024 units" is a bound. */
const endsAt = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]
  return (
    token === undefined ||
    token.kind === 'sign' ||
    /^(by|per|for|in|at|from|with|and|vs|versus|compared|as|please|split|broken|grouped|each|every|excluding|without)$/.test(
      token.lower,
    )
  )
}

/** "last month", "in 2023"; a bare year behind "over" or "top" is a number. */
export const periodAt = (tokens: readonly Token[], at: number): Mention[] => {
  const found = readPeriod(tokens, at)
  if (!found) return []
  const previous = tokens[at - 1]?.lower ?? ''
  const bareYear = found.expression.kind === 'year' && found.to === at + 1
  if (
    bareYear &&
    !isOverPeriod(tokens, at - 1) &&
    ['over', 'above', 'under', 'below', 'than', 'least', 'most', 'top', 'bottom', '>', '<', '=', '>=', '<='].includes(
      previous,
    )
  )
    return []
  return [make(at, found.to, (found.to - at) * 3.4 + 0.1, { kind: 'period', expression: found.expression })]
}

/** Grains, parts of time, days of the week and words for a trend. */
export const timeAt = (tokens: readonly Token[], at: number): Mention[] => {
  const said = (n: number) => wordsAt(tokens, at, n)
  const found: Mention[] = []
  if (isOverPeriod(tokens, at)) found.push(make(at, at + 1, 2, { kind: 'cue', cue: 'filter' }))
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

const weekend = ['Saturday', 'Sunday']

const workdays = words.weekdayNames.slice(0, 5)

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

const dayOf = (text: string) => {
  const short = /^(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(s)?$/.exec(text)?.[1]
  return words.weekdayNames.find(
    d => d.toLowerCase() === text.replace(/s$/, '') || (short && d.toLowerCase().startsWith(short)),
  )
}
