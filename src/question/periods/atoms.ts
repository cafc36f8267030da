import type { Grain } from '#src/vocabulary/period.ts'
import type { Token } from '../tokens.ts'
import type { PeriodExpression } from './expression.ts'
import {
  before,
  isDay,
  later,
  lower,
  monthNumbers,
  now,
  type Read,
  shortYear,
  skip,
  units,
  weekdays,
  yearAt,
} from './words.ts'

/** One period, longest way to say it first: a date, a part of a period, a month, "last quarter", "3 months ago". */
export const atom: Read = (tokens, at) => {
  const from = skip(tokens, at, 'the')
  for (const read of [
    isoDate,
    partOf,
    namedQuarter,
    monthDay,
    unitOfPeriod,
    month,
    quarter,
    half,
    toDate,
    relative,
    ago,
    namedDay,
    year,
  ]) {
    const found = read(tokens, from)
    if (found) return found
  }
  return undefined
}

const isoDate: Read = (tokens, at) => {
  const token = tokens[at]
  if (token?.kind !== 'date') return undefined
  const parts = token.lower.split(/[-/.]/).map(Number)
  const [a = 0, b = 0, c] = parts
  if (c === undefined)
    return b >= 1 && b <= 12 ? { expression: { kind: 'month', month: b, year: a }, to: at + 1 } : undefined
  const [y, m, d] = token.lower.match(/^\d{4}/)
    ? [a, b, c]
    : token.lower.includes('.') || a > 12
      ? [c, b, a]
      : [c, a, b]
  if (m < 1 || m > 12)
    return {
      expression: { kind: 'impossible', sentence: `“${token.text}” is not a date; write it as YYYY-MM-DD.` },
      to: at + 1,
    }
  return { expression: { kind: 'monthDay', month: m, day: d, year: y }, to: at + 1 }
}

/** "first half of 2023", "last two weeks of November", "first 10 days of March", "second week of May". */
const partOf: Read = (tokens, at) => {
  const word = lower(tokens, at)
  const ordinal = tokens[at]?.ordinal ? tokens[at]?.value : undefined
  const edge = word === 'last' || word === 'final' ? 'last' : word === 'first' ? 'first' : undefined
  if (!edge && ordinal === undefined) return undefined
  const number = tokens[at + 1]?.value !== undefined && !tokens[at + 1]?.ordinal ? tokens[at + 1]?.value : undefined
  const unitAt = at + 1 + (number === undefined ? 0 : 1)
  const unit = lower(tokens, unitAt) === 'half' ? 'half' : units[lower(tokens, unitAt)]
  const ofAt = unitAt + 1
  if (!unit || !['of', 'in'].includes(lower(tokens, ofAt))) return undefined
  const of = atom(tokens, ofAt + 1) ?? theUnit(tokens, ofAt + 1)
  if (!of || of.expression.kind === 'day' || of.expression.kind === 'ago') return undefined
  const place = edge ?? (ordinal as number)
  return {
    expression: {
      kind: 'part',
      of: of.expression,
      at: unit === 'half' && ordinal ? ordinal : place,
      n: number ?? 1,
      unit,
    },
    to: of.to,
  }
}

/** "the first half of *the year*" is this year's. */
const theUnit: Read = (tokens, at) => {
  const unit = lower(tokens, at) === 'the' ? units[lower(tokens, at + 1)] : undefined
  return unit && unit !== 'hour' && unit !== 'day'
    ? { expression: { kind: 'relative', which: 'this', unit }, to: at + 2 }
    : undefined
}

/** "first quarter", "third quarter of 2023", "second half", "last quarter of 2023" is a part. */
const namedQuarter: Read = (tokens, at) => {
  const n = tokens[at]?.ordinal ? tokens[at]?.value : undefined
  const word = lower(tokens, at + 1)
  if (n === undefined || n < 1 || !((word === 'quarter' && n <= 4) || (word === 'half' && n <= 2))) return undefined
  const year = yearAt(tokens, skip(tokens, at + 2, 'of', ',', 'in'))
  const expression: PeriodExpression =
    word === 'quarter'
      ? { kind: 'quarter', quarter: n, year: year?.value }
      : { kind: 'half', half: n, year: year?.value }
  return { expression, to: year?.to ?? at + 2 }
}

/** "March 5", "5 March 2023", "the 5th of March", "Mar 5th, 2023". */
const monthDay: Read = (tokens, at) => {
  if (isDay(tokens[at])) {
    const monthAt = skip(tokens, at + 1, 'of')
    const month = monthNumbers[lower(tokens, monthAt)]
    if (!month) return undefined
    const year = yearAt(tokens, skip(tokens, monthAt + 1, ','))
    return {
      expression: { kind: 'monthDay', month, day: tokens[at]?.value ?? 1, year: year?.value },
      to: year?.to ?? monthAt + 1,
    }
  }
  const month = monthNumbers[lower(tokens, at)]
  const dayAt = skip(tokens, at + 1, 'the')
  if (!month || !isDay(tokens[dayAt]) || units[lower(tokens, dayAt + 1)]) return undefined
  const year = yearAt(tokens, skip(tokens, dayAt + 1, ',', 'of'))
  return {
    expression: { kind: 'monthDay', month, day: tokens[dayAt]?.value ?? 1, year: year?.value },
    to: year?.to ?? dayAt + 1,
  }
}

/** "the month of March", "the year 2023", "calendar year 2023". */
const unitOfPeriod: Read = (tokens, at) => {
  const from = skip(tokens, at, 'calendar', 'fiscal', 'whole', 'full', 'entire')
  if (!['month', 'quarter', 'year'].includes(lower(tokens, from))) return undefined
  const inner = atom(tokens, skip(tokens, from + 1, 'of'))
  return inner?.expression.kind === lower(tokens, from) ? inner : undefined
}

const month: Read = (tokens, at) => {
  const which = lower(tokens, at)
  const lead = before.has(which) || now.has(which) ? at + 1 : at
  const number = monthNumbers[lower(tokens, lead)]
  if (!number || (lower(tokens, lead) === 'may' && lead === at && !mayIsMonth(tokens, at))) return undefined
  const year = yearAt(tokens, skip(tokens, lead + 1, ',', 'of', "'"))
  if (!year && ['last', 'this'].includes(lower(tokens, lead + 1)) && lower(tokens, lead + 2) === 'year')
    return undefined
  return {
    expression: { kind: 'month', month: number, year: year?.value, ...(before.has(which) ? { last: true } : {}) },
    to: year?.to ?? lead + 1,
  }
}

/** "may" is a month only where a period can stand. */
const mayIsMonth = (tokens: readonly Token[], at: number): boolean => {
  const previous = lower(tokens, at - 1)
  const next = lower(tokens, at + 1)
  if (['i', 'we', 'you', 'be', 'have', 'not'].includes(next)) return false
  return (
    at === 0 ||
    tokens[at]?.text === 'May' ||
    /^(in|of|for|during|since|until|till|from|to|through|and|between|by|vs|versus|than|with|,|-|last|this|the|before|after|about)$/.test(
      previous,
    ) ||
    yearAt(tokens, at + 1) !== undefined
  )
}

const quarter: Read = (tokens, at) => {
  const match = /^(?:q([1-4])|([1-4])q)$/.exec(lower(tokens, at))
  const n = match?.[1] ?? match?.[2]
  if (!n) {
    const y = yearAt(tokens, at)
    const later = y && /^q([1-4])$/.exec(lower(tokens, y.to))
    return later
      ? { expression: { kind: 'quarter', quarter: Number(later[1]), year: y.value }, to: y.to + 1 }
      : undefined
  }
  const year = yearAt(tokens, skip(tokens, at + 1, 'of', ',', '/', '-')) ?? shortYear(tokens, at + 1)
  return { expression: { kind: 'quarter', quarter: Number(n), year: year?.value }, to: year?.to ?? at + 1 }
}

const half: Read = (tokens, at) => {
  const match = /^h([12])$/.exec(lower(tokens, at))
  if (!match) return undefined
  const year = yearAt(tokens, skip(tokens, at + 1, 'of', ',')) ?? shortYear(tokens, at + 1)
  return { expression: { kind: 'half', half: Number(match[1]), year: year?.value }, to: year?.to ?? at + 1 }
}

/** "MTD", "year to date", "so far this year", "this year so far". */
const toDate: Read = (tokens, at) => {
  const short: Record<string, Grain> = { mtd: 'month', qtd: 'quarter', ytd: 'year', wtd: 'week' }
  const word = lower(tokens, at)
  if (short[word]) return { expression: { kind: 'toDate', unit: short[word] }, to: at + 1 }
  const unit = units[word]
  if (unit && lower(tokens, at + 1) === 'to' && lower(tokens, at + 2) === 'date')
    return { expression: { kind: 'toDate', unit }, to: at + 3 }
  if (word === 'so' && lower(tokens, at + 1) === 'far') {
    const inner = relative(tokens, at + 2)
    return inner?.expression.kind === 'relative' && inner.expression.which === 'this' ? inner : undefined
  }
  return undefined
}

const relative: Read = (tokens, at) => {
  const word = lower(tokens, at)
  const which = before.has(word) ? 'last' : now.has(word) ? 'this' : later.has(word) ? 'next' : undefined
  if (!which) return undefined
  const token = tokens[at + 1]
  const n =
    token?.value !== undefined && !token.ordinal && !token.unit && Number.isInteger(token.value)
      ? token.value
      : undefined
  const unitAt = at + 1 + (n === undefined ? 0 : 1)
  const day = which === 'last' ? weekdays[lower(tokens, unitAt)] : undefined
  if (day && n === undefined) return { expression: { kind: 'weekday', weekday: day }, to: unitAt + 1 }
  const skipped = skip(tokens, unitAt, ...wholes, 'calendar', 'fiscal')
  const unit = units[lower(tokens, skipped)]
  if (!unit) return undefined
  const to = lower(tokens, skipped + 1) === 'so' && lower(tokens, skipped + 2) === 'far' ? skipped + 3 : skipped + 1
  const plural = lower(tokens, skipped).endsWith('s') && n === undefined
  if (plural) return undefined
  const whole = wholes.includes(lower(tokens, unitAt)) || wholes.includes(wordBefore(tokens, at))
  return { expression: { kind: 'relative', which, unit, ...(n !== undefined && { n }), ...(whole && { whole }) }, to }
}

const wholes = ['full', 'complete', 'whole', 'all', 'entire']

/** "the *whole* of last year", "*all* of last month". */
const wordBefore = (tokens: readonly Token[], at: number) =>
  lower(tokens, lower(tokens, at - 1) === 'of' ? at - 2 : at - 1)

const ago: Read = (tokens, at) => {
  const n = ['a', 'an', 'one'].includes(lower(tokens, at)) ? 1 : tokens[at]?.value
  const unit = units[lower(tokens, at + 1)]
  return n !== undefined && unit && lower(tokens, at + 2) === 'ago'
    ? { expression: { kind: 'ago', n, unit }, to: at + 3 }
    : undefined
}

const namedDay: Read = (tokens, at) => {
  const offset = { yesterday: -1, today: 0, tomorrow: 1 }[lower(tokens, at)]
  if (offset !== undefined) return { expression: { kind: 'day', offset }, to: at + 1 }
  if (lower(tokens, at) === 'day' && lower(tokens, at + 1) === 'before' && lower(tokens, at + 2) === 'yesterday')
    return { expression: { kind: 'day', offset: -2 }, to: at + 3 }
  return undefined
}

const year: Read = (tokens, at) => {
  const found = yearAt(tokens, at)
  return found && { expression: { kind: 'year', year: found.value }, to: found.to }
}
