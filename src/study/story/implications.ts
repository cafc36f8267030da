import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import type { MeasureView } from '../view.ts'
import { capital, counted, does, lower, move, plural } from '../words.ts'
import { aboutOf, at, part, say, subject, type Telling } from './telling.ts'

const most = 2

/** What follows from the facts, at most two and one of a kind, with no claim about causes that the data does not hold. */
export const implicationsOf = (telling: Telling): Sentence[] =>
  [...telling.facts]
    .sort((a, b) => b.noteworthy - a.noteworthy)
    .flatMap(f => {
      const sentence = implication(telling, f)
      return sentence ? [{ kind: f.kind, sentence }] : []
    })
    .filter((s, i, all) => all.findIndex(o => o.kind === s.kind) === i)
    .slice(0, most)
    .map(s => s.sentence)

const implication = (telling: Telling, fact: Fact): Sentence | undefined => {
  const measure = telling.view.measures.find(m => m.name === fact.measure)
  if (!measure) return undefined
  switch (fact.kind) {
    case 'driver':
      return fact.about && part(fact, 'rank') === 1 ? driver(fact) : undefined
    case 'anomaly':
      return fact.tone === 'bad' ? anomaly(fact) : undefined
    case 'target':
      return fact.tone === 'bad' && part(fact, 'gap') !== null ? target(fact, measure) : undefined
    case 'concentration':
      return fact.noteworthy >= 0.6 && (part(fact, 'count') ?? 0) >= 10
        ? concentration(telling, fact, measure)
        : undefined
    case 'trend':
      return fact.tone === 'bad' ? trend(telling, fact, measure) : undefined
    case 'missing':
      return fact.noteworthy >= 0.7
        ? say(`Check whether nothing happened ${at(fact)} or the data is incomplete.`, fact)
        : undefined
    default:
      return undefined
  }
}

const driver = (fact: Fact): Sentence =>
  say(`Look at ${fact.words?.segment} first. The split shows where the change happened, not what caused it.`, fact)

const anomaly = (fact: Fact): Sentence =>
  say(`Find out what was different ${at(fact)} before reading it as a trend.`, fact)

const target = (fact: Fact, measure: MeasureView): Sentence => {
  const gap = part(fact, 'gap') ?? 0
  const by = move(gap, part(fact, 'ratio'), measure.format)
  return say(
    `${capital(lower(measure.label))} would have had to be ${by} ${gap < 0 ? 'higher' : 'lower'} to reach the target.`,
    fact,
  )
}

const concentration = (telling: Telling, fact: Fact, measure: MeasureView): Sentence => {
  const few = plural(lower(telling.view.dimensions[0]?.label ?? 'part'))
  return say(
    `${capital(subject(telling, measure))} ${does(measure.label, 'depend')} on a few ${few}; what happens there moves the total.`,
    fact,
  )
}

const trend = (telling: Telling, fact: Fact, measure: MeasureView): Sentence => {
  const name =
    fact.about && Object.keys(fact.about).length
      ? `${subject(telling, measure)} for ${aboutOf(fact)}`
      : subject(telling, measure)
  const way = (fact.value ?? 0) > 0 ? 'rise' : 'fall'
  const span = counted(part(fact, 'buckets') ?? 0, fact.words?.grain ?? 'bucket')
  return say(`The ${way} of ${name} is steady over ${span}, not one bad ${fact.words?.grain}.`, fact)
}
