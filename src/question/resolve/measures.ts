import { dimensionsOf } from '#src/semantic/compile/filters.ts'
import { type MeasureUse, measureColumn } from '#src/vocabulary/query.ts'
import { countOf, entityOfCount, isCount, mainCount } from '../counts.ts'
import type { Draft, Named } from '../draft.ts'
import { baseOf, bottomOf, topOf } from '../formulas.ts'
import { sizeWords } from '../words.ts'
import { Gapped } from './gaps.ts'
import { hintMeasure, isAbout } from './hints.ts'
import { displayOf, worthOf } from './keys.ts'
import { timeOf } from './periods.ts'
import type { Build, NamedSplit } from './types.ts'
import { amountAsked, amountDone, asSaid, measureUse } from './uses.ts'

/** The measures that were said, else the one that is meant. @throws Gapped when none is. */
export const measuresOf = (b: Build, named: NamedSplit[]): MeasureUse[] => {
  const { draft, ctx } = b
  if (draft.end) return [endOfDate(b, draft.end)]
  const hinted = draft.hints.length > 0
  const kept = (ctx.base && draft.cues.has('qualified') && draft.measures.length === 1 ? [] : measureSlots(b)).flatMap(
    slot => {
      const isThing = hinted && !slot.counted && slot.meanings.some(m => m.kind === 'entity')
      const use = isThing ? undefined : measureUse(b, slot)
      return use ? [use] : []
    },
  )
  const loose = draft.hints.find(
    h => (h.superlative || kept.every(u => isCount(ctx.model.measures[u.measure]))) && !isAbout(h, kept, b),
  )
  if (loose) throw new Gapped({ gap: 'word', word: loose.word })
  const other = kept.length > 0 ? listedThing(kept, named, b) : undefined
  if (other) throw new Gapped({ gap: 'thing', counts: [other, ...kept.map(use => use.measure)] })
  if (kept.length > 0)
    return kept
      .filter((u, i) => kept.findIndex(v => measureColumn(v) === measureColumn(u)) === i)
      .map(u => sameKindAsBefore(u, b))
      .slice(0, 6)
  return meantMeasures(b, named)
}

/** "*products* ordered by Texas customers": the count of what is listed, where others would be counted in its place. */
const listedThing = (kept: readonly MeasureUse[], named: NamedSplit[], b: Build): string | undefined => {
  const { draft, picks, ctx } = b
  const [first] = draft.context
  const meaning = first && (picks.of(first) ?? first.meanings[0])
  if (!first || meaning?.kind !== 'entity' || draft.counts || named.length > 0) return undefined
  const others = kept.every(({ measure }) => ![undefined, meaning.table].includes(entityOfCount(ctx.model, measure)))
  return others && draft.measures.every(slot => slot.at.from >= first.at.to)
    ? countOf(meaning.table, ctx.model)
    : undefined
}

/** No measure was said: what the question is about tells it, else the thread before, else the main one. */
const meantMeasures = (b: Build, named: NamedSplit[]): MeasureUse[] => {
  const { draft, picks, ctx } = b
  const hinted = draft.hints.flatMap(h => hintMeasure(h, b) ?? [])
  if (hinted[0]) return [averaged(summed(hinted[0], b), b)]
  if (draft.popular) {
    const counted = (draft.cues.has('common') && countAtHome(b, named)) || mainCount(ctx.model, named)
    if (counted) return [{ measure: counted }]
  }
  const [thing] = draft.context
    .map(c => picks.of(c) ?? c.meanings[0])
    .concat(draft.context.flatMap(c => c.meanings))
    .flatMap(m => (m?.kind === 'entity' ? [m.table] : []))
  const asksMoney = draft.asksAmount || draft.cues.has('spends')
  const amount = asksMoney ? (amountDone(b) ?? amountAsked(b)) : undefined
  if (amount) {
    b.notes.push(`Read as ${ctx.model.measures[amount]?.label.toLowerCase()}.`)
    return [asSaid(b, draft.measures[0], amount)]
  }
  const ranksThing = draft.rank && !draft.rank.all && named.length > 0
  if (thing && !ranksThing && !draft.asksAmount) {
    const counted = countOf(thing, ctx.model)
    if (counted) return [{ measure: counted }]
  }
  if (ctx.base)
    return ctx.base.measures.map(m =>
      draft.share || draft.cumulative || draft.rolling ? { ...m, calc: undefined } : m,
    )
  const compared = draft.comparisons.flatMap(c => {
    if (c.none) return listedCount(b, named) ?? []
    const noun = c.noun && picks.of(c.noun)
    return noun?.kind === 'measure'
      ? [noun.measure]
      : noun?.kind === 'entity'
        ? (countOf(noun.table, ctx.model) ?? [])
        : []
  })
  if (compared[0]) return [{ measure: compared[0] }]
  const dated = draft.time && !draft.cues.has('sum') && !draft.asksAmount ? datedTable(b) : undefined
  if (dated) return [{ measure: dated }]
  const counted = draft.counts || draft.cues.has('rate') || namesRows(b) ? countedTable(b) : undefined
  if (counted) {
    b.notes.push(`Counted ${ctx.model.measures[counted]?.label.toLowerCase()}.`)
    return [{ measure: counted }]
  }
  const own = draft.rank ? worthOf(named[0]?.dimension, ctx.model) : undefined
  if (own && ranksThing && sizeWords.has(draft.rank?.word ?? '')) return [{ measure: own }]
  const ranksTime = draft.rank && !draft.rank.all && draft.splits.some(s => s.kind === 'grain' || s.kind === 'timepart')
  const main = ctx.model.drafted ? undefined : ctx.model.defaultMeasure
  if (
    main &&
    (ranksThing || ranksTime || draft.asksAmount || draft.cues.has('spends') || draft.currencies.length > 0)
  ) {
    b.notes.push(`No measure was named, so ${ctx.model.measures[main]?.label.toLowerCase()} was taken.`)
    return [asSaid(b, draft.measures[0], main)]
  }
  const listed = draft.cues.has('which') && draft.filters.length > 0 ? listedCount(b, named) : undefined
  if (listed) return [{ measure: listed }]
  throw new Gapped({ gap: 'measure' })
}

/** "most *common* breeds": how many animals are of it, whatever happened to them; a described model says itself what counts. */
const countAtHome = ({ ctx: { model } }: Build, [first]: NamedSplit[]): string | undefined => {
  const home = first && model.drafted ? model.dimensions[first.dimension]?.table : undefined
  return home && countOf(home, model)
}

/** "when was the first breakdown": the first day of the rows that are spoken of. @throws Gapped when they have no date. */
const endOfDate = (b: Build, end: 'first' | 'last'): MeasureUse => {
  const { model } = b.ctx
  const said = timeOf(b)
  const tables = [...b.draft.measures, ...b.draft.context].flatMap(n => {
    const meaning = b.picks.of(n) ?? n.meanings[0]
    if (meaning?.kind === 'entity') return [meaning.table]
    return meaning?.kind === 'measure' ? [baseOf(model.measures[meaning.measure], model)?.table ?? ''] : []
  })
  const [filtered] = b.draft.filters.flatMap(f =>
    f.kind === 'values' && f.ended ? (b.picks.members(f)?.dimension ?? []) : [],
  )
  const table = tables[0] ?? model.dimensions[filtered ?? '']?.table
  const time = said ?? doneAt(b, table) ?? model.tables[table ?? '']?.time
  const measure = `${end}_${time}`
  if (!time || !model.measures[measure] || b.draft.splits.length > 0) throw new Gapped({ gap: 'measure' })
  b.draft.time = undefined
  return { measure }
}

/** "when was the first shipment *delivered*": the date whose being there is the condition. */
const doneAt = ({ draft, picks, ctx: { model } }: Build, table?: string): string | undefined =>
  draft.filters.flatMap(slot => {
    const meaning = slot.kind === 'named' ? picks.of(slot) : undefined
    const named =
      meaning?.kind === 'filter' && meaning.filter.op === 'named' ? model.filters[meaning.filter.filter] : undefined
    const [only] = named?.filters ?? []
    return only?.op === 'is_not_null' && model.dimensions[only.dimension]?.table === table ? [only.dimension] : []
  })[0]

/** "which courses have no lessons": the things themselves, one row each. */
const listedCount = ({ ctx: { model } }: Build, named: NamedSplit[]): string | undefined => {
  const [first, ...others] = named
  const table = Object.keys(model.tables).find(name => first && displayOf(model, name) === first.dimension)
  return table && others.length === 0 ? countOf(table, model) : undefined
}

/** "for corporate *customers* by sales": a thing that is named beside a real measure is no measure of its own. */
const measureSlots = ({ draft: { measures, cues, counts }, ctx: { model } }: Build): Draft['measures'] => {
  const isThing = (slot: Draft['measures'][number]) => slot.meanings.some(m => m.kind === 'entity')
  const isWho = (slot: Draft['measures'][number]) =>
    isThing(slot) || slot.meanings.every(m => m.kind === 'measure' && isCount(model.measures[m.measure]))
  const spends = cues.has('spends') && !counts
  if (spends && measures.every(slot => isWho(slot) && !slot.counted)) return []
  if (!measures.some(slot => !isThing(slot))) return measures
  return measures.filter((slot, i) => !isThing(slot) || slot.counted || slot.joined || measures[i + 1]?.joined)
}

/** "what about cancellations" after a return rate means the cancellation rate: the same ratio with the other count above the line. */
const sameKindAsBefore = (use: MeasureUse, { draft, ctx, notes }: Build): MeasureUse => {
  const before = ctx.model.measures[ctx.base?.measures[0]?.measure ?? '']
  const bottom = before?.kind === 'formula' ? bottomOf(before) : undefined
  if (!bottom || !draft.cues.has('same') || use.aggregation) return use
  const sibling = Object.values(ctx.model.measures).find(
    m => m.kind === 'formula' && !m.hidden && bottomOf(m) === bottom && topOf(m) === use.measure,
  )
  if (!sibling) return use
  notes.push(`Read as ${sibling.label.toLowerCase()}, like the ${before?.label.toLowerCase()} before.`)
  return { ...use, measure: sibling.name }
}

/** "hires in 2023", where employees have a hire date: the rows that have it. */
const datedTable = (b: Build): string | undefined => {
  const meaning = b.draft.time && b.picks.of(b.draft.time)
  const table = meaning?.kind === 'dimension' ? b.ctx.model.dimensions[meaning.dimension]?.table : undefined
  const counted = table ? countOf(table, b.ctx.model) : undefined
  if (counted)
    b.notes.push(
      `Counted ${b.ctx.model.measures[counted]?.label.toLowerCase()} by ${b.ctx.model.dimensions[timeOf(b) ?? '']?.label.toLowerCase()}.`,
    )
  return counted
}

/** "how many times …" with a value and no thing: the rows that have such a value. */
const countedTable = (b: Build): string | undefined => {
  const { draft, picks, ctx } = b
  const said = draft.cues.has('rate') ? draft.filters.find(f => 'predicate' in f && f.predicate) : undefined
  const slot = said ?? draft.filters[0]
  const meaning = slot && 'meanings' in slot ? picks.of(slot) : undefined
  const named = meaning?.kind === 'filter' ? dimensionsOf(meaning.filter, ctx.model)[0] : undefined
  const own = meaning?.kind === 'dimension' && slot?.kind === 'flag' ? meaning.dimension : undefined
  const dimension = slot?.kind === 'values' ? picks.members(slot)?.dimension : (own ?? named)
  const table = dimension ? ctx.model.dimensions[dimension]?.table : undefined
  return table ? countOf(table, ctx.model) : undefined
}

/** "*breakdowns* on Mondays", "no-shows at Hilltop", "which clinic had the most *no-shows*": a value in the plural stands for the rows that have it. */
const namesRows = ({ draft, picks, ctx }: Build): boolean => {
  const [first] = draft.filters
  const chosen = first?.kind === 'values' && !first.negated && !first.versus ? picks.members(first) : undefined
  return (
    chosen !== undefined &&
    first?.kind === 'values' &&
    first.plural === true &&
    !ctx.base &&
    (!draft.rank || draft.share || isRanked(draft.rank, first.members[0]))
  )
}

/** "which clinic had the *most no-shows*". */
const isRanked = (rank: { word: string; from: number }, value: Named | undefined): boolean =>
  /^(most|least|fewest)$/.test(rank.word) && value?.at.from === rank.from + 1

/** "how long are outages *on average*", "how long *is an outage*": of each, not of all together. */
const averaged = (use: MeasureUse, { draft, ctx }: Build): MeasureUse => {
  const measure = ctx.model.measures[use.measure]
  const slot = draft.measures.find(s => s.meanings.some(m => m.kind === 'entity'))
  const each =
    slot?.aggregation === 'avg' ||
    draft.cues.has('on average') ||
    (slot?.singular && !slot.aggregation && !draft.hints.some(h => h.superlative))
  const may = measure?.kind === 'base' && measure.aggregation !== 'avg' && measure.aggregations.includes('avg')
  return each && may ? { ...use, aggregation: 'avg' } : use
}

/** "how much do they weigh in total". */
const summed = (use: MeasureUse, { draft, ctx }: Build): MeasureUse => {
  const measure = ctx.model.measures[use.measure]
  const may = measure?.kind === 'base' && measure.aggregation !== 'sum' && measure.aggregations.includes('sum')
  return draft.cues.has('sum') && may ? { ...use, aggregation: 'sum' } : use
}
