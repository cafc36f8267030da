import type { Aggregation } from '#src/vocabulary/query.ts'
import type { Expression } from '../expression.ts'
import type { BaseMeasure, Measure } from '../model.ts'
import { amountsSaid } from './amounts-said.ts'
import { currencyColumn } from './currencies.ts'
import { capital, flagWords, humanise, inSentence } from './humanise.ts'
import { giveNames, identifier } from './identifier.ts'
import type { DraftJoin } from './joins.ts'
import { looksLikeKeyName, thingOfKey } from './keys.ts'
import { plural, pluralPhrase, singularPhrase } from './labels.ts'
import { formatOf, isMoney, planOf } from './measure-plans.ts'
import { aboutRows, numbersSaid } from './numbers-said.ts'
import type { RoleColumn } from './roles.ts'
import { columnSynonyms } from './synonyms.ts'
import type { TableDraft } from './table-drafts.ts'
import type { Thing } from './things.ts'
import type { Words } from './words.ts'

/** Measures before they have a name; `confession` says what was assumed. */
export type DraftMeasure = {
  want: string
  prefix: string
  measure: Omit<BaseMeasure, 'name'>
  column?: string
  confession?: string
}

export type MeasureSources = {
  drafts: readonly TableDraft[]
  joins: readonly DraftJoin[]
  currency?: string
  words: Words
  shared: ReadonlySet<string>
}

/** A column of the measure's own table. */
export const ownColumn = (name: string): Expression => ({ kind: 'name', name })

/** The row count of every table: "orders". */
export const rowCounts = ({ drafts }: Pick<MeasureSources, 'drafts'>): DraftMeasure[] =>
  drafts.map(({ table, thing, prefix, display, columns, each }) => {
    const name = columns.find(c => c.column.name === display?.column && display.kind !== 'key')?.column
    const several = name && name.distinct < name.filled * 0.9
    return {
      want: rowCountName(table.name, thing),
      prefix,
      confession: several
        ? `${capital(thing.many)} counts rows; there are only ${name.distinct.toLocaleString('en-US')} different ones by ${inSentence(name.label)}.`
        : undefined,
      measure: {
        ...base(table.name),
        label: capital(thing.many),
        synonyms: [
          ...new Set([
            thing.one,
            `number of ${thing.many}`,
            `${thing.one} count`,
            ...(each ? [`number of ${each}s`] : []),
            ...thing.counts,
            ...thing.synonyms,
            ...thing.synonyms.slice(0, 4).map(s => `number of ${pluralPhrase(singularPhrase(s))}`),
          ]),
        ].filter(s => s !== thing.many),
        description: `Number of rows of ${table.label}.`,
        format: { kind: 'integer' },
        aggregation: 'count',
        aggregations: ['count'],
      },
    }
  })

/** The table's name; its plural where the table is named after one of its things. */
const rowCountName = (table: string, { one, many }: Thing) =>
  identifier(one, '') === table ? identifier(many, table) : identifier(table, 'rows')

const base = (table: string) => ({ kind: 'base' as const, table, hidden: false, where: [] })

/** A measure for every column of numbers that arithmetic makes sense of. */
export const columnMeasures = (sources: MeasureSources): DraftMeasure[] =>
  sources.drafts.flatMap(draft => {
    const things = otherThings(draft, sources.drafts)
    return draft.columns.flatMap(column => columnMeasure(draft, column, { ...sources, things }) ?? [])
  })

const columnMeasure = (
  draft: TableDraft,
  column: RoleColumn,
  { joins, currency, words, shared, things }: MeasureSources & { things: Set<string> },
): DraftMeasure | undefined => {
  const { table, snapshot, prefix, thing } = draft
  const label = labelOf(column, draft)
  const transactions = draft.time !== undefined && joins.some(j => j.from === table.name)
  const plan = column.personal
    ? undefined
    : planOf(column, { snapshot, transactions, label, thing: thing.one, goods: words.goods })
  if (!plan) return undefined
  const kinds = currencyColumn(draft.columns)
  const format = formatOf(column, { only: currency, mixed: kinds !== undefined })
  return {
    want: identifier(column.column.name, 'value'),
    prefix,
    column: column.column.name,
    confession:
      [plan.confession, currencyDoubt(label, format, { column, kinds })].filter(Boolean).join(' ') || undefined,
    measure: {
      ...base(table.name),
      label,
      synonyms: measureSynonyms(column, draft, { label, words, shared, things }),
      description: `${describe(plan.aggregation)} of ${inSentence(label)}, one value for each ${thing.one}.`,
      format,
      good: goodOf(column, words),
      expression: ownColumn(column.column.name),
      aggregation: plan.aggregation,
      aggregations: [plan.aggregation, ...plan.also],
      ...(plan.uncertain ? { uncertain: true } : {}),
    },
  }
}

/** What the other tables are called. */
const otherThings = (own: TableDraft, drafts: readonly TableDraft[]) =>
  new Set(drafts.flatMap(d => (d === own ? [] : [d.thing.one, d.thing.many, ...d.thing.synonyms])))

/** The header without its unit or currency, unless another column of the table differs in nothing else. */
const labelOf = (column: RoleColumn, { columns }: TableDraft): string => {
  const short = (c: RoleColumn) => humanise(c.column.label, c.parts)
  const alone = columns.every(c => c === column || short(c).toLowerCase() !== short(column).toLowerCase())
  return alone ? short(column) : humanise(column.column.label)
}

const currencyDoubt = (
  label: string,
  format: BaseMeasure['format'],
  { column, kinds }: { column: RoleColumn; kinds?: RoleColumn },
) => {
  const said = inSentence(label)
  if (format.kind === 'currency' && !format.currency)
    return `The data does not say which currency ${said} is in; it is shown in dollars.`
  return kinds && isMoney(column.role) && format.kind === 'number'
    ? `${label} is in ${kinds.column.distinct} currencies, told by ${inSentence(humanise(kinds.column.label))}; nothing is converted, so look at one of them at a time.`
    : undefined
}

const describe = (aggregation: Aggregation) =>
  ({
    sum: 'Sum',
    avg: 'Average',
    min: 'Lowest',
    max: 'Highest',
    median: 'Median',
    count: 'Count',
    count_distinct: 'Number',
  })[aggregation]

const measureSynonyms = (
  column: RoleColumn,
  draft: TableDraft,
  { label, words, shared, things }: { label: string; words: Words; shared: ReadonlySet<string>; things: Set<string> },
) => {
  const others = new Set(
    draft.columns.filter(c => c !== column).map(c => humanise(c.column.label, c.parts).toLowerCase()),
  )
  const own = columnSynonyms(label, column.parts, { facts: words, leaps: false, shared }).filter(
    s => !others.has(s) && !isCalledSo(s, shared, label),
  )
  const said = [...amountsSaid(column, draft, words), ...numbersSaid(column, draft, words)].filter(
    s => !isCalledSo(s, shared, label),
  )
  const about = aboutRows(column, { draft, said, others: things, words }).filter(s => !isCalledSo(s, shared, label))
  const { one, kinds } = draft.thing
  const prefixed = [one, ...kinds]
    .filter(kind => !label.toLowerCase().startsWith(kind))
    .map(kind => `${kind} ${label.toLowerCase()}`)
  const full = humanise(column.column.label).toLowerCase()
  const timed =
    column.role === 'duration' && !/\b(time|duration)\b/.test(full) && column.parts.unit
      ? [`${label.toLowerCase()} time`]
      : []
  const isArea = /^(m²|sq ft|ha|acres?)$/.test(column.parts.unit?.show ?? '') && !/\b(area|size|space)\b/.test(full)
  const sized = isArea ? [`${label.toLowerCase()} area`, `${label.toLowerCase()} space`] : []
  return [...new Set([...own, full, ...timed, ...sized, ...prefixed, ...said, ...about])].filter(
    s => s !== label.toLowerCase(),
  )
}

/** Whether another column is called so, or something more exact: the spend of "ad spend" is not the budget. */
const isCalledSo = (phrase: string, labels: ReadonlySet<string>, own: string): boolean =>
  [...labels].some(l => l !== own.toLowerCase() && (l === phrase || l.endsWith(` ${phrase}`)))

const goodOf = ({ parts }: RoleColumn, { good_up, good_down }: Words): BaseMeasure['good'] => {
  const last = parts.head.toReversed().find(w => good_up.includes(w) || good_down.includes(w))
  if (!last) return undefined
  return good_down.includes(last) ? 'down' : 'up'
}

/** How many different things a column names: customers by customer_id where no table of customers is, or how many of them have a row here. */
export const keyCounts = ({ drafts, joins, words }: MeasureSources): DraftMeasure[] =>
  drafts.flatMap(draft =>
    draft.columns.flatMap(column => {
      const { column: c, role } = column
      if (role !== 'key') return []
      if (joins.some(j => j.from === draft.table.name && j.fromColumns.includes(c.name)))
        return linkedCounts(draft, column, { joins, drafts })
      return looksLikeKeyName(c.name) && !(draft.key.length === 1 && draft.key[0] === c.name)
        ? keyCount(draft, column, words)
        : []
    }),
  )

/** Customers who have an order: of things, not of what happens itself, and only where a time tells when. */
const linkedCounts = (
  draft: TableDraft,
  { column }: RoleColumn,
  { joins, drafts }: Pick<MeasureSources, 'joins' | 'drafts'>,
): DraftMeasure[] =>
  joins
    .filter(
      j => draft.time && j.from === draft.table.name && j.fromColumns.length === 1 && j.fromColumns[0] === column.name,
    )
    .flatMap(j => drafts.filter(d => d.table.name === j.to && !(d.time && joins.some(k => k.from === j.to))))
    .filter(d => !isCalledActive(d))
    .map(({ thing: { many } }) =>
      distinct(draft, column.name, {
        want: identifier(`active ${many}`, 'active'),
        label: `Active ${many}`,
        synonyms: [`${many} having ${draft.thing.many}`, `different ${many} in ${draft.thing.many}`],
        description: `Number of different ${many} that ${draft.thing.many} belong to.`,
      }),
    )

/** Whether the data itself says which of the things are active. */
const isCalledActive = ({ columns }: TableDraft): boolean =>
  columns.some(
    ({ role, column }) =>
      (role === 'flag' && flagWords(column.label) === 'active') || column.values.some(v => /^active$/i.test(v.value)),
  )

const keyCount = (draft: TableDraft, { column, parts }: RoleColumn, words: Words): DraftMeasure[] => {
  const one = thingOfKey(column)
  if (one === draft.thing.one || one === '') return []
  const many = pluralPhrase(one)
  return [
    distinct(draft, column.name, {
      want: identifier(many, 'distinct'),
      label: capital(many),
      synonyms: [
        `number of ${many}`,
        `different ${many}`,
        `distinct ${many}`,
        one,
        ...words.same.filter(g => g.includes(one)).flatMap(g => g.filter(w => w !== one).map(plural)),
      ],
      description: `Number of different values of ${inSentence(humanise(column.label, parts))}.`,
    }),
  ]
}

type Worded = { want: string; label: string; synonyms: string[]; description: string }

const distinct = ({ table, prefix }: TableDraft, column: string, { want, ...worded }: Worded): DraftMeasure => ({
  want,
  prefix,
  measure: {
    ...base(table.name),
    ...worded,
    format: { kind: 'integer' },
    expression: ownColumn(column),
    aggregation: 'count_distinct',
    aggregations: ['count_distinct'],
  },
})

/** Gives names; columns that several tables have, or that are called the same without their unit, carry the thing of their table, and all of them answer to the plain word. */
export const nameMeasures = (
  items: readonly DraftMeasure[],
  { taken, drafts }: { taken: Set<string>; drafts: readonly TableDraft[] },
): { item: DraftMeasure; measure: Measure }[] => {
  const labels = Map.groupBy(items, i => i.measure.label.toLowerCase())
  return giveNames(items, taken).map(({ item, name, prefixed }) => {
    const thing = drafts.find(d => d.table.name === item.measure.table)?.thing
    const { label } = item.measure
    const shared = (labels.get(label.toLowerCase())?.length ?? 0) > 1
    const plain = !prefixed && !shared
    if (plain || !thing || item.column === undefined || label.toLowerCase().startsWith(thing.one))
      return { item, measure: { ...item.measure, name } }
    const long = capital(`${thing.one} ${inSentence(label)}`)
    const synonyms = [...new Set([label.toLowerCase(), ...item.measure.synonyms])].filter(s => s !== long.toLowerCase())
    return { item, measure: { ...item.measure, name, label: long, synonyms } }
  })
}
