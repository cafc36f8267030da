import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { MeasureView } from '../view.ts'
import { capital, difference, inSpan, isFlat, leading, list, lower, move, percent, shareOf, was } from '../words.ts'
import { stateOf } from './single.ts'
import { type Opening, overallChange, part, say, short, subject, type Telling, when } from './telling.ts'

/** What lies behind a change: the change, the segments that carry it, and what does not matter. Undefined when there is no change to explain. */
export const tellWhy = (telling: Telling, measure: MeasureView): Opening | undefined => {
  const change = overallChange(telling, measure)
  if (!change || change.value === null || !part(change, 'previous')) return undefined
  const segments = telling.facts.filter(f => f.kind === 'driver' && f.about && f.measure === measure.name)
  const headline = headlineOf(telling, measure, { change, segments })
  const summary = [
    changeSentence(telling, measure, change),
    ...segments.slice(0, 1).map(f => driverSentence(measure, f)),
    spreadSentence(telling, segments),
  ]
  return { headline, summary: summary.flatMap(s => s ?? []) }
}

/** "PayPal fell by 41 orders to 3, which is 93% of the whole drop." */
export const driverSentence = (measure: MeasureView, fact: Fact): Sentence => {
  const segment = fact.words?.segment ?? ''
  const [now, previous] = [part(fact, 'now'), part(fact, 'previous')]
  const from = `from ${formatExact(previous, measure.format)} to ${formatExact(now, measure.format)}`
  const after = fact.words?.order === 'after'
  if (fact.words?.kind === 'shift') return shiftSentence(measure, fact)
  if (fact.words?.kind === 'ratio') {
    const share = part(fact, 'share') ?? 0
    const [a, b] = [formatExact(now, measure.format), formatExact(previous, measure.format)]
    const both = after ? `was ${a}, then ${b}` : `went ${from}`
    return say(
      `In ${segment}, ${lower(measure.label)} ${both}; it has ${percent(share)} of ${fact.words.weight}.`,
      fact,
    )
  }
  const verb = (fact.value ?? 0) > 0 ? 'rose' : 'fell'
  if (after)
    return say(
      `${leading(segment)} had ${formatExact(now, measure.format)}, then ${formatExact(previous, measure.format)}.`,
      fact,
    )
  return say(`${leading(segment)} ${verb} ${from}${ofWhole(fact)}.`, fact)
}

const shiftSentence = (measure: MeasureView, fact: Fact): Sentence => {
  const { segment = '', weight = '', order } = fact.words ?? {}
  const [before, now] = [percent(part(fact, 'share') ?? 0), percent(part(fact, 'weight') ?? 0)]
  const beside = order === 'after' ? `then ${before}` : `against ${before} before`
  const rate = `its ${lower(measure.label)} is ${formatExact(part(fact, 'now'), measure.format)}`
  return say(`${leading(segment)} has ${now} of ${weight}, ${beside}; ${rate}.`, fact)
}

const ofWhole = (fact: Fact): string => {
  if (fact.words?.kind === 'overlap') return ''
  const contribution = part(fact, 'contribution') ?? 0
  const noun = (part(fact, 'change') ?? 0) > 0 ? 'rise' : 'drop'
  if (contribution > 1.005) return `, more than the whole ${noun}`
  const share = part(fact, 'share')
  const weight = share === null || share === 0 ? '' : `; it was ${percent(share)} of the total before`
  return `, which is ${shareOf(contribution)} of the ${noun}${weight}`
}

const headlineOf = (
  telling: Telling,
  measure: MeasureView,
  { change, segments }: { change: Fact; segments: Fact[] },
): Sentence => {
  const name = subject(telling, measure)
  const ratio = part(change, 'ratio')
  const value = change.value ?? 0
  const after = telling.extras.why?.after
  if (isFlat(value, ratio, change.format))
    return say(`${capital(name)} hardly moved: ${short(change, part(change, 'now'))}${when(telling)}`, change)
  const [best] = segments
  const way = value > 0 ? (after ? 'higher' : 'rose') : after ? 'lower' : 'fell'
  const by = move(value, ratio, change.format)
  const moved = after
    ? `${capital(name)} ${was(measure.label)} ${by} ${way} than ${inSpan(change.words?.versus ?? '')}`
    : `${capital(name)} ${way} ${by}`
  if (!best) return say(`${moved}, and no single part stands out`, change)
  return say(`${moved}; ${carriedBy(measure, best)}`, change, best)
}

/** "PayPal accounts for most of it", "Electronics alone rose by $20k", "the mix by category shifted towards Clothing". */
const carriedBy = (measure: MeasureView, best: Fact): string => {
  const { segment, kind, dimension = '', order } = best.words ?? {}
  const contribution = part(best, 'contribution') ?? 0
  const amount = difference(best.value ?? 0, measure.format)
  const verb = order === 'after' ? 'differs' : (best.value ?? 0) > 0 ? 'rose' : 'fell'
  if (kind === 'shift') return `the mix by ${lower(dimension)} shifted towards ${segment}`
  if (kind === 'overlap') return `${segment} ${verb} most, by ${amount}`
  if (kind === 'sum' && contribution > 1.005 && order !== 'after') return `${segment} alone ${verb} by ${amount}`
  if (contribution > 1.005) return `${segment} accounts for all of it`
  if (contribution > 0.5) return `${segment} accounts for ${contribution >= 0.9 ? 'nearly all' : 'most'} of it`
  return `${segment} accounts for ${percent(contribution)} of it`
}

const changeSentence = (telling: Telling, measure: MeasureView, change: Fact): Sentence => {
  const previous = formatExact(part(change, 'previous'), measure.format)
  const versus = inSpan(change.words?.versus ?? '')
  const start = stateOf(telling, measure, part(change, 'now'))
  if (telling.extras.why?.after)
    return say(`${start}, against ${previous} ${versus}. There is no data before to compare with.`, change)
  const less = measure.format.kind === 'integer' ? 'fewer' : 'less'
  const by = `${difference(change.value ?? 0, measure.format)} ${(change.value ?? 0) > 0 ? 'more' : less}`
  return say(`${start}, ${by} than ${versus} (${previous}).`, change)
}

const spreadSentence = (telling: Telling, segments: Fact[]): Sentence | undefined => {
  const even = telling.facts.filter(f => f.kind === 'driver' && f.words?.spread === 'even').slice(0, 3)
  if (!even.length) return undefined
  const names = list(even.map(f => lower(f.words?.dimension ?? '')))
  return say(segments.length ? `By ${names} the change is spread evenly.` : `By ${names}, no part stands out.`, ...even)
}
