import { dimensionsOf } from '#src/semantic/compile/filters.ts'
import { finerTables, pathTo } from '#src/semantic/compile/paths.ts'
import { isTimePart, type Model } from '#src/semantic/model.ts'
import type { Period } from '#src/vocabulary/period.ts'
import type { Filter, MeasureUse, RowFilter, Split } from '#src/vocabulary/query.ts'
import { countOf, entityOfCount, isCount, mainCount } from '../counts.ts'
import { baseOf } from '../formulas.ts'
import { lemma, verb } from '../lemma.ts'
import { phraseWords } from '../lexicon.ts'
import { isPeriodProblem, resolvePeriod } from '../periods/resolve.ts'
import { deeds } from '../verbs.ts'
import { Gapped } from './gaps.ts'
import { displayOf } from './keys.ts'
import type { Build } from './types.ts'

/** The table of the things that are counted or listed: "how many *customers*", "which *courses*". */
export const thingOf = ({ draft, ctx }: Build, measures: MeasureUse[], splits: Split[]): string | undefined => {
  const [use] = measures
  const counted = use && !use.per ? entityOfCount(ctx.model, use.measure) : undefined
  if (counted) return counted
  const [first] = splits
  if (!first || !('dimension' in first) || !draft.cues.has('who')) return undefined
  return Object.keys(ctx.model.tables).find(name => displayOf(ctx.model, name) === first.dimension)
}

/** Whether a thing may have several values of a dimension: a customer has many orders, so many categories. */
export const mayHaveSeveral = (thing: string, dimension: string, model: Model): boolean => {
  const d = model.dimensions[dimension]
  return d !== undefined && !isTimePart(dimension) && !pathTo(model, { from: thing, to: d.table, via: d.via })
}

/** What things do, as a count: orders of customers. It must reach the dimensions; of several, the one that a word names. */
export const activityOf = (b: Build, thing: string, dimensions: readonly string[] = []): string | undefined => {
  const { model } = b.ctx
  const others = dimensions.flatMap(name => {
    const d = model.dimensions[name]
    return d ? [{ table: d.table, via: d.via }] : []
  })
  const found = Object.keys(model.tables)
    .filter(t => t !== thing && pathTo(model, { from: t, to: thing }) && countOf(t, model))
    .filter(t => others.length === 0 || finerTables(model, t, others).length > 0)
  const said = found.find(t => isSaidOf(b, t))
  const main = entityOfCount(model, mainCount(model, []) ?? '')
  const usual = model.drafted ? undefined : found.find(t => t === main)
  const chosen = said ?? usual ?? (found.length === 1 || others.length > 0 ? nearest(found, others, model) : undefined)
  return chosen && countOf(chosen, model)
}

/** The table whose own date was named ("enrolled"), or that a verb is made of ("ordered": orders). */
const isSaidOf = (b: Build, table: string): boolean => {
  const { model } = b.ctx
  const time = b.draft.time && b.picks.of(b.draft.time)
  if (time?.kind === 'dimension') return model.dimensions[time.dimension]?.table === table
  const { label = '', synonyms = [] } = model.tables[table] ?? {}
  const heads = [label, ...synonyms].map(name => verb(lemma(phraseWords(name).at(-1) ?? '')))
  return b.draft.verbs.some(said => heads.includes(verb(said)))
}

const nearest = (tables: string[], others: { table: string; via?: string }[], model: Model): string | undefined => {
  const hops = (from: string) =>
    others.reduce((sum, o) => sum + (pathTo(model, { from, to: o.table, via: o.via })?.length ?? 9), 0)
  return tables.toSorted((x, y) => hops(x) - hops(y))[0]
}

/** Things with, or without, some rows of what they do. */
export const withRows = (
  b: Build,
  { thing, none, where }: { thing: string; none: boolean; where: RowFilter[] },
): Filter | undefined => {
  const activity = activityOf(
    b,
    thing,
    where.flatMap(f => dimensionsOf(f, b.ctx.model)),
  )
  const measure =
    activity ?? (where.length > 0 && b.draft.periods.length === 0 ? countOf(thing, b.ctx.model) : undefined)
  if (!measure || b.ctx.model.tables[thing]?.primaryKey.length !== 1) return undefined
  const compare = none ? { compare: 'eq' as const, value: 0 } : { compare: 'gte' as const, value: 1 }
  return { op: 'entity', entity: thing, measure, ...compare, ...(where.length > 0 ? { where } : {}) }
}

/** "how many doctors saw patients in June", "teachers who gave lessons": what is named behind a thing and done by it keeps those that did it. @throws Gapped when the two have nothing to do with each other. */
export const withDeeds = (
  b: Build,
  thing: string | undefined,
  { filters, beside }: { filters: Filter[]; beside: Filter[] },
): Filter[] => {
  const { model } = b.ctx
  const [slot] = b.draft.measures
  const base = slot && baseOf(model.measures[countOf(thing ?? '', model) ?? ''], model)
  if (!thing || !slot || base?.table !== thing || b.draft.time) return filters
  const isDone = (f: Filter) => f.op === 'entity' || dimensionsOf(f, model).some(d => mayHaveSeveral(thing, d, model))
  if ([...filters, ...beside].some(isDone)) return filters
  const tables = b.draft.context.flatMap(c => {
    const meaning = c.at.from > slot.at.from ? (b.picks.of(c) ?? c.meanings[0]) : undefined
    return meaning?.kind === 'entity' ? [meaning.table] : []
  })
  const [other] = tables.filter(t => t !== thing && !pathTo(model, { from: thing, to: t }))
  const table =
    other && (pathTo(model, { from: other, to: thing }) ? other : finerTables(model, thing, [{ table: other }])[0])
  if (other && !table) throw new Gapped({ gap: 'measure' })
  const measure = table && countOf(table, model)
  if (!measure || model.tables[thing]?.primaryKey.length !== 1) return filters
  return [...filters, { op: 'entity', entity: thing, measure, compare: 'gte', value: 1 }]
}

/** "never enrolled *in a Spanish course*", "more than 2 *Spanish* enrolments": values behind a comparison are about what it counts. */
export const placeValues = (
  b: Build,
  thing: string | undefined,
  { filters, of }: { filters: Filter[]; of: Filter[] },
): Filter[] => {
  const [only] = of
  const at = b.draft.comparisons[0]?.at.from
  if (!thing || of.length !== 1 || b.draft.comparisons.length !== 1 || at === undefined) return [...filters, ...of]
  if (only?.op !== 'entity' || only.entity !== thing) return [...filters, ...of]
  const behind = b.draft.filters.flatMap(slot => {
    if (slot.kind !== 'values' || slot.negated || slot.both || (slot.members[0]?.at.from ?? 0) < at) return []
    return b.picks.members(slot)?.dimension ?? []
  })
  const where = filters.filter(
    (f): f is RowFilter =>
      f.op === 'in' && behind.includes(f.dimension) && mayHaveSeveral(thing, f.dimension, b.ctx.model),
  )
  return where.length === 0
    ? [...filters, ...of]
    : [...filters.filter(f => !(where as Filter[]).includes(f)), { ...only, where }]
}

type Placing = {
  thing?: string
  filters: Filter[]
  period?: Period
  time?: string
  measures: MeasureUse[]
  splits: Split[]
}

/**
 * Where a period belongs: to what a thing did ("students with two enrolments in 2023"), not to the day it came into being, unless that day was
 * named. Beside a condition on what it did, the time of that is meant.
 */
export const placePeriod = (
  b: Build,
  { thing, filters, period, time, measures, splits }: Placing,
): { filters: Filter[]; period?: Period; time?: string } => {
  const { model } = b.ctx
  const plain = { filters, period, time }
  const base = baseOf(model.measures[measures[0]?.measure ?? ''], model)
  if (!thing || !period || !base) return plain
  if (time && model.dimensions[time]?.table === thing) return plain
  const several = [...filters, ...splits].flatMap(x =>
    'dimension' in x && mayHaveSeveral(thing, x.dimension, model) ? [x.dimension] : [],
  )
  const each = bothPeriods(b, thing)
  if (each && several.length === 0) return { filters: [...filters, ...each] }
  const bare = filters.some(f => f.op === 'entity' && f.entity === thing && !f.period)
  const moved = filters.map(f =>
    f.op === 'entity' && f.entity === thing && !f.period ? { ...f, period, ...(time ? { time } : {}) } : f,
  )
  if (bare && several.length === 0) return { filters: moved }
  const did =
    filters.every(f => f.op !== 'entity') && several.length === 0
      ? didThings(b, { thing, table: base.table, time })
      : undefined
  if (did?.op === 'entity') return { filters: [...filters, { ...did, period }] }
  const own = isCount(base) && base.table === thing && !time ? timeBeside(thing, several, model) : undefined
  return { filters: bare ? moved : filters, period, time: time ?? own }
}

/** "how many customers *bought* something in 2023", of customers that have a date of their own. */
const didThings = (b: Build, { thing, table, time }: { thing: string; table: string; time?: string }) => {
  const acts = table === thing && !time && b.ctx.model.tables[thing]?.time && b.draft.verbs.some(v => deeds.has(v))
  return acts ? withRows(b, { thing, none: false, where: [] }) : undefined
}

/** "ordered in both November and December": rows in each of the two. */
const bothPeriods = (b: Build, thing: string): Filter[] | undefined => {
  const [said] = b.draft.periods
  if (!said?.both || said.expression.kind !== 'union') return undefined
  const filters = said.expression.parts.flatMap(part => {
    const period = resolvePeriod(part, { today: b.ctx.today, calendar: b.ctx.model })
    const filter = withRows(b, { thing, none: false, where: [] })
    return isPeriodProblem(period) || filter?.op !== 'entity' ? [] : [{ ...filter, period }]
  })
  return filters.length === said.expression.parts.length ? filters : undefined
}

/** The time of the rows in which a thing meets its several values. */
const timeBeside = (thing: string, several: string[], model: Model): string | undefined => {
  const others = several.flatMap(name => {
    const d = model.dimensions[name]
    return d ? [{ table: d.table, via: d.via }] : []
  })
  if (others.length === 0) return undefined
  return finerTables(model, thing, others).flatMap(t => model.tables[t]?.time ?? [])[0]
}

type Kept = { thing?: string; measures: MeasureUse[]; filters: Filter[]; splits: Split[]; time?: string }

/** Things that never did anything, or are dated by the day they came into being, are counted where they are kept, not where they act. */
export const countedWhereKept = (
  { ctx: { model } }: Build,
  { thing, measures, filters, splits, time }: Kept,
): MeasureUse[] => {
  const [use] = measures
  const none = filters.some(f => f.op === 'entity' && f.entity === thing && f.value === 0 && !f.where && !f.period)
  const base = use && baseOf(model.measures[use.measure], model)
  if (!thing || !use || !base || base.table === thing) return measures
  const acts = [
    ...filters.flatMap(f => dimensionsOf(f, model)),
    ...splits.flatMap(s => ('dimension' in s ? [s.dimension] : [])),
  ]
  const born = time !== undefined && model.dimensions[time]?.table === thing
  const isKept =
    none || (born && filters.every(f => f.op !== 'entity') && !acts.some(d => mayHaveSeveral(thing, d, model)))
  const kept = Object.values(model.measures).find(
    m => m.kind === 'base' && m.table === thing && isCount(m) && m.where.length === 0 && !m.hidden,
  )
  return isKept && kept ? [{ ...use, measure: kept.name }, ...measures.slice(1)] : measures
}
