import { pathTo } from '#src/semantic/compile/paths.ts'
import { isYear, numberOf } from '#src/semantic/complete.ts'
import type { Measure, Model } from '#src/semantic/model.ts'
import type { MeasureUse } from '#src/vocabulary/query.ts'
import { baseOf } from '../formulas.ts'
import { phraseWords } from '../lexicon.ts'
import { keepsPeople } from '../people.ts'
import { contextTables } from './picks.ts'
import type { Build } from './types.ts'

/** The measure that a word is about ("expensive": price), said in a note. */
export const hintMeasure = ({ about, time, superlative }: Hint, b: Build): MeasureUse | undefined => {
  const { model } = b.ctx
  const context = new Set([...contextTables(b.draft), ...listedTables(b)])
  const tableOf = (m: Measure) => baseOf(m, model)?.table ?? ''
  const isNear = (m: Measure) => context.has(tableOf(m))
  const isOwn = superlative === false && b.draft.measures.some(s => s.meanings.some(x => x.kind === 'entity'))
  const isReached = (m: Measure) =>
    context.size === 0 || [...context].some(to => pathTo(model, { from: tableOf(m), to }) !== undefined)
  const offered = Object.values(model.measures).filter(m => !m.hidden)
  const happened = new Set([...context].filter(t => model.tables[t]?.time))
  const own = Object.keys(model.dimensions).flatMap(d => model.measures[numberOf(d)] ?? [])
  const best =
    worthOfThing(about, happened, b) ??
    firstAbout(about, offered.filter(isNear)) ??
    firstAbout(about, own.filter(isNear)) ??
    worthOfThing(about, context, b) ??
    (about.includes('age') && isAboutPeople(context, b) ? undefined : endOfThing(time, context, b)) ??
    (isOwn || (about.includes('age') && context.size > 0) ? undefined : firstAbout(about, offered.filter(isReached)))
  if (!best) return undefined
  b.notes.push(`Read as ${best.label.toLowerCase()}.`)
  return { measure: best.name }
}

/** `superlative` is false of "how long is an application": of that thing's own length, never of another's. */
export type Hint = { about: string[]; time?: 'early' | 'late'; superlative?: boolean }

/** The tables of the things that are listed or ranked. */
const listedTables = ({ draft, picks, ctx }: Build): string[] =>
  draft.splits.flatMap(s => {
    const meaning = s.kind === 'name' ? picks.of(s) : undefined
    if (meaning?.kind === 'entity') return [meaning.table]
    return meaning?.kind === 'dimension' ? [ctx.model.dimensions[meaning.dimension]?.table ?? ''] : []
  })

/** "most expensive reservation", where a reservation has one amount of its own. */
const worthOfThing = (about: string[], context: Set<string>, { ctx: { model } }: Build): Measure | undefined => {
  const [value] = about.includes('price') ? [...context].flatMap(t => model.tables[t]?.value ?? []) : []
  return value ? model.measures[value] : undefined
}

/** The youngest doctor is not the one who was hired last. */
const isAboutPeople = (context: Set<string>, { ctx: { model } }: Build): boolean =>
  [...context].some(table => keepsPeople(table, model))

/** "newest machine", "oldest hotel": by the date that such things are kept with. */
const endOfThing = (time: Hint['time'], context: Set<string>, b: Build): Measure | undefined => {
  const { model } = b.ctx
  const said = b.draft.time && b.picks.of(b.draft.time)
  const own = [...context].flatMap(t => model.tables[t]?.time ?? [])
  const [date] = time ? [...(said?.kind === 'dimension' ? [said.dimension] : []), ...own] : []
  const [year] = time && !date ? [...context].flatMap(t => yearOf(t, model)) : []
  if (year) return model.measures[`${time === 'early' ? 'first' : 'last'}_${year}`]
  return date ? model.measures[`${time === 'early' ? 'first' : 'last'}_${date}`] : undefined
}

/** "oldest building", of which only the year is known: "year built". */
const yearOf = (table: string, model: Model): string[] =>
  Object.values(model.dimensions)
    .filter(d => d.table === table && isYear(d))
    .map(d => d.name)

/** Whether a superlative ("tallest") has something to go by: a measure of that kind, said or found. */
export const isAbout = (hint: Hint, kept: MeasureUse[], b: Build): boolean => {
  const { about } = hint
  const words = (name: string) => [
    b.ctx.model.measures[name]?.label ?? '',
    ...(b.ctx.model.measures[name]?.synonyms ?? []),
  ]
  const said = kept.some(u =>
    words(u.measure).some(text => about.some(a => phraseWords(a).every(w => phraseWords(text).includes(w)))),
  )
  return said || (kept.length === 0 && hintMeasure(hint, { ...b, notes: [] }) !== undefined)
}

/** The measure whose name ends in the nearest of the words; the shortest name of several. */
const firstAbout = (about: string[], measures: Measure[]): Measure | undefined =>
  about
    .map(phraseWords)
    .flatMap(wanted =>
      measures
        .filter(m =>
          [m.label, ...m.synonyms].some(text => endsWith(phraseWords(text), wanted) || isSpanOf(text, wanted)),
        )
        .toSorted((x, y) => x.label.length - y.label.length),
    )
    .at(0)

/** "minutes lost", "nights booked": a span that begins with its unit. */
const isSpanOf = (text: string, [unit, ...others]: string[]) =>
  others.length === 0 && /^(minutes|hours|days|nights|weeks)$/.test(unit ?? '') && phraseWords(text)[0] === unit

const endsWith = (words: string[], end: string[]) => end.every((w, i) => words[words.length - end.length + i] === w)
