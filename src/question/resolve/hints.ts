import type { Measure } from '#src/semantic/model.ts'
import type { MeasureUse } from '#src/vocabulary/query.ts'
import { baseOf } from '../formulas.ts'
import { phraseWords } from '../lexicon.ts'
import { contextTables } from './picks.ts'
import type { Build } from './types.ts'

/** The measure that a word is about ("expensive": price), said in a note. */
export const hintMeasure = (about: string[], b: Build): MeasureUse | undefined => {
  const { model } = b.ctx
  const context = contextTables(b.draft)
  const isNear = (m: Measure) => context.has(baseOf(m, model)?.table ?? '')
  const offered = Object.values(model.measures).filter(m => !m.hidden)
  const best = firstAbout(about, offered.filter(isNear)) ?? firstAbout(about, offered)
  if (!best) return undefined
  b.notes.push(`Read as ${best.label.toLowerCase()}.`)
  return { measure: best.name }
}

/** Whether a superlative ("tallest") has something to go by: a measure of that kind, said or found. */
export const isAbout = (about: string[], kept: MeasureUse[], b: Build): boolean => {
  const words = (name: string) => [
    b.ctx.model.measures[name]?.label ?? '',
    ...(b.ctx.model.measures[name]?.synonyms ?? []),
  ]
  const said = kept.some(u =>
    words(u.measure).some(text => about.some(a => phraseWords(a).every(w => phraseWords(text).includes(w)))),
  )
  return said || (kept.length === 0 && hintMeasure(about, { ...b, notes: [] }) !== undefined)
}

/** The measure whose name ends in the nearest of the words; the shortest name of several. */
const firstAbout = (about: string[], measures: Measure[]): Measure | undefined =>
  about
    .map(phraseWords)
    .flatMap(wanted =>
      measures
        .filter(m => [m.label, ...m.synonyms].some(text => endsWith(phraseWords(text), wanted)))
        .toSorted((x, y) => x.label.length - y.label.length),
    )
    .at(0)

const endsWith = (words: string[], end: string[]) => end.every((w, i) => words[words.length - end.length + i] === w)
