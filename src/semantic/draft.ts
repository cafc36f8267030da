import { type Amount, averageValue, draftAmounts } from './draft/amount.ts'
import { wholeAmount } from './draft/amounts-said.ts'
import { draftConfessions } from './draft/confessions.ts'
import { onlyCurrency } from './draft/currencies.ts'
import { draftDimensions } from './draft/dimensions.ts'
import type { DraftDimension } from './draft/draft-dimension.ts'
import { draftExamples } from './draft/examples.ts'
import { plainHeaders } from './draft/headers.ts'
import { capital, humanise, inSentence } from './draft/humanise.ts'
import { identifier } from './draft/identifier.ts'
import { type DraftJoin, draftJoins } from './draft/joins.ts'
import { columnMeasures, keyCounts, nameMeasures, rowCounts } from './draft/measures.ts'
import { draftFilters } from './draft/named-filters.ts'
import type { Profile } from './draft/profile.ts'
import { draftTables, type TableDraft, timeSource } from './draft/table-drafts.ts'
import type { Words } from './draft/words.ts'
import type { Join, Measure, Model, ModelTable } from './model.ts'

export type DraftOptions = {
  /** What the data is called; becomes the domain and its label. */
  name: string
  /** Facts about words, from `draft/load-words`. */
  words: Words
}

/** Makes a semantic model for tables that nobody described, from what was counted in them. Every guess that changes a number is confessed. */
export const draftModel = (counted: Profile, { name, words }: DraftOptions): Model => {
  const profile = plainHeaders(counted, words)
  const drafts = draftTables(profile, words)
  const joins = draftJoins(profile, words)
  const currency = onlyCurrency(drafts)
  const amounts = draftAmounts({ drafts, joins, currency, words })
  const shared = new Set(
    drafts.flatMap(d => d.columns.map(c => inSentence(humanise(c.column.label, c.parts)).toLowerCase())),
  )
  const named = nameEverything({ drafts, joins, currency, words, shared, amounts })
  const { dimensions, measures } = named
  const found = draftFilters(drafts, named.own, words)
  const tables = Object.fromEntries(
    drafts.map(d => [d.table.name, modelTable(d, { drafts, joins, named, amounts, words })]),
  )
  const model = {
    domain: identifier(name, 'data'),
    label: humanise(name),
    description: `${profile.tables.length === 1 ? 'One table' : `${profile.tables.length} tables`}: ${drafts.map(d => d.thing.many).join(', ')}.`,
    zone: 'UTC',
    weekStart: 1 as const,
    fiscalStart: 1,
    currency,
    tables,
    joins: joins.map(plainJoin),
    dimensions,
    measures,
    filters: Object.fromEntries(found.map(f => [f.filter.name, f.filter])),
    phrases: [],
    kpis: {},
    defaultMeasure: defaultMeasure(drafts, { named, amounts }),
    confessions: draftConfessions({ drafts, joins, named, tables }),
  }
  return { ...model, examples: draftExamples(model, drafts) }
}

export type Named = {
  own: DraftDimension[]
  dimensions: Model['dimensions']
  measures: Model['measures']
  items: ReturnType<typeof nameMeasures>
}

type Sources = {
  drafts: TableDraft[]
  joins: DraftJoin[]
  currency?: string
  words: Words
  shared: ReadonlySet<string>
  amounts: Amount[]
}

/** Tables give their names to their row counts first, then dimensions, then columns of numbers. */
const nameEverything = (sources: Sources): Named => {
  const { drafts, amounts } = sources
  const columnNames = new Set(drafts.flatMap(d => d.columns.map(c => identifier(c.column.name, 'column'))))
  const counts = rowCounts(sources).map(c => {
    const clashes = drafts.some(d => d.table.name === c.measure.table && columnNames.has(c.want))
    return clashes ? { ...c, want: `${c.want}_rows` } : c
  })
  const taken = new Set<string>()
  const rows = nameMeasures(counts, { taken, drafts })
  const own = draftDimensions({ ...sources, taken })
  const wanted = [...amounts.map(a => a.item), ...columnMeasures(sources), ...keyCounts(sources)]
  const items = [...rows, ...nameMeasures(wanted, { taken, drafts })]
  const formulas = averages(items, amounts)
  return {
    own,
    items,
    dimensions: Object.fromEntries(own.map(({ column: _, ...d }) => [d.name, d])),
    measures: Object.fromEntries([...items.map(i => i.measure), ...formulas].map(m => [m.name, m])),
  }
}

const averages = (items: Named['items'], amounts: readonly Amount[]): Measure[] =>
  amounts.flatMap(({ item, parent }) => {
    const amount = items.find(i => i.item === item)?.measure
    const rows = items.find(
      i => i.measure.kind === 'base' && i.measure.aggregation === 'count' && i.measure.table === parent?.table.name,
    )?.measure
    if (!amount || !parent || !rows) return []
    return [averageValue(amount, { one: parent.thing.one, many: parent.thing.many, rows: rows.name }).measure]
  })

const plainJoin = ({ name, from, fromColumns, to, toColumns }: DraftJoin): Join => ({
  name,
  from,
  fromColumns,
  to,
  toColumns,
})

type TableSources = { drafts: TableDraft[]; joins: DraftJoin[]; named: Named; amounts: Amount[]; words: Words }

const modelTable = (draft: TableDraft, { drafts, joins, named, amounts, words }: TableSources): ModelTable => {
  const { table, thing, key, display } = draft
  const source = timeSource(draft, drafts, joins)
  const dimensionOf = (t: string, column: string) =>
    named.own.find(d => d.table === t && d.column === column && !d.via)?.name
  return {
    name: table.name,
    label: thing.one,
    synonyms: [
      ...thing.synonyms.filter(s => s !== thing.many),
      ...(draft.each ? [draft.each] : []),
      ...placeWords(draft),
    ],
    primaryKey: key,
    time: source && dimensionOf(source.table, source.column),
    display: display && dimensionOf(table.name, display.column),
    value: comparedValue(draft, { named, amounts, words }),
    description: `${capital(thing.many)}: ${table.rows.toLocaleString('en-US')} rows.`,
    columns: Object.fromEntries(
      draft.columns
        .filter(c => !c.personal)
        .map(c => [
          c.column.name,
          { type: c.column.type === 'integer' ? 'number' : c.column.type, description: c.column.label },
        ]),
    ),
  }
}

/** "seattle" of seattle weather: what is said of rows that have no name of their own. */
const placeWords = ({ thing }: TableDraft) =>
  thing.many.endsWith(' rows') ? [thing.one.split(' ').slice(0, -1).join(' ')].filter(Boolean) : []

/** What "orders over 500" compares: the amount of its lines, else its own only sum of money, else its only price. */
const comparedValue = (
  draft: TableDraft,
  { named, amounts, words }: Pick<TableSources, 'named' | 'amounts' | 'words'>,
): string | undefined => {
  const amount = amounts.find(a => a.parent === draft || a.draft === draft)
  if (amount) return named.items.find(i => i.item === amount.item)?.measure.name
  const of = (role: string) =>
    named.items.filter(
      i =>
        i.measure.kind === 'base' &&
        i.measure.table === draft.table.name &&
        draft.columns.some(c => c.column.name === i.item.column && c.role === role),
    )
  const whole = wholeAmount(draft, words)?.column.name
  const own = of('money').find(i => i.item.column === whole)
  if (own) return own.measure.name
  const totals = of('money').filter(i => /total|amount|revenue/.test(i.measure.name))
  for (const candidates of [totals, of('money'), of('price')])
    if (candidates.length === 1) return candidates[0]?.measure.name
  return undefined
}

/** The amount; else the total of money of the largest table with a time that has one; else the first sum of the largest; else how many rows that has. */
const defaultMeasure = (
  drafts: readonly TableDraft[],
  { named, amounts }: Pick<TableSources, 'named' | 'amounts'>,
): string | undefined => {
  const [amount] = amounts
  if (amount) return named.items.find(i => i.item === amount.item)?.measure.name
  const ordered = drafts.toSorted(
    (a, b) => Number(Boolean(b.time)) - Number(Boolean(a.time)) || b.table.rows - a.table.rows,
  )
  const of = (draft?: TableDraft) =>
    named.items.filter(i => i.measure.kind === 'base' && i.measure.table === draft?.table.name)
  const sums = (draft?: TableDraft) =>
    of(draft).filter(
      i => i.measure.format.kind === 'currency' && i.measure.kind === 'base' && i.measure.aggregation === 'sum',
    )
  const totals = ordered
    .filter(d => d.time)
    .flatMap(d => sums(d).filter(i => /total|amount|revenue|sales|turnover/.test(i.measure.name)))
  const [main] = ordered
  return (totals[0] ?? sums(main)[0] ?? of(main)[0])?.measure.name
}
