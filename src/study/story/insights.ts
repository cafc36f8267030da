import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { formatExact } from '#src/vocabulary/format.ts'
import type { MeasureView } from '../view.ts'
import {
  capital,
  counted,
  difference,
  does,
  isPlural,
  leading,
  lower,
  move,
  plural,
  superlative,
  was,
} from '../words.ts'
import { timeSentence } from './over-time.ts'
import { concentrationSentence } from './ranking.ts'
import { aboutOf, at, isUneven, ofTotal, part, say, short, subject, type Telling } from './telling.ts'
import { driverSentence } from './why.ts'

const most = 5
const leastWorth = 0.45

/** Up to five further things worth knowing, most noteworthy first, each fact once and none that the opening has told. */
export const insightsOf = (telling: Telling, told: ReadonlySet<string>): Sentence[] =>
  telling.facts
    .filter(f => f.noteworthy >= leastWorth && !told.has(f.id) && !isTwin(telling, f))
    .sort((a, b) => b.noteworthy - a.noteworthy)
    .filter(onlyTwoOfAKind())
    .flatMap(f => sentenceFor(telling, f) ?? [])
    .slice(0, most)

/** Three sentences of one form are a list, not insights. */
const onlyTwoOfAKind = () => {
  const seen = new Map<string, number>()
  return ({ kind }: Fact): boolean => {
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    return kind === 'driver' || kind === 'change' || (seen.get(kind) ?? 0) <= 2
  }
}

/** A peak or low that an anomaly tells already. */
const isTwin = ({ facts }: Telling, { kind, about = {} }: Fact): boolean => {
  const bucket = Object.values(about)[0] ?? ''
  const covers = (f: Fact) => f.kind === 'anomaly' && (f.about?.from ?? '') <= bucket && bucket <= (f.about?.to ?? '')
  return (kind === 'peak' || kind === 'low') && facts.some(covers)
}

const sentenceFor = (telling: Telling, fact: Fact): Sentence | undefined => {
  const measure = telling.view.measures.find(m => m.name === fact.measure)
  if (!measure) return undefined
  switch (fact.kind) {
    case 'change':
      return fact.about ? partChange(telling, fact, measure) : wholeChange(telling, fact, measure)
    case 'top':
    case 'bottom':
      return place(telling, fact, measure)
    case 'concentration':
      return concentrationSentence(telling, fact, measure)
    case 'spread':
      return spreadSentence(telling, fact, measure)
    case 'trend':
      return timeSentence(telling, fact, measure)
    case 'anomaly':
      return telling.view.time ? timeSentence(telling, fact, measure) : unusual(fact)
    case 'peak':
    case 'low':
      return telling.view.time ? timeSentence(telling, fact, measure) : recordSentence(fact)
    case 'missing':
      return missingSentence(telling, fact, measure)
    case 'target':
      return targetSentence(fact, measure)
    case 'driver':
      return fact.about ? driverSentence(measure, fact) : undefined
    case 'partial':
      return fact.id === 'partial:period' ? openPeriod(telling, fact) : undefined
    default:
      return undefined
  }
}

const partChange = (telling: Telling, fact: Fact, measure: MeasureView): Sentence | undefined => {
  if (fact.value === null || fact.value === 0) return undefined
  const verb = fact.value > 0 ? 'rose' : 'fell'
  const ratio = part(fact, 'ratio')
  const by = difference(fact.value, measure.format)
  const relative =
    ratio !== null && measure.format.kind !== 'percent' ? ` (${move(fact.value, ratio, measure.format)})` : ''
  const name = telling.view.time ? (fact.words?.at ?? '') : aboutOf(fact)
  if (telling.view.time)
    return say(
      `${capital(name)} was ${by}${relative} ${fact.value > 0 ? 'above' : 'below'} ${fact.words?.versus}.`,
      fact,
    )
  return say(`${leading(name)} ${verb} by ${by}${relative} to ${short(fact, part(fact, 'now'))}.`, fact)
}

const wholeChange = (telling: Telling, fact: Fact, measure: MeasureView): Sentence | undefined => {
  if (fact.value === null || !part(fact, 'previous') || isUneven(fact)) return undefined
  const ratio = part(fact, 'ratio')
  const verb = fact.value > 0 ? 'rose' : 'fell'
  return say(
    `${capital(subject(telling, measure))} ${verb} ${move(fact.value, ratio, measure.format)} from ${fact.words?.versus}.`,
    fact,
  )
}

const place = (telling: Telling, fact: Fact, measure: MeasureView): Sentence | undefined => {
  if ((part(fact, 'tied') ?? 1) > 1 || (part(fact, 'rank') ?? 1) > 1 || part(fact, 'count') === 2) return undefined
  const end = fact.kind === 'top' ? 'top' : 'bottom'
  const name = leading(aboutOf(fact))
  return say(
    `${name} has the ${superlative(end, measure)} ${subject(telling, measure)}, ${short(fact)}${ofTotal(telling, fact)}.`,
    fact,
  )
}

const spreadSentence = (telling: Telling, fact: Fact, measure: MeasureView): Sentence | undefined => {
  if ((part(fact, 'count') ?? 0) <= 3 && !telling.view.query.limit) return undefined
  const [low, high] = [short(fact, part(fact, 'low')), short(fact, part(fact, 'high'))]
  const range = `${low} (${fact.words?.low}) to ${high} (${fact.words?.high})`
  return say(`${capital(subject(telling, measure))} ${does(measure.label, 'run')} from ${range}.`, fact)
}

const unusual = (fact: Fact): Sentence => {
  const side = (part(fact, 'score') ?? 0) > 0 ? 'above' : 'below'
  return say(`That is far ${side} the usual ${short(fact, part(fact, 'usual'))} a ${fact.words?.grain}.`, fact)
}

const recordSentence = (fact: Fact): Sentence => {
  const grain = Object.keys(fact.about ?? {})[0] ?? 'bucket'
  const count = part(fact, 'count') ?? 0
  return say(
    `It is the ${fact.kind === 'peak' ? 'highest' : 'lowest'} of ${fact.words?.among === 'all' ? 'all' : 'the last'} ${counted(count, grain)}; ${short(fact, part(fact, 'usual'))} is usual.`,
    fact,
  )
}

const missingSentence = (telling: Telling, fact: Fact, measure: MeasureView): Sentence => {
  const grain = fact.words?.grain ?? 'day'
  const none = `no ${subject(telling, measure)}`
  const [count, longest] = [fact.value ?? 0, part(fact, 'longest') ?? 0]
  if (count === longest)
    return say(
      `There ${isPlural(measure.label) ? 'are' : 'is'} ${none} ${at(fact)}${count > 1 ? `, ${counted(count, grain)} in a row` : ''}.`,
      fact,
    )
  const all = `${formatExact(count, fact.format)} of ${part(fact, 'buckets')} ${plural(grain)}`
  return say(`${all} have ${none}; the longest gap is ${fact.words?.at}.`, fact)
}

const targetSentence = (fact: Fact, measure: MeasureView): Sentence => {
  const [hits, count] = [part(fact, 'hits'), part(fact, 'count')]
  if (hits !== null && count !== null)
    return say(
      `The target of ${short(fact)} was reached in ${hits} of ${counted(count, fact.words?.grain ?? 'bucket')}.`,
      fact,
    )
  const gap = part(fact, 'gap') ?? 0
  const side = gap > 0 ? 'above' : 'below'
  const where = gap === 0 ? 'exactly at' : `${difference(gap, measure.format)} ${side}`
  return say(`${capital(lower(measure.label))} ${was(measure.label)} ${where} the target of ${short(fact)}.`, fact)
}

const openPeriod = ({ view }: Telling, fact: Fact): Sentence => {
  const label = view.query.period?.label ?? 'the period'
  const days = `${fact.value} of ${part(fact, 'ofDays')} days`
  if (/^since /i.test(label)) return say(`${days} ${lower(label)} are in the data.`, fact)
  return say(`${capital(fact.words?.whole ?? label)} is not over: ${days} are in.`, fact)
}
