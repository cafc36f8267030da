import type { BaseMeasure, ColumnRef, Dimension, Measure, Model } from '#src/semantic/model.ts'
import { columnsIn } from './mentioned.ts'
import { namesNothing } from './narrow/examples.ts'
import { filterHolds } from './narrow/filters.ts'
import { keptKpis, offeredMeasures } from './narrow/kpis.ts'
import { keptMeasures } from './narrow/measures.ts'
import { keptTables } from './narrow/tables.ts'
import { reachOf } from './reach.ts'
import type { Rights } from './rights.ts'
import { type Rules, rulesOf } from './rules.ts'

/**
 * The model as somebody may see it: without what is hidden, what is made of it, and tables of which nobody can say which rows are allowed.
 * Its measures, dimensions, KPIs, filters, phrases and examples all work. Takes a complete model (`completeModel`). Throws `access/rules`.
 */
export const narrowModel = (model: Model, rights: Rights): Model => narrow(model, rulesOf(rights, model)).model

export type Narrowed = { model: Model; isHidden: (ref: ColumnRef) => boolean }

/** The narrowed model, and which columns are hidden: those that are named, and those that only hidden things are made of. */
export const narrow = (model: Model, rules: Rules): Narrowed => {
  const named = new Set(rules.hidden.columns.map(keyOf))
  const tables = Object.keys(model.tables).filter(name => isSeen(name, rules, model))
  const sees = (ref: ColumnRef) => tables.includes(ref.table) && !named.has(keyOf(ref))
  const joins = model.joins.filter(join =>
    [
      ...join.fromColumns.map(column => ({ table: join.from, column })),
      ...join.toColumns.map(column => ({ table: join.to, column })),
    ].every(sees),
  )
  const dimensions = pick(
    model.dimensions,
    d =>
      !rules.hidden.dimensions.includes(d.name) &&
      tables.includes(d.table) &&
      columnsIn(d).every(sees) &&
      (d.via === undefined || joins.some(join => join.name === d.via)),
  )
  const some = { ...model, joins, dimensions }
  const made = keptMeasures({ ...some, measures: pick(model.measures, m => isMade(m, { rules, tables, sees })) })
  const kpis = keptKpis({ ...some, measures: made }, rules.kpis)
  const measures = offeredMeasures({ ...some, measures: made }, kpis, rules.kpis)
  const rest = { ...some, measures, kpis }
  const filters = pick(model.filters, ({ filters }) => filters.every(f => filterHolds(f, rest, model)))
  const isHidden = hiddenBeside({ named, rest, model })
  const gone = [
    ...lost(model.dimensions, dimensions).map(withValues),
    ...lost(
      model.measures,
      pick(measures, m => !m.hidden),
    ),
    ...lost(
      model.tables,
      pick(model.tables, t => tables.includes(t.name)),
    ),
  ]
  return {
    isHidden,
    model: {
      ...rest,
      tables: keptTables(tables, { model, rest, isHidden }),
      filters,
      phrases: model.phrases.filter(({ filter }) => filterHolds(filter, rest, model)),
      examples: model.examples.filter(namesNothing(gone)),
      confessions: Object.fromEntries(
        Object.entries(model.confessions).filter(([name]) => !gone.some(thing => thing.name === name)),
      ),
      defaultMeasure: measures[model.defaultMeasure ?? '']?.hidden === false ? model.defaultMeasure : undefined,
    },
  }
}

const keyOf = ({ table, column }: ColumnRef) => JSON.stringify([table, column])

const isSeen = (table: string, { hidden, rows }: Rules, model: Model) =>
  !hidden.tables.includes(table) && rows.every(set => reachOf(table, set, model).kind !== 'closed')

type Making = { rules: Rules; tables: readonly string[]; sees: (ref: ColumnRef) => boolean }

const isMade = (measure: Measure, { rules, tables, sees }: Making): boolean =>
  !rules.hidden.measures.includes(measure.name) &&
  (measure.kind === 'formula' || (tables.includes(measure.table) && columnsIn(measure).every(sees)))

type Beside = { named: ReadonlySet<string>; rest: Model; model: Model }

const hiddenBeside = ({ named, rest, model }: Beside): ((ref: ColumnRef) => boolean) => {
  const used = new Set([...usesOf(rest), ...keysOf(model)].map(keyOf))
  const beside = new Set(
    usesOf(model)
      .map(keyOf)
      .filter(key => !used.has(key)),
  )
  return ref => named.has(keyOf(ref)) || beside.has(keyOf(ref))
}

const usesOf = ({ dimensions, measures }: Model): ColumnRef[] =>
  [...Object.values(dimensions), ...Object.values(measures).filter(isBase)].flatMap(columnsIn)

const isBase = (measure: Measure): measure is BaseMeasure => measure.kind === 'base'

/** Keys and the columns of joins stay readable unless they are named. */
const keysOf = ({ tables, joins }: Model): ColumnRef[] => [
  ...Object.values(tables).flatMap(({ name, primaryKey }) => primaryKey.map(column => ({ table: name, column }))),
  ...joins.flatMap(join => join.fromColumns.map(column => ({ table: join.from, column }))),
  ...joins.flatMap(join => join.toColumns.map(column => ({ table: join.to, column }))),
]

const pick = <T>(all: Readonly<Record<string, T>>, keep: (item: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([, item]) => keep(item)))

type Thing = Pick<Dimension, 'name' | 'label' | 'synonyms'>

/** "Texas" speaks of states. */
const withValues = ({ valueSynonyms, synonyms, ...d }: Dimension): Dimension => ({
  ...d,
  valueSynonyms,
  synonyms: [...synonyms, ...Object.entries(valueSynonyms).flat(2)],
})

const lost = <T extends Thing>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): T[] =>
  Object.values(before).filter(({ name }) => !Object.hasOwn(after, name))
