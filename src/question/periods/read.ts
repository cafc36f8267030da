import type { Token } from '../tokens.ts'
import { atom } from './atoms.ts'
import type { PeriodExpression } from './expression.ts'
import { isDay, lower, monthNumbers, type PeriodSpan, type Read, skip, units, yearAt } from './words.ts'

/** The longest period that starts at a token. */
export const readPeriod: Read = (tokens, at) => range(tokens, at) ?? atoms(tokens, at)

/** "from A to B", "between A and B", "since A", "until B", "before B", "after A", "A to B", "A - B". */
const range: Read = (tokens, at) => {
  const word = lower(tokens, at)
  if (word === 'from' || word === 'between') return fromTo(tokens, at)
  if (word === 'since' || (word === 'starting' && lower(tokens, at + 1) === 'from'))
    return open(tokens, skip(tokens, at + 1, 'from', 'in'), e => ({ kind: 'range', from: e }))
  if (['until', 'till', 'through', 'upto'].includes(word)) return open(tokens, at + 1, e => ({ kind: 'range', to: e }))
  if (word === 'up' && lower(tokens, at + 1) === 'to')
    return open(tokens, skip(tokens, at + 2, 'and'), e => ({ kind: 'range', to: e }))
  if (word === 'before') return open(tokens, at + 1, e => ({ kind: 'range', to: e, beyond: 'before' }))
  if (word === 'after') return open(tokens, at + 1, e => ({ kind: 'range', from: e, beyond: 'after' }))
  return dashed(tokens, at)
}

const open = (
  tokens: readonly Token[],
  at: number,
  make: (e: PeriodExpression) => PeriodExpression,
): PeriodSpan | undefined => {
  const end = atom(tokens, skip(tokens, at, 'the'))
  return end && { expression: make(end.expression), to: end.to }
}

const fromTo: Read = (tokens, at) => {
  const from = start(tokens, skip(tokens, at + 1, 'the'))
  if (!from) return undefined
  const joint = lower(tokens, from.to)
  if (!['to', 'and', 'until', 'till', 'through', '-', 'up'].includes(joint)) {
    if (lower(tokens, at) !== 'from') return undefined
    const onward = ['on', 'onward', 'onwards', 'forward'].includes(joint)
    return onward ? { expression: { kind: 'range', from: from.expression }, to: from.to + 1 } : undefined
  }
  const next = joint === 'up' ? from.to + 2 : from.to + 1
  if (['now', 'today', 'date'].includes(lower(tokens, next)) && lower(tokens, at) === 'from')
    return { expression: { kind: 'range', from: from.expression }, to: next + 1 }
  const to = atom(tokens, skip(tokens, next, 'the'))
  return to && { expression: { kind: 'range', from: from.expression, to: to.expression }, to: to.to }
}

const dashed: Read = (tokens, at) => {
  const from = start(tokens, at)
  if (!from || !['to', 'through', '-', 'until', 'till'].includes(lower(tokens, from.to))) return undefined
  if (!['month', 'quarter', 'year', 'monthDay', 'date'].includes(from.expression.kind)) return undefined
  const to = atom(tokens, from.to + 1)
  if (from.expression.kind === 'year' && to?.expression.kind !== 'year') return undefined
  return to && to.expression.kind !== 'relative'
    ? { expression: { kind: 'range', from: from.expression, to: to.expression }, to: to.to }
    : undefined
}

/** The start of a range may be a bare day whose month follows: "12 to 18 June", "from 12 - 18 June 2023". */
const start: Read = (tokens, at) => atom(tokens, at) ?? bareDay(tokens, at)

const bareDay: Read = (tokens, at) => {
  const token = tokens[at]
  if (token?.kind !== 'number' || token.unit || !Number.isInteger(token.value) || (token.value ?? 0) > 31)
    return undefined
  if (!['to', 'and', 'through', '-'].includes(lower(tokens, at + 1))) return undefined
  const end = atom(tokens, at + 2)
  if (end?.expression.kind !== 'monthDay') return undefined
  return { expression: { ...end.expression, day: token.value ?? 1 }, to: at + 1 }
}

/** One period, or several that are listed: "March and April", "Jan, Feb and Mar 2023". */
const atoms: Read = (tokens, at) => {
  const first = monthDayRange(tokens, at) ?? atom(tokens, at)
  if (!first || !['month', 'quarter'].includes(first.expression.kind)) return first
  const parts = [first.expression]
  let to = first.to
  for (;;) {
    const joint =
      lower(tokens, to) === ',' && lower(tokens, to + 1) === 'and'
        ? to + 2
        : [',', 'and', '&', '+'].includes(lower(tokens, to))
          ? to + 1
          : undefined
    const next = joint === undefined ? undefined : atom(tokens, joint)
    if (!next || next.expression.kind !== first.expression.kind) break
    parts.push(next.expression)
    to = next.to
  }
  return parts.length > 1 && touching(parts) ? { expression: { kind: 'union', parts }, to } : first
}

/** "June 12-18", "June 12 to 18, 2023". */
const monthDayRange: Read = (tokens, at) => {
  const month = monthNumbers[lower(tokens, at)]
  const [a, joint, b] = [tokens[at + 1], lower(tokens, at + 2), tokens[at + 3]]
  if (
    !month ||
    !isDay(a) ||
    !['-', 'to', 'through', 'and'].includes(joint) ||
    !isDay(b) ||
    (b?.value ?? 0) <= (a?.value ?? 0)
  )
    return undefined
  if (units[lower(tokens, at + 4)]) return undefined
  const year = yearAt(tokens, skip(tokens, at + 4, ',', 'of'))
  const end = (day: number): PeriodExpression => ({ kind: 'monthDay', month, day, year: year?.value })
  return { expression: { kind: 'range', from: end(a?.value ?? 1), to: end(b?.value ?? 1) }, to: year?.to ?? at + 4 }
}

const touching = (parts: PeriodExpression[]): boolean => {
  const numbers = parts
    .map(p => (p.kind === 'month' ? p.month : p.kind === 'quarter' ? p.quarter : 0))
    .toSorted((a, b) => a - b)
  const years = new Set(parts.flatMap(p => ('year' in p && p.year !== undefined ? [p.year] : [])))
  return years.size <= 1 && numbers.every((n, i) => i === 0 || n - (numbers[i - 1] ?? 0) === 1)
}
