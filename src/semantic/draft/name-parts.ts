import lemmatizer from 'wink-lemmatizer'
import { singular, tokens } from './labels.ts'
import type { NamedRole, Words } from './words.ts'

/** A header taken apart: "Weight (kg)" → words weight, unit kg; "Cost Total $" → words cost, total, currency USD. */
export type NameParts = {
  /** All words, singular, without the unit. */
  words: string[]
  /** The words before the first "of", "in", "per" …: what the column is of its own. */
  head: string[]
  unit?: { show: string; role: NamedRole }
  currency?: string
  ratio: boolean
  /** How many words at the end only say the unit or the currency: "freight_cost_usd" 1, "Speed in knots" 2. */
  told: number
}

/** A unit is looked for only in the name of a column of numbers: "time of day" has none. */
export const nameParts = (label: string, isNumber: boolean, facts: Words): NameParts => {
  const bracket = /[([]([^)\]]*)[)\]]\s*$/.exec(label)
  const plain = bracket ? label.slice(0, bracket.index) : label
  const all = tokens(plain).map(singular)
  const money = currencyIn(label, facts)
  const bracketUnit = bracket && unitIn((bracket[1] ?? '').trim().toLowerCase(), facts)
  const own = money ? withoutCurrency(all, facts) : all
  const { words, unit } = bracketUnit
    ? { words: own, unit: bracketUnit }
    : isNumber
      ? withoutUnit(own, facts)
      : { words: own, unit: undefined }
  const kept = words.filter(w => !money || !Object.hasOwn(facts.currencies, w))
  const from = kept.findIndex((w, i) => i > 0 && facts.prepositions.includes(w))
  const ratio = kept.some((w, i) => i > 0 && i < kept.length - 1 && facts.ratio_words.includes(w))
  const percent = /%/.test(label) ? facts.units.percent : undefined
  return {
    words: kept,
    head: from > 0 ? kept.slice(0, from) : kept,
    unit: unit ?? percent,
    currency: money,
    ratio,
    told: isNumber ? all.length - words.length : 0,
  }
}

const unitIn = (text: string, { units }: Words) => {
  const plain = singular(text.replace('°', ''))
  return Object.hasOwn(units, plain) ? units[plain] : undefined
}

const withoutCurrency = (words: string[], { currencies }: Words): string[] => {
  const last = words.at(-1) ?? ''
  if (words.length < 2 || !Object.hasOwn(currencies, last)) return words
  return words.slice(0, words.at(-2) === 'in' && words.length > 2 ? -2 : -1)
}

const withoutUnit = (words: string[], { units, ratio_words }: Words) => {
  const last = words.at(-1) ?? ''
  const unit = Object.hasOwn(units, last) ? units[last] : undefined
  const before = words.slice(0, -1)
  if (!unit || before.length === 0 || ratio_words.includes(before.at(-1) ?? '')) return { words }
  const introduced = before.at(-1) === 'in'
  if (unit.after && !introduced && !before.some(w => unit.after?.includes(w))) return { words }
  return { words: introduced ? before.slice(0, -1) : before, unit }
}

const currencyIn = (label: string, { currencies }: Words): string | undefined => {
  const marks = [...tokens(label), ...(label.match(/[$€£¥₹]/g) ?? [])]
  return marks.flatMap(m => (Object.hasOwn(currencies, m) ? [currencies[m]!] : []))[0]
}

/** The role that the words tell: the last word that has one; words that only colour ("total", "max") are asked last. */
export const roleByWords = ({ words, head, unit, ratio, currency }: NameParts, facts: Words): NamedRole | undefined => {
  if (ratio && lastRole(head, facts) === 'price') return 'price'
  if (ratio || unit?.show === '%') return 'rate'
  const whole = byPhrase(words.join(' '), facts)
  if (whole) return whole
  const strong = head.filter(w => !facts.modifiers.includes(w))
  const found = lastRole(strong, facts) ?? (numberOf(words) ? 'quantity' : lastRole(head, facts))
  if (unit && found === 'code') return unit.role
  if (found === 'rate' && currency && !unit) return 'money'
  if (found && unit && unit.role !== found && !['size', 'rate', 'quantity'].includes(unit.role))
    return found === 'quantity' || found === 'size' ? unit.role : found
  return found ?? unit?.role ?? (currency ? 'money' : undefined)
}

/** A header that is nothing but spans of time, "days" of leave requests or "minutes lost" of a stoppage: how many of them a row has. */
export const isSpan = (label: string): boolean => {
  const [span, done, ...others] = tokens(label)
  const counts = /^(minutes|hours|days|nights|weeks|months|miles|kilometers|kilometres|seats|pages)$/.test(span ?? '')
  return counts && others.length === 0 && (done === undefined || isPast(done))
}

/** "lost", "worked": a form of a verb that is not its own base. */
const isPast = (word: string): boolean => lemmatizer.verb(word) !== word && !word.endsWith('ing') && !word.endsWith('s')

const numberOf = (words: readonly string[]) =>
  /^(num|number|no|n|count|total number) (of )?/.test(words.join(' ')) && words.length > 1

const byPhrase = (text: string, { roles }: Words): NamedRole | undefined =>
  entries(roles).find(([, list]) => list.some(w => w.includes(' ') && (text === w || text.endsWith(` ${w}`))))?.[0]

const lastRole = (words: readonly string[], { roles }: Words): NamedRole | undefined =>
  words.toReversed().flatMap(word => entries(roles).find(([, list]) => list.includes(word))?.[0] ?? [])[0]

const entries = (roles: Words['roles']) => Object.entries(roles) as [NamedRole, string[]][]
