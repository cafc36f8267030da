import type { Fact, Sentence, Story } from '#src/vocabulary/fact.ts'
import type { Material } from './facts/parts.ts'
import { isSingle } from './facts/value.ts'
import { scopeOf } from './scope.ts'
import { implicationsOf } from './story/implications.ts'
import { insightsOf } from './story/insights.ts'
import { tellOverTime, tellSeries } from './story/over-time.ts'
import { tellRanking } from './story/ranking.ts'
import { tellMeasures, tellSingle, tellThings } from './story/single.ts'
import { factById, type Opening, subject, type Telling, when } from './story/telling.ts'
import { tellWhy } from './story/why.ts'
import { keepTraced, type Source } from './trace.ts'
import { type MeasureView, nameOf, numberAt } from './view.ts'
import { capital, inPeriod, list, lower } from './words.ts'

/** Facts told in words. Every number in it is the value or a part of a cited fact or a cell; what does not check is left out. */
export const tellStory = (material: Material, facts: readonly Fact[]): Story => {
  const telling = { ...material, facts }
  const opening = openingOf(telling)
  const told = new Set([opening.headline, ...opening.summary].flatMap(s => s.cites))
  const summary = opening.summary.length ? opening.summary : [plainSentence(telling)]
  const story = {
    headline: opening.headline,
    summary,
    insights: insightsOf(telling, told),
    implications: implicationsOf(telling),
  }
  return keepTraced(story, sourceOf(material, facts), fallback(telling))
}

/** What the sentences of a story may take their numbers from. */
export const sourceOf = ({ view }: Material, facts: readonly Fact[]): Source => ({
  facts,
  table: view.table,
  periods: [view.query.period, view.query.compare?.period],
  labels: [scopeOf(view), ...bucketNames(view)],
})

const bucketNames = ({ dimensions, rows }: Material['view']): string[] =>
  dimensions.flatMap(d => (d.grain ? rows.slice(0, 20).map(r => nameOf(r[d.index], d)) : []))

const openingOf = (telling: Telling): Opening => {
  const { view } = telling
  const [measure] = view.measures
  const known = measure && view.rows.some(r => numberAt(r, measure.index) !== null)
  if (!measure || !known) return nothing(telling)
  if (view.query.intent === 'why') return tellWhy(telling, measure) ?? unexplained(byShape(telling, measure))
  return byShape(telling, measure)
}

const unexplained = ({ headline, summary }: Opening): Opening => {
  const text = 'There is no earlier time in the data to compare with, so no change can be explained.'
  return { headline, summary: [...summary.slice(0, 2), { text, cites: [] }] }
}

const byShape = (telling: Telling, measure: MeasureView): Opening => {
  const { view } = telling
  const things = factById(telling, `spread:${measure.name}:things`)
  if (things) return tellThings(telling, measure, things)
  if (isSingle(telling)) return view.measures.length > 1 ? tellMeasures(telling) : tellSingle(telling, measure)
  if (!view.time) return tellRanking(telling, measure)
  return view.dimensions.length ? tellSeries(telling, measure) : tellOverTime(telling, measure)
}

const nothing = (telling: Telling): Opening => {
  const name = telling.view.measures[0] ? subject(telling, telling.view.measures[0]) : 'data'
  const text = `No ${name}${inPeriod(telling.view.query.period)}`
  return { headline: { text, cites: [] }, summary: [{ text: 'The result holds no number.', cites: [] }] }
}

const plainSentence = (telling: Telling): Sentence => {
  const { measures, time, dimensions, query } = telling.view
  const splits = [time?.grain, ...dimensions.map(d => lower(d.label))].flatMap(s => s ?? [])
  const by = splits.length ? ` by ${list(splits)}` : ''
  const over = query.period ? when(telling) : ' over all data'
  return { text: `This is ${list(measures.map(m => lower(m.label)))}${by}${over}.`, cites: [] }
}

const fallback = (telling: Telling): string => {
  const [measure] = telling.view.measures
  return `${measure ? capital(subject(telling, measure)) : 'Result'}${when(telling)}`
}
