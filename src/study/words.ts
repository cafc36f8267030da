import { daysBetween } from '#src/semantic/calendar.ts'
import { type Format, formatExact, formatShort } from '#src/vocabulary/format.ts'
import type { Period } from '#src/vocabulary/period.ts'

/** A label inside a sentence: "Payment method" → "payment method"; "AOV" and "GMV per day" stay. */
export const lower = (label: string): string =>
  /^\p{Lu}(?![\p{Lu}\d])/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "state" → "states", "category" → "categories", "country of birth" → "countries of birth". */
export const plural = (noun: string): string => {
  const [, head = noun, rest = ''] = noun.match(/^(.*?)( (?:of|per|in|by|for) .*)?$/s) ?? []
  if (/[^aeiou]y$/i.test(head)) return `${head.slice(0, -1)}ies${rest}`
  if (/(s|x|z|ch|sh)$/i.test(head)) return isPlural(head) ? noun : `${head}es${rest}`
  return `${head}s${rest}`
}

/** "1 state", "18 states". */
export const counted = (n: number, noun: string): string =>
  `${formatExact(n, { kind: 'integer' })} ${n === 1 ? noun : plural(noun)}`

/** Whether a measure's label takes "were": "Orders", "Items per order"; not "Return rate", "Gross". */
export const isPlural = (label: string): boolean => {
  const head = label.split(/ (?:of|per|in|by|for|with|from) /)[0] ?? label
  return /[^su']s$/i.test(head) && !/(is|news)$/i.test(head)
}

/** Whether a measure counts things, so that "there were 12 orders" can be said of it. */
export const isCount = ({ format, label }: { format: Format; label: string }): boolean =>
  format.kind === 'integer' && !format.unit && isPlural(label) && !/^number of /i.test(label)

/** Where a span lies, from its words alone: "in Nov 2023", "on 14 May 2023", "over 1–14 May 2023", "in the week of 5 Jun 2023". */
export const inSpan = (label: string): string => {
  if (/^(last|this|yesterday|today|since|from|until|before|after|between)\b/i.test(label)) return lower(label)
  if (!/^\d{1,2} ?[–\p{L}]/u.test(label)) return `in ${label}`
  return /–/.test(label) ? `over ${label}` : `on ${label}`
}

/** A part's name at the start of a sentence: "web" → "Web"; names with capitals of their own stay. */
export const leading = (name: string): string => (/^[a-z][a-z \-/()]*$/.test(name) ? capital(name) : name)

/** "most orders", "highest revenue": what the top and the bottom of a measure are called. */
export const superlative = (end: 'top' | 'bottom', { label, format }: { label: string; format: Format }): string => {
  const countable = format.kind === 'integer' && isPlural(label)
  if (end === 'top') return countable ? 'most' : 'highest'
  return countable ? 'fewest' : 'lowest'
}

export const was = (label: string): string => (isPlural(label) ? 'were' : 'was')
export const does = (label: string, verb: string): string => (isPlural(label) ? verb : `${verb}s`)

/** "in Nov 2023", "on 15 Aug 2023", "in the week of 12–18 Jun 2023", "over 3–20 May 2023", "since June". Empty without a period. */
export const inPeriod = (period: Pick<Period, 'start' | 'end' | 'label' | 'unit' | 'count'> | undefined): string => {
  if (!period) return ''
  const { label, unit, count = 1, start, end } = period
  if (/^(last|this|yesterday|today|since|from|until|till|before|after|between|so far)\b/i.test(label))
    return ` ${lower(label)}`
  if (/^(the|all)\b/i.test(label)) return ` in ${lower(label)}`
  if (daysBetween(start, end) === 1) return ` on ${label}`
  if (unit === 'week' && count === 1) return /week/i.test(label) ? ` in ${label}` : ` in the week of ${label}`
  return /^\d{1,2}\b(?!\d)/.test(label) ? ` over ${label}` : ` in ${label}`
}

/** "Texas", "Texas and Ohio", "Texas, Ohio and Utah". */
export const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Without sign; what rounds to 10.0% is "10%". */
export const percent = (fraction: number): string => {
  const abs = Math.abs(fraction)
  return formatShort(abs < 0.1 && abs >= 0.09995 ? 0.1 : abs, { kind: 'percent' })
}

/** A part of a whole: "31%", "99.8%". Empty when it rounds to nothing. */
export const shareOf = (fraction: number): string => {
  if (fraction < 0.0005) return ''
  if (fraction >= 0.9995 && fraction < 1) return 'almost all'
  return fraction >= 0.985 && fraction < 1 ? `${(fraction * 100).toFixed(1)}%` : percent(fraction)
}

/** A difference of two values: an amount, or for rates "2.1 points". Without sign. */
export const difference = (delta: number, format: Format): string => {
  if (format.kind !== 'percent') return formatShort(Math.abs(delta), format)
  const points = Math.abs(delta * 100).toFixed(Math.abs(delta) < 0.001 ? 2 : 1)
  return points === '1.0' ? '1 point' : `${points.replace(/\.0$/, '')} points`
}

/** By how much something moved: "12%", "2.1 points" for a rate, an amount when there is no ratio or it is ten and more. */
export const move = (delta: number, ratio: number | null | undefined, format: Format): string => {
  if (format.kind === 'percent' || typeof ratio !== 'number' || ratio >= 10) return difference(delta, format)
  return percent(ratio)
}

/** Too small to be called a move: half a percent of the value, or for rates 0.05 points. */
export const isFlat = (delta: number, ratio: number | null | undefined, format: Format): boolean => {
  if (format.kind === 'percent') return Math.abs(delta) < 0.0005
  return typeof ratio === 'number' ? Math.abs(ratio) < 0.005 : delta === 0
}
