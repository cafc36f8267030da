import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { formatShort } from '#src/vocabulary/format.ts'
import { comparesNeighbours, type MeasureView } from '../view.ts'
import { capital, counted, difference, inSpan, isFlat, isPlural, lower, move, percent, was } from '../words.ts'
import { tellRanking, wholeSentence } from './ranking.ts'
import {
  at,
  changePhrase,
  factById,
  factsOf,
  isUneven,
  movedTo,
  type Opening,
  overallChange,
  part,
  say,
  short,
  subject,
  type Telling,
  when,
} from './telling.ts'

/** A measure over time: what stands out, else where it goes, else how far it moves. */
export const tellOverTime = (telling: Telling, measure: MeasureView): Opening => {
  const headline = headlineOf(telling, measure)
  const summary = [
    wholeSentence(telling, measure),
    runningSentence(telling, measure),
    rangeSentence(telling, measure),
    cutSentence(telling),
  ].flatMap(s => s ?? [])
  const last = summary.length < 3 ? lastSentence(telling, measure, headline) : undefined
  return { headline, summary: last ? [...summary, last] : summary }
}

/** A measure over time by a dimension: who leads when parts add up, else what moved most. */
export const tellSeries = (telling: Telling, measure: MeasureView): Opening => {
  const tops = factsOf(telling, 'top', measure)
  const summary = [cutSentence(telling)].flatMap(s => s ?? [])
  if (tops.length) {
    const ranking = tellRanking(telling, measure)
    return { headline: ranking.headline, summary: [...ranking.summary.slice(0, 2), ...summary] }
  }
  const [moved] = [...factsOf(telling, 'trend', measure), ...factsOf(telling, 'anomaly', measure)].sort(
    (a, b) => b.noteworthy - a.noteworthy,
  )
  const headline = moved
    ? trimmed(timeSentence(telling, moved, measure))
    : say(`${capital(subject(telling, measure))} by ${telling.view.time?.grain}`)
  return { headline, summary: [wholeSentence(telling, measure)].flatMap(s => s ?? []).concat(summary) }
}

/** A sentence for a trend, peak, low or anomaly. */
export const timeSentence = (telling: Telling, fact: Fact, measure: MeasureView): Sentence => {
  const name = subject(telling, measure)
  if (fact.kind === 'trend') return trendSentence(name, fact)
  if (fact.kind === 'anomaly') return anomalySentence(name, fact, measure)
  const end = fact.kind === 'peak' ? 'highest' : 'lowest'
  const ratio = part(fact, 'ratio')
  const grain = Object.keys(fact.about ?? {})[0] ?? 'bucket'
  const beside =
    ratio !== null && Math.abs(ratio) >= 0.05 && measure.format.kind !== 'percent'
      ? `, ${percent(ratio)} ${ratio > 0 ? 'above' : 'below'} the usual ${grain}`
      : ''
  return say(`The ${end} ${grain} was ${fact.words?.at} with ${short(fact)}${beside}.`, fact)
}

/** Says that the first or last bucket is not whole. */
export const cutSentence = (telling: Telling): Sentence | undefined => {
  if (telling.view.measures.every(m => m.calc)) return undefined
  const cut = [factById(telling, 'partial:last'), factById(telling, 'partial:first')].flatMap(f => f ?? [])
  if (!cut.length) return undefined
  const told = cut.map(
    f =>
      `${f.words?.at} has only ${part(f, 'ofDays') === 1 ? 'part of its day' : `${f.value} of ${part(f, 'ofDays')} days`}`,
  )
  const rest = cut.length > 1 ? '; both are left out of the comparisons' : ' and is left out of the comparisons'
  return say(`${capital(told.join(' and '))}${rest}.`, ...cut)
}

const headlineOf = (telling: Telling, measure: MeasureView): Sentence => {
  const [reached] = factsOf(telling, 'value', measure)
  const name = capital(subject(telling, measure))
  if (reached?.words?.at)
    return say(
      `${capital(lower(telling.view.model.measures[measure.measure]?.label ?? measure.label))} reached ${short(reached)} by ${reached.words.at}`,
      reached,
    )
  const change = overallChange(telling, measure)
  if (measure.previous !== undefined && change && changePhrase(change) && !isUneven(change))
    return compared(telling, measure, change)
  const growth = comparesNeighbours(telling.view) && factsOf(telling, 'change', measure).find(f => f.about)
  if (growth) return lastBucket(name, growth)
  const [gap] = factsOf(telling, 'missing', measure).filter(f => f.noteworthy >= 0.8)
  if (gap) return say(`No ${subject(telling, measure)} ${at(gap)}`, gap)
  const strong = [...factsOf(telling, 'anomaly', measure), ...factsOf(telling, 'trend', measure)].sort(
    (a, b) => b.noteworthy - a.noteworthy,
  )
  if (strong[0]) return trimmed(timeSentence(telling, strong[0], measure))
  const [peak] = factsOf(telling, 'peak', measure)
  if (peak) return say(`${name} peaked ${at(peak)} at ${short(peak)}`, peak)
  const [low] = factsOf(telling, 'low', measure)
  if (low) return say(`${name} ${was(measure.label)} lowest ${at(low)} at ${short(low)}`, low)
  const last = factsOf(telling, 'change', measure).find(f => f.about)
  if (last) return lastBucket(name, last)
  return plainSeries(telling, measure)
}

const compared = (telling: Telling, measure: MeasureView, change: Fact): Sentence => {
  const name = capital(subject(telling, measure))
  const ratio = part(change, 'ratio')
  const now = formatShort(part(change, 'now'), change.format)
  if (isFlat(change.value ?? 0, ratio, change.format))
    return say(`${name} held at ${now}, as ${inSpan(change.words?.versus ?? '')}`, change)
  return say(`${name} ${movedTo(change, measure.label)} ${now}`, change)
}

const lastBucket = (name: string, last: Fact): Sentence => {
  const phrase = changePhrase(last)
  return say(`${name}: ${short(last, part(last, 'now'))} ${at(last)}${phrase ? `, ${phrase}` : ''}`, last)
}

const plainSeries = (telling: Telling, measure: MeasureView): Sentence => {
  const { rows, time } = telling.view
  const name = capital(subject(telling, measure))
  const cell = rows[0]?.[measure.index]
  const total = factById(telling, `total:${measure.name}`)
  if (rows.length > 1 && total && measure.additive) return say(`${name}: ${short(total)} in all${when(telling)}`, total)
  if (rows.length !== 1 || typeof cell !== 'number' || !time)
    return say(`${name} by ${time?.grain ?? 'time'}${when(telling)}`)
  return { text: `${name}: ${formatShort(cell, measure.format)}${when(telling)}`, cites: [`cell:0:${measure.name}`] }
}

const lastSentence = (telling: Telling, measure: MeasureView, headline: Sentence): Sentence | undefined => {
  const last = factsOf(telling, 'change', measure).find(f => f.about)
  const phrase = changePhrase(last)
  if (!last || !phrase || headline.cites.includes(last.id) || /^(day|hour)$/.test(last.words?.grain ?? ''))
    return undefined
  return say(
    `${capital(at(last))}, the latest ${last.words?.grain}, ${isPlural(measure.label) ? 'they were' : 'it was'} ${short(last, part(last, 'now'))}, ${phrase}.`,
    last,
  )
}

/** Where a running total stood after its first bucket and half way. */
const runningSentence = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const [, first, half] = factsOf(telling, 'value', measure)
  if (!first || !half) return undefined
  return say(`It stood at ${short(first)} ${at(first)} and at ${short(half)} ${at(half)}.`, first, half)
}

const rangeSentence = (telling: Telling, measure: MeasureView): Sentence | undefined => {
  const [peak] = factsOf(telling, 'peak', measure)
  const [low] = factsOf(telling, 'low', measure)
  if (!peak || !low) return undefined
  const count = part(peak, 'count') ?? 0
  const grain = Object.keys(peak.about ?? {})[0] ?? 'bucket'
  return say(
    `Across ${counted(count, grain)} ${isPlural(measure.label) ? 'they' : 'it'} ran from ${short(low)} (${low.words?.at}) to ${short(peak)} (${peak.words?.at}).`,
    peak,
    low,
  )
}

const trendSentence = (name: string, fact: Fact): Sentence => {
  const series = Object.values(fact.about ?? {})
  const of = series.length ? `${capital(name)} for ${series.join(', ')}` : capital(name)
  const way = (fact.value ?? 0) > 0 ? 'up' : 'down'
  const [from, to, ratio] = [part(fact, 'from') ?? 0, part(fact, 'to') ?? 0, part(fact, 'ratio')]
  const by =
    ratio !== null && fact.format.kind !== 'percent'
      ? move(to - from, ratio, fact.format)
      : difference(to - from, fact.format)
  return say(
    `${of} trended ${way} from ${fact.words?.from} to ${fact.words?.to}, by about ${by}${slopeOf(fact)}.`,
    fact,
  )
}

/** ", $3,421 a month": what a trend comes to in each bucket, where that is more than a fraction. */
const slopeOf = (fact: Fact): string => {
  const tiny = fact.format.kind !== 'currency' && Math.abs(fact.value ?? 0) < 5
  const grain = fact.words?.grain ?? ''
  if (fact.format.kind === 'percent' || tiny || grain === 'day' || grain === 'hour') return ''
  return ` or ${formatShort(Math.abs(Math.round(fact.value ?? 0)), fact.format)} a ${grain}`
}

const anomalySentence = (name: string, fact: Fact, measure: MeasureView): Sentence => {
  const { from: _from, to: _to, ...series } = fact.about ?? {}
  const of = Object.values(series).length ? `${name} for ${Object.values(series).join(', ')}` : name
  const above = (part(fact, 'score') ?? 0) > 0
  const [least, most] = [
    formatShort(part(fact, 'least'), measure.format),
    formatShort(part(fact, 'most'), measure.format),
  ]
  const each = part(fact, 'buckets') === 1 ? '' : ` a ${fact.words?.grain}`
  const value = part(fact, 'buckets') === 1 || least === most ? `${short(fact)}${each}` : `${least} to ${most}${each}`
  const usual = short(fact, part(fact, 'usual'))
  const far = Math.abs(part(fact, 'ratio') ?? 1) >= 0.2 ? 'far ' : ''
  return say(
    `${capital(of)} ${was(measure.label)} ${far}${above ? 'above' : 'below'} usual ${at(fact)}: ${value}, where about ${usual} is normal.`,
    fact,
  )
}

const trimmed = ({ text, cites }: Sentence): Sentence => ({ text: text.replace(/\.$/, ''), cites })
