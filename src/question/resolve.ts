import { addUnits, daysBetween, labelOf, previousPeriod, shiftPeriod } from '#src/semantic/calendar.ts'
import { pathTo } from '#src/semantic/compile/paths.ts'
import { timeDimension } from '#src/semantic/compile/rows.ts'
import { completeModel, distinctCountOf, rowColumnOf } from '#src/semantic/complete.ts'
import { namesIn } from '#src/semantic/expression.ts'
import type { Measure, Model } from '#src/semantic/model.ts'
import type { Grain, IsoDate, Period } from '#src/vocabulary/period.ts'
import {
  type Filter,
  type Having,
  type MeasureUse,
  measureColumn,
  type Query,
  type Split,
} from '#src/vocabulary/query.ts'
import type { ComparisonSlot, Draft, FilterSlot, Named } from './draft.ts'
import { keptOrder, mergeFilters, mergeSplits, withBasePeriod } from './follow.ts'
import type { Meaning } from './lexicon.ts'
import { phraseWords } from './lexicon.ts'
import type { PeriodExpression } from './periods/expression.ts'
import { isPeriodProblem, type PeriodProblem, resolvePeriod } from './periods/resolve.ts'

export type ResolveContext = {
  model: Model
  today: IsoDate
  /** The last query of the thread, when this turn changes a part of it. */
  base?: Query
  /** First and last day of the data, by time dimension. */
  range(time: string): { first: IsoDate; last: IsoDate } | undefined
}

/** One way to read a draft. `score` is 1 for what was said exactly; less for parts of names, far tables, guesses. */
export type Candidate = { query: Query; score: number; notes: string[] }

/** Why no query could be made of a draft. */
export type Gap =
  | { gap: 'measure' }
  | { gap: 'period'; problem: PeriodProblem }
  | { gap: 'personal'; label: string }
  | { gap: 'change' }
  | { gap: 'rank' }
  | { gap: 'share' }
  | { gap: 'number' }
  | { gap: 'average'; measure: string; by?: string }
  | { gap: 'periods' }
  | { gap: 'conflict'; measure: string; instead: string[] }
  | { gap: 'contradiction'; label: string }
  | { gap: 'word'; word: string }
  | { gap: 'currency'; code: string }
  | { gap: 'unit'; measure: string; unit: string }

export type Resolved = { candidates: Candidate[]; gaps: Gap[] }

/** All ways to read a draft, best first. Every choice of meaning is tried; impossible ones fall away. */
export const resolve = (draft: Draft, ctx: ResolveContext): Resolved => {
  const slots = namedSlots(draft, ctx.model)
  const guesses = Object.values(ctx.model.measures).some(m => m.kind === 'base' && m.uncertain)
    ? [false, true]
    : [false]
  const results = combinations(slots, draft, ctx).flatMap(picks =>
    guesses.map(total => build(draft, { picks, total }, ctx)),
  )
  const candidates = results.flatMap(r => ('query' in r ? [r] : []))
  const gaps = results.flatMap(r => ('gap' in r ? [r] : []))
  return { candidates: uniqueByQuery(candidates.toSorted((a, b) => b.score - a.score)), gaps }
}

const uniqueByQuery = (all: Candidate[]) =>
  all.filter((c, i) => all.findIndex(d => JSON.stringify(d.query) === JSON.stringify(c.query)) === i)

// ——— choosing meanings

type Picks = {
  of(named: Named): Meaning | undefined
  members(slot: Extract<FilterSlot, { kind: 'values' }>): { dimension: string; values: string[] } | undefined
  score: number
}
type Slot = {
  key: object
  options: { meaning?: Meaning; list?: { dimension: string; values: string[] }; score: number }[]
}

const namedSlots = (
  draft: Draft,
  model: Model,
): { named: Named[]; lists: Extract<FilterSlot, { kind: 'values' }>[] } => ({
  named: [
    ...draft.measures,
    ...draft.measures.flatMap(m => (m.per && 'meanings' in m.per ? [m.per] : [])),
    ...draft.splits.flatMap(s => (s.kind === 'name' ? [s] : [])),
    ...draft.filters.flatMap(f => ('meanings' in f ? [f] : [])),
    ...draft.comparisons.flatMap(c => [
      ...(c.noun ? [comparableOnly(c.noun, model)] : []),
      ...(c.subject && 'meanings' in c.subject && c.subject !== c.noun ? [c.subject] : []),
    ]),
    ...(draft.time ? [draft.time] : []),
  ],
  lists: draft.filters.flatMap(f => (f.kind === 'values' ? [f] : [])),
})

const combinations = (slots: ReturnType<typeof namedSlots>, draft: Draft, ctx: ResolveContext): Picks[] => {
  const context = contextTables(draft)
  const all: Slot[] = [
    ...slots.named.map(named => ({
      key: named,
      options: optionsOf(named, { context, asksAmount: draft.asksAmount }, ctx.model),
    })),
    ...slots.lists.map(list => ({ key: list, options: listOptions(list, ctx.model) })),
  ]
  let combos: { chosen: Map<object, Slot['options'][number]>; score: number }[] = [{ chosen: new Map(), score: 1 }]
  for (const slot of all) {
    const options = slot.options.length > 0 ? slot.options : [{ score: 1 }]
    combos = combos
      .flatMap(c => options.map(o => ({ chosen: new Map([...c.chosen, [slot.key, o]]), score: c.score * o.score })))
      .slice(0, 64)
  }
  return combos.map(({ chosen, score }) => ({
    score,
    of: named => chosen.get(named)?.meaning ?? named.meanings[0],
    members: list => chosen.get(list)?.list,
  }))
}

const contextTables = (draft: Draft): Set<string> =>
  new Set(
    [
      ...draft.context,
      ...draft.measures,
      ...draft.comparisons.flatMap(c => (c.subject && 'meanings' in c.subject ? [c.subject] : [])),
    ].flatMap(n => n.meanings.flatMap(m => (m.kind === 'entity' ? [m.table] : []))),
  )

/** A number is only ever compared with something that is a quantity, not with a key. */
const comparableOnly = (named: Named, model: Model): Named => {
  const kept = named.meanings.filter(
    m =>
      m.kind !== 'dimension' ||
      model.dimensions[m.dimension]?.type !== 'number' ||
      model.dimensions[m.dimension]?.comparable,
  )
  named.meanings = kept.length > 0 ? kept : named.meanings
  return named
}

const optionsOf = (
  named: Named,
  { context, asksAmount }: { context: Set<string>; asksAmount: boolean },
  model: Model,
): Slot['options'] => {
  const wantsTotal = 'aggregation' in named && named.aggregation === 'sum' && named.meanings.length > 1
  const isTotal = (m: Meaning) => m.kind === 'measure' && /\btotal\b/i.test(model.measures[m.measure]?.label ?? '')
  const total = wantsTotal && named.meanings.some(isTotal)
  const isAmount = (m: Meaning) => m.kind === 'measure' && !isCount(model.measures[m.measure])
  const amounts = 'aggregation' in named && asksAmount && named.meanings.some(isAmount)
  const options = named.meanings
    .filter(m => (!total || isTotal(m)) && (!amounts || isAmount(m)))
    .map(meaning => ({
      meaning,
      score:
        (named.part ? 0.85 : 1) *
        (context.size > 0 && !context.has(tableOf(meaning, model) ?? '') && named.meanings.length > 1 ? 0.8 : 1),
    }))
  return unqualified(options, model)
}

const tableOf = (meaning: Meaning, model: Model): string | undefined => {
  if (meaning.kind === 'dimension' || meaning.kind === 'value') return model.dimensions[meaning.dimension]?.table
  if (meaning.kind === 'entity') return meaning.table
  if (meaning.kind !== 'measure') return undefined
  return baseOf(model.measures[meaning.measure], model)?.table
}

/** "state" is not "customer state": a qualified name is meant only when the qualifying word was said. */
const unqualified = (options: Slot['options'], model: Model): Slot['options'] => {
  const labelOf_ = (m?: Meaning) =>
    m && 'dimension' in m ? phraseWords(model.dimensions[m.dimension]?.label ?? '') : []
  return options.filter(o => {
    const mine = labelOf_(o.meaning)
    return !options.some(other => {
      const theirs = labelOf_(other.meaning)
      return other !== o && theirs.length > 0 && theirs.length < mine.length && theirs.every(w => mine.includes(w))
    })
  })
}

const listOptions = (list: Extract<FilterSlot, { kind: 'values' }>, model: Model): Slot['options'] => {
  const [first] = list.members
  const dimensions = [...new Set(first?.meanings.flatMap(m => (m.kind === 'value' ? [m.dimension] : [])) ?? [])].filter(
    d => list.members.every(m => m.meanings.some(x => x.kind === 'value' && x.dimension === d)),
  )
  const part = list.members.some(m => m.part)
  const options = dimensions.flatMap(dimension => {
    const perMember = list.members.map(m =>
      m.meanings.flatMap(x => (x.kind === 'value' && x.dimension === dimension ? [x.value] : [])),
    )
    return spread(perMember).map(values => ({
      meaning: { kind: 'value', dimension, value: values[0] ?? '' } as Meaning,
      list: { dimension, values },
      score: part ? 0.85 : 1,
    }))
  })
  return unqualified(options, model)
}

const spread = (lists: string[][]): string[][] =>
  lists.reduce<string[][]>((all, list) => all.flatMap(a => list.map(x => [...a, x])), [[]]).slice(0, 12)

// ——— building one query

type Build = {
  draft: Draft
  picks: Picks
  ctx: ResolveContext
  notes: string[]
  /** Reads measures whose default is a guess as totals; tried beside the default, so that the asker decides. */
  total: boolean
}

class Gapped extends Error {
  readonly gap: Gap
  constructor(gap: Gap) {
    super(gap.gap)
    this.gap = gap
  }
}

const build = (
  draft: Draft,
  { picks, total }: Pick<Build, 'picks' | 'total'>,
  ctx: ResolveContext,
): Candidate | Gap => {
  try {
    return assembleQuery({ draft, picks, ctx, notes: [], total })
  } catch (error) {
    if (error instanceof Gapped) return error.gap
    throw error
  }
}

const assembleQuery = (b: Build): Candidate => {
  const { draft, picks, ctx, notes } = b
  const { model } = ctx
  const foreign = draft.currencies.find(code => code !== model.currency && code !== 'any')
  if (foreign) throw new Gapped({ gap: 'currency', code: foreign })
  averagePerBucket(b)
  const subjects = subjectsAsSplits(b)
  const named = [...namedSplits(b), ...subjects]
  const measures = measuresOf(b, named)
  if (draft.cues.has('per+per')) throw new Gapped({ gap: 'average', measure: measures[0]?.measure ?? '', by: 'per' })
  const base = baseOf(model.measures[measures[0]?.measure ?? ''], model)
  const time = timeOf(b)
  const timeName = base && (time ?? timeDimension(model, { table: base.table }))
  const range = timeName ? ctx.range(timeName) : undefined
  const periods = periodsOf(b, range)
  const said = orderedSplits(b, named, { range, period: periods.main ?? ctx.base?.period })
  const splits = mergeSplits(said, draft, ctx)
  const conditions = comparisonsOf(b, splits, measures)
  const filters = mergeFilters([...filtersOf(b), ...conditions.filters], draft, ctx)
  const compare = compareOf(b, { ...withBasePeriod(periods, draft, ctx), range, splits })
  const withCalc = calcOf(b, {
    measures,
    splits: compare.split ? [...splits, { grain: compare.split }] : splits,
    filters,
  })
  const query: Query = {
    domain: model.domain,
    measures: withCalc.measures,
    splits: withCalc.splits,
    filters,
    having: conditions.having.length > 0 ? conditions.having : (ctx.base?.having ?? []),
    ...(compare.period ? { period: compare.period } : {}),
    ...(time || ctx.base?.time ? { time: time ?? ctx.base?.time } : {}),
    ...(compare.compare ? { compare: compare.compare } : {}),
    order: [],
    ...(draft.chart ? { chart: draft.chart } : {}),
    intent: draft.why ? 'why' : 'value',
  }
  const ranked = { ...query, ...(draft.rank ? {} : keptOrder(query, draft, ctx)), ...rankOf(b, query) }
  conflict(ranked, model)
  return {
    query: ranked,
    notes,
    score: picks.score * nearness(ranked, model) * (draft.splits.some(x => x.kind === 'name' && x.weak) ? 0.97 : 1),
  }
}

/** "orders per day on average": a count has an average only over its buckets. */
const averagePerBucket = ({ draft, ctx }: Build): void => {
  const [slot] = draft.measures
  const grains = draft.splits.flatMap(x => (x.kind === 'grain' ? [x.grain] : []))
  const [grain] = grains
  const counts = slot?.meanings.every(m => m.kind !== 'measure' || isCount(ctx.model.measures[m.measure]))
  if (!slot || !grain || grains.length > 1 || slot.aggregation !== 'avg' || slot.per || !counts) return
  slot.per = { grain }
  draft.splits = draft.splits.filter(x => x.kind !== 'grain')
}

export const baseOf = (measure: Measure | undefined, model: Model): Extract<Measure, { kind: 'base' }> | undefined => {
  if (!measure || measure.kind === 'base') return measure
  const [first] = namesIn(measure.formula)
  return first ? baseOf(model.measures[first.name], model) : undefined
}

/** Names that lie in the measure's own table are nearer than those of tables it belongs to. */
const nearness = (query: Query, model: Model): number => {
  const base = baseOf(model.measures[query.measures[0]?.measure ?? ''], model)
  if (!base) return 1
  const names = [
    ...query.splits.flatMap(s => ('dimension' in s ? [s.dimension] : [])),
    ...query.filters.flatMap(f => ('dimension' in f ? [f.dimension] : [])),
  ]
  return names.reduce((score, name) => {
    const d = model.dimensions[name]
    if (!d) return score
    const hops = pathTo(model, { from: base.table, to: d.table, via: d.via })?.length
    return score * (hops === 0 ? 1 : hops === undefined ? 0.75 : 0.86 - 0.02 * hops)
  }, 1)
}

// ——— measures

const measuresOf = (b: Build, named: NamedSplit[]): MeasureUse[] => {
  const { draft, picks, ctx } = b
  const kept = (
    ctx.base && draft.cues.has('qualified') && draft.measures.length === 1 ? [] : measureSlots(draft)
  ).flatMap(slot => {
    const use = measureUse(b, slot)
    return use ? [use] : []
  })
  const loose = draft.hints.find(h => h.superlative && !isAbout(h.about, kept, b))
  if (loose) throw new Gapped({ gap: 'word', word: loose.word })
  if (kept.length > 0)
    return kept
      .filter((u, i) => kept.findIndex(v => measureColumn(v) === measureColumn(u)) === i)
      .map(u => sameKindAsBefore(u, b))
      .slice(0, 6)
  const hinted = draft.hints.flatMap(h => hintMeasure(h.about, b) ?? [])
  if (hinted[0]) return [summed(hinted[0], b)]
  if (draft.popular) {
    const counted = mainCount(ctx.model, named)
    if (counted) return [{ measure: counted }]
  }
  const [thing] = draft.context
    .map(c => picks.of(c) ?? c.meanings[0])
    .concat(draft.context.flatMap(c => c.meanings))
    .flatMap(m => (m?.kind === 'entity' ? [m.table] : []))
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
    const noun = c.noun && picks.of(c.noun)
    return noun?.kind === 'measure'
      ? [noun.measure]
      : noun?.kind === 'entity'
        ? (countOf(noun.table, ctx.model) ?? [])
        : []
  })
  if (compared[0]) return [{ measure: compared[0] }]
  const dated = draft.time && !draft.cues.has('sum') ? datedTable(b) : undefined
  if (dated) return [{ measure: dated }]
  const counted = draft.counts ? countedTable(b) : undefined
  if (counted) {
    b.notes.push(`Counted ${ctx.model.measures[counted]?.label.toLowerCase()}.`)
    return [{ measure: counted }]
  }
  const own = draft.rank ? worthOf(named[0]?.dimension, ctx.model) : undefined
  if (own && ranksThing && /^(biggest|largest|smallest|highest|lowest)$/.test(draft.rank?.word ?? ''))
    return [{ measure: own }]
  const ranksTime = draft.rank && !draft.rank.all && draft.splits.some(s => s.kind === 'grain' || s.kind === 'timepart')
  const main = ctx.model.drafted ? undefined : ctx.model.defaultMeasure
  if (
    main &&
    (ranksThing || ranksTime || draft.asksAmount || draft.cues.has('spends') || draft.currencies.length > 0)
  ) {
    b.notes.push(`No measure was named, so ${ctx.model.measures[main]?.label.toLowerCase()} was taken.`)
    return [{ measure: main }]
  }
  throw new Gapped({ gap: 'measure' })
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

type Formula = Extract<Measure, { kind: 'formula' }>
const nameAt = (e: Formula['formula']) => (e.kind === 'name' ? e.name : undefined)
const topOf = ({ formula }: Formula) =>
  formula.kind === 'binary' && formula.op === '/' ? nameAt(formula.left) : undefined
const bottomOf = ({ formula }: Formula) =>
  formula.kind === 'binary' && formula.op === '/' ? nameAt(formula.right) : undefined

/** What the biggest of a thing is measured by: the thing's own value. */
const worthOf = (dimension: string | undefined, model: Model): string | undefined =>
  Object.values(model.tables).find(
    t => dimension && t.value && t.time && (t.display === dimension || keyDimension(model, t.name) === dimension),
  )?.value

/** "how much do they weigh in total". */
const summed = (use: MeasureUse, { draft, ctx }: Build): MeasureUse => {
  const measure = ctx.model.measures[use.measure]
  const may = measure?.kind === 'base' && measure.aggregation !== 'sum' && measure.aggregations.includes('sum')
  return draft.cues.has('sum') && may ? { ...use, aggregation: 'sum' } : use
}

/** Whether a superlative ("tallest") has something to go by: a measure of that kind, said or found. */
const isAbout = (about: string[], kept: MeasureUse[], b: Build): boolean => {
  const words = (name: string) => [
    b.ctx.model.measures[name]?.label ?? '',
    ...(b.ctx.model.measures[name]?.synonyms ?? []),
  ]
  const said = kept.some(u =>
    words(u.measure).some(text => about.some(a => phraseWords(a).every(w => phraseWords(text).includes(w)))),
  )
  return said || (kept.length === 0 && hintMeasure(about, { ...b, notes: [] }) !== undefined)
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
  const [first] = b.draft.filters
  const flag = first?.kind === 'flag' ? b.picks.of(first) : undefined
  const named = first?.kind === 'named' ? b.picks.of(first) : undefined
  const [inner] =
    named?.kind === 'filter' && named.filter.op === 'named'
      ? (b.ctx.model.filters[named.filter.filter]?.filters ?? [])
      : []
  const byFilter = inner && 'dimension' in inner ? inner.dimension : undefined
  const dimension =
    first?.kind === 'values'
      ? b.picks.members(first)?.dimension
      : flag?.kind === 'dimension'
        ? flag.dimension
        : undefined
  const table = dimension ? b.ctx.model.dimensions[dimension]?.table : undefined
  return table ? countOf(table, b.ctx.model) : undefined
}

const measureUse = (b: Build, slot: Draft['measures'][number]): MeasureUse | undefined => {
  const { picks, ctx } = b
  const meaning = picks.of(slot)
  if (!meaning) return undefined
  if (meaning.kind === 'entity') {
    const counted = countOf(meaning.table, ctx.model)
    const odd = slot.aggregation && !['sum', 'count', 'count_distinct'].includes(slot.aggregation) && !slot.per
    if (odd && counted) throw new Gapped({ gap: 'average', measure: counted, by: slot.aggregation })
    return counted ? { measure: counted, ...perOf(b, slot) } : undefined
  }
  if (meaning.kind === 'dimension') return { measure: distinctCountOf(meaning.dimension) }
  if (meaning.kind !== 'measure') return undefined
  const measure = ctx.model.measures[meaning.measure]
  if (slot.counted && !isCount(measure) && slot.meanings.some(m => m.kind === 'entity')) return undefined
  if (b.draft.asksAmount && isCount(measure) && !slot.joined) throw new Gapped({ gap: 'measure' })
  if (isOwnAverage(b, slot, measure)) return { measure: meaning.measure, aggregation: 'avg' }
  const guessed =
    measure?.kind === 'base' && measure.uncertain && !slot.aggregation && !b.draft.rolling && !b.draft.share
  if (guessed && b.total) return { measure: meaning.measure, aggregation: 'sum', ...perOf(b, slot) }
  return { measure: meaning.measure, ...aggregationOf(b, slot, meaning.measure), ...perOf(b, slot) }
}

/** "average discount per order", where a discount is kept per order: the plain average. */
const isOwnAverage = ({ picks }: Build, slot: Draft['measures'][number], measure?: Measure): boolean => {
  if (!slot.per || 'grain' in slot.per || measure?.kind !== 'base' || !measure.aggregations.includes('avg'))
    return false
  const thing = picks.of(slot.per)
  return slot.aggregation === 'avg' && thing?.kind === 'entity' && thing.table === measure.table
}

const isCount = (m?: Measure) => m?.kind === 'base' && (m.aggregation === 'count' || m.aggregation === 'count_distinct')

const aggregationOf = (
  b: Build,
  slot: Draft['measures'][number],
  name: string,
): { aggregation?: MeasureUse['aggregation'] } => {
  const { aggregation } = slot
  const measure = b.ctx.model.measures[name]
  if (!aggregation || !measure || slot.per) return {}
  if (measure.kind === 'base' && measure.aggregation === aggregation) return {}
  if (measure.kind === 'base' && measure.aggregations.includes(aggregation)) return { aggregation }
  if (aggregation === 'sum' || aggregation === 'count_distinct' || aggregation === 'count') return {}
  const isMean =
    measure.format.kind === 'percent' ||
    /^average|mean|rate|ratio|per /i.test(measure.label) ||
    measure.kind === 'formula'
  if (aggregation === 'avg' && isMean) return {}
  if (aggregation === 'max' || aggregation === 'min') {
    b.draft.rank ??= {
      direction: aggregation === 'max' ? 'high' : 'low',
      sense: 'literal',
      plural: false,
      word: aggregation,
      from: slot.at.from,
    }
    return {}
  }
  throw new Gapped({ gap: 'average', measure: name, by: aggregation })
}

const perOf = (b: Build, slot: Draft['measures'][number]): { per?: MeasureUse['per'] } => {
  if (!slot.per) return {}
  if ('grain' in slot.per) return { per: { grain: slot.per.grain } }
  const meaning = b.picks.of(slot.per)
  if (meaning?.kind === 'entity') {
    const counted = countOf(meaning.table, b.ctx.model)
    return counted ? { per: { measure: counted } } : {}
  }
  return meaning?.kind === 'dimension' ? { per: { measure: distinctCountOf(meaning.dimension) } } : {}
}

const endsWith = (words: string[], end: string[]) => end.every((w, i) => words[words.length - end.length + i] === w)

/** The measure that counts a thing: its rows, or its key in the table where it acts. */
export const countOf = (table: string, model: Model): string | undefined => {
  const counts = Object.values(model.measures).filter(m => isCount(m) && m.kind === 'base' && m.where.length === 0)
  const byName = counts.find(m => m.name === table && !m.hidden)
  const rows = counts.find(m => m.kind === 'base' && m.table === table && !m.expression && !m.hidden)
  const [key] = model.tables[table]?.primaryKey ?? []
  const byKey = counts.find(
    m => m.kind === 'base' && m.expression?.kind === 'name' && m.expression.name === key && m.table === table,
  )
  return (byName ?? rows ?? byKey)?.name
}

/** What "most popular" counts: things that happen in time and have the dimension. */
const mainCount = (model: Model, named: NamedSplit[]): string | undefined => {
  const tables = Object.values(model.tables).filter(t => countOf(t.name, model))
  const reach = (from: string) =>
    named.every(n =>
      pathTo(model, { from, to: model.dimensions[n.dimension]?.table ?? '', via: model.dimensions[n.dimension]?.via }),
    )
  const home = model.dimensions[named[0]?.dimension ?? '']?.table
  const main = tables.find(t => t.name === baseOf(model.measures[model.defaultMeasure ?? ''], model)?.table)
  const parents = main ? tables.filter(t => t.time && pathTo(model, { from: main.name, to: t.name })?.length === 1) : []
  const found =
    [...parents, ...tables.filter(t => t.name === home), ...tables.filter(t => t.time)].find(t => reach(t.name)) ??
    main ??
    tables[0]
  return found && countOf(found.name, model)
}

const hintMeasure = (about: string[], b: Build): MeasureUse | undefined => {
  const { model } = b.ctx
  const context = contextTables(b.draft)
  const isNear = (m: Measure) => context.has(baseOf(m, model)?.table ?? '')
  const offered = Object.values(model.measures).filter(m => !m.hidden)
  const best = firstAbout(about, offered.filter(isNear)) ?? firstAbout(about, offered)
  if (!best) return undefined
  b.notes.push(`Read as ${best.label.toLowerCase()}.`)
  return { measure: best.name }
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

/** "for corporate *customers* by sales": a thing that is named beside a real measure is no measure of its own. */
const measureSlots = ({ measures, cues, counts }: Draft): Draft['measures'] => {
  const isThing = (slot: Draft['measures'][number]) => slot.meanings.some(m => m.kind === 'entity')
  const spends = cues.has('spends') && !counts
  if (spends && measures.every(slot => isThing(slot) && !slot.counted)) return []
  if (!measures.some(slot => !isThing(slot))) return measures
  return measures.filter((slot, i) => !isThing(slot) || slot.counted || slot.joined || measures[i + 1]?.joined)
}

// ——— splits

type NamedSplit = { dimension: string; at: number; weak: boolean }

const namedSplits = (b: Build): NamedSplit[] =>
  b.draft.splits.flatMap(split => {
    if (split.kind === 'timepart') return [{ dimension: split.part, at: 0, weak: false }]
    if (split.kind !== 'name') return []
    const meaning = b.picks.of(split)
    const dimension = meaning && splitDimension(b, meaning)
    return dimension ? [{ dimension, at: split.at.from, weak: split.weak }] : []
  })

const splitDimension = (b: Build, meaning: Meaning): string | undefined => {
  const { model } = b.ctx
  if (meaning.kind === 'entity') return model.tables[meaning.table]?.display ?? keyDimension(model, meaning.table)
  if (meaning.kind !== 'dimension') return undefined
  const d = model.dimensions[meaning.dimension]
  if (!d?.personal) return meaning.dimension
  const key = /name/i.test(d.label) ? (model.tables[d.table]?.display ?? keyDimension(model, d.table)) : undefined
  if (!key || model.dimensions[key]?.personal) throw new Gapped({ gap: 'personal', label: d.label })
  b.notes.push(`${d.label} is personal, so ${model.dimensions[key]?.label.toLowerCase()} is shown instead.`)
  return key
}

const keyDimension = (model: Model, table: string): string | undefined => {
  const [key] = model.tables[table]?.primaryKey ?? []
  return Object.values(model.dimensions).find(
    d => d.table === table && d.expression.kind === 'name' && d.expression.name === key,
  )?.name
}

/** "states with more than 500 orders" lists states; "customers with more than 3 orders" counts customers, unless asked which. */
const subjectsAsSplits = (b: Build): NamedSplit[] =>
  b.draft.comparisons.flatMap(c => {
    const { subject } = c
    if (!subject || !('meanings' in subject) || b.draft.splits.length > 0 || b.draft.counts) return []
    if (subject.meanings.some(m => m.kind === 'entity')) return []
    const meaning = b.picks.of(subject)
    if (meaning?.kind !== 'dimension') return []
    const dimension = splitDimension(b, meaning)
    return dimension ? [{ dimension, at: subject.at.from, weak: false }] : []
  })

const orderedSplits = (
  b: Build,
  named: NamedSplit[],
  at: { range?: { first: IsoDate; last: IsoDate }; period?: Period },
): Split[] => {
  const { draft } = b
  const time: Split[] = draft.splits.flatMap(s => {
    if (s.kind === 'grain') return [{ grain: s.grain }]
    return s.kind === 'trend' ? [{ grain: fittingGrain(at) }] : []
  })
  const subjectGrain = draft.comparisons.flatMap(c =>
    c.subject && 'grain' in c.subject && time.length === 0 ? [{ grain: c.subject.grain }] : [],
  )
  const said = draft.splits.map(s => s.kind)
  const names: Split[] = [...new Set(named.map(n => n.dimension))].map(dimension => ({ dimension }))
  const timeSplits = [...time, ...subjectGrain].slice(0, 1)
  const timeFirst = ['grain', 'trend'].includes(said[0] ?? '')
  const all = timeFirst ? [...timeSplits, ...names] : [...names, ...timeSplits]
  return hourly(all, at).slice(0, 3)
}

/** "by hour" over more than three days is the hour of the day. */
const hourly = (
  splits: Split[],
  { range, period }: { range?: { first: IsoDate; last: IsoDate }; period?: Period },
): Split[] => {
  const days = period ? daysBetween(period.start, period.end) : range ? daysBetween(range.first, range.last) : 99
  return splits.map(s => ('grain' in s && s.grain === 'hour' && days > 3 ? { dimension: 'hour_of_day' } : s))
}

/** The grain that shows a stretch of time well: days for a month, weeks for half a year, else months. */
const fittingGrain = ({ range, period }: { range?: { first: IsoDate; last: IsoDate }; period?: Period }): Grain => {
  const first = period && range && period.start < range.first ? range.first : (period?.start ?? range?.first)
  const end = period && range && period.end > range.last ? range.last : (period?.end ?? range?.last)
  const days = first && end ? daysBetween(first, end) : 365
  if (days <= 45) return 'day'
  if (days <= 190) return 'week'
  return days > 365 * 6 ? 'year' : 'month'
}

// ——— filters and conditions

const filtersOf = (b: Build): Filter[] => {
  const lists = b.draft.filters.flatMap(slot => {
    switch (slot.kind) {
      case 'values': {
        const chosen = b.picks.members(slot)
        if (chosen) confessShort(b, slot, chosen.values)
        return chosen
          ? [
              {
                op: slot.negated ? 'not_in' : 'in',
                dimension: chosen.dimension,
                values: [...new Set(chosen.values)],
              } as Filter,
            ]
          : []
      }
      case 'weekdays':
        return [{ op: slot.negated ? 'not_in' : 'in', dimension: 'weekday', values: slot.days } as Filter]
      case 'flag': {
        const meaning = b.picks.of(slot)
        return meaning?.kind === 'dimension'
          ? [{ op: 'in', dimension: meaning.dimension, values: [!slot.negated] } as Filter]
          : []
      }
      case 'equals':
        return equalsOf(b, slot)
      case 'named': {
        const meaning = b.picks.of(slot)
        return meaning?.kind === 'filter' ? [slot.negated ? negated(meaning.filter) : meaning.filter] : []
      }
      case 'condition': {
        const meaning = b.picks.of(slot)
        const measure = meaning?.kind === 'measure' ? b.ctx.model.measures[meaning.measure] : undefined
        return measure?.kind === 'base' ? measure.where.map(f => (slot.negated ? negated(f) : f)) : []
      }
    }
  })
  return lists
}

/** A short form of a value is said back in full. */
const confessShort = (b: Build, slot: Extract<FilterSlot, { kind: 'values' }>, values: string[]): void =>
  slot.members.forEach((member, i) => {
    if (member.part) b.notes.push(`Read a short name as ${values[i]}.`)
  })

const negated = (f: Filter): Filter => {
  switch (f.op) {
    case 'in':
      return { ...f, op: 'not_in' }
    case 'not_in':
      return { ...f, op: 'in' }
    case 'like':
      return { ...f, op: 'not_like' }
    case 'named':
      return { ...f, op: 'not_named' }
    case 'not_named':
      return { ...f, op: 'named' }
    default:
      return f
  }
}

const equalsOf = (b: Build, slot: Extract<FilterSlot, { kind: 'equals' }>): Filter[] => {
  const meaning = b.picks.of(slot)
  const name =
    meaning?.kind === 'entity'
      ? keyDimension(b.ctx.model, meaning.table)
      : meaning?.kind === 'dimension'
        ? meaning.dimension
        : undefined
  const d = name ? b.ctx.model.dimensions[name] : undefined
  if (!name || !d) throw new Gapped({ gap: 'number' })
  const value = d.type === 'number' ? Number(String(slot.value).replaceAll(',', '')) : String(slot.value)
  return [{ op: 'in', dimension: name, values: [value] }]
}

const comparisonsOf = (b: Build, splits: Split[], measures: MeasureUse[]): { filters: Filter[]; having: Having[] } => {
  const results = b.draft.comparisons.map(c => comparisonOf(b, c, { splits, measures }))
  return { filters: results.flatMap(r => r.filters ?? []), having: results.flatMap(r => r.having ?? []) }
}

const comparisonOf = (
  b: Build,
  c: ComparisonSlot,
  { splits, measures }: { splits: Split[]; measures: MeasureUse[] },
): { filters?: Filter[]; having?: Having[] } => {
  const { model } = b.ctx
  const noun = c.noun && b.picks.of(c.noun)
  const subject =
    c.subject && 'meanings' in c.subject ? (c.subject === c.noun ? noun : b.picks.of(c.subject)) : undefined
  if (measures[0]?.measure.startsWith('distinct_') && !splits.length && b.draft.counts)
    throw new Gapped({ gap: 'number' })
  const hinted = c.about ? hintMeasure(c.about, b) : undefined
  const before = b.ctx.base && !c.noun && !c.about ? inherited(b.ctx.base, c) : undefined
  if (before) return before
  if (noun?.kind === 'dimension' && model.dimensions[noun.dimension]?.type === 'number')
    return { filters: [rowFilter(noun.dimension, c)] }
  const entity =
    subject?.kind === 'entity'
      ? subject.table
      : subject?.kind === 'measure'
        ? entityOfCount(model, subject.measure)
        : undefined
  const money = c.unit !== undefined && c.unit !== '%'
  const priced =
    noun?.kind === 'entity' && money && !model.tables[noun.table]?.time ? onlyPrice(model, noun.table) : undefined
  if (priced) return { filters: [rowFilter(priced, c)] }
  const measure =
    hinted?.measure ??
    (c.times ? mainCount(model, []) : undefined) ??
    measureOfNoun(b, { noun, entity, money, alone: !c.noun })
  if (!measure) throw new Gapped({ gap: 'number' })
  const kind = model.measures[measure]?.format.kind
  if (
    (c.unit === '%') !== (kind === 'percent') &&
    c.unit !== undefined &&
    (c.unit === '%' || kind === 'percent' || kind === 'integer')
  )
    throw new Gapped({ gap: 'unit', measure, unit: c.unit })
  const groupCount =
    noun?.kind === 'measure' && isCount(model.measures[noun.measure])
      ? noun.measure
      : noun?.kind === 'entity'
        ? countOf(noun.table, model)
        : undefined
  if (groupCount && (c.where || b.draft.comparisons.length > 1) && !money && splits.length > 0)
    return {
      having: [{ measure: groupCount, op: c.op, value: c.value, ...(c.upper === undefined ? {} : { to: c.upper }) }],
    }
  const splitsBySubject =
    splits.length > 0 &&
    (subject?.kind === 'dimension' ||
      (c.subject && 'grain' in c.subject) ||
      !entity ||
      splits.some(s => 'dimension' in s && s.dimension === displayOf(model, entity)))
  if (splitsBySubject)
    return { having: [{ measure, op: c.op, value: c.value, ...(c.upper === undefined ? {} : { to: c.upper }) }] }
  const counted = entity ?? baseOf(model.measures[measures[0]?.measure ?? ''], model)?.table
  if (!entity && measures[0]?.measure === measure) throw new Gapped({ gap: 'number' })
  const column = rowColumnOf(model.measures[measure], model)
  if (column && model.dimensions[column]?.table === counted) return { filters: [rowFilter(column, c)] }
  if (
    column &&
    counted &&
    measures[0]?.measure !== measure &&
    pathTo(model, { from: counted, to: model.dimensions[column]?.table ?? '' })
  )
    return { filters: [rowFilter(column, c)] }
  if (!entity || (model.tables[entity]?.primaryKey.length ?? 0) !== 1) throw new Gapped({ gap: 'number' })
  return {
    filters: [
      {
        op: 'entity',
        entity,
        measure,
        compare: c.op,
        value: c.value,
        ...(c.upper === undefined ? {} : { to: c.upper }),
      },
    ],
  }
}

/** "over $250 instead": the number changes, what it is about stays. */
const inherited = (base: Query, c: ComparisonSlot): { filters?: Filter[]; having?: Having[] } | undefined => {
  const number = { value: c.value, ...(c.upper === undefined ? {} : { to: c.upper }) }
  const thing = base.filters.find(f => f.op === 'entity')
  if (thing?.op === 'entity')
    return { filters: [{ op: 'entity', entity: thing.entity, measure: thing.measure, compare: c.op, ...number }] }
  const [result] = base.having
  if (result) return { having: [{ measure: result.measure, op: c.op, ...number }] }
  const row = base.filters.find(f => ['gt', 'gte', 'lt', 'lte', 'eq', 'between'].includes(f.op))
  return row && 'dimension' in row ? { filters: [rowFilter(row.dimension, c)] } : undefined
}

/** "products over $200": the one amount of money that a thing has. */
const onlyPrice = (model: Model, table: string): string | undefined => {
  const prices = Object.values(model.dimensions).filter(
    d => d.table === table && d.type === 'number' && d.comparable && d.format?.kind === 'currency',
  )
  return prices.length === 1 ? prices[0]?.name : undefined
}

const displayOf = (model: Model, table: string) => model.tables[table]?.display ?? keyDimension(model, table)

/** Which thing a count counts: `orders` counts rows of orders, `customers` counts keys of customers. */
const entityOfCount = (model: Model, name: string): string | undefined => {
  const m = model.measures[name]
  if (m?.kind !== 'base') return undefined
  if (model.tables[name]) return name
  if (m.aggregation === 'count' && !m.expression) return m.table
  const key = m.expression?.kind === 'name' ? m.expression.name : undefined
  return Object.values(model.tables).find(t => t.primaryKey.length === 1 && t.primaryKey[0] === key)?.name
}

const measureOfNoun = (
  b: Build,
  { noun, entity, money, alone }: { noun?: Meaning; entity?: string; money: boolean; alone: boolean },
): string | undefined => {
  const { model } = b.ctx
  const table = entity ? model.tables[entity] : undefined
  const value = table?.time ? table.value : undefined
  if (noun?.kind === 'measure')
    return money && isCount(model.measures[noun.measure])
      ? (value ?? noun.measure)
      : noun.measure === countOf(entity ?? '', model)
        ? value
        : noun.measure
  if (noun?.kind === 'entity') return noun.table === entity ? value : countOf(noun.table, model)
  return alone ? value : undefined
}

const rowFilter = (dimension: string, c: ComparisonSlot): Filter =>
  c.op === 'between'
    ? { op: 'between', dimension, from: c.value, to: c.upper ?? c.value }
    : { op: c.op, dimension, value: c.value }

// ——— time

const timeOf = (b: Build): string | undefined => {
  const meaning = b.draft.time && b.picks.of(b.draft.time)
  return meaning?.kind === 'dimension' ? meaning.dimension : undefined
}

export type Periods = { main?: Period; compared?: Period; mainSaid?: PeriodExpression; comparedSaid?: PeriodExpression }

const periodsOf = (b: Build, range?: { first: IsoDate; last: IsoDate }): Periods => {
  const { draft, ctx } = b
  const place = (e: PeriodExpression): Period => {
    const period = resolvePeriod(e, { today: ctx.today, calendar: ctx.model, data: range })
    if (isPeriodProblem(period)) throw new Gapped({ gap: 'period', problem: period })
    if (period.insteadOf)
      b.notes.push(`The data ends on ${range?.last}, so ${period.label} was taken instead of ${period.insteadOf}.`)
    return period
  }
  const ends = changeEnds(draft)
  const said = ends ?? draft.periods.map(p => ({ expression: p.expression, compared: p.compared }))
  if (said.length > 2) throw new Gapped({ gap: 'periods' })
  const [a, c] = said
  if (!a) return {}
  if (!c)
    return a.compared
      ? { compared: place(a.expression), comparedSaid: a.expression }
      : { main: place(a.expression), mainSaid: a.expression }
  if (!draft.compares && !ends && !draft.change) throw new Gapped({ gap: 'periods' })
  const [one, two] = sameYears(a.expression, c.expression)
  if (c.compared && two.kind === 'relative' && two.which === 'last' && !two.n && finer(one, two.unit))
    return { main: place(one), mainSaid: one, comparedSaid: two }
  const [p, q] = [place(one), place(two)]
  if (p.insteadOf && q.insteadOf && p.start === q.start)
    return {
      main: p,
      mainSaid: one,
      comparedSaid: two.kind === 'relative' ? two : undefined,
      compared: two.kind === 'relative' ? undefined : previousPeriod(p, ctx.model),
    }
  if (p.start === q.start && p.end === q.end) throw new Gapped({ gap: 'periods' })
  return p.start >= q.start
    ? { main: p, compared: q, mainSaid: one, comparedSaid: two }
    : { main: q, compared: p, mainSaid: two, comparedSaid: one }
}

const order: Grain[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']
const unitOfSaid = (e: PeriodExpression): Grain | undefined => {
  if (e.kind === 'relative' || e.kind === 'toDate' || e.kind === 'ago') return e.unit
  if (e.kind === 'month' || e.kind === 'quarter' || e.kind === 'year') return e.kind
  return e.kind === 'half' ? 'quarter' : e.kind === 'range' || e.kind === 'part' || e.kind === 'union' ? 'month' : 'day'
}
const finer = (e: PeriodExpression, unit: Grain) => order.indexOf(unitOfSaid(e) ?? 'day') < order.indexOf(unit)

/** "growth from March to April" compares the two ends. */
const changeEnds = ({
  change,
  compares,
  periods,
  why,
}: Draft): { expression: PeriodExpression; compared: boolean }[] | undefined => {
  const [only] = periods
  if ((!change && !compares) || why || periods.length !== 1 || !only || only.expression.kind !== 'range')
    return compares ? unionEnds(periods) : undefined
  const { from, to } = only.expression
  if (!from || !to || from.kind !== to.kind || !['month', 'quarter', 'year'].includes(from.kind)) return undefined
  return [
    { expression: to, compared: false },
    { expression: from, compared: true },
  ]
}

const unionEnds = (periods: Draft['periods']) => {
  const [only] = periods
  if (periods.length !== 1 || only?.expression.kind !== 'union' || only.expression.parts.length !== 2) return undefined
  const [a, c] = only.expression.parts
  return a && c
    ? [
        { expression: a, compared: false },
        { expression: c, compared: true },
      ]
    : undefined
}

const sameYears = (a: PeriodExpression, c: PeriodExpression): [PeriodExpression, PeriodExpression] => {
  const lend = (e: PeriodExpression, from: PeriodExpression): PeriodExpression =>
    e.kind === from.kind && 'year' in from && from.year !== undefined && 'year' in e && e.year === undefined
      ? ({ ...e, year: from.year } as PeriodExpression)
      : e
  return [lend(a, c), lend(c, a)]
}

type CompareInput = Periods & { range?: { first: IsoDate; last: IsoDate }; splits: Split[] }

const compareOf = (b: Build, input: CompareInput): { period?: Period; compare?: Query['compare']; split?: Grain } => {
  const { draft, ctx } = b
  const { main, compared, range } = input
  const grain = input.splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0]
  const full =
    main ??
    (range
      ? {
          start: range.first,
          end: addUnits(range.last, 1, 'day'),
          label: labelOf(range.first, addUnits(range.last, 1, 'day'), ctx.model),
        }
      : undefined)
  if (main && compared) return { period: main, compare: { period: compared, ...shiftBetween(main, compared) } }
  if (input.comparedSaid?.kind === 'relative' && main)
    return shifted(main, { n: 1, unit: input.comparedSaid.unit }, b, grain)
  if (compared && !main) return againstNow(b, input, grain)
  if (ctx.base && draft.earlier && !draft.compares && main) return { period: earlier(main, draft.earlier, b) }
  const wanted =
    draft.earlier ??
    (draft.change
      ? draft.change.grain
        ? { n: 1, unit: draft.change.grain }
        : 'previous'
      : draft.why
        ? 'previous'
        : undefined)
  if (!wanted) return keptCompare(b, main, grain)
  if (grain && full) {
    const step = wanted === 'previous' || wanted.unit === grain ? { n: 1, unit: grain } : wanted
    return { ...shifted(full, step, b, grain) }
  }
  if (!main && wanted !== 'previous' && wanted.unit !== 'year' && full && draft.change?.grain)
    return { ...shifted(full, wanted, b, wanted.unit), split: wanted.unit }
  if (!main) return changeWithoutPeriod(b, { range, wanted })
  if (wanted === 'previous') return { period: main, compare: { period: beforeOrAfter(b, main, range) } }
  return shifted(main, wanted, b, grain)
}

/** "and the week before?" moves the period back. */
const earlier = (period: Period, how: { n: number; unit: Grain } | 'previous', { ctx }: Build): Period =>
  how === 'previous' || how.unit === period.unit
    ? previousPeriod(period, ctx.model)
    : shiftPeriod(period, how.n, { unit: how.unit, calendar: ctx.model })

/** A comparison of the thread moves along with a new period. */
const keptCompare = (
  b: Build,
  main: Period | undefined,
  grain?: Grain,
): { period?: Period; compare?: Query['compare'] } => {
  const before = b.ctx.base?.compare
  if (!main) return {}
  if (!before || b.draft.cues.has('drop:compare')) return { period: main }
  if (main.start === b.ctx.base?.period?.start && main.end === b.ctx.base.period.end)
    return { period: main, compare: before }
  return before.shift
    ? shifted(main, before.shift, b, grain)
    : { period: main, compare: { period: previousPeriod(main, b.ctx.model) } }
}

/** Nothing before the data begins: a "why" about its first period looks at the next one instead. */
const beforeOrAfter = (b: Build, main: Period, range?: { first: IsoDate; last: IsoDate }): Period => {
  const before = previousPeriod(main, b.ctx.model)
  if (!b.draft.why || !range || before.end > range.first) return before
  const unit = main.unit ?? 'day'
  const after = main.unit
    ? shiftPeriod(main, -(main.count ?? 1), { unit, calendar: b.ctx.model })
    : shiftPeriod(main, -daysBetween(main.start, main.end), { unit: 'day', calendar: b.ctx.model })
  b.notes.push(
    `The data begins on ${range.first}, so ${main.label} is compared with ${after.label}, the period after it.`,
  )
  return after
}

/** "revenue vs last month" with no period of its own: the period that is running, against the same days of the one named. */
const againstNow = (
  b: Build,
  { compared, comparedSaid, range }: CompareInput,
  grain?: Grain,
): { period?: Period; compare?: Query['compare'] } => {
  if (comparedSaid?.kind !== 'relative' || comparedSaid.which !== 'last' || comparedSaid.n)
    throw new Gapped({ gap: 'periods' })
  const now = resolvePeriod(
    { kind: 'relative', which: 'this', unit: comparedSaid.unit },
    { today: b.ctx.today, calendar: b.ctx.model, data: range },
  )
  if (isPeriodProblem(now)) throw new Gapped({ gap: 'period', problem: now })
  void compared
  b.notes.push(`${now.label} was compared with the same stretch one ${comparedSaid.unit} earlier.`)
  return shifted(now, { n: 1, unit: comparedSaid.unit }, b, grain)
}

const changeWithoutPeriod = (
  b: Build,
  { range, wanted }: { range?: { first: IsoDate; last: IsoDate }; wanted: { n: number; unit: Grain } | 'previous' },
): { period?: Period; compare?: Query['compare'] } => {
  void range
  void wanted
  void b
  throw new Gapped({ gap: 'change' })
}

const shifted = (
  period: Period,
  by: { n: number; unit: Grain },
  b: Build,
  grain?: Grain,
): { period: Period; compare: Query['compare'] } => {
  const weeks = by.unit === 'year' && (grain === 'week' || period.unit === 'week')
  const step = weeks ? { n: 52 * by.n, unit: 'week' as Grain } : by
  return {
    period,
    compare: { period: shiftPeriod(period, step.n, { unit: step.unit, calendar: b.ctx.model }), shift: step },
  }
}

const shiftBetween = (a: Period, c: Period): { shift?: { n: number; unit: Grain } } => {
  if (a.start.slice(8) === c.start.slice(8)) {
    const n =
      (Number(a.start.slice(0, 4)) - Number(c.start.slice(0, 4))) * 12 +
      Number(a.start.slice(5, 7)) -
      Number(c.start.slice(5, 7))
    return n > 0 ? { shift: { n, unit: 'month' } } : {}
  }
  const days = daysBetween(c.start, a.start)
  return days > 0 ? { shift: { n: days, unit: 'day' } } : {}
}

// ——— shares, running figures, ranks

const calcOf = (
  b: Build,
  q: { measures: MeasureUse[]; splits: Split[]; filters: Filter[] },
): { measures: MeasureUse[]; splits: Split[] } => {
  const { draft } = b
  if (draft.share) {
    const rate = shareAsRate(b, q.measures)
    if (rate) return { measures: rate, splits: q.splits }
    if (draft.rank?.n !== undefined && draft.rank.from > (draft.shareAt ?? 0)) throw new Gapped({ gap: 'share' })
    const of = shareOf(b, q)
    return {
      ...q,
      measures: q.measures.map(m =>
        b.ctx.model.measures[m.measure]?.format.kind === 'percent' ? m : { ...m, calc: { kind: 'share', of } },
      ),
    }
  }
  if (draft.cumulative)
    return { measures: q.measures.map(m => ({ ...m, calc: { kind: 'cumulative' } })), splits: withTime(b, q.splits) }
  if (draft.rolling) {
    const { n, grain, average } = draft.rolling
    const splits = withTime(b, q.splits, grain)
    const own = splits.flatMap(s => ('grain' in s ? [s.grain] : []))[0] ?? 'day'
    const wide = n ?? ({ day: 7, week: 4, month: 3, quarter: 4, year: 3, hour: 24 } as const)[own]
    if (n === undefined) b.notes.push(`A window of ${wide} ${own}s was taken.`)
    const means = average || q.measures.some(m => m.aggregation === 'avg')
    return {
      measures: q.measures.map(m => ({ measure: m.measure, calc: { kind: 'rolling', n: wide, average: means } })),
      splits,
    }
  }
  return q
}

const withTime = (b: Build, splits: Split[], grain?: Grain): Split[] =>
  splits.some(s => 'grain' in s)
    ? splits
    : [...splits, { grain: grain ?? fittingGrain({ range: firstRange(b), period: undefined }) }]

const firstRange = (b: Build) => {
  const time = Object.values(b.ctx.model.tables).find(t => t.time)?.time
  return time ? b.ctx.range(time) : undefined
}

/** "percent of orders returned" is the return rate; "share of returned orders by category" divides returned orders up. */
const shareAsRate = (b: Build, measures: MeasureUse[]): MeasureUse[] | undefined => {
  const [use] = measures
  const slot = b.draft.measures[0]
  const measure = use && b.ctx.model.measures[use.measure]
  const ofAll = b.draft.context.some(c => c.meanings.some(m => m.kind === 'entity')) && b.draft.splits.length === 0
  if (
    !use ||
    !slot ||
    measures.length > 1 ||
    measure?.kind !== 'base' ||
    measure.where.length === 0 ||
    !(slot.thingFirst || ofAll)
  )
    return undefined
  const rate = Object.values(b.ctx.model.measures).find(
    m => m.kind === 'formula' && !m.hidden && topOf(m) === use.measure && m.format.kind === 'percent',
  )
  return rate ? [{ measure: rate.name }] : undefined
}

/** What a share is of: the condition said by a verb ("were cancelled"), else the split, else the first condition after the measure. */
const shareOf = (b: Build, { splits, filters }: { splits: Split[]; filters: Filter[] }): string[] => {
  const dimensionOf = (f: Filter) => ('dimension' in f ? f.dimension : 'entity' in f ? f.entity : f.filter)
  const predicated = b.draft.filters.flatMap((f, i) =>
    'predicate' in f && f.predicate && filters[i] ? [dimensionOf(filters[i] as Filter)] : [],
  )
  const comparisons = filters
    .filter(
      f =>
        f.op === 'entity' || f.op === 'gt' || f.op === 'lt' || f.op === 'gte' || f.op === 'lte' || f.op === 'between',
    )
    .map(dimensionOf)
  const named = splits.flatMap(s => ('dimension' in s ? [s.dimension] : []))
  if (predicated.length > 0) return [...new Set(predicated)]
  if (comparisons.length > 0 && named.length === 0) return [...new Set(comparisons)]
  if (named.length > 0) return named
  const after = b.draft.filters.flatMap((f, i) =>
    f.kind === 'values' && f.afterMeasure && filters[i] ? [dimensionOf(filters[i] as Filter)] : [],
  )
  const [first] = [...after, ...filters.map(dimensionOf)]
  if (!first) throw new Gapped({ gap: 'share' })
  return [first]
}

const falling =
  /^(drop|dropped|dropping|decline|declined|decrease|decreased|fall|fell|falling|dip|dipped|plunge|plunged|shrink|shrank|worsen|worsened)$/

const rankOf = (b: Build, query: Query): Partial<Query> => {
  const { draft, ctx } = b
  const { rank } = draft
  const versus = versusSplit(b, query)
  if (!rank) return versus
  const [use] = query.measures
  const target = query.splits.length > 0
  if (!target || !use) return extreme(b, query)
  const measure = ctx.model.measures[use.measure]
  const flips = rank.sense === 'good' && measure?.good === 'down'
  const high = (rank.direction === 'high') !== flips
  const changes = query.compare !== undefined && draft.change !== undefined
  const down = changes && falling.test(draft.change?.word ?? '') ? !high : high
  const by = changes ? 'change' : measureColumn(use)
  const order = [{ by, direction: down ? ('desc' as const) : ('asc' as const) }]
  if (rank.all) return { ...versus, order }
  const limit = rank.n ?? draft.howMany ?? (rank.plural ? 10 : 1)
  if (rank.n === undefined && draft.howMany === undefined && rank.plural)
    b.notes.push('How many was not said, so the first 10 are shown.')
  const others = otherSplits(b, query)
  return others.length > 0
    ? { order, limit, limitPer: others, splits: arranged(query.splits, others) }
    : { order, limit }
}

/** "top product in each category": the ranked thing stands first after the rank; the rest are the groups it is ranked in. */
const otherSplits = (b: Build, query: Query): string[] => {
  if (query.splits.length < 2) return []
  const names = query.splits.map(s => ('grain' in s ? s.grain : s.dimension))
  const ranked = b.draft.splits.findIndex(s => s.kind === 'name' && s.at.from > (b.draft.rank?.from ?? 0))
  const target = names[ranked >= 0 && ranked < names.length ? ranked : 0]
  return names.filter(n => n !== target)
}

const arranged = (splits: Split[], first: string[]): Split[] => {
  const isFirst = (s: Split) => first.includes('grain' in s ? s.grain : s.dimension)
  return [...splits.filter(isFirst), ...splits.filter(s => !isFirst(s))]
}

/** "the highest freight": with nothing to rank, the largest single value, where the model allows it. */
const extreme = (b: Build, query: Query): Partial<Query> => {
  const [use] = query.measures
  const measure = use && b.ctx.model.measures[use.measure]
  const aggregation = b.draft.rank?.direction === 'high' ? 'max' : 'min'
  if (b.draft.cues.has('who') && !b.draft.rank?.all) throw new Gapped({ gap: 'rank' })
  if (b.draft.rank?.all || (b.draft.rank?.n === undefined && b.draft.rank?.word === 'main')) return {}
  if (use && measure?.kind === 'base' && measure.aggregations.includes(aggregation) && !use.calc)
    return { measures: [{ ...use, aggregation }, ...query.measures.slice(1)] }
  throw new Gapped({ gap: 'rank' })
}

/** "Texas vs California": values that are compared become rows. */
const versusSplit = (b: Build, query: Query): Partial<Query> => {
  const compared = b.draft.filters.flatMap(f =>
    f.kind === 'values' && f.members.length > 1 && (f.versus || b.draft.compares)
      ? [b.picks.members(f)?.dimension]
      : [],
  )
  const missing = compared.filter(
    (d): d is string => d !== undefined && !query.splits.some(s => 'dimension' in s && s.dimension === d),
  )
  return missing.length > 0
    ? { splits: [...missing.map(dimension => ({ dimension })), ...query.splits].slice(0, 3) }
    : {}
}

/** A filter that the measure's own definition leaves out asks for something that cannot be: say so, and offer what can. */
const conflict = (query: Query, model: Model): void => {
  for (const f of query.filters) {
    const apart = query.filters.find(
      g =>
        g !== f &&
        f.op === 'in' &&
        g.op === 'in' &&
        g.dimension === f.dimension &&
        !f.values.some(v => g.values.includes(v)),
    )
    if (apart && f.op === 'in')
      throw new Gapped({ gap: 'contradiction', label: model.dimensions[f.dimension]?.label ?? f.dimension })
    const against = query.filters.find(
      g =>
        f.op === 'in' && g.op === 'not_in' && g.dimension === f.dimension && f.values.every(v => g.values.includes(v)),
    )
    if (against && f.op === 'in')
      throw new Gapped({ gap: 'contradiction', label: model.dimensions[f.dimension]?.label ?? f.dimension })
  }
  for (const use of query.measures) {
    const base = baseOf(model.measures[use.measure], model)
    const clash = base?.where.some(own => query.filters.some(f => contradicts(own, f, model)))
    if (base && clash && !use.calc) {
      const instead = Object.values(model.measures).filter(
        m =>
          !m.hidden &&
          m.kind === 'base' &&
          m.table === base.table &&
          m.where.length === 0 &&
          m.format.kind === base.format.kind &&
          JSON.stringify(m.expression) === JSON.stringify(base.expression),
      )
      throw new Gapped({ gap: 'conflict', measure: use.measure, instead: instead.map(m => m.name) })
    }
  }
}

const contradicts = (own: Filter, asked: Filter, model: Model): boolean => {
  if (own.op === 'named') return (model.filters[own.filter]?.filters ?? []).some(f => contradicts(f, asked, model))
  if (asked.op !== 'in') return false
  if (own.op === 'not_in' && own.dimension === asked.dimension) return asked.values.every(v => own.values.includes(v))
  return own.op === 'in' && own.dimension === asked.dimension && !asked.values.some(v => own.values.includes(v))
}
