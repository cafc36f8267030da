import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { formatExact, formatShort } from '#src/vocabulary/format.ts'
import type { MeasureView } from '../view.ts'
import { capital, inSpan, isCount, isFlat, leading, list, lower, plural, was } from '../words.ts'
import {
  factById,
  isAfter,
  isUneven,
  movedTo,
  type Opening,
  overallChange,
  part,
  say,
  subject,
  type Telling,
  when,
  wholeSubject,
} from './telling.ts'

/** One number: what it is and how it moved. */
export const tellSingle = (telling: Telling, measure: MeasureView): Opening => {
  const value = factById(telling, `value:${measure.name}`)
  const change = overallChange(telling, measure)
  return {
    headline: headline(telling, measure, { value, change }),
    summary: [sentence(telling, measure, { value, change })],
  }
}

/** Several measures in one row: all in the headline, each with its change below. */
export const tellMeasures = (telling: Telling): Opening => {
  const { measures } = telling.view
  const values = measures.map(m => factById(telling, `value:${m.name}`))
  const told = measures.map(
    (m, i) =>
      `${i ? subject(telling, m) : capital(subject(telling, m))} ${formatShort(values[i]?.value ?? null, m.format)}`,
  )
  const summary = measures
    .slice(0, 3)
    .map((m, i) => sentence(telling, m, { value: values[i], change: overallChange(telling, m) }))
  return { headline: say(`${list(told)}${when(telling)}`, ...values), summary }
}

/** "Texas and Ohio make up 8.1% of orders in 2023". */
const shareOfOne = (telling: Telling, measure: MeasureView, value: Fact | undefined): Sentence | undefined => {
  const { query, model } = telling.view
  const [filter] = query.filters
  const whole = model.measures[measure.measure]?.label
  if (measure.calc?.kind !== 'share' || query.filters.length !== 1 || filter?.op !== 'in' || !whole) return undefined
  if (typeof value?.value !== 'number' || filter.values.length > 3) return undefined
  const verb = filter.values.length > 1 ? 'make' : 'makes'
  const names = leading(list(filter.values.map(String)))
  return say(
    `${names} ${verb} up ${formatShort(value.value, measure.format)} of ${lower(whole)}${when(telling)}`,
    value,
  )
}

/** The things behind a number: under what half of them are, and where most of them lie. */
export const tellThings = (telling: Telling, measure: MeasureView, things: Fact): Opening => {
  const nouns = plural(lower(things.words?.noun ?? 'row'))
  const scope = wholeSubject(telling, { ...measure, label: nouns })
  const between = `${formatShort(part(things, 'low'), things.format)} and ${formatShort(part(things, 'high'), things.format)}`
  const share = formatShort(part(things, 'middle'), { kind: 'percent' })
  const count = formatExact(part(things, 'count'), { kind: 'integer' })
  return {
    headline: say(`Half of the ${scope} are under ${formatShort(things.value, things.format)}${when(telling)}`, things),
    summary: [say(`${share} of the ${count} ${nouns} lie between ${between}.`, things)],
  }
}

type Known = { value?: Fact; change?: Fact }

const headline = (telling: Telling, measure: MeasureView, { value, change }: Known): Sentence => {
  const name = capital(subject(telling, measure))
  const share = shareOfOne(telling, measure, value)
  if (share) return share
  const short = formatShort(value?.value ?? null, measure.format)
  if (value?.value === null || value === undefined) return say(`No ${subject(telling, measure)}${when(telling)}`)
  if (!change || !part(change, 'previous') || change.value === null || isUneven(change)) {
    return say(`${name}: ${short}${when(telling)}`, value)
  }
  const ratio = part(change, 'ratio')
  if (isFlat(change.value, ratio, change.format)) return say(`${name} held at ${short}${when(telling)}`, value)
  if (isFew(change))
    return say(
      `${name}: ${short}${when(telling)}, ${change.value > 0 ? 'up' : 'down'} from ${part(change, 'previous')}`,
      value,
      change,
    )
  const span = isAfter(change) ? '' : when(telling)
  return say(`${name} ${movedTo(change, measure.label)} ${short}${span}`, value, change)
}

/** Counts of a few: a ratio would make much of one more or less. */
const isFew = (change: Fact) =>
  change.format.kind === 'integer' && !isAfter(change) && (part(change, 'previous') ?? 0) < 50

const sentence = (telling: Telling, measure: MeasureView, { value, change }: Known): Sentence => {
  if (value?.value === null || value === undefined)
    return say(`There is no figure for ${subject(telling, measure)}${when(telling)}.`)
  return say(`${stateOf(telling, measure, value.value)}${against(change)}.`, value, change)
}

/** "Revenue was $412,310 in Nov 2023", "There were 134 orders on 15 Aug 2023". */
export const stateOf = (telling: Telling, measure: MeasureView, value: number | null): string => {
  const name = subject(telling, measure)
  const exact = formatExact(value, measure.format)
  if (!isCount(measure)) return `${capital(name)} ${was(measure.label)} ${exact}${when(telling)}`
  return `There ${value === 1 ? `was ${exact} ${one(name)}` : `were ${exact} ${name}`}${when(telling)}`
}

const one = (name: string) => name.replace(/^(\S*?)s\b/, '$1')

const against = (change: Fact | undefined): string => {
  if (!change) return ''
  const versus = change.words?.versus ?? 'before'
  const previous = part(change, 'previous')
  if (previous === null) return `; there is nothing ${inSpan(versus)} to compare with`
  const days = isUneven(change)
    ? ` (all ${part(change, 'previousDays')} days; only ${part(change, 'days')} have passed now)`
    : ''
  return `, against ${formatExact(previous, change.format)} ${inSpan(versus)}${days}`
}
