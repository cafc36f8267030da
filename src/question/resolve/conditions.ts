import { pathTo } from '#src/semantic/compile/paths.ts'
import { distinctCountOf, rowColumnOf } from '#src/semantic/complete.ts'
import type { Model } from '#src/semantic/model.ts'
import type { Filter, Having, MeasureUse, Query, Split } from '#src/vocabulary/query.ts'
import { countOf, entityOfCount, isCount, mainCount } from '../counts.ts'
import type { ComparisonSlot } from '../draft.ts'
import { baseOf } from '../formulas.ts'
import type { Meaning } from '../lexicon.ts'
import { Gapped } from './gaps.ts'
import { hintMeasure } from './hints.ts'
import { displayOf } from './keys.ts'
import { activityOf } from './things.ts'
import type { Build } from './types.ts'
import { aboutOf, inUnitOf } from './units.ts'

/** Comparisons with a number as filters of rows or things, or as conditions on results. @throws Gapped */
export const comparisonsOf = (
  b: Build,
  splits: Split[],
  measures: MeasureUse[],
): { filters: Filter[]; having: Having[] } => {
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
  const subject = c.subject && 'meanings' in c.subject ? b.picks.of(c.subject) : undefined
  if (c.none) return { filters: [noneOf(b, c, { noun, subject })] }
  const ofEach = noun?.kind === 'dimension' && model.dimensions[noun.dimension]?.type === 'number'
  const [counted] = measures.flatMap(({ measure }) => baseOf(model.measures[measure], model) ?? [])
  const isOwn = ofEach && model.dimensions[noun.dimension]?.table === counted?.table
  if (measures[0]?.measure.startsWith('distinct_') && !splits.length && b.draft.counts && !isOwn)
    throw new Gapped({ gap: 'number' })
  const counts = !noun || noun.kind === 'entity' || (noun.kind === 'measure' && isCount(model.measures[noun.measure]))
  const about = c.about ?? (counts ? aboutOf(c.measured) : undefined)
  const hinted = about ? hintMeasure({ about }, b) : undefined
  if (about && !hinted) throw new Gapped({ gap: 'number' })
  if (hinted && c.measured && model.measures[hinted.measure]?.kind === 'formula') throw new Gapped({ gap: 'number' })
  const before = b.ctx.base && !c.noun && !c.about ? inherited(b.ctx.base, c) : undefined
  if (before) return before
  const own = subject?.kind === 'entity' ? subject.table : undefined
  const isBehind = (c.noun?.at.from ?? 0) >= c.at.to
  if (ofEach && isBehind && own !== undefined && model.dimensions[noun.dimension]?.table !== own)
    throw new Gapped({ gap: 'number' })
  if (ofEach) return { filters: [rowFilter(noun.dimension, inUnitOf(c, noun.dimension, model))] }
  const entity = entityOf(subject, model)
  const money = c.unit !== undefined && c.unit !== '%'
  const priced =
    noun?.kind === 'entity' && money && !model.tables[noun.table]?.time ? onlyPrice(model, noun.table) : undefined
  if (priced) return { filters: [rowFilter(priced, c)] }
  const measure =
    hinted?.measure ??
    (c.times ? timesOf(b, entity) : undefined) ??
    measureOfNoun(b, { noun: isKeyOf(c, noun) ? undefined : noun, entity, money, alone: !c.noun })
  if (!measure) throw new Gapped({ gap: 'number' })
  const kind = model.measures[measure]?.format.kind
  if (
    (c.unit === '%') !== (kind === 'percent') &&
    c.unit !== undefined &&
    (c.unit === '%' || kind === 'percent' || kind === 'integer')
  )
    throw new Gapped({ gap: 'unit', measure, unit: c.unit })
  return byMeasure(b, inUnitOf(c, measure, model), { splits, measures, measure, noun, subject, entity, money })
}

/** "at least 10 *times*": how often a thing did what it does, never how many of it there are. @throws Gapped when nothing tells what that is. */
const timesOf = (b: Build, entity: string | undefined): string | undefined => {
  const measure = (entity && activityOf(b, entity)) ?? mainCount(b.ctx.model, [])
  if (measure && entity && entityOfCount(b.ctx.model, measure) === entity) throw new Gapped({ gap: 'number' })
  return measure
}

/** "customers without an order". @throws Gapped when the thing cannot be counted by its key. */
const noneOf = (b: Build, c: ComparisonSlot, { noun, subject }: { noun?: Meaning; subject?: Meaning }): Filter => {
  const { model } = b.ctx
  const entity = entityOf(subject, model)
  const measure =
    noun?.kind === 'measure' ? noun.measure : noun?.kind === 'entity' ? countOf(noun.table, model) : undefined
  const column =
    noun?.kind === 'dimension' ? noun.dimension : measure ? rowColumnOf(model.measures[measure], model) : undefined
  if (column && model.dimensions[column]?.table === entity) return rowFilter(column, c)
  if (!entity || !measure || model.tables[entity]?.primaryKey.length !== 1) throw new Gapped({ gap: 'number' })
  return { op: 'entity', entity, measure, compare: 'eq', value: 0 }
}

/** The thing that a condition is about: one that was named, or the one that a count counts. */
const entityOf = (subject: Meaning | undefined, model: Model): string | undefined => {
  if (subject?.kind === 'entity') return subject.table
  return subject?.kind === 'measure' ? entityOfCount(model, subject.measure) : undefined
}

/** A comparison of a measure: on results, on the rows of what is counted, or on things. */
const byMeasure = (
  b: Build,
  c: ComparisonSlot,
  {
    splits,
    measures,
    measure,
    noun,
    subject,
    entity,
    money,
  }: {
    splits: Split[]
    measures: MeasureUse[]
    measure: string
    noun?: Meaning
    subject?: Meaning
    entity?: string
    money: boolean
  },
): { filters?: Filter[]; having?: Having[] } => {
  const { model } = b.ctx
  const groupCount =
    noun?.kind === 'measure' && isCount(model.measures[noun.measure])
      ? noun.measure
      : noun?.kind === 'entity'
        ? countOf(noun.table, model)
        : undefined
  if (groupCount && (c.where || b.draft.comparisons.length > 1) && !money && splits.length > 0)
    return { having: [{ measure: groupCount, op: c.op, ...numberOf(c) }] }
  const splitsBySubject =
    splits.length > 0 &&
    (subject?.kind === 'dimension' ||
      (c.subject && 'grain' in c.subject) ||
      !entity ||
      splits.some(s => 'dimension' in s && s.dimension === displayOf(model, entity)))
  if (splitsBySubject) return { having: [{ measure, op: c.op, ...numberOf(c) }] }
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
  return { filters: [{ op: 'entity', entity, measure, compare: c.op, ...numberOf(c) }] }
}

const numberOf = (c: ComparisonSlot) => ({ value: c.value, ...(c.upper === undefined ? {} : { to: c.upper }) })

/** "over $250 instead": the number changes, what it is about stays. */
const inherited = (base: Query, c: ComparisonSlot): { filters?: Filter[]; having?: Having[] } | undefined => {
  const number = numberOf(c)
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

/** "more than 2 *enrolments*" are counted as things, never as different numbers of things. */
const isKeyOf = ({ noun }: ComparisonSlot, chosen?: Meaning): boolean =>
  chosen?.kind === 'dimension' && noun?.meanings.some(m => m.kind === 'entity') === true

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
  if (noun?.kind === 'dimension')
    return model.dimensions[noun.dimension]?.type === 'text' ? distinctCountOf(noun.dimension) : undefined
  if (noun?.kind === 'entity') return noun.table === entity ? value : countOf(noun.table, model)
  return alone ? value : undefined
}

const rowFilter = (dimension: string, c: ComparisonSlot): Filter =>
  c.op === 'between'
    ? { op: 'between', dimension, from: c.value, to: c.upper ?? c.value }
    : { op: c.op, dimension, value: c.value }
