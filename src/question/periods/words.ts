import type { Grain } from '#src/vocabulary/period.ts'
import type { Token } from '../tokens.ts'
import type { PeriodExpression } from './expression.ts'

/** A period found in a question: what was said, and the first token after it. */
export type PeriodSpan = { expression: PeriodExpression; to: number }

/** Reads what begins at a token. */
export type Read = (tokens: readonly Token[], at: number) => PeriodSpan | undefined

/** Months by name and short name. */
export const monthNumbers: Record<string, number> = {
  january: 1,
  jan: 1,
  february: 2,
  feb: 2,
  march: 3,
  mar: 3,
  april: 4,
  apr: 4,
  may: 5,
  june: 6,
  jun: 6,
  july: 7,
  jul: 7,
  august: 8,
  aug: 8,
  september: 9,
  sep: 9,
  sept: 9,
  october: 10,
  oct: 10,
  november: 11,
  nov: 11,
  december: 12,
  dec: 12,
}
/** Units of time by the words for them. */
export const units: Record<string, Grain> = {
  hour: 'hour',
  hours: 'hour',
  day: 'day',
  days: 'day',
  week: 'week',
  weeks: 'week',
  month: 'month',
  months: 'month',
  quarter: 'quarter',
  quarters: 'quarter',
  year: 'year',
  years: 'year',
  wk: 'week',
  wks: 'week',
  mo: 'month',
  mos: 'month',
  yr: 'year',
  yrs: 'year',
  qtr: 'quarter',
  qtrs: 'quarter',
}
/** ISO weekdays by name. */
export const weekdays: Record<string, number> = {
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
}
/** Words for what is over. */
export const before = new Set(['last', 'past', 'previous', 'prior', 'preceding', 'latest', 'trailing', 'prev'])
/** Words for what is running. */
export const now = new Set(['this', 'current'])
/** Words for what is to come. */
export const later = new Set(['next', 'coming', 'upcoming', 'following'])

/** The unit that a word names. */
export const unitOf = (word: string): Grain | undefined => units[word]

/** A token in lower case; empty beyond the end. */
export const lower = (tokens: readonly Token[], at: number) => tokens[at]?.lower ?? ''
/** The place after a token, when it is one of the words. */
export const skip = (tokens: readonly Token[], at: number, ...words: string[]) =>
  words.includes(lower(tokens, at)) ? at + 1 : at

export const isDay = (token?: Token) =>
  token?.kind === 'number' &&
  !token.unit &&
  Number.isInteger(token.value) &&
  (token.value ?? 0) >= 1 &&
  (token.value ?? 0) <= 31 &&
  /^\d{1,2}(st|nd|rd|th)?$/.test(token.lower)

export const yearAt = (tokens: readonly Token[], at: number): { value: number; to: number } | undefined => {
  const token = tokens[at]
  const fiscal = /^(?:fy|cy)'?(\d{2}|\d{4})$/.exec(token?.lower ?? '')
  if (fiscal) return { value: Number(fiscal[1]) + (fiscal[1]?.length === 2 ? 2000 : 0), to: at + 1 }
  if (token?.kind !== 'number' || token.unit || !/^(19|20)\d\d$/.test(token.lower)) return undefined
  return { value: token.value ?? 0, to: at + 1 }
}

/** "Q3 '23". */
export const shortYear = (tokens: readonly Token[], at: number): { value: number; to: number } | undefined => {
  const token = tokens[at]
  return token?.kind === 'number' && /^\d\d$/.test(token.lower)
    ? { value: 2000 + (token.value ?? 0), to: at + 1 }
    : undefined
}
