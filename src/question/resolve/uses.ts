import { pathTo } from '#src/semantic/compile/paths.ts'
import { distinctCountOf } from '#src/semantic/complete.ts'
import type { BaseMeasure, Measure, Model } from '#src/semantic/model.ts'
import type { MeasureUse } from '#src/vocabulary/query.ts'
import { countOf, entityOfCount, isCount, mainCount } from '../counts.ts'
import type { Draft } from '../draft.ts'
import { baseOf, bottomOf, topOf } from '../formulas.ts'
import { saysSame } from '../kin.ts'
import { lemma } from '../lemma.ts'
import { type Meaning, phraseWords } from '../lexicon.ts'
import { earning, spending } from '../verbs.ts'
import { moneyNouns } from '../words.ts'
import { Gapped } from './gaps.ts'
import { ownAmount } from './keys.ts'
import type { Build } from './types.ts'

/** How a measure that was said is used, or nothing when it is no measure after all. @throws Gapped */
export const measureUse = (b: Build, slot: Draft['measures'][number]): MeasureUse | undefined => {
  const { picks, ctx } = b
  const meaning = picks.of(slot)
  if (!meaning) return undefined
  const money = asksMoney(b, slot)
  if (money) return money
  const own = amountOfThing(b, slot)
  if (own) return own
  const done = slot.done && b.draft.asksAmount && !b.draft.counts ? amountDone(b) : undefined
  if (done) return asSaid(b, slot, done)
  if (meaning.kind === 'entity') {
    const counted = countOf(meaning.table, ctx.model)
    if (b.draft.asksAmount && !slot.counted && !slot.joined && !b.draft.counts && !b.draft.rank)
      throw new Gapped({ gap: 'measure' })
    const odd = slot.aggregation && !['sum', 'count', 'count_distinct'].includes(slot.aggregation) && !slot.per
    if (odd && counted) throw new Gapped({ gap: 'average', measure: counted, by: slot.aggregation })
    return counted ? perThing(b, slot, counted) : undefined
  }
  const averaged = slot.aggregation && !['sum', 'count', 'count_distinct'].includes(slot.aggregation)
  if (meaning.kind === 'dimension' && averaged && !slot.per)
    throw new Gapped({ gap: 'average', measure: distinctCountOf(meaning.dimension), by: slot.aggregation })
  if (meaning.kind === 'dimension') return { measure: distinctCountOf(meaning.dimension), ...perOf(b, slot) }
  if (meaning.kind !== 'measure') return undefined
  const measure = ctx.model.measures[meaning.measure]
  if (slot.counted && !isCount(measure) && slot.meanings.some(m => m.kind === 'entity')) return undefined
  if (b.draft.asksAmount && isCount(measure) && !slot.joined) throw new Gapped({ gap: 'measure' })
  const isRate = measure?.kind === 'base' && measure.aggregation === 'avg' && isShareOf(measure)
  if (b.draft.asksAmount && isRate && b.draft.verbs.some(v => moneyMade.test(v))) throw new Gapped({ gap: 'measure' })
  const rows = slot.howMany && !slot.aggregation ? rowsOfMoney(b, measure) : undefined
  if (rows) return { measure: rows, ...perOf(b, slot) }
  if (isOwnAverage(b, slot, measure)) return { measure: meaning.measure, aggregation: 'avg' }
  const guessed =
    measure?.kind === 'base' && measure.uncertain && !slot.aggregation && !b.draft.rolling && !b.draft.share
  if (guessed && (b.total || slot.howMany)) return { measure: meaning.measure, aggregation: 'sum', ...perOf(b, slot) }
  const countless = measure?.kind === 'base' && measure.aggregation === 'avg' && !slot.aggregation && !slot.per
  if (slot.howMany && countless) throw new Gapped({ gap: 'measure' })
  return { ...aggregationOf(b, slot, meaning.measure), ...perThing(b, slot, meaning.measure) }
}

/** "how many items are in an order on average", where the model says what items per order are: orders that it leaves out are left out here too. */
const perThing = (b: Build, slot: Draft['measures'][number], top: string): MeasureUse => {
  const { model } = b.ctx
  const { per } = perOf(b, slot)
  const thing = per && 'measure' in per ? entityOfCount(model, per.measure) : undefined
  const isOf = (bottom = '') => entityOfCount(model, bottom) === thing
  const ratio = Object.values(model.measures).find(
    m => m.kind === 'formula' && !m.hidden && topOf(m) === top && isOf(bottomOf(m)),
  )
  return thing && ratio ? { measure: ratio.name } : { measure: top, ...(per && { per }) }
}

/** "how much interest did we *earn*" is no interest rate. */
const moneyMade = /^(earn|earned|make|made|pay|paid|collect|collected|spend|spent)$/
const isShareOf = ({ label, format }: Measure): boolean =>
  format.kind === 'percent' || /\b(rate|percent|share)\b/i.test(label)

/** "how many *sales*", "number of *payouts*": the rows that have the amount, where each has one. @throws Gapped of a sum that only some rows have */
const rowsOfMoney = ({ ctx: { model }, notes }: Build, measure?: Measure): string | undefined => {
  if (!isSumOfMoney(measure)) return undefined
  const rows = countOf(measure.table, model)
  const isWhole = ownAmount(measure.table, model) === measure
  const main = measure.name === model.defaultMeasure ? mainCount(model, []) : undefined
  const isOfMain = main !== undefined && pathTo(model, { from: measure.table, to: entityOfCount(model, main) ?? '' })
  const counted = isWhole ? rows : isOfMain ? main : undefined
  if (!counted) throw new Gapped({ gap: 'thing', counts: [...(rows ? [rows] : []), measure.name] })
  notes.push(`Counted ${model.measures[counted]?.label.toLowerCase()}.`)
  return counted
}

/** "how much *money* did Gold guests spend in the spa": the amount of what the conditions are about, never how many guests. */
const asksMoney = (b: Build, slot: Draft['measures'][number]): MeasureUse | undefined => {
  const { model } = b.ctx
  const isThing = slot.meanings.some(
    m => m.kind === 'entity' || (m.kind === 'measure' && isCount(model.measures[m.measure])),
  )
  if (!b.draft.asksAmount || !isThing || slot.counted || slot.joined || b.draft.counts) return undefined
  const amount = amountAsked(b)
  if (!amount) return undefined
  b.notes.push(`Read as ${model.measures[amount]?.label.toLowerCase()}.`)
  return asSaid(b, slot, amount)
}

/** An amount in the place of who is named: "how much did we bill per customer *on average*". @throws Gapped when its average cannot be told. */
export const asSaid = (b: Build, slot: Draft['measures'][number] | undefined, amount: string): MeasureUse => {
  const isOther = b.draft.measures.some(x => x !== slot && x.aggregation !== undefined && x.aggregation !== 'sum')
  if (isOther) throw new Gapped({ gap: 'average', measure: amount, by: 'per' })
  return slot ? { measure: amount, ...aggregationOf(b, slot, amount), ...perOf(b, slot) } : { measure: amount }
}

/** "what the payments *add up* to", "fees in March, *total*", "the *average payment*": the amount that each of them has. */
const amountOfThing = (b: Build, slot: Draft['measures'][number]): MeasureUse | undefined => {
  const { model } = b.ctx
  const meaning = b.picks.of(slot)
  const table =
    meaning?.kind === 'entity'
      ? meaning.table
      : meaning?.kind === 'measure' && isCount(model.measures[meaning.measure])
        ? entityOfCount(model, meaning.measure)
        : undefined
  const value = ownAmount(table, model)
  const isCounted = slot.counted || (b.draft.counts && slot === b.draft.measures[0])
  if (!table || isCounted || !value) return undefined
  if (b.draft.cues.has('adds up') && (!slot.aggregation || slot.aggregation === 'sum')) return { measure: value.name }
  if (slot.aggregation === 'sum' && moneyNouns.has(lemma(phraseWords(model.tables[table]?.label ?? '').at(-1) ?? '')))
    return { measure: value.name, ...perOf(b, slot) }
  const { aggregation } = slot
  if (!aggregation || !slot.singular || !value.aggregations.includes(aggregation)) return undefined
  if (!['avg', 'median', 'max', 'min'].includes(aggregation)) return undefined
  return slot.per ? { measure: value.name, ...perOf(b, slot) } : { measure: value.name, aggregation }
}

/** "what did we *bill* business customers": the amount of each bill. */
export const amountDone = ({ draft, ctx: { model } }: Build): string | undefined => {
  const done = draft.measures.find(slot => slot.done)
  const [table] = done?.meanings.flatMap(m => (m.kind === 'entity' ? [m.table] : [])) ?? []
  return ownAmount(table, model)?.name
}

/** The one sum of money of the table that the values named are in. */
export const amountAsked = (b: Build): string | undefined => {
  const { model } = b.ctx
  const tables = new Set(
    b.draft.filters.flatMap(f => {
      const chosen = f.kind === 'values' ? b.picks.members(f)?.dimension : undefined
      return chosen ? [model.dimensions[chosen]?.table ?? ''] : []
    }),
  )
  return tables.size > 0 ? (amountIn(tables, model) ?? onlySum(rowsOf(tables, model), model))?.name : amountOfDeed(b)
}

/** "how much have we spent on *repairs*": what each of them cost; "what did we take in from *rentals*": what each of them brought. */
const amountOfDeed = ({ draft, picks, ctx: { model } }: Build): string | undefined => {
  const tables = new Set(
    [...draft.context, ...draft.measures].flatMap(n => {
      const meaning = picks.of(n) ?? n.meanings[0]
      return meaning?.kind === 'entity' ? [meaning.table] : []
    }),
  )
  const sum = tables.size === 1 ? amountIn(tables, model) : undefined
  const isSpent = sum !== undefined && saysSame('spend', [sum.label]) && draft.verbs.some(v => spending.has(v))
  const isEarned = sum !== undefined && !noIncome.test(sum.label) && draft.verbs.some(v => earning.has(v))
  return isSpent || isEarned ? sum.name : undefined
}

/** Money that goes out, and what is held or taken off. */
const noIncome = /\b(cost|expense|spend|spending|spent|expenditure|outlay|salary|wage|deposit|discount|refund|tax)s?\b/i

/** What each row of a table amounts to, else the one sum of money in the tables. */
const amountIn = (tables: ReadonlySet<string>, model: Model): Measure | undefined => {
  const [table, ...others] = tables
  const own = others.length > 0 ? undefined : ownAmount(table, model)
  return own && isMoneyThere(own) ? own : onlySum(tables, model)
}

/** The one sum of money in some tables; what was planned is none. */
const onlySum = (tables: ReadonlySet<string>, model: Model): Measure | undefined => {
  const sums = Object.values(model.measures).filter(m => isMoneyThere(m) && !m.hidden && tables.has(m.table))
  return sums.length === 1 ? sums[0] : undefined
}

const isSumOfMoney = (m?: Measure): m is BaseMeasure =>
  m?.kind === 'base' && m.aggregation === 'sum' && m.format.kind === 'currency'

const isMoneyThere = (m: Measure): m is BaseMeasure => isSumOfMoney(m) && !planned.test(m.label)

const planned = /\b(goal|target|budget|quota|plan|planned|forecast|estimated?)\b/i

/** The donations of campaigns: tables whose rows belong to one of these. */
const rowsOf = (tables: ReadonlySet<string>, model: Model): Set<string> =>
  new Set(model.joins.filter(j => tables.has(j.to) && !tables.has(j.from)).map(j => j.from))

/** "average discount per order", where a discount is kept per order: the plain average. */
const isOwnAverage = ({ picks }: Build, slot: Draft['measures'][number], measure?: Measure): boolean => {
  if (!slot.per || 'grain' in slot.per || measure?.kind !== 'base' || !measure.aggregations.includes('avg'))
    return false
  const thing = picks.of(slot.per)
  return slot.aggregation === 'avg' && thing?.kind === 'entity' && thing.table === measure.table
}

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
  if ('grain' in slot.per) {
    checkAddsUp(b, slot)
    return { per: { grain: slot.per.grain } }
  }
  const meaning = b.picks.of(slot.per)
  checkDivides(b, slot, meaning)
  if (meaning?.kind === 'entity') {
    const counted = countOf(meaning.table, b.ctx.model)
    return counted ? { per: { measure: counted } } : {}
  }
  return meaning?.kind === 'dimension' ? { per: { measure: distinctCountOf(meaning.dimension) } } : {}
}

/** "average customers per month": who comes in several months would be divided up. @throws Gapped */
const checkAddsUp = ({ picks, ctx: { model } }: Build, slot: Draft['measures'][number]): void => {
  const meaning = picks.of(slot)
  const measure = meaning?.kind === 'measure' ? model.measures[meaning.measure] : undefined
  if (measure?.kind !== 'base' || measure.aggregation !== 'count_distinct') return
  if (entityOfCount(model, measure.name) !== measure.table)
    throw new Gapped({ gap: 'average', measure: measure.name, by: 'per' })
}

/** "courses per student": with many of both on either side, one number divided by the other says nothing. @throws Gapped */
const checkDivides = ({ picks, ctx: { model } }: Build, slot: Draft['measures'][number], per?: Meaning): void => {
  const meaning = picks.of(slot)
  const name =
    meaning?.kind === 'measure'
      ? meaning.measure
      : meaning?.kind === 'entity'
        ? countOf(meaning.table, model)
        : meaning?.kind === 'dimension'
          ? distinctCountOf(meaning.dimension)
          : undefined
  const base = baseOf(model.measures[name ?? ''], model)
  const from = base?.aggregation === 'count_distinct' ? entityOfCount(model, name ?? '') : base?.table
  const to =
    per?.kind === 'entity' ? per.table : per?.kind === 'dimension' ? model.dimensions[per.dimension]?.table : undefined
  if (!name || !base || !to || from === to) return
  if (!from || !pathTo(model, { from, to })) throw new Gapped({ gap: 'average', measure: name, by: 'per' })
}
