import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import { type MeasureView, nameOf } from '../view.ts'
import {
  capital,
  difference,
  isCount,
  isFlat,
  isPlural,
  leading,
  list,
  lower,
  percent,
  shareOf,
  superlative,
  was,
} from '../words.ts'
import {
  aboutOf,
  changePhrase,
  factById,
  factsOf,
  isUneven,
  movedTo,
  type Opening,
  ofTotal,
  overallChange,
  part,
  partsNoun,
  say,
  short,
  subject,
  type Telling,
  when,
  wholeSubject,
} from './telling.ts'

/** Parts of one split: who leads, the whole, who follows. */
export const tellRanking = (telling: Telling, measure: MeasureView): Opening => {
  const tops = byRank(factsOf(telling, 'top', measure))
  const bottoms = byRank(factsOf(telling, 'bottom', measure))
  const headline =
    movers(telling, measure) ??
    perDay(telling, measure) ??
    pair(telling, measure) ??
    tie(telling, measure, tops) ??
    first(telling, measure, { tops, bottoms })
  const summary = [
    wholeSentence(telling, measure),
    followers(tops, headline) ?? nextLowest(bottoms, headline),
    inAll(telling, measure),
    concentration(telling, measure),
  ].flatMap(s => s ?? [])
  return { headline, summary }
}

/** Weekdays are five and weekends two: what a day of each brings. */
const perDay = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const days = factById(telling, `value:${measure.name}:day`)
  if (!days) return undefined
  const [weekday, weekend] = [short(days, part(days, 'weekday')), short(days, part(days, 'weekend'))]
  const name = capital(subject(telling, measure))
  return say(`${name} per day: ${weekday} on weekdays, ${weekend} on weekends${when(telling)}`, days)
}

const inAll = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const days = factById(telling, `value:${measure.name}:day`)
  if (!days || measure.previous !== undefined) return undefined
  const [weekdays, weekends] = [short(days, part(days, 'weekdays')), short(days, part(days, 'weekends'))]
  return say(`In all that is ${weekdays} on weekdays and ${weekends} on weekends.`, days)
}

/** The measure over everything, with how it moved. */
export const wholeSentence = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const total = factById(telling, `total:${measure.name}`)
  if (!total) return undefined
  const change = overallChange(telling, measure)
  const phrase = isUneven(change) ? '' : changePhrase(change)
  const previous = phrase && change ? ` (${formatExact(part(change, 'previous'), measure.format)})` : ''
  const moved = phrase ? `, ${phrase}${previous}` : ''
  const exact = formatExact(total.value, measure.format)
  const name = `${measure.additive ? 'Total' : 'Overall'} ${wholeSubject(telling, measure)}`
  const state = isCount(measure)
    ? `There ${total.value === 1 ? 'was' : 'were'} ${exact} ${wholeSubject(telling, measure)}`
    : `${name} ${was(measure.label)} ${exact}`
  return say(`${state}${when(telling)}${moved}.`, total, phrase ? change : undefined)
}

export const byRank = (facts: Fact[]): Fact[] =>
  [...facts].sort((a, b) => (part(a, 'rank') ?? 0) - (part(b, 'rank') ?? 0))

/** "3 of 18 states make up 52% of revenue." */
export const concentrationSentence = (telling: Telling, fact: Fact, measure: MeasureView): Sentence => {
  const few = part(fact, 'leading') ?? 0
  const verb = few === 1 ? 'makes' : 'make'
  return say(
    `${few} of ${part(fact, 'count')} ${partsNoun(telling)} ${verb} up ${percent(fact.value ?? 0)} of ${subject(telling, measure)}.`,
    fact,
  )
}

const movers = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  if (measure.previous === undefined) return undefined
  const change = overallChange(telling, measure)
  const parts = factsOf(telling, 'change', measure).filter(f => f.about)
  const direction = Math.sign(change?.value ?? 0)
  const [strongest] = parts.filter(f => !direction || Math.sign(f.value ?? 0) === direction)
  if (!strongest) return change && flatWhole(telling, measure, change)
  const rises = (strongest.value ?? 0) > 0
  const amount = difference(strongest.value ?? 0, measure.format)
  if (!change || change.value === null || isUneven(change) || !part(change, 'previous')) {
    return say(
      `${aboutOf(strongest)} ${rises ? 'rose' : 'fell'} most in ${subject(telling, measure)}, by ${amount}`,
      strongest,
    )
  }
  const verb = measure.additive
    ? `${rises ? 'added' : 'lost'} most, ${amount}`
    : `${rises ? 'rose' : 'fell'} most, by ${amount}`
  return say(`${moved(telling, measure, change)}; ${aboutOf(strongest)} ${verb}`, change, strongest)
}

const flatWhole = (telling: Telling, measure: MeasureView, change: Fact) =>
  change.value === null ? undefined : say(moved(telling, measure, change), change)

const moved = (telling: Telling, measure: MeasureView, change: Fact): string => {
  const ratio = part(change, 'ratio')
  const name = capital(subject(telling, measure))
  const now = short(change, part(change, 'now'))
  if (isFlat(change.value ?? 0, ratio, change.format)) return `${name} held at ${now}`
  return `${name} ${movedTo(change, measure.label)} ${now}`
}

const pair = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const [spread] = factsOf(telling, 'spread', measure)
  if (!spread || part(spread, 'count') !== 2) return undefined
  const [high, low] = [spread.words?.high ?? '', spread.words?.low ?? '']
  const values = `${short(spread, part(spread, 'high'))} against ${short(spread, part(spread, 'low'))}`
  return say(
    `${leading(high)} ${measure.good === 'down' ? 'is above' : 'is ahead of'} ${low} in ${subject(telling, measure)}: ${values}${moreBy(spread)}`,
    spread,
  )
}

const moreBy = (spread: Fact): string => {
  if (spread.format.kind === 'percent') return ''
  const [ratio, times] = [part(spread, 'ratio'), part(spread, 'times')]
  if (ratio === null || times === null || ratio < 0.005) return ''
  return times >= 2 ? `, ${times.toFixed(1)} times as much` : `, ${percent(ratio)} more`
}

const tie = (telling: Telling, measure: MeasureView, tops: Fact[]): Sentence | undefined => {
  const [top] = tops
  const tied = top ? (part(top, 'tied') ?? 1) : 1
  if (!top || tied < 2) return undefined
  const value = short(top)
  const nouns = partsNoun(telling)
  if (tied === part(top, 'count'))
    return say(
      `${tied === 2 ? 'Both' : `All ${tied}`} ${nouns} have the same ${subject(telling, measure)}, ${value}`,
      top,
    )
  if (tied > tops.length)
    return say(
      `${tied} ${nouns} tie for the ${superlative('top', measure)} ${subject(telling, measure)}, ${value} each`,
      top,
    )
  const names = tops.slice(0, tied).map(aboutOf)
  return say(
    `${list(names)} tie for the ${superlative('top', measure)} ${subject(telling, measure)}, ${value} each`,
    ...tops.slice(0, tied),
  )
}

const first = (
  telling: Telling,
  measure: MeasureView,
  { tops, bottoms }: { tops: Fact[]; bottoms: Fact[] },
): Sentence => {
  const [top] = tops
  const [bottom] = bottoms
  const asksLowest = telling.view.query.order[0]?.direction === 'asc' && bottom !== undefined
  if (top && !asksLowest) return say(leads(telling, measure, top), top)
  if (bottom)
    return say(
      `${leading(aboutOf(bottom))} has the ${superlative('bottom', measure)} ${subject(telling, measure)}, ${short(bottom)}`,
      bottom,
    )
  return only(telling, measure)
}

const leads = (telling: Telling, measure: MeasureView, top: Fact): string => {
  const share = ofTotal(telling, top)
  const name = subject(telling, measure)
  const most = superlative('top', measure)
  if (telling.view.dimensions.length > 1)
    return `The ${most} ${name} ${isPlural(measure.label) ? 'are' : 'is'} in ${aboutOf(top)}: ${short(top)}${share}`
  if (measure.good === 'down' || !measure.additive || isCount(measure) || telling.view.dimensions[0]?.ordered)
    return `${leading(aboutOf(top))} has the ${most} ${name}, ${short(top)}${share}`
  return `${leading(aboutOf(top))} leads ${name} with ${short(top)}${share}`
}

const only = (telling: Telling, measure: MeasureView): Sentence => {
  const { view } = telling
  const count = view.rows.length
  const name = capital(subject(telling, measure))
  const noun = lower(view.dimensions[0]?.label ?? 'row')
  const cell = view.rows[0]?.[measure.index]
  if (count !== 1 || typeof cell !== 'number') return { text: `${name} by ${noun}`, cites: [] }
  const label = view.dimensions.map(d => nameOf(view.rows[0]?.[d.index], d)).join(' / ')
  const cites = [`cell:0:${measure.name}`, ...view.dimensions.map(d => `cell:0:${d.name}`)]
  return { text: `${name} for ${label}: ${short({ format: measure.format, value: cell } as Fact)}`, cites }
}

const followers = (tops: Fact[], headline: Sentence): Sentence | undefined => {
  if (!tops.length) return undefined
  const next = tops.filter(f => !headline.cites.includes(f.id) && (part(f, 'rank') ?? 1) > 1)
  const led = tops.some(f => headline.cites.includes(f.id))
  if (!led || !next.length || tops.some(f => (part(f, 'tied') ?? 1) > 1)) return undefined
  const told = next.map((f, i) => {
    const share = shareOf(part(f, 'share') ?? 0)
    const name = i ? aboutOf(f) : `${leading(aboutOf(f))} follows`
    return `${name} with ${short(f)}${share ? ` (${share})` : ''}`
  })
  return say(`${list(told)}.`, ...next)
}

const nextLowest = (bottoms: Fact[], headline: Sentence): Sentence | undefined => {
  const next = bottoms.filter(f => !headline.cites.includes(f.id) && part(f, 'tied') === 1)
  if (!next.length || next.length === bottoms.length) return undefined
  return say(`Next from below: ${list(next.map(f => `${aboutOf(f)} with ${short(f)}`))}.`, ...next)
}

const concentration = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const [fact] = factsOf(telling, 'concentration', measure)
  if (!fact || fact.noteworthy < 0.45) return undefined
  return (part(fact, 'leading') ?? 0) > 1 ? concentrationSentence(telling, fact, measure) : undefined
}
